"""An emergency is not where it was said to be: whoever reported it puts that right, and everybody who goes hears it."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)
PORT = (-2.2800, -79.9100)
AT_THE_PORT = (-2.2810, -79.9100)
BY_THE_PORT = (-2.2830, -79.9100)


def pins(phone: Phone) -> list[str]:
    """The points on the map that are in their chat."""
    return [f"{m.place.lat}, {m.place.lon}" for m in phone.messages if m.place is not None]


async def test_the_place_is_corrected_from_the_card(desk: StoryDesk) -> None:
    """Juan was at the park, and it happens at the port.

    Those who were told have the new place alone, and those who are near it are asked too.
    """
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    pepe = await desk.agent("Pepe Ríos")
    await pepe.says("/fuera")
    await juan.says("/emergencia Incendio")
    card = juan.sees("Alerta enviada", "-2.18620").offers(
        "Escalar", "Cancelar tarea", "📍 Corregir lugar", "Nota", "Historia"
    )
    pepe.reads_all()
    await pepe.is_at(*AT_THE_PORT).says("/disponible")
    for phone in (sara, ana, pepe):
        phone.reads_all()

    await card.presses("Corregir lugar")
    juan.sees("¿Dónde es, entonces?", "T-000001")
    await juan.is_at(*PORT)

    juan.sees("Lugar corregido en T-000001")
    card.says("-2.28000")
    ana.sees("Juan Pérez corrigió el lugar", "-2.28000", "A 11 km de ti").offers("Voy", "No puedo")
    sara.sees("Juan Pérez corrigió el lugar", "-2.28000")
    for phone in (sara, ana):
        phone.sees("📍 -2.28, -79.91")
        assert pins(phone) == ["-2.28, -79.91"]
    pepe.has("te necesitan", "-2.28000")
    await sara.presses("Historia")
    sara.sees("Juan Pérez corrigió el lugar: -2.28000, -79.91000")
    pepe.reads_all()


async def test_those_near_the_new_place_are_asked_and_no_more_than_are_wanted(desk: StoryDesk) -> None:
    """Three were asked at the park. At the port two are nearer than any of them: they are asked, the third is not."""
    juan = await desk.agent("Juan Pérez", at=PARK)
    three = [await desk.agent(f"Cerca {number}", at=NEAR) for number in range(3)]
    luis, pepe = await desk.agent("Luis Vera", at=AT_THE_PORT), await desk.agent("Pepe Ríos", at=BY_THE_PORT)
    far = await desk.agent("Lejos Paz", at=(-2.5, -79.5))
    await juan.says("/emergencia Incendio")
    luis.sees_nothing()

    await juan.presses("Corregir lugar")
    await juan.is_at(*PORT)

    luis.sees("te necesitan", "A 110 m de ti")
    pepe.sees("te necesitan", "A 330 m de ti")
    far.sees_nothing()
    for phone in (juan, luis, pepe, *three):
        phone.reads_all()


async def test_whoever_is_on_the_way_turns_round(desk: StoryDesk) -> None:
    """Ana goes and Sara has taken charge: both hear it; nobody else is asked, and Beto's chat stays quiet."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    luis = await desk.agent("Luis Vera", at=AT_THE_PORT)
    await luis.says("/fuera")
    await juan.says("/emergencia Incendio")
    await ana.presses("Voy")
    await sara.presses("Recibido")
    await luis.says("/disponible")
    for phone in (sara, juan, ana, luis):
        phone.reads_all()

    await juan.presses("Corregir lugar")
    await juan.says("Muelle 4, bodega azul")

    juan.reads_all()
    for phone in (ana, sara):
        phone.sees("corrigió el lugar: el punto del mapa de antes ya no vale", "Muelle 4, bodega azul").lacks(
            "-2.18", "100 m"
        )
    luis.sees_nothing()
    await ana.presses("Finalizar")
    juan.reads_all()
    juan.has("Finalizada").offers("🔁 Reabrir", "Nota", "Historia")
    ana.sees("T-000001 finalizada").offers("Resuelto", "Falsa alarma", "Trasladado", "Derivado", "Deshacer")
    sara.reads_all()


async def test_the_question_is_left_and_the_alert_goes_on(desk: StoryDesk) -> None:
    """*/cancelar* ends the question, never the alert, and says so."""
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Incendio")
    card = juan.sees("Alerta enviada")
    await card.presses("Corregir lugar")
    juan.sees("¿Dónde es, entonces?", "/cancelar")
    await juan.says("/cancelar")
    juan.sees("La alerta T-000001 sigue en marcha").lacks("Cancelado", "no se guardó")
    card.says("-2.18620")
    await juan.says("tiene un arma")
    juan.sees("Lo sumé a T-000001")
    card.says("Una nota").lacks("tiene un arma")


async def test_what_was_never_said_can_be_said_later(desk: StoryDesk) -> None:
    """The question that was left unanswered is on the card."""
    juan = await desk.agent("Juan Pérez")
    await juan.says("/emergencia Incendio")
    card = juan.sees("Alerta enviada", "Falta el lugar").offers(
        "Escalar", "Cancelar tarea", "📍 Decir el lugar", "Nota", "Historia"
    )
    juan.sees("¿Dónde es?")
    await juan.says("/cancelar")
    juan.sees("La alerta T-000001 sigue en marcha")
    await card.presses("Decir el lugar")
    juan.sees("¿Dónde es?")
    await juan.is_at(*PARK)
    juan.sees("el lugar ya está en T-000001")
    card.says("-2.18620")


async def test_a_late_press_and_the_same_place_again_change_nothing(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Incendio")
    card = juan.sees("Alerta enviada")
    late = card.holds("📍 Corregir lugar")
    await card.presses("Corregir lugar")
    juan.sees("¿Dónde es, entonces?")
    await juan.is_at(*PARK)
    juan.sees("Ya estaba así")
    await juan.presses("Cancelar tarea")
    await juan.presses("Sí, cancelar")
    juan.reads_all()
    await late
    juan.sees("ya está cancelada: no cambié nada")


async def test_p9_whoever_was_only_asked_does_not_move_it(desk: StoryDesk) -> None:
    """A button that was made up opens a question whose answer changes nothing."""
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Incendio")
    offer = ana.sees("te necesitan").offers("Voy", "No puedo")
    ana.sees("📍")
    made_up = type(offer.message.keyboard[0][0])(text="x", data="lugar:1:1")
    await ana.does(lambda telegram: telegram.press_button(ana.user, offer.message, made_up))
    ana.sees("¿Dónde es, entonces?")
    await ana.is_at(*PORT)
    ana.sees("no es tuya")
    juan.has("-2.18620")
    juan.reads_all()


async def test_words_to_a_question_where_that_is_over_get_the_button_that_calls_for_help(desk: StoryDesk) -> None:
    """The emergency was cancelled, its question is still in the chat, and something happens again."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo")
    await sara.presses("Cancelar tarea")
    await sara.presses("Sí, cancelar")
    for phone in (sara, juan):
        phone.reads_all()
    await desk.advance(20 * 60)
    await juan.says("ahora hay un tipo con machete")
    juan.sees("ya está cancelada")
    await juan.sees("¿Es una emergencia?").offers("🚨 Pedir ayuda ya").presses("🚨 Pedir ayuda ya")
    sara.sees("ahora hay un tipo con machete")
    for phone in (sara, juan):
        phone.reads_all()
