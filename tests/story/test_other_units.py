"""Another unit's supervisor sees and helps; where they answer or end an emergency, its own unit is rung and told."""

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.teams import unit_of


async def two_units(desk: StoryDesk) -> tuple[Phone, Phone, Phone, Phone]:
    """Sara leads Norte and is on duty, Juan is hers; Tito leads Sur."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    tito, juan = await desk.supervisor("Tito Paz"), await desk.agent("Juan Pérez")
    await unit_of(desk, marta, "Norte", sara, juan)
    await unit_of(desk, marta, "Sur", tito)
    await sara.says("/turno inicio")
    for phone in (marta, sara, tito, juan):
        phone.reads_all()
    await juan.says("/emergencia Robo")
    for phone in (marta, sara, tito, juan):
        phone.reads_all()
    return marta, sara, tito, juan


async def test_another_units_supervisor_answers_and_the_unit_reads_who_it_was(desk: StoryDesk) -> None:
    marta, sara, tito, juan = await two_units(desk)
    await tito.says("/tarea 1")
    await tito.sees("Robo").presses("Recibido")
    sara.sees("Tito Paz, de otra unidad, se hizo cargo")
    juan.sees("Tito Paz, de otra unidad, se hizo cargo")
    for phone in (marta, tito):
        phone.reads_all()


@pytest.mark.parametrize(
    ("typed", "labels", "said"),
    [("/finalizar 1", (), "Finalizada"), ("/tarea 1", ("Cancelar tarea", "Sí, cancelar"), "Cancelada")],
)
async def test_another_units_supervisor_ends_it_and_the_unit_reads_who_it_was(
    desk: StoryDesk, typed: str, labels: tuple[str, ...], said: str
) -> None:
    marta, sara, tito, juan = await two_units(desk)
    await tito.says(typed)
    for label in labels:
        await tito.presses(label)
    for phone in (sara, juan):
        phone.sees(f"{said} por Tito Paz, de otra unidad,")
    for phone in (marta, tito):
        phone.reads_all()


async def test_another_units_supervisor_sees_and_helps_without_ringing_the_unit(desk: StoryDesk) -> None:
    """A note and a colleague who is asked to go: that is help, and the unit's card says it in silence."""
    marta, sara, tito, juan = await two_units(desk)
    beto = await desk.agent("Beto Salas")
    for phone in (marta, sara, tito, juan, beto):
        phone.reads_all()
    await tito.says("/asignar 1 @beto")
    beto.sees("Robo")
    sara.sees_nothing()
    await beto.presses("No puedo")
    for phone in (marta, sara, tito, juan, beto):
        phone.reads_all()


async def test_p9_another_units_supervisor_relieves_who_goes_and_the_unit_reads_who_it_was(desk: StoryDesk) -> None:
    """The one in charge relied on her, and hears it too."""
    marta, sara, tito, juan = await two_units(desk)
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    await tito.says("/asignar 1 @ana")
    await ana.presses("Voy")
    await marta.says("/tarea 1")
    await marta.presses("Recibido")
    await tito.says("/asignar 1 @beto")
    for phone in (marta, sara, tito, juan, ana, beto):
        phone.reads_all()
    await tito.presses("Relevar a Ana Mora")
    ana.sees("Tito Paz, de otra unidad, te relevó")
    for phone in (sara, juan, marta):
        phone.sees("Tito Paz, de otra unidad, relevó a Ana Mora")
    for phone in (marta, tito, juan, sara, beto):
        phone.reads_all()


@pytest.mark.parametrize("who", ["its own supervisor", "an administrator"])
async def test_whoever_leads_the_unit_is_not_of_another_one(desk: StoryDesk, who: str) -> None:
    marta, sara, tito, juan = await two_units(desk)
    phone = sara if who == "its own supervisor" else marta
    await phone.says("/tarea 1")
    await phone.sees("Robo").presses("Recibido")
    juan.sees("se hizo cargo").lacks("de otra unidad")
    for each in (tito, sara):
        each.sees_nothing() if each is not phone else each.reads_all()
    marta.reads_all()


async def test_linking_a_group_is_told_to_the_administrators(desk: StoryDesk) -> None:
    marta, sara, tito, juan = await two_units(desk)
    _, (here, _) = desk.group("Norte, patrullas", sara, juan)
    await here.says("/vincular@gad_bot")
    here.reads_all()
    marta.sees("Sara Luna vinculó el grupo «Norte, patrullas»", "a la unidad Norte")
    raul = await desk.admin("Raúl Peña")
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    await page.presses("Norte")
    await page.presses("✂️ Desvincular grupo")
    raul.sees("Marta Solís quitó el grupo de la unidad Norte")
    marta.sees_nothing()
    for phone in (tito, juan):
        phone.reads_all()
