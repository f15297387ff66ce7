"""Words of before are set apart too, and the record stays provable across the seam (P10, P15)."""

import asyncio
from typing import TypeVar

import pytest
from msgspec import json

from core.vocabulary import events as e
from storage.audit import audit, chain, record
from storage.audit.audit import Flaw, Verdict
from storage.audit.chain import BEFORE_THE_FIRST, Hashed, hash_of
from storage.audit.in_chain import IN_CHAIN, in_chain
from storage.audit.reseal import reseal
from storage.engine.errors import StorageError
from storage.engine.session import Session
from storage.engine.sqlite import SqliteSession, Work, drive
from tests.story.clock import NOON
from tests.support.backups import KEY
from tests.support.databases import Direct

T = TypeVar("T")
OLD = 7


class Kept:
    """A record of a release before: all words are in its chain; its state after four events was published."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        self._session = SqliteSession(direct.connection)
        self.seal = ""
        digest = BEFORE_THE_FIRST
        for link in range(1, OLD + 1):
            body = json.encode(self._sealed() if link == 5 else e.Noted(text=f"niño {link}")).decode()
            event = Hashed(
                chain=0, link=link, at=link, task=1, person=None, unit=None, by=4, via="chat", reason="", body=body
            )
            digest = hash_of(digest, event)
            self._write(event, digest)
        direct.connection.execute("INSERT INTO counter (name, value) VALUES (?, ?)", (IN_CHAIN, OLD))

    def _sealed(self) -> object:
        sealed = chain.sealed(self.direct.run(chain.ends))
        self.seal = sealed.seal
        return sealed

    def _write(self, event: Hashed, digest: str) -> None:
        values = (event.link, event.at, event.task, event.by, event.via, event.reason, event.body, digest)
        self.direct.connection.execute(
            "INSERT INTO event (chain, link, at, task, by, via, reason, body, hash) VALUES (0, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        self.direct.connection.execute("INSERT OR REPLACE INTO chain VALUES (0, ?, ?)", (event.link, digest))

    async def read(self, work: Work[T]) -> T:
        return drive(work, self._session)

    def verdict(self, seal: str | None = None) -> Verdict:
        return asyncio.run(audit.verify(self, seal))

    def reseals(self) -> int:
        async def unit(session: Session) -> int:
            return (await reseal(session, KEY, NOON)).apart

        return self.direct.run(unit)


@pytest.fixture
def kept(direct: Direct) -> Kept:
    return Kept(direct)


def test_p15_words_of_before_can_be_erased_once_the_record_is_resealed(kept: Kept) -> None:
    assert kept.direct.run(in_chain)
    was = kept.verdict().seal
    before = kept.direct.run(lambda session: record.of_task(session, 1))
    assert kept.reseals() == OLD - 1, "all but the seal"
    assert not kept.direct.run(in_chain)
    apart = kept.direct.connection.execute("SELECT count(*) FROM event WHERE whose = 4 AND salt IS NOT NULL")
    assert apart.fetchone()[0] == OLD - 1
    assert kept.direct.run(lambda session: record.of_task(session, 1)) == before
    for seal in (None, was, kept.seal):
        verdict = kept.verdict(seal)
        assert (verdict.flaw, verdict.events) == (None, OLD + 1)
    with pytest.raises(StorageError, match="nothing to reseal"):
        kept.reseals()


def test_p10_a_record_that_is_not_whole_is_not_resealed(kept: Kept) -> None:
    kept.direct.connection.execute("UPDATE event SET by = 5 WHERE id = 3")
    with pytest.raises(StorageError, match="not whole"):
        kept.reseals()
    assert kept.direct.run(in_chain)


def test_p10_what_was_changed_since_it_was_resealed_is_found_by_every_seal(kept: Kept) -> None:
    kept.reseals()
    kept.direct.connection.execute("UPDATE event SET by = 5 WHERE id = 2")
    assert kept.verdict().flaw is Flaw.CHANGED
    assert kept.verdict("f" * 64).flaw is Flaw.UNKNOWN_SEAL


def test_p10_a_seam_that_the_key_has_not_signed_is_found(kept: Kept) -> None:
    kept.reseals()
    connection = kept.direct.connection
    rows = connection.execute("SELECT * FROM event ORDER BY id DESC LIMIT 2").fetchall()
    body = rows[0]["body"].replace('"old_seal":"', '"old_seal":"f')
    event = Hashed(
        chain=0,
        link=OLD + 1,
        at=rows[0]["at"],
        task=None,
        person=None,
        unit=None,
        by=None,
        via="cli",
        reason="",
        body=body,
    )
    digest = hash_of(rows[1]["hash"], event)
    connection.execute("UPDATE event SET body = ?, hash = ? WHERE link = ?", (body, digest, OLD + 1))
    connection.execute("UPDATE chain SET hash = ?", (digest,))
    assert kept.verdict().flaw is Flaw.SEAM
