"""Checker of the order of locks: it finds circles that were planted, of kinds that nobody showed it."""

import pytest

from storage.engine.locks import LockKind, of_chat, of_person, of_task
from storage.engine.session import Session
from storage.queues import cards
from tests.support.databases import Direct
from tests.support.lock_order import Node, Order, Unit, rows_of
from tests.support.lock_watch import watching

MOVE = "UPDATE person SET lat=$1 WHERE person.telegram_id = $2"


def first(unit: Unit, *kinds: str) -> None:
    for kind in kinds:
        unit.waits(Node(kind))


@pytest.mark.parametrize(
    "orders",
    [
        [("a", "b"), ("b", "a")],
        [("a", "b"), ("b", "c"), ("c", "a")],
        [("a", "c", "d"), ("b", "a"), ("d", "e"), ("e", "b")],
    ],
)
def test_an_order_that_closes_a_circle_is_found_with_both_stacks(orders: list[tuple[str, ...]]) -> None:
    order = Order()
    for kinds in orders[:-1]:
        first(Unit(order), *kinds)
    assert order.violations == []
    first(Unit(order), *orders[-1])
    [found] = order.violations
    assert "locks in a circle" in found
    assert found.count("in first") >= 2, "where the one was taken, and where the other"


def test_what_each_unit_holds_ends_with_it() -> None:
    order = Order()
    first(Unit(order), "a")
    first(Unit(order), "b", "a")
    first(Unit(order), "a")
    first(Unit(order), "b")
    assert order.violations == []


@pytest.mark.parametrize("kind", list(LockKind))
def test_two_of_one_kind_are_waited_for_in_their_order(kind: LockKind) -> None:
    order = Order()
    for keys in (("1", "2"), ("1", "3")):
        unit = Unit(order)
        for key in keys:
            unit.waits(Node(kind.name, key))
    assert order.violations == []
    unit = Unit(order)
    unit.waits(Node(kind.name, "2"))
    unit.waits(Node(kind.name, "1"))
    [found] = order.violations
    assert f"two of the kind {kind.name} out of order" in found


def test_what_is_tried_is_held_and_was_not_waited_for() -> None:
    order = Order()
    unit = Unit(order)
    unit.wait_for(of_chat(1))
    unit.got(of_task(1))
    always = set(order.stacks)
    assert always == set(Order().stacks)
    unit.wait_for(of_chat(2))
    assert set(order.stacks) - always == {("TASK", "CHAT")}


def test_a_row_is_waited_for_by_whoever_lacks_its_guard() -> None:
    order = Order()
    guarded = Unit(order)
    guarded.wait_for(of_person(7))
    guarded.changes("UPDATE person SET hold=$1 WHERE person.id = $2", {"task": 3, "agent": 7})
    guarded.wait_for(of_chat(1))
    assert ("row of person", "CHAT") not in order.stacks

    other = Unit(order)
    other.wait_for(of_chat(1))
    other.changes(MOVE, {"who": 41})
    third = Unit(order)
    third.changes(MOVE, {"who": 41})
    third.wait_for(of_chat(1))
    [found] = order.violations
    assert "row of person" in found
    assert "CHAT" in found


def test_whoever_takes_rows_that_are_free_waits_for_nothing_after_it() -> None:
    order = Order()
    adds = Unit(order)
    adds.wait_for(of_chat(1))
    adds.changes("UPDATE outbox SET ring=0 WHERE outbox.id = $1", {"row": 5})
    takes = Unit(order)
    takes.changes("WITH heads AS (SELECT outbox.id FROM outbox FOR UPDATE SKIP LOCKED) UPDATE outbox SET state=2", {})
    assert order.violations == []
    takes.wait_for(of_chat(1))
    [found] = order.violations
    assert "row of outbox" in found


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("SELECT task.id FROM task WHERE task.id = $1 FOR UPDATE", "task"),
        ("DELETE FROM card WHERE card.card = $1", "card"),
        ("INSERT INTO timer (kind) VALUES ($1) ON CONFLICT (kind) DO UPDATE SET due_at = $2", "timer"),
        ("SELECT task.id FROM task", None),
        ("DELETE FROM inbox WHERE inbox.id IN (SELECT inbox.id FROM inbox)", None),
    ],
)
def test_statements_that_lock_rows_are_known_by_their_words(text: str, table: str | None) -> None:
    rows = rows_of(text)
    assert (rows.table if rows is not None else None) == table


def test_a_circle_through_the_sessions_of_the_desk_is_found(direct: Direct) -> None:
    async def task_first(session: Session) -> None:
        await session.lock(of_task(1))
        await cards.drop(session, "task:1", 5)

    async def card_first(session: Session) -> None:
        await session.run(cards._drop, card="task:1", chat=5)
        await session.lock(of_task(1))

    order = Order()
    with watching(order):
        direct.run(task_first)
        assert order.violations == []
        direct.run(card_first)
        direct.run(lambda session: cards.drop(session, "task:1", 5))

        async def card_unguarded(session: Session) -> None:
            await session.lock(of_task(1))
            await session.run(cards._drop, card="task:1", chat=5)

        direct.run(card_unguarded)
    [found] = order.violations
    assert "row of card" in found
    assert "card_first" in found
    assert "card_unguarded" in found
