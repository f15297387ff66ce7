"""Metrics that operators' tools read, and the alarms that stand on them."""

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from core.vocabulary.words import Lane, Role
from metrics.health import PartHealth
from storage.engine.session import Query, Session
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from tests.metrics.side import Side

RULES = Path(__file__).parent.parent.parent / "metrics" / "alerts.yml"


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
    side.instruments.updates_received(3)
    side.instruments.update_handled()
    side.instruments.update_handled()
    side.instruments.update_parked()
    side.instruments.first_call(0.012)
    side.instruments.message_left(Lane.EMERGENCY, "taken")
    side.instruments.message_left(Lane.ROUTINE, "429")
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
    assert samples["gad_inbox_waiting"] == 0


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
    assert samples["gad_http_request_seconds_count{route=/api/v1/tasks/{code}}"] == 2


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


async def test_every_alarm_stands_on_a_metric_that_is_exported(side: Side) -> None:
    side.instruments.message_left(Lane.EMERGENCY, "taken")
    await set_aside(side, "400 Bad Request: chat not found")
    await side.gets("/health")
    exported = {name.split("{")[0] for name in await scrape(side)}
    expressions = re.findall(r"^ +expr: (.+)$", RULES.read_text("utf-8"), re.MULTILINE)
    assert len(expressions) >= 8
    for expression in expressions:
        named = re.findall(r"\b(?:gad|process)_\w+", expression)
        assert named, expression
        assert set(named) <= exported, expression


def test_every_alarm_says_how_bad_it_is_and_what_it_means() -> None:
    rules = re.split(r"^ +- alert: ", RULES.read_text("utf-8"), flags=re.MULTILINE)[1:]
    for rule in rules:
        assert re.search(r"^ +severity: (page|ticket)$", rule, re.MULTILINE), rule
        assert re.search(r"^ +summary: .+$", rule, re.MULTILINE), rule
