"""The history comes back as it was written, and an answer to the key that it was given to."""

from datetime import UTC, datetime, timedelta

from core.desk.ports import Record
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reach_events as r
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import Place
from core.vocabulary.words import Kind, Priority, TaskType
from storage.audit import record
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
OPENED = e.Opened(
    kind=Kind.EMERGENCY,
    task_type=TaskType.INTERVENTION,
    priority=Priority.CRITICAL,
    title="Robo <ahora> 🚨 \u202eabc",
    sent_at=NOON - timedelta(minutes=3),
    reporter=4,
    place=Place(-2.19, -79.88),
)


def test_p10_who_what_when_and_why_are_kept_in_order(direct: Direct) -> None:
    written = [
        Record(at=NOON, event=OPENED, by=4, via="chat", task=1),
        Record(at=NOON, event=e.Offered(agent=2, distance=812.5, until=NOON), by=None, via="desk", task=1),
        Record(at=NOON + timedelta(milliseconds=1), event=e.Cancelled(), by=4, via="api", reason="?", task=1),
    ]
    other = Record(at=NOON, event=r.Heard(), by=None, via="desk", person=9)
    direct.run(lambda session: record.add(session, [*written, other]))

    assert direct.run(lambda session: record.of_task(session, 1)) == written
    assert direct.run(lambda session: record.of_task(session, 2)) == []


def test_the_newest_of_a_long_history_is_shown_and_what_a_broadcast_tells_hides_no_act(direct: Direct) -> None:
    page = Record(at=NOON, event=n.Notified(climb=3, cause=Cause.TIME, people=()), by=None, via="desk", task=1)
    refused = Record(at=NOON, event=e.Declined(agent=2, held=True), by=2, via="chat", task=1)
    answered = Record(at=NOON, event=e.Acknowledged(person=4), by=4, via="chat", task=1)
    direct.run(lambda session: record.add(session, [*[page] * 1_000, refused, *[page] * 160, answered]))

    shown = direct.run(lambda session: record.of_task(session, 1))
    assert shown[-1] == answered
    assert len(shown) == record.HISTORY
    assert refused in direct.run(lambda session: record.lately(session, 1)), "*No puedo* can be taken back"


def test_p2_the_answer_to_a_key_is_kept_for_a_while(direct: Direct) -> None:
    direct.run(lambda session: record.remember(session, "update:7:1", b'{"a":"\xc3\xb1"}', NOON))
    assert direct.run(lambda session: record.recall(session, "update:7:1")) == b'{"a":"\xc3\xb1"}'
    assert direct.run(lambda session: record.recall(session, "update:7:2")) is None

    assert direct.run(lambda session: record.forget_answers(session, NOON, 9)) == 0
    assert direct.run(lambda session: record.forget_answers(session, NOON + timedelta(seconds=1), 9)) == 1
    assert direct.run(lambda session: record.recall(session, "update:7:1")) is None
