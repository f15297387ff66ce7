"""The outcome of a command: refused, or done with the state as it is now; and the form in which it is kept (P2)."""

from typing import assert_never

from msgspec import Struct, ValidationError, json

from core.state.checkins import CheckIn
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.checkin_events import CheckInEvent
from core.vocabulary.refusals import Refusal
from core.vocabulary.unit_commands import UnitCommand
from core.vocabulary.unit_events import UnitEvent


class _Answer(Struct, frozen=True, kw_only=True):
    """``request`` is what the request that this answers was called when its answer was kept under a key."""

    request: str = ""


class Refused(_Answer, frozen=True, kw_only=True):
    """Nothing changed; with the task, person or unit that the command was about, where there is one."""

    refusal: Refusal
    task: Task | None = None
    person: Person | None = None
    unit: Unit | None = None

    @property
    def events(self) -> tuple[e.AnyEvent, ...]:
        """None: a refusal leaves nothing in the record."""
        return ()


class TaskDone(_Answer, frozen=True, kw_only=True):
    """The task as it is now, and what happened to it."""

    task: Task
    events: tuple[e.TaskEvent, ...] = ()


class PersonDone(_Answer, frozen=True, kw_only=True):
    """The person as they are now, and what happened to them."""

    person: Person
    events: tuple[e.PersonEvent, ...] = ()


class InviteDone(_Answer, frozen=True, kw_only=True):
    """An invitation was made or taken back; ``person`` is who did it, None for a program."""

    person: Person | None = None
    events: tuple[e.PersonEvent, ...] = ()


class UnitDone(_Answer, frozen=True, kw_only=True):
    """The unit as it is now, and what happened to it."""

    unit: Unit
    events: tuple[UnitEvent, ...] = ()


class CheckInDone(_Answer, frozen=True, kw_only=True):
    """The check-in as it is now (None: it is over), and what happened to it."""

    person: Person | None = None
    check_in: CheckIn | None = None
    events: tuple[CheckInEvent, ...] = ()


TaskOutcome = Refused | TaskDone
PersonOutcome = Refused | PersonDone
InviteOutcome = Refused | InviteDone
UnitOutcome = Refused | UnitDone
CheckInOutcome = Refused | CheckInDone
Outcome = Refused | TaskDone | PersonDone | InviteDone | UnitDone | CheckInDone


class KeyReused(Exception):
    """An idempotency key that answered one family of commands was used for another."""


class _Head(Struct, frozen=True):
    """Enough of a kept answer to tell a refusal from what was done."""

    refusal: Refusal | None = None


def encoded(outcome: Outcome) -> bytes:
    """The outcome as it is kept under a key: one object, whose fields tell of what family it is."""
    return json.encode(outcome)


def decoded(answer: bytes, command: c.AnyCommand) -> Outcome:
    """The outcome that was kept for this command, by this release or an earlier one.

    Raises:
        KeyReused: the answer is one to a command of another family.
    """
    try:
        if json.decode(answer, type=_Head).refusal is not None:
            return json.decode(answer, type=Refused)
        return json.decode(answer, type=_done(command))
    except ValidationError as error:
        raise KeyReused(f"the key was used for something else than {type(command).__name__}") from error


def _done(
    command: c.AnyCommand,
) -> type[TaskDone] | type[PersonDone] | type[InviteDone] | type[UnitDone] | type[CheckInDone]:
    if isinstance(command, c.AboutTask):
        return TaskDone
    if isinstance(command, c.AboutPerson):
        return PersonDone
    if isinstance(command, c.Inviting):
        return InviteDone
    if isinstance(command, UnitCommand):
        return UnitDone
    if isinstance(command, CheckInCommand):
        return CheckInDone
    assert_never(command)
