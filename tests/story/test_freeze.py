"""Frozen: a supervisor puts a phone in wrong hands out at once, and an administrator says what becomes of it (P14)."""

import pytest

from core.vocabulary.words import Membership, Role
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.teams import unit_of
from tests.story.test_same_person import known
from tests.story.test_shut_out import page_of

PARK, NEAR, FAR = (-2.1862, -79.8885), (-2.1870, -79.8890), (-2.2100, -79.9000)
FROZEN = "Tu acceso está congelado"


async def test_p14_a_supervisor_freezes_a_phone_and_all_that_it_held_goes_on(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    beto = await desk.agent("Beto Salas", at=NEAR)
    await unit_of(desk, marta, "Norte", sara, beto)
    await juan.says("/emergencia Robo")
    await beto.sees("¿Puedes ir?").presses("Voy")
    ana = await desk.agent("Ana Mora", at=FAR)
    for phone in (marta, raul, sara, juan, beto):
        phone.reads_all()
    await sara.says("/congelar Beto Salas")
    sara.sees("El acceso de Beto Salas", "está congelado")
    beto.sees(FROZEN)
    ana.sees("Robo", "¿Puedes ir?")
    for admin in (marta, raul):
        asked = admin.sees("Acceso congelado", "Beto Salas", "agente", "Lo congeló Sara Luna")
        asked.offers("⛔ Confirmar la baja", "Descongelar", "👤 Beto Salas")
    out = await known(desk, beto)
    assert (out.hold, out.position) == (None, None)
    await beto.says("hola")
    beto.sees(FROZEN, "por otra vía")
    await beto.says("/mistareas")
    beto.sees(FROZEN)
    await sara.says("/congelar Beto Salas")
    for phone in (marta, raul, sara, juan, ana):
        phone.reads_all()


@pytest.mark.parametrize("answer", ["Descongelar", "⛔ Confirmar la baja"])
async def test_an_administrator_lifts_a_freeze_or_confirms_it(desk: StoryDesk, answer: str) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    sara, beto = await desk.supervisor("Sara Luna"), await desk.supervisor("Beto Salas")
    await unit_of(desk, marta, "Norte", sara, beto)
    for phone in (marta, raul, sara, beto):
        phone.reads_all()
    await sara.says("/congelar @beto")
    card, other = marta.sees("Acceso congelado"), raul.sees("Acceso congelado")
    late = other.holds(answer)
    await card.presses(answer)
    lifted = answer == "Descongelar"
    said = "tiene acceso otra vez. Lo decidió Marta Solís" if lifted else "se queda sin acceso. Lo decidió Marta Solís"
    card.says("Beto Salas", said, *(("No vuelven solos: sus turnos", "/unidades") if lifted else ())).offers()
    other.says("Beto Salas", said).offers()
    await late
    raul.sees("no cambié nada" if not lifted else "Nada cambió: Beto Salas no tiene el acceso congelado")
    after = await known(desk, beto)
    assert (after.active, after.unit is not None, after.role) == (lifted, lifted, Role.SUPERVISOR)
    beto.sees(FROZEN)
    beto.sees("tu acceso está abierto otra vez" if lifted else "cerró tu acceso")
    await beto.says("/equipo")
    beto.sees("Agentes" if lifted else "No tienes acceso")
    for phone in (sara, marta, raul):
        phone.reads_all()


async def test_a_freeze_that_nobody_decides_reminds_the_administrators_each_day(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    beto = await desk.agent("Beto Salas")
    await sara.says("/congelar Beto Salas")
    marta.sees("Acceso congelado")
    await desk.advance(24 * 60 * 60 + 1)
    marta.sees("Sigue congelado desde hace un día", "Beto Salas")
    await desk.advance(24 * 60 * 60 + 1)
    await marta.sees("Sigue congelado desde hace un día", "Beto Salas").presses("Descongelar")
    await desk.advance(24 * 60 * 60 + 1)
    marta.sees_nothing()
    for phone in (sara, beto):
        phone.reads_all()


async def test_p4_p14_a_call_from_a_frozen_phone_opens_nothing_and_is_heard_at_once(desk: StoryDesk) -> None:
    """It may be the thief's, or its owner's whom somebody froze by mistake: people decide, and no agent is sent."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    beto = await desk.agent("Beto Salas", at=NEAR)
    await sara.says("/congelar Beto Salas")
    marta.sees("Acceso congelado")
    beto.sees(FROZEN)
    await beto.says("/emergencia me siguen")
    beto.sees("Avisé a quienes están a cargo: pides ayuda", "no abrí una emergencia")
    asked = marta.sees("Pide ayuda desde un teléfono congelado", "Beto Salas", "me siguen")
    assert await desk.asks("SELECT count(*) FROM task") == 0
    await beto.says("¡auxilio!")
    beto.sees("no abrí una emergencia")
    marta.sees_nothing()  # within a minute it only changes what is there
    asked.says("auxilio")
    await asked.presses("Descongelar")
    beto.sees("tu acceso está abierto otra vez")
    await beto.says("/emergencia me siguen")
    assert await desk.asks("SELECT count(*) FROM task") == 1
    for phone in (marta, sara, beto):
        phone.reads_all()


async def test_p9_a_supervisor_freezes_no_administrator_and_the_last_one_is_frozen_by_nobody(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    sara = await desk.supervisor("Sara Luna")
    await sara.says("/congelar Marta Solís")
    assert (await known(desk, marta)).membership is Membership.ACTIVE
    await marta.says("/congelar Raúl Peña")
    assert (await known(desk, raul)).membership is Membership.FROZEN
    await marta.says("/congelar Marta Solís")
    assert (await known(desk, marta)).membership is Membership.ACTIVE
    for phone in (marta, raul, sara):
        phone.reads_all()


async def test_a_supervisor_freezes_by_a_button_of_the_team(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    beto = await desk.agent("Beto Salas")
    await sara.says("/equipo")
    await sara.sees("Agentes").presses("👤 Beto Salas")
    await sara.sees("Beto Salas", "agente").presses("🧊 Congelar")
    sure = sara.sees("¿Congelar el acceso de Beto Salas")
    await sure.presses("No")
    sure.says("Beto Salas").offers("🧊 Congelar")
    await sure.presses("🧊 Congelar")
    await sara.sees("¿Congelar el acceso de Beto Salas").presses("🧊 Sí, congelar")
    beto.sees(FROZEN)
    marta.sees("Acceso congelado")
    page = await page_of(marta, "Beto Salas")
    page.says("Acceso congelado").offers("⛔ Confirmar la baja", "Descongelar", "« Lista")
    await page.presses("Descongelar")
    page.offers("→ Supervisor", "→ Administrador", "Quitar acceso", "🧊 Congelar", "« Lista")
    for phone in (marta, sara, beto):
        phone.reads_all()


async def test_a_frozen_owner_goes_on_with_a_new_phone(desk: StoryDesk) -> None:
    """They ask from another account: one press gives it to them, and the lost one stays out."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    lost = await desk.agent("Beto Salas")
    await sara.says("/congelar Beto Salas")
    again: Phone = desk.stranger("Beto Salas")
    await again.says("/start")
    marta.sees("Acceso congelado")
    asked = marta.sees("Pide acceso", "Beto Salas", "tiene el acceso congelado")
    await asked.presses("Es la misma persona")
    await marta.sees("¿Es la misma persona?", "Beto Salas").presses("Sí, como agente")
    again.sees("estás dentro")
    assert await desk.asks("SELECT count(*) FROM person WHERE name = 'Beto Salas' AND membership = 'frozen'") == 0
    await lost.says("hola")
    for phone in (marta, sara, lost, again):
        phone.reads_all()
