"""Words of people can be erased, and the record stays whole and says so (P10, P15)."""

import asyncio
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from core.desk.ports import Record
from core.vocabulary import account_events as a
from core.vocabulary import checkin_events as k
from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.desk_events import Erased
from core.vocabulary.places import Place, Position
from core.vocabulary.shares import ReportJoined
from core.vocabulary.words import Kind, Priority, TaskType
from storage.audit import audit, chain, record
from storage.audit.apart import set_apart
from storage.audit.audit import Flaw, Verdict
from storage.audit.erasures import Erasure, approvers
from storage.engine.sqlite import SqliteSession, Work, drive
from tests.story.clock import NOON
from tests.support.databases import Direct

T = TypeVar("T")
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
HERE = Place(-2.19, -79.88)
SEEN = Position(place=HERE, at=NOON, accuracy=12.5)
OPENED = e.Opened(
    kind=Kind.EMERGENCY,
    task_type=TaskType.INTERVENTION,
    priority=Priority.CRITICAL,
    title="Robo «acá» 🚨",
    sent_at=NOON,
    reporter=4,
    place=HERE,
    seen_at=NOON,
    address="Calle 9",
    alarm=Alarm(trigger=Trigger.STILL, person=4, track=(SEEN,)),
)
PERSONAL_EVENTS = (
    OPENED,
    e.Noted(text="me siguen", attachment="AgAC"),
    e.Located(place=HERE, address="Calle 9"),
    e.Revised(title="Robo"),
    ReportJoined(number=2, sent_at=NOON, text="otra vez", place=HERE, address="Calle 9"),
    e.AccessRequested(name="Ana", username="ana"),
    e.Renamed(name="Ana María", username="anam"),
    a.Relinked(account=123456789, was=987654321, newcomer=9),
    k.CheckInStarted(
        every=timedelta(minutes=30), grace=timedelta(minutes=2), still_after=timedelta(minutes=5), seen=SEEN
    ),
    e.Cancelled(),
)


class Kept:
    """A record in a database that is looked into."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        self._session = SqliteSession(direct.connection)

    async def read(self, work: Work[T]) -> T:
        return drive(work, self._session)

    def verdict(self) -> Verdict:
        return asyncio.run(audit.verify(self))

    def happens(self, *events: e.AnyEvent, by: int | None = 4, reason: str = "por eso") -> None:
        new = [Record(at=NOON, event=event, by=by, via="telegram", reason=reason, task=1) for event in events]
        self.direct.run(lambda session: record.add(session, new))


@pytest.fixture
def kept(direct: Direct) -> Kept:
    return Kept(direct)


def test_p15_words_come_back_as_they_were_said_until_they_are_erased(kept: Kept) -> None:
    kept.happens(*PERSONAL_EVENTS)
    assert [one.event for one in kept.direct.run(lambda session: record.of_task(session, 1))] == list(PERSONAL_EVENTS)
    assert kept.verdict().flaw is None


@given(
    reason=st.text(st.characters(exclude_categories=["Cs"])), title=st.text(st.characters(exclude_categories=["Cs"]))
)
def test_p10_whatever_was_said_its_parts_are_found_again(reason: str, title: str) -> None:
    body = json.encode(e.Revised(title=title)).decode()
    parts = set_apart(body, reason, 4, ("title",))
    assert parts is not None
    assert set_apart(body, reason, 4, parts.erasable.split(","), parts.salt) == parts
    assert parts.rest == '{"type":"revised"}'


def test_p15_what_the_desk_says_of_itself_needs_no_salt(kept: Kept) -> None:
    kept.happens(e.Offered(agent=2), by=None, reason="nadie contestó")
    kept.happens(e.Started(), reason="")
    salted = kept.direct.connection.execute("SELECT count(*) FROM event WHERE salt IS NOT NULL").fetchone()[0]
    assert salted == 0


def test_p10_words_that_are_gone_without_anybody_having_erased_them_are_found(kept: Kept) -> None:
    kept.happens(*PERSONAL_EVENTS)
    (parts,) = kept.direct.run(lambda session: chain.page(session, 1, 1))
    covered, digest = chain.covered(parts)
    kept.direct.connection.execute(
        "UPDATE event SET reason = '', body = ?, digest = ?, salt = NULL, erasable = NULL WHERE id = 2",
        (covered.body, digest),
    )
    verdict = kept.verdict()
    assert (verdict.flaw, verdict.link) == (Flaw.ERASED, 2)
    kept.happens(Erased(events=((0, 2),), person=4, approved_by=1), by=1, reason="")
    assert kept.verdict().flaw is None


def test_p15_verify_says_whose_words_were_erased_when_and_by_whose_approval(kept: Kept) -> None:
    kept.happens(Erased(events=((0, 7), (0, 8)), person=4, approved_by=1), by=1, reason="")
    kept.happens(Erased(events=((0, 9),), person=4, approved_by=1), by=1, reason="")
    assert kept.verdict().erasures == (Erasure(at=NOON, events=3, person=4, approved_by=1),)
    assert kept.direct.run(lambda session: approvers(session, kept.verdict().erasures)) == {}
