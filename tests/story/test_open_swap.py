"""A turn that is offered to the whole unit: the first who takes it has it, and the others see who it was."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone, Seen
from tests.story.teams import HOUR, north, unit_of


async def _joins_north(marta: Phone, person: Phone) -> None:
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    for label in ("Norte", "Personas", "Agregar", person.name):
        await page.presses(label)
    person.sees("Ahora eres de la unidad Norte")


def _marta(desk: StoryDesk) -> Phone:
    return next(phone for phone in desk.phones if phone.name == "Marta Solís")


async def _offered(desk: StoryDesk) -> tuple[Phone, Phone, Phone, Phone, Seen]:
    """Ana offers her turn of Tuesday; her form, that shows what she asked."""
    sara, ana, beto = await north(desk)
    caro = await desk.agent("Caro Paz")
    await _joins_north(_marta(desk), caro)
    await ana.says("/turno")
    await ana.sees("Tus turnos").presses("Cambiar un turno")
    form = ana.sees("¿Cuál de tus turnos?")
    await form.presses("mar 3 mar 07:00")
    await form.presses("¿Quién lo toma?")
    form.says("A quién: toda la unidad", "¿Lo ofrezco a toda la unidad?")
    await form.presses("Atrás")
    form.says("¿A quién se lo pides?").lacks("toda la unidad\n")
    await form.presses("¿Quién lo toma?")
    await form.presses("Confirmar")
    form.says("Le pregunté a toda la unidad quién lo toma", "Turno de Ana Mora: mar 3 mar 07:00").offers("Retirar")
    ana.sees_nothing()
    _marta(desk).sees_nothing()
    return sara, ana, beto, caro, form


async def test_p7_whoever_takes_it_first_has_it_and_the_others_see_who_it_was(desk: StoryDesk) -> None:
    sara, ana, beto, caro, form = await _offered(desk)
    questions = [phone.sees("Ana Mora ofrece un turno: ¿quién lo toma?") for phone in (sara, beto, caro)]
    saras, betos, caros = (question.offers("Yo lo tomo") for question in questions)
    late = await desk.agent("Dina Ríos")
    await _joins_north(_marta(desk), late)
    await caros.presses("Yo lo tomo")
    caros.says("Aceptaste el cambio", "Caro Paz hará el turno de Ana Mora: mar 3 mar 07:00").offers()
    for other in (saras, betos):
        other.says("Ya lo tomó Caro Paz", "Caro Paz hará el turno de Ana Mora").offers()
    ana.sees("Caro Paz aceptó el cambio")
    sara.sees("Cambio de turno en Norte: Ana Mora y Caro Paz")
    beto.sees_nothing()
    late.sees_nothing()
    await form.presses("Retirar")
    assert await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%swap_accepted%'") == 1
    for phone in desk.phones:
        phone.reads_all()
    await desk.advance(19 * HOUR)
    caro.sees("Empieza tu guardia")
    ana.sees_nothing()


async def test_a_turn_that_nobody_took_stays_its_owners_when_it_begins(desk: StoryDesk) -> None:
    sara, ana, beto, caro, _ = await _offered(desk)
    questions = [phone.sees("¿quién lo toma?") for phone in (sara, beto, caro)]
    await unit_of(desk, _marta(desk), "Sur", caro)
    await questions[2].presses("Yo lo tomo")
    caro.sees("Ese cambio es entre otras personas")
    await desk.advance(19 * HOUR)
    for question in questions[:2]:
        question.says("ya no está pendiente", "Turno de Ana Mora").offers()
    ana.sees("Nadie tomó tu turno: sigue siendo tuyo")
    ana.sees("Empieza tu guardia")
    for phone in (sara, beto, caro):
        phone.sees_nothing()


async def test_an_offer_ends_when_its_owner_takes_it_back_or_is_shut_out(desk: StoryDesk) -> None:
    sara, ana, beto, caro, form = await _offered(desk)
    await form.presses("Retirar")
    form.says("Retiraste la pregunta").offers()
    for phone in (sara, beto, caro):
        phone.sees("ya no está pendiente").offers()
    await ana.says("/turno")
    await ana.sees("Tus turnos").presses("Cambiar un turno")
    form = ana.sees("¿Cuál de tus turnos?")
    for label in ("mar 3 mar 07:00", "¿Quién lo toma?", "Confirmar"):
        await form.presses(label)
    questions = [phone.sees("¿quién lo toma?").offers("Yo lo tomo") for phone in (sara, beto, caro)]
    marta = _marta(desk)
    await marta.says("/usuarios @ana")
    page = marta.sees("Ana Mora")
    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")
    for question in questions:
        question.says("ya no está pendiente", "Ana Mora ya no es de la unidad").offers()
    for phone in desk.phones:
        phone.reads_all()
