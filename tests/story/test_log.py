"""The operators' log: one id from what came in to what went out, a line when something changes, and nobody's words."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import json

from bot.runtime.log_format import ForPeople, ForPrograms
from bot.runtime.logs import set_up_logging
from core.desk.desk import Desk
from emulator.faults import Fault
from metrics.health import PartHealth
from tests.story.desk import StoryDesk
from tests.story.health import health
from tests.story.scraped import scraped
from tests.story.test_programs import asks

PARK = (-2.186213, -79.888577)
CANARIES = ("Zoraida", "Quimbolito", "zorrita", "kiosco", "vainilla", "099887766", "2.1862", "79.8885", "2,1862")


@pytest.fixture(params=[ForPrograms, ForPeople])
def log(request: pytest.FixtureRequest, desk: StoryDesk) -> Iterator[io.StringIO]:
    """All that an operator reads at the default level; the desk is open already."""
    written = io.StringIO()
    set_up_logging("info")
    handler = logging.StreamHandler(written)
    handler.setFormatter(request.param())
    logging.root.addHandler(handler)
    yield written
    logging.root.removeHandler(handler)


def begins_anew(log: io.StringIO) -> None:
    """Forget what was written before."""
    log.seek(0)
    log.truncate()


def lines(log: io.StringIO, event: str) -> list[dict[str, Any]]:
    """The lines of that event, as programs read them."""
    return [line for line in map(json.decode, log.getvalue().splitlines()) if line["event"].startswith(event)]


@pytest.mark.parametrize("log", [ForPrograms], indirect=True)
async def test_one_id_leads_from_what_somebody_wrote_to_every_phone_that_rang(
    desk: StoryDesk, log: io.StringIO
) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    begins_anew(log)
    await juan.says("/emergencia Robo")
    [handled] = lines(log, "handled")
    sent = lines(log, "sent")
    assert (handled["kind"], handled["tasks"]) == ("message", "T-000001")
    assert {line["id"] for line in sent} == {handled["id"]}
    assert {line.get("task", "T-000001") for line in sent} == {"T-000001"}

    await sara.presses("Recibido")
    pressed = lines(log, "handled")[-1]
    assert (pressed["kind"], pressed["press"]) == ("callback_query", "recibido")
    status, _ = await asks(desk, "POST", "/emergencies", {"title": "Incendio"})
    [answered] = lines(log, "answered")
    assert (status, answered["code"], answered["route"]) == (201, 201, "/api/v1/emergencies")
    assert answered["tasks"] in {line.get("task") for line in lines(log, "sent") if line["id"] == answered["id"]}
    for phone in (sara, juan):
        phone.reads_all()


@pytest.mark.parametrize("log", [ForPrograms], indirect=True)
async def test_what_a_due_time_brings_about_bears_its_name(desk: StoryDesk, log: io.StringIO) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    begins_anew(log)
    await desk.advance(120)
    for phone in (sara, marta, juan):
        phone.reads_all()
    assert {line["id"] for line in lines(log, "sent")} == {"timer:climb:1"}


async def test_p15_nobodys_name_words_place_or_number_is_in_the_log(
    desk: StoryDesk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = await desk.supervisor("Zoraida Quimbolito")
    juan = await desk.agent("Quimbolito", at=PARK)
    stranger = desk.stranger("Zoraida")
    await stranger.says("/start")
    await stranger.says("vainilla 099887766")
    await juan.says("/nueva kiosco vainilla !alta")
    await juan.says("/emergencia kiosco 099887766")
    await juan.is_at(*PARK)
    await boss.presses("Recibido")
    await boss.says("/tarea T-999 zorrita")
    await asks(desk, "POST", "/emergencies", {"title": "kiosco zorrita", "place": {"lat": PARK[0], "lon": PARK[1]}})

    async def fails(*words: object, **more: object) -> None:
        raise ValueError(words, more)

    with monkeypatch.context() as patched:
        patched.setattr(Desk, "execute", fails)
        await juan.says("/nueva kiosco zorrita")
        await desk.advance(10)
    desk.telegram.faults.add(Fault(kind="status", method="sendMessage", code=400, times=3, chat_id=boss.user.id))
    await juan.says("/emergencia otra vainilla")
    for phone in (boss, juan, stranger):
        phone.reads_all()
    accounts = [str(phone.user.id) for phone in (boss, juan, stranger)]
    said = log.getvalue()
    assert "handled" in said, "the log is heard"
    assert "set aside" in said, "failures are in it"
    assert [line for line in said.splitlines() if any(word in line for word in (*CANARIES, *accounts))] == []


@pytest.mark.parametrize("log", [ForPrograms], indirect=True)
async def test_an_update_that_fails_says_so_once_and_once_that_it_is_well(
    desk: StoryDesk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    juan, tries, execute = await desk.agent("Juan Pérez"), [0], Desk.execute

    async def fails_twice(*words: Any, **more: Any) -> Any:
        tries[0] += 1
        if tries[0] < 3:
            raise ValueError("not yet")
        return await execute(*words, **more)

    monkeypatch.setattr(Desk, "execute", fails_twice)
    await juan.says("/nueva Patrullaje")
    await desk.advance(10)
    assert tries[0] == 3
    assert len([line for line in log.getvalue().splitlines() if '"error"' in line and "update" in line]) == 1
    [well] = lines(log, "handled after it had failed")
    assert well["tries"] == 3
    juan.reads_all()


@pytest.mark.parametrize("log", [ForPrograms], indirect=True)
async def test_many_looks_at_what_is_broken_are_one_line_and_one_when_it_works_again(
    desk: StoryDesk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks() -> PartHealth:
        raise ValueError("a table that can't be read")

    async def fails(*words: object, **more: object) -> None:
        raise ValueError("a table that can't be read")

    probes, board = desk.app.server._health._probes, desk.app.queries.board
    well = probes["limits"]
    probes["limits"] = breaks
    monkeypatch.setattr(desk.app.queries, "board", fails)
    for _ in range(4):
        await health(desk)
        await scraped(desk)
    probes["limits"] = well
    monkeypatch.setattr(desk.app.queries, "board", board)
    for _ in range(4):
        await health(desk)
        await scraped(desk)
    said = [line["event"] for line in map(json.decode, log.getvalue().splitlines())]
    assert said == [
        "the probe of limits failed",
        "metrics without the desk's numbers",
        "the probe of limits works again",
        "metrics with the desk's numbers again",
    ]
