"""The file's bad days: full, read-only, failing, in another program's hands, moved away.

Senders hear that their message waits, no update is lost or to blame for it, nothing is done twice, and the desk goes
on by itself.
"""

from itertools import pairwise
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from core.desk.desk import Desk
from emulator import Fault
from storage.engine.session import Query
from tests.story import bad_disk
from tests.story.bad_disk import MUCH, WAIT
from tests.story.desk import OPERATOR, StoryDesk
from tests.story.disk import Disk, Trouble
from tests.story.health import WELL, health

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)
KINDS = pytest.mark.parametrize("trouble", [Disk.locked, Disk.full, Disk.read_only, Disk.failing, Disk.gone])


desk, disk = bad_disk.desk, bad_disk.disk


@KINDS
async def test_p1_what_arrives_meanwhile_is_taken_later(desk: StoryDesk, disk: Disk, trouble: Trouble) -> None:
    """Telegram is not told that it arrived before it is on disk; who sent it is told, once, that it waits."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    assert await health(desk) == WELL
    with trouble(disk):
        desk.telegram.say(juan.user, f"/emergencia {MUCH}")
        await desk.until(lambda: desk.app.outage.trouble is not None, "the update can't be kept")
        await desk.endures(5)
        await desk.until(lambda: bool(juan.unread), "whoever waits is told")
        juan.sees(WAIT)
        assert len(desk.bot.updates) == 1
        ready, status, unwell = await health(desk)
        assert (ready, status, [*unwell]) == (False, "down", ["storage"])
        assert unwell["storage"].startswith("storage: ")
        sara.sees_nothing()
    await desk.advance(4)
    juan.sees("Alerta enviada")
    sara.sees("Robo")
    sara.reads_all()
    assert await health(desk) == WELL
    assert await desk.asks("SELECT count(*) FROM task") == 1


@KINDS
async def test_p2_an_update_is_not_to_blame_for_the_storage(
    desk: StoryDesk, disk: Disk, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried for as long as it takes, counts as no failure of its own, and is carried out once."""
    juan = await desk.agent("Juan Pérez")
    execute, tries = Desk.execute, []

    async def in_trouble(self: Desk, *args: Any, **kwargs: Any) -> Any:
        tries.append(desk.clock.now())
        if len(tries) > 5:
            return await execute(self, *args, **kwargs)
        with trouble(disk):
            return await execute(self, *args, **kwargs)

    monkeypatch.setattr(Desk, "execute", in_trouble)
    desk.telegram.say(juan.user, f"/emergencia {MUCH}")

    def tried_as_time_passes() -> bool:
        desk.clock.advance(0.1)
        return len(tries) == 6

    await desk.until(tried_as_time_passes, "it is tried again and again")
    await desk.advance(1)
    juan.sees(WAIT)
    juan.sees("Alerta enviada")
    juan.reads_all()
    assert all((later - earlier).total_seconds() >= 1 for earlier, later in pairwise(tries))
    assert await desk.asks("SELECT count(*) FROM task") == 1
    assert await desk.asks("SELECT max(attempts) FROM inbox") == 0


@pytest.mark.parametrize("trouble", [Disk.locked, Disk.read_only, Disk.failing])
async def test_p2_a_message_that_left_meanwhile_is_not_sent_again(
    desk: StoryDesk, disk: Disk, trouble: Trouble
) -> None:
    """Telegram's answer can't be asked for again, so it is kept in mind until it can be written down."""
    juan = await desk.agent("Juan Pérez")
    before = len(juan.messages)
    desk.telegram.faults.add(Fault(kind="slow", method="sendMessage", seconds=0.1))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.until(lambda: len(desk.telegram.faults) == 0, "the alert is on its way")
    with trouble(disk):
        await desk.until(lambda: len(juan.messages) > before, "it arrives")
        await desk.until(lambda: desk.app.outage.trouble is not None, "it can't be written down")
    await desk.advance(2)
    juan.sees("Alerta enviada").lacks("reenvío")
    juan.sees("¿Dónde es?")


@pytest.mark.parametrize("trouble", [Disk.locked, Disk.read_only, Disk.failing])
async def test_p8_what_was_due_meanwhile_happens_once_when_it_can(
    desk: StoryDesk, disk: Disk, trouble: Trouble
) -> None:
    """An offer ends while nothing can be kept: the next agent is asked late, and once."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    offer = ana.sees("te necesitan")
    for phone in (sara, juan, ana):
        phone.reads_all()
    with trouble(disk):
        desk.clock.advance(46)
        await desk.until(lambda: desk.app.outage.trouble is not None, "it can't be acted on")
        await desk.endures(3)
    await desk.advance(1)
    expired = "SELECT count(*) FROM event WHERE body LIKE '%\"expired\"%'"
    assert await desk.asks(expired) == 1
    offer.lacks("¿Puedes ir?")
    for phone in (sara, juan, ana):
        phone.reads_all()


async def test_a_press_that_cannot_be_kept_says_so_in_its_answer(desk: StoryDesk, disk: Disk) -> None:
    """And counts, once, when it can."""
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    offer = ana.sees("te necesitan")
    ana.reads_all()
    juan.reads_all()
    with disk.read_only():
        query = desk.telegram.press(ana.user, offer.message, "Voy")
        await desk.until(lambda: desk.app.outage.trouble is not None, "the press can't be kept")
        await desk.endures(3)
        await desk.until(lambda: query.answered is not None, "the button stops spinning")
        assert query.answered is not None
        assert WAIT in (query.answered.text or "")
        ana.sees_nothing()
    await desk.advance(1)
    juan.sees("Ana Mora va")
    offer.says("La tienes tú")
    ana.reads_all()


async def test_p9_talk_in_a_group_is_not_answered_in_an_outage_and_a_command_is(desk: StoryDesk, disk: Disk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    group, (here, _) = desk.group("Guardia", ana, beto)
    desk.telegram.promote(group, desk.bot, ana.user)
    with disk.read_only():
        desk.telegram.say(ana.user, "¿alguien cerca?", group)
        await desk.until(lambda: desk.app.outage.trouble is not None, "the update can't be kept")
        await desk.endures(4)
        here.sees_nothing()
        desk.telegram.say(ana.user, "/fuera@gad_bot", group)

        def told_as_time_passes() -> bool:
            desk.clock.advance(0.02)
            return bool(here.unread)

        await desk.until(told_as_time_passes, "whoever gave a command is told")
        here.sees(WAIT)
    await desk.advance(1)
    here.sees("Estás fuera de servicio")


async def test_p6_a_crowd_that_waits_is_told_within_telegrams_limits(desk: StoryDesk, disk: Disk) -> None:
    """Sixty people in an outage: each hears of it, and no 429 was earned."""
    crowd = [desk.stranger(f"Vecino {number}") for number in range(60)]
    with disk.locked():
        for phone in crowd:
            desk.telegram.say(phone.user, "hola")
        await desk.until(lambda: desk.app.outage.trouble is not None, "nothing can be kept")

        def told_as_time_passes() -> bool:
            desk.clock.advance(0.02)
            return all(phone.unread for phone in crowd)

        await desk.until(told_as_time_passes, "all of them are told")
        assert all(call.ok for call in desk.telegram.calls)
    await desk.advance(1)
    await desk.passes(5)
    for phone in crowd:
        phone.sees(WAIT)
        phone.sees("Envía /start")


async def test_whom_telegram_did_not_reach_is_told_when_it_is_tried_again(desk: StoryDesk, disk: Disk) -> None:
    ana = await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind="status", code=429, retry_after=3, method="sendMessage"))
    with disk.locked():
        desk.telegram.say(ana.user, "/fuera")
        await desk.until(lambda: desk.app.outage.trouble is not None, "nothing can be kept")
        await desk.endures(4)
        ana.sees_nothing()
        await desk.endures(4)
        await desk.until(lambda: bool(ana.unread), "she is told")
        ana.sees(WAIT)
    await desk.advance(1)
    ana.sees("Estás fuera de servicio")


async def test_p2_a_program_is_told_to_come_again_and_its_request_is_done_once(desk: StoryDesk, disk: Disk) -> None:
    url = f"http://127.0.0.1:{desk.app.server.port}"
    headers = {"Authorization": f"Bearer {OPERATOR}", "Idempotency-Key": "radio-1"}

    async def reports() -> tuple[int, str | None]:
        body = {"title": "Robo"}
        async with session.post(f"{url}/api/v1/emergencies", json=body, headers=headers) as answer:
            return answer.status, answer.headers.get("Retry-After")

    async with aiohttp.ClientSession() as session:
        with disk.read_only():
            assert await reports() == (503, "2")
            async with session.get(f"{url}/metrics") as page:
                assert 'gad_part_well{part="storage"} 0.0' in await page.text()
        assert await reports() == (201, None)
        assert await reports() == (201, None)
    assert await desk.asks("SELECT count(*) FROM task") == 1


async def test_an_outage_is_said_once_in_the_operators_log(
    desk: StoryDesk, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    """However long it lasts and however much waits for it; and so is its end."""
    ana = await desk.agent("Ana Mora")
    with disk.locked():
        desk.telegram.say(ana.user, "/fuera")
        await desk.until(lambda: desk.app.outage.trouble is not None, "the update can't be kept")
        await desk.endures(20)
    await desk.recovers()
    await desk.advance(31)
    ana.sees(WAIT)
    ana.sees("Estás fuera de servicio")
    began, ended = [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
    assert began == "storage: database is locked; nothing is lost, and all of it is tried until it works"
    assert ended == "the storage works again: it refused for 20 s"


async def test_p1_told_to_end_meanwhile_it_ends_and_the_next_one_goes_on(
    desk: StoryDesk, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work in flight can't be settled: it is not waited for beyond the grace, and is not lost."""
    ana = await desk.agent("Ana Mora")
    execute, held = Desk.execute, []

    async def is_held(self: Desk, *args: Any, **kwargs: Any) -> Any:
        held.append(1)
        with disk.read_only():
            return await execute(self, *args, **kwargs)

    with monkeypatch.context() as bad:
        bad.setattr(Desk, "execute", is_held)
        desk.telegram.say(ana.user, "/fuera")
        await desk.until(lambda: bool(held), "it is in hand")
        await desk.close()
    await desk.open()
    ana.sees("Estás fuera de servicio")
    ana.sees_nothing()


async def test_p1_what_a_dead_process_held_is_taken_back_when_its_lease_is_over(desk: StoryDesk) -> None:
    """An update that was taken and never handled, though the desk is not started anew."""
    juan = await desk.agent("Juan Pérez")
    held = int((desk.clock.seconds() + 30) * 1000)
    hold = "UPDATE inbox SET state = 2, lease_until = :until WHERE state = 1"
    await desk.app.worker.in_flight.taking.acquire()
    desk.telegram.say(juan.user, "/fuera")
    await desk.until(lambda: not len(desk.bot.updates), "it is on disk")
    await desk.app.store.write(lambda session: session.run(Query(text(hold)), until=held))
    desk.app.worker.in_flight.taking.release()
    await desk.passes(20)
    juan.sees_nothing()
    await desk.passes(16)
    await desk.until(lambda: bool(juan.unread), "the sweep has taken it back")
    juan.sees("Estás fuera de servicio")
