"""Inbox and outbox are lines: each in order, one at a time, side by side, and what a dead process held comes back."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from storage.engine.session import Session
from storage.queues import inbox
from storage.queues.inbox import Arrival
from storage.queues.queue import State
from storage.schema.tables import InboxRow
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


class Inbox:
    """The inbox in plain words; ``now`` is moved by hand."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        self.now = NOON
        self.received = 0

    def receives(self, line: str, *, urgent: bool = False) -> int:
        """One more update; its number."""
        self.received += 1
        arrival = Arrival(update_id=self.received, line=line, urgent=urgent, payload="{}")
        assert self.direct.run(lambda session: inbox.receive(session, [arrival], self.now)) == 1
        return self.received

    def takes(self, most: int = 100) -> list[InboxRow]:
        """The heads that are due."""
        return self.direct.run(lambda session: inbox.take(session, self.now, LEASE, most))

    def handles(self, row: InboxRow) -> None:
        """It is done."""
        self.direct.run(lambda session: inbox.handled(session, row, self.now))

    def fails(self, row: InboxRow, pause: timedelta = SECOND) -> None:
        """It will be tried again."""
        self.direct.run(lambda session: inbox.retry(session, row, self.now + pause, "boom"))

    def parks(self, row: InboxRow) -> None:
        """It is given up."""
        self.direct.run(lambda session: inbox.park(session, row, self.now, "poison"))

    def reclaims(self, *, everything: bool = False) -> int:
        """Rows that dead processes held come back."""
        return self.direct.run(lambda session: inbox.reclaim(session, self.now, everything=everything))


def numbers(rows: list[InboxRow]) -> list[int]:
    return [row.update_id for row in rows]


@pytest.fixture
def box(direct: Direct) -> Inbox:
    return Inbox(direct)


def test_a_line_is_worked_off_in_order_and_lines_do_not_wait_for_each_other(box: Inbox) -> None:
    for line in ("ana", "ana", "beto", "ana"):
        box.receives(line)

    first, beside = box.takes()
    assert numbers([first, beside]) == [1, 3]
    assert box.takes() == [], "the second of a line waits for the first"
    box.handles(beside)
    assert box.takes() == []
    box.handles(first)
    assert numbers(box.takes()) == [2]


def test_p5_what_is_urgent_goes_first_among_lines_and_in_its_own(box: Inbox) -> None:
    box.receives("beto")
    box.receives("ana")
    box.receives("ana", urgent=True)
    assert numbers(box.takes(most=1)) == [3]
    assert numbers(box.takes()) == [1], "ana's first waits for her emergency"


def test_p5_an_emergency_does_not_sit_out_the_pause_of_what_failed_before_it(box: Inbox) -> None:
    box.receives("ana")
    (poison,) = box.takes()
    box.receives("ana", urgent=True)
    assert box.takes() == [], "one at a time"
    box.fails(poison)

    (emergency,) = box.takes()
    assert emergency.update_id == 2
    box.now += SECOND
    assert box.takes() == []
    box.handles(emergency)
    assert numbers(box.takes()) == [1]


def test_what_failed_keeps_its_place_and_waits_its_pause(box: Inbox) -> None:
    box.receives("ana")
    box.receives("ana")
    (first,) = box.takes()
    box.fails(first)
    assert box.takes() == []
    assert box.direct.run(inbox.next_due) == 1793534401000

    box.now += SECOND
    (again,) = box.takes()
    assert (again.update_id, again.attempts, again.error) == (1, 1, "boom")


def test_what_is_parked_is_kept_with_its_reason_and_holds_nobody_up(box: Inbox) -> None:
    box.receives("ana")
    box.receives("ana")
    box.parks(*box.takes())

    assert numbers(box.takes()) == [2]
    (kept,) = box.direct.connection.execute("SELECT * FROM inbox WHERE state = 4").fetchall()
    assert (kept["error"], kept["payload"]) == ("poison", "{}")


def test_p1_what_a_dead_process_held_is_worked_on_again(box: Inbox) -> None:
    box.receives("ana")
    box.receives("ana")
    box.takes()
    box.now += LEASE
    assert box.reclaims() == 0, "the lease is not over before its end"
    box.now += SECOND
    assert box.reclaims() == 1
    assert numbers(box.takes()) == [1]
    assert box.reclaims(everything=True) == 1, "after a start on one machine there is nobody else"
    assert numbers(box.takes()) == [1]


def test_p2_who_lost_the_lease_changes_nothing_any_more(box: Inbox) -> None:
    box.receives("ana")
    box.receives("ana")
    (slow,) = box.takes()
    box.now += LEASE + SECOND
    box.reclaims()
    (quick,) = box.takes()

    box.handles(slow)
    box.fails(slow)
    box.parks(slow)

    assert box.takes() == [], "the line is still the quick one's"
    assert quick.payload == "{}"
    box.handles(quick)
    assert numbers(box.takes()) == [2]


def test_p2_an_update_that_is_delivered_again_is_known_even_after_it_was_handled(box: Inbox) -> None:
    box.receives("ana")
    again = Arrival(update_id=1, line="ana", urgent=False, payload="{}")
    new = Arrival(update_id=2, line="ana", urgent=False, payload="{}")

    async def receive(session: Session) -> int:
        return await inbox.receive(session, [again, new, new], box.now)

    assert box.direct.run(receive) == 1
    box.handles(*box.takes())
    assert box.direct.run(receive) == 0
    assert numbers(box.takes()) == [2]


def test_what_was_handled_keeps_its_number_for_a_while_and_not_its_text(box: Inbox) -> None:
    box.receives("ana")
    box.handles(*box.takes())
    (kept,) = box.direct.connection.execute("SELECT * FROM inbox").fetchall()
    assert kept["payload"] == ""

    assert box.direct.run(lambda session: inbox.prune(session, box.now, 9)) == 0
    assert box.direct.run(lambda session: inbox.prune(session, box.now + SECOND, 9)) == 1


class Lines(RuleBasedStateMachine):
    """Processes take, finish, fail, give up and die in any order; a plain list of each line says what must be next."""

    held: Bundle[InboxRow] = Bundle("held")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.box = Inbox(Direct(Path(self.folder.name)))
        self.lines: dict[str, list[tuple[int, int]]] = {}
        self.in_hand: dict[int, InboxRow] = {}
        self.paused: dict[int, datetime] = {}

    def teardown(self) -> None:
        self.box.direct.close()
        self.folder.cleanup()

    @rule(line=st.sampled_from("abc"), urgent=st.booleans())
    def receive(self, line: str, urgent: bool) -> None:
        number = self.box.receives(line, urgent=urgent)
        self.lines.setdefault(line, []).append((inbox.URGENT if urgent else inbox.ORDINARY, number))

    @rule(most=st.integers(1, 4), target=held)
    def take(self, most: int) -> MultipleResults[InboxRow]:
        rows = self.box.takes(most)
        ready = sorted(
            head
            for line in self.lines.values()
            if line and not any(number in self.in_hand for _, number in line)
            for head in [min(line)]
            if self.paused.get(head[1], NOON) <= self.box.now
        )
        assert sorted(numbers(rows)) == sorted(set(numbers(rows))), "nobody takes one twice"
        assert set(numbers(rows)) <= {number for _, number in ready}
        assert len(rows) == min(most, len(ready)), "whoever may go goes"
        assert [row.rank for row in rows] == [rank for rank, _ in ready[: len(rows)]], "the urgent ones first"
        self.in_hand |= {row.update_id: row for row in rows}
        return multiple(*rows)

    @rule(row=consumes(held), end=st.sampled_from(["handles", "parks"]))
    def finish(self, row: InboxRow, end: str) -> None:
        getattr(self.box, end)(row)
        if self._is_ours(row):
            self._leave(row.update_id)
            self.lines[row.line].remove((row.rank, row.update_id))

    @rule(row=consumes(held), pause=st.sampled_from([timedelta(0), SECOND, 2 * LEASE]))
    def fail(self, row: InboxRow, pause: timedelta) -> None:
        self.box.fails(row, pause)
        if self._is_ours(row):
            self._leave(row.update_id)
            self.paused[row.update_id] = self.box.now + pause

    @rule(passes=st.sampled_from([SECOND, LEASE, 2 * LEASE]))
    def time_passes(self, passes: timedelta) -> None:
        self.box.now += passes

    @rule()
    def reclaim(self) -> None:
        now = (self.box.now - EPOCH) // MILLISECOND
        over = [n for n, row in self.in_hand.items() if (row.lease_until or 0) < now]
        assert self.box.reclaims() == len(over)
        for number in over:
            self._leave(number)

    @invariant()
    def at_most_one_of_a_line_is_ahead(self) -> None:
        if hasattr(self, "box"):
            ahead = self.box.direct.connection.execute(
                "SELECT line, count(*) AS many FROM inbox WHERE state IN (?, ?) GROUP BY line",
                (State.READY, State.TAKEN),
            ).fetchall()
            assert {row["line"] for row in ahead} == {line for line, rows in self.lines.items() if rows}
            assert all(row["many"] == 1 for row in ahead)

    def _is_ours(self, row: InboxRow) -> bool:
        held = self.in_hand.get(row.update_id)
        return held is not None and held.lease_until == row.lease_until

    def _leave(self, number: int) -> None:
        del self.in_hand[number]


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
TestLines = Lines.TestCase
TestLines.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
