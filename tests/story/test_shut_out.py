"""Shut out or lowered: what somebody was told, asked, given or in charge of goes on without them, at once."""

from pathlib import Path

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone, Seen
from tests.story.teams import unit_of

PARK, NEAR, FAR = (-2.1862, -79.8885), (-2.1870, -79.8890), (-2.2100, -79.9000)


async def page_of(admin: Phone, name: str) -> Seen:
    """The page of a person, as an administrator opens it."""
    await admin.says(f"/usuarios @{name.partition(' ')[0].lower()}")
    return admin.sees(name)


async def shuts_out(admin: Phone, name: str) -> None:
    page = await page_of(admin, name)
    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")


async def lowers(admin: Phone, name: str) -> None:
    page = await page_of(admin, name)
    await page.presses("→ Agente")


@pytest.mark.parametrize("takes_away", [shuts_out, lowers])
@pytest.mark.parametrize("in_charge", [False, True])
async def test_p4_an_alert_does_not_wait_for_whoever_was_shut_out_or_lowered(
    desk: StoryDesk, takes_away: object, in_charge: bool
) -> None:
    """The sergeant who was told of it, or said *Recibido*, lost her rank: the next one hears of it in that moment."""
    marta, tito = await desk.admin("Marta Solís"), await desk.supervisor("Tito Paz")
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await sara.says("/turno inicio")
    await juan.says("/emergencia Robo")
    sara.sees("Robo")
    if in_charge:
        await sara.presses("Recibido")
    tito.reads_all()
    began = desk.clock.now()
    assert callable(takes_away)
    await takes_away(marta, "Sara Luna")
    for phone in (marta, sara, juan):
        phone.reads_all()
    tito.sees("Robo", "ya no tiene acceso o cambió de rol")
    assert (desk.clock.now() - began).total_seconds() < 20
    assert await desk.asks("SELECT acknowledged_by FROM task") is None
    await tito.presses("Recibido")
    for phone in (marta, tito, juan):
        phone.reads_all()


@pytest.mark.parametrize("into", [None, "Sur"])
async def test_p4_an_alert_does_not_wait_for_whoever_left_the_unit(desk: StoryDesk, into: str | None) -> None:
    """The sergeant on duty was told for her unit, and leaves it for another one or for none: the next step is told."""
    marta, tito = await desk.admin("Marta Solís"), await desk.supervisor("Tito Paz")
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await unit_of(desk, marta, "Norte", sara, juan)
    if into is not None:
        await unit_of(desk, marta, into)
    for each in (sara, tito):
        await each.says("/turno inicio")
    await juan.says("/emergencia Robo")
    sara.sees("Robo")
    tito.reads_all()
    began = desk.clock.now()
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    if into is None:
        await page.presses("Norte")
        await page.presses("Personas")
        await page.presses("Sara Luna")
        await page.presses("Sí, sacar")
    else:
        await page.presses(into)
        await page.presses("Personas")
        await page.presses("Agregar")
        await page.presses("Supervisores")
        await page.presses("Sara Luna")
    tito.sees("Robo", "ya no tiene acceso o cambió de rol o de unidad")
    assert (desk.clock.now() - began).total_seconds() < 20
    await tito.presses("Recibido")
    for phone in (marta, tito, sara, juan):
        phone.reads_all()


async def test_p14_a_check_in_of_whoever_is_shut_out_ends_at_once(desk: StoryDesk) -> None:
    marta, juan = await desk.admin("Marta Solís"), await desk.agent("Juan Pérez")
    await juan.says("/control 30")
    juan.reads_all()
    await shuts_out(marta, "Juan Pérez")
    assert await desk.asks("SELECT count(*) FROM check_in") == 0
    juan.sees("cerró tu acceso")
    await desk.advance(60 * 60)
    marta.reads_all()


async def test_p14_the_emergency_of_an_agent_who_is_shut_out_goes_to_the_next(desk: StoryDesk) -> None:
    """Beto said that he goes and has his access taken away: Ana is asked, Juan and the supervisor are told."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan, beto = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Beto Salas", at=NEAR)
    await juan.says("/emergencia Robo")
    await beto.sees("¿Puedes ir?").presses("Voy")
    ana = await desk.agent("Ana Mora", at=FAR)
    for phone in (marta, sara, juan, beto):
        phone.reads_all()
    await shuts_out(marta, "Beto Salas")
    ana.sees("Robo", "¿Puedes ir?")
    juan.sees("Beto Salas ya no tiene acceso")
    sara.sees("Robo")
    assert await desk.asks("SELECT hold FROM person WHERE name = 'Beto Salas'") is None
    for phone in (marta, sara, juan, beto, ana):
        phone.reads_all()


async def test_p14_an_administrator_who_was_put_out_stays_out_though_the_configuration_names_them(
    tmp_path: Path,
) -> None:
    admins: list[int] = []
    desk = StoryDesk(tmp_path, access={"admins": admins})
    marta, raul = desk.stranger("Marta Solís"), desk.stranger("Raúl Peña")
    admins += [marta.user.id, raul.user.id]
    await desk.open()
    await marta.says("/start")
    marta.sees("estás dentro", "administrador")
    await raul.says("/start")
    raul.sees("Envié tu solicitud")
    await marta.sees("Pide acceso", "Raúl Peña").presses("Administrador")
    raul.sees("estás dentro", "administrador")
    await shuts_out(marta, "Raúl Peña")
    raul.reads_all()
    await raul.says("/start")
    raul.sees("Ese acceso está cerrado")
    assert await desk.asks("SELECT membership FROM person WHERE name = 'Raúl Peña'") == "disabled"
    marta.reads_all()
    await desk.end()


@pytest.mark.parametrize("answer", [None, "Voy", "Iniciar"])
async def test_p14_the_work_of_whoever_was_shut_out_is_given_back_and_leaders_hear(
    desk: StoryDesk, answer: str | None
) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    beto, tito = await desk.agent("Beto Salas"), await desk.supervisor("Tito Paz")
    await sara.says("/nueva Revisar la bodega @beto")
    beto.sees("bodega")
    if answer is not None:
        await beto.presses("Voy")
    if answer == "Iniciar":
        await beto.presses("Iniciar")
    sara.reads_all()
    beto.reads_all()
    await shuts_out(marta, "Beto Salas")
    sara.sees("Beto Salas ya no tiene acceso", "bodega")
    tito.sees("Beto Salas ya no tiene acceso", "bodega")
    assert await desk.asks("SELECT state FROM assignment WHERE task = 1") == "released"
    for phone in (marta, beto):
        phone.reads_all()
