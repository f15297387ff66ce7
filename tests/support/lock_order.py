"""Checker of the order of locks, as kernels have one: an order that closes a circle fails, with both stacks.

Every unit of every test is watched, on SQLite too, which takes the same calls: the named locks that it waits for, and
the rows that it changes without the lock that guards them. Each pair of "held" and "waited for" is an edge between two
kinds; over the whole run the edges form no circle, and two keys of one kind are waited for in their order. So a circle
is found without two units ever having to meet.
"""

import re
import threading
import traceback
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from core.rules.timers import TimerKind
from storage.engine import locks
from storage.engine.locks import Lock, LockKind

# Frames of the checker and of the engine say nothing of who asked.
DEPTH = 12


class Node(Struct, frozen=True):
    """A lock or a row: its kind, and which one (None: a statement's rows, whichever they are)."""

    kind: str
    key: Any = None


class Order:
    """Graph of what was waited for while something was held, with the stack that saw each edge first."""

    def __init__(self) -> None:
        # Senders and workers do so all the time, whichever tests this run has.
        self.stacks = {("CHAT", "row of outbox"): "always\n", ("INBOX", "row of inbox"): "always\n"}
        self.violations: list[str] = []
        self._after: dict[str, set[str]] = {held: {wanted} for held, wanted in self.stacks}
        self._changing = threading.Lock()

    def edge(self, held: Node, wanted: Node) -> None:
        """Note that a unit waits for one thing while it holds another."""
        if held.kind == wanted.kind:
            if held.key is not None and wanted.key is not None and wanted.key < held.key:
                self._violated(f"two of the kind {held.kind} out of order: {wanted.key} after {held.key}", _stack())
            return
        if (held.kind, wanted.kind) in self.stacks:
            return
        with self._changing:
            self.stacks[held.kind, wanted.kind] = _stack()
            self._after.setdefault(held.kind, set()).add(wanted.kind)
            back = self._way(wanted.kind, held.kind, frozenset())
        if back is not None:
            edges = "\n".join(f"--- {a}, then {b}:\n{self.stacks[a, b]}" for a, b in pairwise(back))
            circle = " → ".join((held.kind, *back))
            self._violated(f"locks in a circle: {circle}\n{edges}", self.stacks[held.kind, wanted.kind])

    def _way(self, start: str, end: str, passed: frozenset[str]) -> tuple[str, ...] | None:
        if start == end:
            return (end,)
        for each in self._after.get(start, set()) - passed:
            way = self._way(each, end, passed | {start})
            if way is not None:
                return (start, *way)
        return None

    def _violated(self, why: str, stack: str) -> None:
        self.violations.append(f"{why}\n--- and now:\n{stack}")


class Unit:
    """The locks and rows that one transaction holds."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._held: dict[Node, None] = {}
        self.locks: set[Lock] = set()

    def waits(self, node: Node) -> None:
        """Wait for it, and hold it to the end."""
        self.would_wait(node)
        self._held[node] = None

    def would_wait(self, node: Node) -> None:
        """Wait for it, and hold nothing more by it than what is held."""
        for held in self._held:
            self._order.edge(held, node)

    def holds(self, node: Node) -> None:
        """Hold it, without having waited."""
        self._held[node] = None

    def wait_for(self, lock: Lock) -> None:
        """Wait for a named lock."""
        self.waits(Node(lock.kind.name, lock.key))
        self.locks.add(lock)

    def got(self, lock: Lock) -> None:
        """Hold a named lock that was free."""
        self.holds(Node(lock.kind.name, lock.key))
        self.locks.add(lock)

    def changes(self, text: str, values: dict[str, Any]) -> None:
        """Look at a statement: the rows that it locks are guarded, left out when taken, or waited for."""
        rows = rows_of(text)
        if rows is None:
            return
        if rows.new:
            # Tasks that nobody knows of are waited for by nobody: the lock is as good as held, no part of the order.
            self.locks.update(GUARDS[rows.table](values) if rows.table == "task" else ())
            return
        node = Node(f"row of {rows.table}")
        guarded = rows.table in GUARDS and any(self._has(lock) for lock in GUARDS[rows.table](values))
        if guarded and rows.table in TAKEN_BY_OTHERS:
            self.would_wait(node)  # whoever takes a row takes it without the guard
        elif not guarded:
            (self.holds if rows.leaves_out_taken else self.waits)(node)

    def _has(self, lock: Lock) -> bool:
        """Whether a lock is held; without a key, whether any of its kind is."""
        return lock in self.locks if lock.key else any(held.kind is lock.kind for held in self.locks)


class Rows(Struct, frozen=True):
    """Rows that a statement locks. ``new``: it adds them, and nobody knows of them yet."""

    table: str
    leaves_out_taken: bool
    new: bool = False


_CHANGES = re.compile(r"(?:^|\) )(?:UPDATE|DELETE FROM) (\w+)")
_ADDS = re.compile(r"^INSERT INTO (\w+)")
_LOCKS = re.compile(r"FROM (\w+)\b.*FOR UPDATE", re.DOTALL)
# Forgets rows that are over and old: nobody changes them any more.
_FORGETS = re.compile(r"^DELETE FROM (\w+) WHERE \w+\.\w+ IN \(SELECT")
# Of a connection alone; of counters the others are behind a lock of their own, or of a transaction that does no more.
OWN = frozenset({"chain", "counter"})
TAKEN_BY_OTHERS = frozenset({"inbox", "outbox"})


@cache
def rows_of(text: str) -> Rows | None:
    """The rows that a statement of PostgreSQL's locks; None: it locks none that somebody else may want."""
    flat = " ".join(text.split())
    if _FORGETS.match(flat):
        return None
    taken = "SKIP LOCKED" in flat
    added = _ADDS.match(flat)
    if added is not None:
        conflict = "ON CONFLICT" in flat
        return None if added[1] in OWN else Rows(added[1], leaves_out_taken=False, new=not conflict)
    changed = _CHANGES.search(flat) or _LOCKS.search(flat)
    return Rows(changed[1], leaves_out_taken=taken) if changed is not None and changed[1] not in OWN else None


def _one(make: Callable[[int], Lock], *names: str) -> Callable[[dict[str, Any]], Iterable[Lock]]:
    """The guard whose key is the first of these values that the statement has; any of its kind where it has none."""

    def guard(values: dict[str, Any]) -> Iterable[Lock]:
        key = next((values[name] for name in names if name in values), None)
        return (make(key),) if key is not None else (Lock(make(0).kind),)

    return guard


def _timer(values: dict[str, Any]) -> Iterable[Lock]:
    if values.get("task"):
        return (locks.of_task(values["task"]), locks.of_person(values["person"]))
    kind, unit = values.get("kind"), values.get("unit")
    if kind == TimerKind.FREED or (kind == TimerKind.CIRCULAR and not unit):
        return (locks.of_person(values["person"]),)
    return (locks.of_unit(unit),) if unit else (Lock(LockKind.CHECK_IN),)


def _circular(values: dict[str, Any]) -> Iterable[Lock]:
    """The person or the unit that it is about; the words of a card change with either."""
    if values.get("unit"):
        return (locks.of_unit(values["unit"]),)
    return (locks.of_person(values["person"]),) if "person" in values else (Lock(LockKind.PERSON), Lock(LockKind.UNIT))


GUARDS: dict[str, Callable[[dict[str, Any]], Iterable[Lock]]] = {
    "task": _one(locks.of_task, "id_", "id"),
    "assignment": _one(locks.of_task, "task"),
    "task_word": _one(locks.of_task, "task"),
    "told": _one(locks.of_task, "task"),
    "announcement": _one(locks.of_task, "task"),
    "circular": _circular,
    "timer": _timer,
    "unit": _one(locks.of_unit, "id_", "id"),
    "duty": _one(locks.of_unit, "unit"),
    "check_in": _one(locks.of_check_in, "telegram_id", "who"),
    "duress": _one(locks.of_check_in),
    "person": _one(locks.of_person, "id_", "agent", "person"),
    "card": _one(locks.of_chat, "chat"),
    "room": _one(locks.of_chat, "chat"),
    "moved_chat": _one(locks.of_chat, "chat"),
    "outbox": _one(locks.of_chat),
    "inbox": lambda values: (Lock(LockKind.INBOX),),
    "form": lambda values: (Lock(LockKind.INBOX),),
    "picture": lambda values: (Lock(LockKind.INBOX),),
    "topic_form": lambda values: (Lock(LockKind.INBOX),),
    "rise": lambda values: (locks.of_rise(values["rise"]),) if "rise" in values else (),
    "lost_word": lambda values: (Lock(LockKind.INVITATION),),
    "guess": lambda values: (Lock(LockKind.INVITATION),),
    "invitation": lambda values: (locks.of_invitation(values.get("digest", "")),),
}


def _stack() -> str:
    ours = [frame for frame in traceback.extract_stack() if "site-packages" not in frame.filename]
    return "".join(traceback.format_list(ours[-DEPTH:]))
