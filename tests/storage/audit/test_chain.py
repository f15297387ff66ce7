"""The record can't be bent (P10): whatever is done to one event is found, and the first that is amiss is named."""

# ruff: noqa: S608 - the tampering is ours

import asyncio
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.desk.ports import Record
from core.vocabulary import events as e
from storage.audit import audit, chain, record
from storage.audit.audit import Flaw, Verdict
from storage.audit.chain import BEFORE_THE_FIRST
from storage.engine.session import Session
from storage.engine.sqlite import SqliteSession, Work, drive
from storage.schema.rows import row_class
from storage.schema.tables import EventRow
from tests.support.databases import Direct

T = TypeVar("T")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
EVENTS = 12
CHANGES = {
    "at": "at + 1",
    "task": "COALESCE(task, 0) + 1",
    "person": "COALESCE(person, 0) + 1",
    "unit": "COALESCE(unit, 0) + 1",
    "by": "NULL",
    "via": "via || '.'",
    "reason": "reason || ' '",
    "salt": "REPLACE(salt, SUBSTR(salt, 1, 1), '-')",
    "erasable": "''",
    "digest": "salt",
    "whose": "whose + 1",
    "body": 'REPLACE(body, \'"text":"\', \'"text":"\u202e\')',
    "hash": "REPLACE(hash, SUBSTR(hash, 1, 1), '-')",
}


def happened(number: int) -> Record:
    """Something that somebody did."""
    event = e.Noted(text=f"niño {number} \x01🚨")
    return Record(at=NOON + timedelta(seconds=number), event=event, by=7, via="chat", reason="por ver", task=number % 3)


class Kept:
    """A record that somebody tampers with: what is done to it is undone after each look."""

    def __init__(self, direct: Direct) -> None:
        self._connection = direct.connection
        self._session = SqliteSession(direct.connection)

    async def read(self, work: Work[T]) -> T:
        return drive(work, self._session)

    def after(self, *statements: str, seal: str | None = None) -> Verdict:
        """Findings after these changes."""
        self._connection.execute("BEGIN")
        for statement in statements:
            self._connection.execute(statement)
        verdict = asyncio.run(audit.verify(self, seal))
        self._connection.execute("ROLLBACK")
        return verdict


@pytest.fixture
def kept(direct: Direct) -> Kept:
    for first in range(1, EVENTS + 1, 3):
        direct.run(lambda session: record.add(session, map(happened, range(first, first + 3))))  # noqa: B023
    return Kept(direct)


def test_p10_an_untouched_record_is_whole(kept: Kept) -> None:
    verdict = kept.after()
    assert verdict.flaw is None
    assert verdict.events == EVENTS


def test_p10_an_empty_record_is_whole(direct: Direct) -> None:
    assert Kept(direct).after() == Verdict(events=0, seal=chain.seal_of(()))


@given(number=st.integers(1, EVENTS), column=st.sampled_from(sorted(CHANGES)))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_p10_any_single_change_is_found(kept: Kept, number: int, column: str) -> None:
    verdict = kept.after(f'UPDATE event SET "{column}" = {CHANGES[column]} WHERE id = {number}')
    if column in ("chain", "link"):
        assert verdict.flaw is not None
    else:
        assert (verdict.flaw, verdict.link, verdict.row) == (Flaw.CHANGED, number, number)


@given(number=st.integers(1, EVENTS))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_p10_a_missing_event_is_named(kept: Kept, number: int) -> None:
    gone = f"DELETE FROM event WHERE id = {number}"
    verdict = kept.after(gone)
    assert (verdict.flaw, verdict.link) == (Flaw.MISSING, number)
    later = range(number + 1, EVENTS + 1)
    verdict = kept.after(
        gone, *(f"UPDATE event SET id = {one - 1}, link = {one - 1} WHERE id = {one}" for one in later)
    )
    assert verdict.flaw in (Flaw.CHANGED, Flaw.MISSING)
    assert verdict.link == number


@given(pair=st.lists(st.integers(1, EVENTS), min_size=2, max_size=2, unique=True))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_p10_two_that_changed_places_are_found(kept: Kept, pair: list[int]) -> None:
    first, second = sorted(pair)
    moves = [(first, 99), (second, first), (99, second)]
    by_row = kept.after(*(f"UPDATE event SET id = {new} WHERE id = {old}" for old, new in moves))
    assert (by_row.flaw, by_row.link) == (Flaw.MISSING, first), "another stands where it should"
    whole = kept.after(*(f"UPDATE event SET id = {new}, link = {new} WHERE id = {old}" for old, new in moves))
    assert (whole.flaw, whole.link) == (Flaw.CHANGED, first)


@pytest.mark.parametrize(("row", "link"), [(-5, -5), (EVENTS + 1, 4), (EVENTS + 1, 0)])
def test_p10_an_event_that_was_slipped_in_is_named(kept: Kept, row: int, link: int) -> None:
    columns = 'at, task, person, unit, "by", via, reason, body, chain, hash'
    slip = f"INSERT INTO event (id, link, {columns}) SELECT {row}, {link}, {columns} FROM event WHERE id = 4"
    verdict = kept.after(slip)
    assert (verdict.flaw, verdict.link, verdict.row) == (Flaw.ADDED, link, row)


def test_p10_events_that_follow_but_that_the_desk_did_not_write_are_named(kept: Kept, direct: Direct) -> None:
    end = direct.connection.execute("SELECT events, hash FROM chain").fetchone()
    direct.run(lambda session: record.add(session, [happened(99)]))
    verdict = kept.after(f"UPDATE chain SET events = {end['events']}, hash = '{end['hash']}'")
    assert (verdict.flaw, verdict.link) == (Flaw.ADDED, EVENTS + 1)


def test_p10_a_record_that_was_written_anew_is_not_the_one_that_was_published(kept: Kept, direct: Direct) -> None:
    async def publish(session: Session) -> str:
        kept_seal = chain.sealed(await chain.ends(session))
        await record.add(session, [Record(at=NOON, event=kept_seal, by=None, via="desk")])
        return kept_seal.seal

    seal = direct.run(publish)
    direct.run(lambda session: record.add(session, [happened(99)]))
    assert kept.after(seal=seal).flaw is None
    assert kept.after(seal="f" * 64).flaw is Flaw.UNKNOWN_SEAL

    anew = [dict(row) for row in direct.connection.execute("SELECT * FROM event ORDER BY id")]
    digest, statements = BEFORE_THE_FIRST, []
    for row in anew:
        row["reason"] = "nada" if row["id"] == 2 else row["reason"]
        digest = chain.hash_of(digest, *chain.covered(row_class(EventRow)(**row)))
        statements.append(f"UPDATE event SET reason = '{row['reason']}', hash = '{digest}' WHERE id = {row['id']}")
    statements.append(f"UPDATE chain SET hash = '{digest}'")
    assert kept.after(*statements).flaw is None, "all of it follows, as it would"
    verdict = kept.after(*statements, seal=seal)
    assert (verdict.flaw, verdict.link) == (Flaw.END, EVENTS), "it is not what was published"


def test_p10_the_end_of_the_chain_is_watched_too(kept: Kept) -> None:
    assert kept.after(f"UPDATE chain SET hash = '{BEFORE_THE_FIRST}'").flaw is Flaw.END
    verdict = kept.after("UPDATE chain SET events = events + 1")
    assert (verdict.flaw, verdict.link) == (Flaw.MISSING, EVENTS + 1)
    verdict = kept.after("DELETE FROM chain")
    assert (verdict.flaw, verdict.link) == (Flaw.ADDED, 1)


def test_p10_the_hash_is_what_its_description_says(direct: Direct) -> None:
    direct.run(lambda session: record.add(session, map(happened, (1, 2))))
    digest = BEFORE_THE_FIRST
    columns = 'chain, link, at, task, person, unit, "by", via, reason, body, salt, hash'
    for row in direct.connection.execute(f"SELECT {columns} FROM event ORDER BY id"):
        *values, salt, kept = row
        said = json.dumps([7, values[8], {"text": json.loads(values[9])["text"]}], ensure_ascii=False)
        said = said.replace(", ", ",").replace(": ", ":")
        values[8:] = ["", '{"type":"noted"}', sha256((salt + said).encode()).hexdigest()]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        digest = sha256((digest + text).encode()).hexdigest()
        assert kept == digest
