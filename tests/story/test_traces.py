"""Traces: one for each update, from its arrival to the phones that rang, under the id that the log has."""

import io
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from msgspec import json
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from bot.runtime.log_format import ForPrograms
from bot.runtime.logs import set_up_logging
from core.desk.desk import Desk
from tests.story.desk import StoryDesk
from tests.story.test_programs import asks

PARK = (-2.186213, -79.888577)
PERSONAL = ("Zoraida", "Quimbolito", "kiosco", "vainilla", "-2.18", "-79.88")
STEPS = ["inbox", "desk", "handle", "update", "outbox", "send"]


class Receiver:
    """A collector of traces: what was sent to it, decoded."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.url = ""

    @property
    def spans(self) -> list[Span]:
        """All spans, in the order in which they came."""
        read = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [span for one in read for of in one.resource_spans for scope in of.scope_spans for span in scope.spans]

    def of(self, cause: str) -> list[Span]:
        """The spans of one cause."""
        return [span for span in self.spans if facts(span)["gad.id"] == cause]

    async def takes(self, request: web.Request) -> web.Response:
        """Take one batch."""
        assert request.content_type == "application/x-protobuf"
        self.bodies.append(await request.read())
        return web.Response()


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """A collector on this machine."""
    there = Receiver()
    application = web.Application()
    application.router.add_post("/v1/traces", there.takes)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    there.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1/traces"
    yield there
    await runner.cleanup()


def facts(span: Span) -> dict[str, str | int]:
    """The attributes of a span."""
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def seconds(span: Span) -> float:
    """How long it took by the desk's clock."""
    return (span.end_time_unix_nano - span.start_time_unix_nano) / 1e9


async def told(desk: StoryDesk) -> None:
    """The desk ends, and what it had noted leaves."""
    for phone in desk.phones:
        phone.reads_all()
    await desk.end()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as programs read it."""
    written = io.StringIO()
    set_up_logging("info")
    handler = logging.StreamHandler(written)
    handler.setFormatter(ForPrograms())
    logging.root.addHandler(handler)
    yield written
    logging.root.removeHandler(handler)


async def test_one_trace_leads_from_what_somebody_wrote_to_every_phone_that_rang(
    tmp_path: Path, log: io.StringIO
) -> None:
    async with receiver() as collector:
        desk = StoryDesk(tmp_path, tracing={"endpoint": collector.url})
        await desk.open()
        sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
        await juan.says("/emergencia Robo")
        await sara.presses("Recibido")
        await told(desk)
    handled = [line for line in map(json.decode, log.getvalue().splitlines()) if line["event"] == "handled"]
    cause = next(line["id"] for line in handled if line.get("tasks") == "T-000001")
    spans = collector.of(cause)
    assert sorted({span.name for span in spans}) == sorted(STEPS)
    assert len({span.trace_id for span in spans}) == 1
    [whole] = [span for span in spans if span.name == "update"]
    assert whole.parent_span_id == b""
    assert {span.parent_span_id for span in spans if span is not whole} == {whole.span_id}
    assert facts(whole) == {"gad.id": cause, "gad.outcome": "handled", "gad.tries": 1}
    assert {facts(span)["gad.outcome"] for span in spans if span.name == "send"} == {"taken"}
    presses = {span.trace_id for span in collector.spans if span.name == "update"} - {whole.trace_id}
    assert presses, "each press has a trace of its own"


async def test_what_a_program_asked_for_and_what_a_due_time_brought_about_have_traces_too(tmp_path: Path) -> None:
    async with receiver() as collector:
        desk = StoryDesk(tmp_path, tracing={"endpoint": collector.url})
        await desk.open()
        await desk.supervisor("Sara Luna")
        await asks(desk, "POST", "/emergencies", {"title": "Incendio"})
        await desk.advance(120)
        await told(desk)
    [request] = [span for span in collector.spans if span.name == "request"]
    assert (facts(request)["gad.route"], facts(request)["gad.code"]) == ("/api/v1/emergencies", 201)
    assert {"desk", "outbox", "send"} <= {s.name for s in collector.spans if s.parent_span_id == request.span_id}
    climbs = collector.of("timer:climb:1")
    assert {span.name for span in climbs} == {"due", "outbox", "send"}
    assert len({span.trace_id for span in climbs}) == 1
    assert {span.parent_span_id for span in climbs} == {b""}, "a due time comes back: none of them is the whole"


async def test_an_update_that_fails_has_a_step_for_each_try_and_its_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiver() as collector:
        desk = StoryDesk(tmp_path, tracing={"endpoint": collector.url})
        await desk.open()
        juan = await desk.agent("Juan Pérez", at=PARK)

        async def fails(*words: object, **more: object) -> None:
            raise ValueError("no")

        with monkeypatch.context() as patched:
            patched.setattr(Desk, "execute", fails)
            await juan.says("/nueva Patrullaje")
            await desk.advance(10)
        await told(desk)
    [whole] = [
        span for span in collector.spans if facts(span).get("gad.outcome") == "set_aside" and span.name == "update"
    ]
    tries = [facts(span) for span in collector.of(str(facts(whole)["gad.id"])) if span.name == "handle"]
    assert [(one["gad.tries"], one["gad.outcome"]) for one in tries] == [(1, "failed"), (2, "failed"), (3, "set_aside")]
    assert seconds(whole) >= 6, "with the pauses between"


async def test_p15_nobodys_name_words_place_or_number_is_in_a_trace(tmp_path: Path) -> None:
    async with receiver() as collector:
        desk = StoryDesk(tmp_path, tracing={"endpoint": collector.url})
        await desk.open()
        boss = await desk.supervisor("Zoraida Quimbolito")
        juan = await desk.agent("Quimbolito", at=PARK)
        await juan.says("/nueva kiosco vainilla !alta")
        await juan.says("/emergencia kiosco")
        await juan.is_at(*PARK)
        await boss.presses("Recibido")
        await asks(desk, "POST", "/emergencies", {"title": "kiosco", "place": {"lat": PARK[0], "lon": PARK[1]}})
        accounts = [str(phone.user.id) for phone in desk.phones]
        await told(desk)
    assert collector.spans
    said = "\n".join(f"{span.name} {facts(span)}" for span in collector.spans)
    assert [word for word in (*PERSONAL, *accounts) if word in said] == []


async def test_a_share_of_updates_is_traced_whole_or_not_at_all(tmp_path: Path) -> None:
    async with receiver() as collector:
        desk = StoryDesk(tmp_path, tracing={"endpoint": collector.url, "share": 0.5})
        await desk.open()
        juan = await desk.agent("Juan Pérez")
        for _ in range(20):
            await juan.says("/mistareas")
            await desk.advance(2)
        await told(desk)
    updates = [span for span in collector.spans if span.name == "update"]
    assert 0 < len(updates) < 20
    assert {span.trace_id for span in collector.spans} == {span.trace_id for span in updates}


async def test_a_collector_that_is_away_is_said_once_and_holds_nobody_up(tmp_path: Path, log: io.StringIO) -> None:
    async with receiver() as collector:
        url = collector.url
    desk = StoryDesk(tmp_path, tracing={"endpoint": url})
    await desk.open()
    juan = await desk.agent("Juan Pérez")
    await juan.says("/mistareas")
    await told(desk)
    said = [line for line in map(json.decode, log.getvalue().splitlines()) if line["level"] in ("warning", "error")]
    assert [line["event"] for line in said] == ["sending traces failed: tracing.endpoint takes none"]


def test_nothing_is_loaded_for_traces_that_nobody_wants() -> None:
    program = "import sys, bot.app, bot.cli.run; print([name for name in sys.modules if 'opentelemetry' in name])"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
