"""P13: whatever keeps an emergency silent is said, with how long it has waited and why."""

import re

import aiohttp
import pytest
from sqlalchemy import text

from emulator import Fault
from storage.engine.session import Query
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health
from tests.story.pages import readable
from tests.story.phone import Phone

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PARK = (-2.1862, -79.8885)
TAKEN_AWAY = Query(text("ALTER TABLE timer RENAME TO away"))
GIVEN_BACK = Query(text("ALTER TABLE away RENAME TO timer"))
NO_TIMERS = Query(text("DELETE FROM timer"))


async def test_p13_a_message_of_an_emergency_that_does_not_leave_is_said_with_its_cause(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault(kind="status", code=502, method="sendMessage", chat_id=sara.user.id, times=None))
    await juan.says("/emergencia Robo")
    await desk.passes(20)
    said = (await health(desk)).unwell["emergencies"]
    assert "its message has not left" in said
    assert "an emergency has waited" in said

    desk.telegram.faults.clear()
    await desk.passes(31)
    sara.sees("Robo")
    assert "emergencies" not in (await health(desk)).unwell
    sara.reads_all()
    juan.reads_all()


async def test_p13_an_alert_that_is_said_anew_has_waited_since_it_was_said_first(desk: StoryDesk) -> None:
    """A broken way makes the desk climb again and again: each climb must not look like the beginning of the wait."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault(kind="status", code=502, times=None, chat_id=sara.user.id))
    await juan.says("/emergencia Robo")
    await desk.passes(300)
    waits = await desk.app.queries.emergency_waits()
    assert (desk.clock.now() - min(waits.values())).total_seconds() >= 299
    desk.telegram.faults.clear()
    await desk.passes(31)
    sara.reads_all()
    juan.reads_all()


async def test_p13_an_emergency_for_which_nothing_is_due_any_more_is_said(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    sara.reads_all()
    juan.reads_all()
    assert await health(desk) == WELL
    await desk.app.store.write(lambda session: session.run(NO_TIMERS))
    await desk.passes(11)
    assert "nothing is due for it any more" in (await health(desk)).unwell["emergencies"]


async def test_p13_an_emergency_with_somebody_on_scene_waits_for_nothing(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await sara.says("/emergencia Robo")
    await sara.is_at(*PARK)
    await juan.presses("Voy")
    await juan.presses("Llegué")
    await desk.app.store.write(lambda session: session.run(NO_TIMERS))
    await desk.passes(30)
    assert "emergencies" not in (await health(desk)).unwell
    for phone in (sara, juan):
        phone.reads_all()


async def test_p13_a_timekeeper_that_cant_read_its_table_is_said_once_and_in_health(
    desk: StoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    rosa = await desk.admin("Rosa Vera")
    await desk.app.store.write(lambda session: session.run(TAKEN_AWAY))
    desk.app.timekeeper.bell.set()
    await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
    said = (await health(desk)).unwell
    assert "timekeeper" in said["loops"]
    assert "no such table" in said["loops"]
    rosa.sees("Una parte del sistema se detuvo", "no such table")
    ours = ("bot.jobs.timers", "bot.runtime.supervisor", "bot.runtime.conditions")
    lines = [record for record in caplog.records if record.name in ours]
    assert len(lines) <= 5, "one line for each change, however often it is tried"
    assert len([record for record in lines if "timekeeper" in record.getMessage()]) == 1
    url = f"http://127.0.0.1:{desk.app.server.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as page:
        (lag,) = re.findall(r'gad_loop_lag_seconds\{loop="timekeeper"\} (\S+)', await page.text())
    assert float(lag) > 10

    await desk.app.store.write(lambda session: session.run(GIVEN_BACK))
    await desk.passes_until(lambda: not desk.app.conditions.all(), "it is well again")
    await desk.settle()
    assert await health(desk) == WELL
    rosa.sees_nothing()


async def test_p13_a_desk_with_nothing_to_do_is_well(desk: StoryDesk) -> None:
    await desk.admin("Rosa Vera")
    await desk.passes(3600)
    assert not desk.app.conditions.all()
    assert not (await health(desk)).unwell.keys() & {"loops", "emergencies", "intake", "delivery"}


def told(phone: Phone) -> int:
    """How often somebody reads that an emergency waits."""
    return len([message for message in phone.unread if "espera demasiado su próximo aviso" in readable(message)])


async def test_p13_an_emergency_that_is_held_up_is_told_to_the_administrators_once(desk: StoryDesk) -> None:
    sara, rosa = await desk.supervisor("Sara Luna"), await desk.admin("Rosa Vera")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    await desk.app.store.write(lambda session: session.run(NO_TIMERS))
    await desk.passes(120)
    assert told(rosa) == 1
    for phone in (sara, rosa, juan):
        phone.reads_all()


async def test_p13_while_nothing_leaves_the_administrators_are_told_when_it_does(desk: StoryDesk) -> None:
    sara, rosa = await desk.supervisor("Sara Luna"), await desk.admin("Rosa Vera")
    juan = await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault(kind="status", code=502, chat_id=sara.user.id, times=None))
    await juan.says("/emergencia Robo")
    await desk.passes(40)
    assert told(rosa) == 0
    desk.telegram.faults.clear()
    await desk.passes(60)
    assert told(rosa) == 1
    assert "emergencies" not in (await health(desk)).unwell
    for phone in (sara, rosa, juan):
        phone.reads_all()
