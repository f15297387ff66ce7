"""As many as it takes: several go to one emergency, ask for more, and are relieved by name (P12)."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR, FARTHER, FAR = (-2.1870, -79.8890), (-2.1900, -79.8900), (-2.2100, -79.9000)


async def at_a_fire(desk: StoryDesk) -> tuple[Phone, Phone, Phone, Phone, Phone]:
    """Sara leads, Juan called, Ana goes; Beto and Carla are near."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=FARTHER)
    carla = await desk.agent("Carla Díaz", at=FAR)
    await juan.says("/emergencia Incendio")
    await ana.presses("Voy")
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()
    return sara, juan, ana, beto, carla


async def test_p12_who_is_there_asks_for_reinforcement_and_everybody_sees_who_goes(desk: StoryDesk) -> None:
    """One press asks for one more, a second one for two; a seat that is given back is asked of the reserve first."""
    sara, juan, ana, beto, carla = await at_a_fire(desk)

    await ana.presses("🆘 Pido refuerzo")
    ana.sees("1 de 2 va", "Ya les pregunté a 2").offers("Que vayan 3", "Que vayan 4")
    sara.sees("Ana Mora pide refuerzo", "1 de 2 va: Ana Mora (a cargo)")
    juan.sees("Ana Mora pide refuerzo")
    beto.sees("te necesitan", "1 de 2 va: Ana Mora (a cargo)").offers("Voy", "No puedo")
    carla.sees("te necesitan")
    for phone in (beto, carla):
        phone.sees("📍")

    await beto.presses("Voy")
    juan.sees("Beto Salas va (2 de 2)")
    beto.has("Vas tú desde las 12:00", "2 de 2 van: Ana Mora (a cargo), tú")
    sara.has("2 de 2 van: Ana Mora (a cargo), Beto Salas")
    carla.has("Ya van 2, los que hacen falta").offers("Voy")
    await carla.presses("Voy")
    carla.has("Estás en reserva")

    await beto.presses("No puedo")
    beto.reads_all()
    juan.sees("Beto Salas dijo que iba y ya no puede ir")
    carla.sees("te necesitan")
    carla.sees("📍")
    await carla.presses("Voy")
    juan.sees("Carla Díaz va (2 de 2)")

    await ana.presses("Finalizar")
    ana.sees("T-000001 finalizada")
    for phone in (juan, carla):
        phone.sees("Finalizada por Ana Mora")
    sara.has("Atendida por Ana Mora (a cargo), Carla Díaz")


async def test_p12_asignar_over_somebody_adds_and_relevar_releases_by_name(desk: StoryDesk) -> None:
    sara, juan, ana, beto, _ = await at_a_fire(desk)

    await sara.says("/asignar T-1 @beto")
    answer = sara.sees("Le pregunté a Beto Salas", "Nadie quedó fuera: 1 de 2 va.").offers("Relevar a Ana Mora")
    beto.sees("te necesitan")
    beto.sees("📍")
    await answer.presses("Relevar a Ana Mora")
    answer.says("Ana Mora ya no va a T-000001")
    ana.sees("Sara Luna te relevó: ya no hace falta que vayas")
    juan.sees("Sara Luna relevó a Ana Mora, que ya no va")
    await beto.presses("Voy")
    juan.sees("Beto Salas va")
    beto.has("La tienes tú")


async def test_p12_whoever_is_free_again_is_asked_while_fewer_are_asked_than_should_go(desk: StoryDesk) -> None:
    sara, juan, ana, beto, carla = await at_a_fire(desk)
    await beto.says("/fuera")
    await ana.presses("🆘 Pido refuerzo")
    await ana.presses("Que vayan 3")
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()

    await beto.says("/disponible")

    beto.sees("te necesitan").offers("Voy", "No puedo")
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()


async def test_p12_reinforcement_that_nobody_can_give_says_so_and_who_leads_knows(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Incendio")
    await ana.presses("Voy")
    for phone in (sara, juan, ana):
        phone.reads_all()

    await ana.presses("🆘 Pido refuerzo")

    ana.sees("1 de 2 va", "Nadie más está libre", "sigo buscando")
    sara.sees("No queda ningún agente a quien preguntar", "1 de 2 va: Ana Mora (a cargo)")
    juan.reads_all()
    sara.reads_all()
