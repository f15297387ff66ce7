"""Metrics that operators' tools read, and the alarms that stand on them."""

import asyncio
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, text
from sqlmodel import SQLModel

from core.vocabulary.scopes import Scope
from core.vocabulary.words import Lane, Role
from metrics import instruments, server
from metrics.health import PartHealth
from metrics.verdicts import verdict_of
from storage.engine.session import Query, Session
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from tests.metrics.side import Side
from tests.support.promtool import promtool

ROOT = Path(__file__).parent.parent.parent
RULES, METRICS = ROOT / "metrics" / "alerts.yml", ROOT / "docs" / "metrics.md"


async def scrape(side: Side) -> dict[str, float]:
    """Each sample of `/metrics`, named as Prometheus writes it."""
    answer = await side.gets("/metrics", Authorization="")
    assert answer.status == 200
    assert answer.kind == "text/plain"
    return {
        sample.name
        + (
            f"{{{','.join(f'{k}={v}' for k, v in sorted(sample.labels.items()))}}}" if sample.labels else ""
        ): sample.value
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
    }


async def test_what_happens_is_counted(side: Side) -> None:
    side.instruments.updates.received(3)
    side.instruments.updates.handled()
    side.instruments.updates.handled()
    side.instruments.updates.parked()
    side.instruments.messages.first_call(0.012)
    side.instruments.messages.left(Lane.EMERGENCY, "taken")
    side.instruments.messages.left(Lane.ROUTINE, "429")
    samples = await scrape(side)
    assert samples["gad_updates_received_total"] == 3
    assert samples["gad_updates_handled_total"] == 2
    assert samples["gad_updates_parked_total"] == 1
    assert samples["gad_first_call_seconds_count"] == 1
    assert samples["gad_first_call_seconds_bucket{le=0.01}"] == 0
    assert samples["gad_first_call_seconds_bucket{le=0.025}"] == 1
    assert samples["gad_messages_total{lane=emergency,outcome=taken}"] == 1
    assert samples["gad_messages_total{lane=routine,outcome=429}"] == 1


async def test_how_things_stand_is_read_when_somebody_looks(side: Side) -> None:
    await side.hires("Sara", Role.SUPERVISOR)
    await side.hires("Beto")
    await side.opens(priority=2)
    await side.posts("/api/v1/emergencies", {"title": "Robo"})
    side.clock.advance(90)
    samples = await scrape(side)
    assert samples["gad_numbers_read"] == 1
    assert samples["gad_tasks{priority=low,state=scheduled}"] == 0
    assert samples["gad_tasks{priority=medium,state=scheduled}"] == 1
    assert samples["gad_tasks{priority=critical,state=scheduled}"] == 1
    assert samples["gad_agents{availability=available}"] == 1
    assert samples["gad_alerts_unanswered"] == 1
    assert samples["gad_alerts_oldest_seconds"] == 90
    assert samples["gad_outbox_waiting{lane=emergency}"] == 2
    assert samples["gad_outbox_oldest_seconds{lane=emergency}"] == 90
    assert samples["gad_outbox_oldest_seconds{lane=routine}"] == 0
    assert samples["gad_inbox_waiting{lane=emergency}"] == samples["gad_inbox_waiting{lane=routine}"] == 0


async def set_aside(side: Side, *causes: str) -> None:
    """Messages that nobody took, each to a chat of its own."""
    letters = [
        AddressedCall(chat=chat, lane=Lane.ROUTINE, method="sendMessage", payload={}) for chat in range(len(causes))
    ]
    now = side.clock.now()

    async def unit(session: Session) -> None:
        await outbox.post(session, letters, now)
        for row in await outbox.take(session, Lane.ROUTINE, now, timedelta(minutes=1), len(causes)):
            await outbox.park(session, row, now, causes[row.chat])

    await side.store.write(unit)


async def test_what_was_set_aside_is_shown_by_its_cause(side: Side) -> None:
    await set_aside(side, "400 Bad Request: chat not found", "400 Bad Request: too long", "403")
    samples = await scrape(side)
    assert samples["gad_outbox_parked"] == 3
    assert samples["gad_parked{cause=400 Bad Request,what=message}"] == 2
    assert samples["gad_parked{cause=403,what=message}"] == 1


async def test_a_rare_cause_is_not_lost_behind_a_frequent_one(side: Side) -> None:
    await set_aside(side, "400 Bad Request: too long", *["give up"] * 500)
    samples = await scrape(side)
    assert samples["gad_parked{cause=400 Bad Request,what=message}"] == 1
    assert samples["gad_parked{cause=give up,what=message}"] == 500


async def test_the_process_and_the_build_are_known(side: Side) -> None:
    samples = await scrape(side)
    assert samples["process_start_time_seconds"] > 0
    assert samples["process_resident_memory_bytes"] > 0
    assert samples["gad_loop_tasks"] >= 1
    assert any(re.fullmatch(r"gad_build_info\{version=\d.*\}", name) for name in samples)


async def test_requests_are_counted_under_addresses_that_were_declared(side: Side) -> None:
    await side.gets("/api/v1/tasks/T-000001")
    await side.gets("/api/v1/tasks/T-000002")
    for path in ("/wp-login.php", "/.env", "/api/v1/missions"):
        await side.gets(path)
    await side.says("PROPFIND", "/health")
    samples = await scrape(side)
    assert samples["gad_http_requests_total{code=404,method=GET,route=/api/v1/tasks/{code}}"] == 2
    assert samples["gad_http_requests_total{code=404,method=unmatched,route=unmatched}"] == 3
    assert samples["gad_http_requests_total{code=405,method=unmatched,route=unmatched}"] == 1
    assert samples["gad_http_request_seconds_count{method=GET,route=/api/v1/tasks/{code}}"] == 2


async def test_each_part_is_shown(closed_side: Side) -> None:
    async def unwell() -> PartHealth:
        return PartHealth(well=False)

    closed_side.probes["telegram"] = unwell
    await closed_side.open()
    samples = await scrape(closed_side)
    assert (samples["gad_part_well{part=storage}"], samples["gad_part_well{part=telegram}"]) == (1, 0)


async def test_numbers_that_can_t_be_read_are_absent_rather_than_old(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    await side.opens()
    assert "gad_alerts_unanswered" in await scrape(side)
    await side.store.write(lambda session: session.run(Query(text("ALTER TABLE counter RENAME TO missing"))))
    with caplog.at_level(logging.WARNING):
        samples = await scrape(side)
    assert samples["gad_numbers_read"] == 0
    assert not [name for name in samples if name.startswith(("gad_tasks", "gad_alerts", "gad_outbox", "gad_inbox"))]
    assert "no such table" in caplog.text


async def test_numbers_that_can_t_be_read_are_said_once_and_once_that_they_can_again(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    await side.opens()
    for spell in range(2):
        caplog.clear()
        await side.store.write(lambda session: session.run(Query(text("ALTER TABLE counter RENAME TO missing"))))
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                await scrape(side)
        assert caplog.messages == ["metrics without the desk's numbers"], spell
        caplog.clear()
        await side.store.write(lambda session: session.run(Query(text("ALTER TABLE missing RENAME TO counter"))))
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                await scrape(side)
        assert caplog.messages == ["metrics with the desk's numbers again"], spell


async def test_every_alarm_stands_on_a_metric_that_is_exported(side: Side) -> None:
    await set_aside(side, "400 Bad Request: chat not found")
    side.instruments.clocks.measured("telegram", 0.1)
    exported = {name.split("{")[0] for name in await scrape(side)}
    rules = re.sub(r"^ *#.*$", "", RULES.read_text("utf-8"), flags=re.MULTILINE)
    named = set(re.findall(r"\b(?:gad|process)_\w+", rules))
    assert len(named) >= 30
    assert named <= exported
    recorded = set(re.findall(r"^ +- record: (\S+)$", rules, re.MULTILINE))
    assert set(re.findall(r"\bgad:[\w:]+", rules)) == recorded


async def test_every_labelled_counter_is_there_from_the_start(side: Side) -> None:
    """One that is born with its first event has increased by nothing: its alarm would sleep through it."""
    samples = await scrape(side)
    for family in ("updates_parked", "silent_ends", "storage_refused", "storage_deadlocks", "offers", "offer_waves"):
        assert samples[f"gad_{family}_total"] == 0
    for labelled in (
        "messages_total{lane=emergency,outcome=429}",
        "telegram_calls_total{method=sendMessage,status=429}",
        "escalations_total{cause=time,step=broadcast}",
        "offers_ended_total{outcome=expired}",
        "steps_passed_total{reason=off_duty}",
        "backups_total{result=failed}",
        "http_requests_total{code=500,method=POST,route=/api/v1/emergencies}",
        "report_milestone_seconds_count{kind=emergency,milestone=told,priority=critical}",
        "limit_wait_seconds_count{lane=emergency}",
        "timer_lag_seconds_count{lane=emergency}",
        "storage_seconds_count{unit=write}",
        "http_request_seconds_count{method=GET,route=/health}",
    ):
        assert f"gad_{labelled}" in samples, labelled


async def test_every_metric_is_in_the_page_that_explains_them(side: Side) -> None:
    await set_aside(side, "400 Bad Request: chat not found")
    exported = {
        re.sub("_(bucket|count|sum)$", "", name.partition("{")[0])
        for name in await scrape(side)
        if name.startswith("gad_")
    }
    explained = set(re.findall(r"`(gad_\w+)`", METRICS.read_text("utf-8").partition("## The numbers")[2]))
    assert exported | {"gad_clock_offset_seconds"} == explained


async def test_codes_that_nobody_has_heard_of_make_no_series(side: Side) -> None:
    """A label has a closed set of values, however many codes, methods and causes there are."""
    before = set(await scrape(side))
    for code in range(400, 600):
        side.instruments.messages.left(Lane.ACTION, str(code))
        side.instruments.calls.called("sendMessage", verdict_of(code), 0.1)
    side.instruments.calls.called("sendDice", "taken", 0.1)
    await set_aside(side, *(f"cause {number}: and more" for number in range(50)))
    parked = {name for name in await scrape(side) if name.startswith("gad_parked")}
    assert set(await scrape(side)) - parked == before
    assert len(parked) == 21


async def test_prometheus_finds_nothing_to_say_about_the_metrics(side: Side) -> None:
    """Names, types and help as its own tool wants them; each help is a sentence that stands alone."""
    await side.posts("/api/v1/emergencies", {"title": "Robo"})
    await set_aside(side, "400 Bad Request: chat not found")
    page = (await side.gets("/metrics", Authorization="")).body
    done = promtool("check", "metrics", told=page)
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")
    helps = re.findall(r"^# HELP gad_\w+ (.+)$", page.decode(), re.MULTILINE)
    assert len(helps) >= 40
    assert not [text for text in helps if re.search(r"\b(them|they|those of it)$", text) or len(text.split()) < 3]


async def test_a_scrape_and_the_health_pages_write_nothing(side: Side) -> None:
    """Not even when the token that they come with was used."""
    token = await side.grants(Scope.METRICS, name="prometheus")
    before = await side.store.read(_content)
    for page in ("/metrics", "/health", "/health/ready", "/health/live"):
        assert (await side.gets(page, Authorization=f"Bearer {token}")).status == 200
    assert await side.store.read(_content) == before
    assert side.used == []


async def test_a_scrape_is_answered_while_the_storage_is_stuck(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the token nor the numbers can be read, and nothing waits for both one after the other."""
    token = await side.grants(Scope.METRICS, name="prometheus")

    async def never(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    for question in ("board", "emergency_waits", "token"):
        monkeypatch.setattr(side.queries, question, never)
    for module in (instruments, server):
        monkeypatch.setattr(module, "PATIENCE", timedelta(milliseconds=20))
    answer = await side.gets("/metrics", Authorization=f"Bearer {token}")
    assert answer.status == 200
    assert b"gad_numbers_read 0.0" in answer.body
    assert b"gad_messages_total" in answer.body


async def _content(session: Session) -> list[object]:
    return [await session.rows(Query.mappings(select(each))) for each in SQLModel.metadata.sorted_tables]


def test_every_alarm_says_how_bad_it_is_and_what_it_means() -> None:
    rules = re.split(r"^ +- alert: ", RULES.read_text("utf-8"), flags=re.MULTILINE)[1:]
    for rule in rules:
        assert re.search(r"^ +severity: (page|ticket)$", rule, re.MULTILINE), rule
        assert re.search(r"^ +summary: .+$", rule, re.MULTILINE), rule
