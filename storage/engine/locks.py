"""Locks of the desk and the one order in which a transaction waits for them, so that no two wait for each other.

A transaction waits only for a lock that comes after all those it holds. One that comes before is tried, and when it is
not free the transaction begins anew and takes all that it came to in the order (`storage.engine.postgresql`). Rows have
no order of their own: whoever changes one holds the lock that it belongs to, and so never waits for the row itself.
"""

from enum import IntEnum
from typing import NamedTuple


class LockKind(IntEnum):
    """Kinds in the order in which they are waited for."""

    SCHEMA = 1
    EPOCH = 2
    UNNUMBERED = 3  # of the connections that have no number of their own, one writes at a time
    JOB = 4
    ANSWER = 5  # the answer that is kept under an idempotency key
    INBOX = 6  # updates of one chat, and the forms that are filled in there
    TASK = 7  # a task with its parts and its due times
    UNIT = 8  # a unit with its rota, who is on duty there, and its due time
    UNIT_NAME = 9
    CHECK_IN = 10  # a person's check-in, its due times, and their duress word
    INVITATION = 11
    ACCOUNT = 12  # somebody who is let in
    LOOKS = 13  # people whose names look the same
    CHOICE = 14  # an agent whom an emergency is about to ask; never waited for, another one asks the next nearest
    PERSON = 15  # a person's row: what they are, where they are, and what holds them
    REQUESTS = 16  # how many wait to be let in
    CHAT = 17  # messages to one chat, its cards, and what is known of it


# Names that earlier releases lock by; the others are named after their kind.
_NAMES = {kind: kind.name.lower() for kind in LockKind} | {LockKind.CHAT: "outbox"}


class Lock(NamedTuple):
    """One thing that one transaction at a time may change; locks compare by the order in which they are waited for."""

    kind: LockKind
    key: str = ""

    @property
    def name(self) -> str:
        """The text whose hash the database locks."""
        return f"{_NAMES[self.kind]}:{self.key}" if self.key else _NAMES[self.kind]


SCHEMA, EPOCH, UNNUMBERED = Lock(LockKind.SCHEMA), Lock(LockKind.EPOCH), Lock(LockKind.UNNUMBERED)
REQUESTS = Lock(LockKind.REQUESTS)


def of_job(name: str) -> Lock:
    """Of a job of the calendar."""
    return Lock(LockKind.JOB, name)


def of_answer(key: str) -> Lock:
    """Of an idempotency key."""
    return Lock(LockKind.ANSWER, key)


def of_task(task: int) -> Lock:
    """Of a task."""
    return Lock(LockKind.TASK, str(task))


def of_unit(unit: int) -> Lock:
    """Of a unit."""
    return Lock(LockKind.UNIT, str(unit))


def of_unit_name(folded: str) -> Lock:
    """Of a unit's name, as names are compared."""
    return Lock(LockKind.UNIT_NAME, folded)


def of_check_in(account: int) -> Lock:
    """Of the check-in of the person with this account."""
    return Lock(LockKind.CHECK_IN, str(account))


def of_invitation(digest: str) -> Lock:
    """Of a one-time link."""
    return Lock(LockKind.INVITATION, digest)


def of_rise(rise: int) -> Lock:
    """Of a request that somebody becomes an administrator: a way in, as a link is."""
    return Lock(LockKind.INVITATION, f"rise:{rise}")


def of_guess(whose: str) -> Lock:
    """Of wrong guesses at a word, of an account or at a person: before people, as a way in is."""
    return Lock(LockKind.INVITATION, f"guess:{whose}")


def of_account(account: int) -> Lock:
    """Of somebody who is let in and has no number yet."""
    return Lock(LockKind.ACCOUNT, str(account))


def of_looks(shape: str) -> Lock:
    """Of the names that look like this."""
    return Lock(LockKind.LOOKS, shape)


def of_choice(agent: int) -> Lock:
    """Of the choice of an agent, who is asked as soon as it is kept."""
    return Lock(LockKind.CHOICE, str(agent))


def of_person(person: int) -> Lock:
    """Of a person, by the desk's own number."""
    return Lock(LockKind.PERSON, str(person))


def of_chat(chat: int) -> Lock:
    """Of a chat's messages and cards."""
    return Lock(LockKind.CHAT, str(chat))
