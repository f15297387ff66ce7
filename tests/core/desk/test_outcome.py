"""The answer under an idempotency key reads the same for this release and the one before (P2)."""

from datetime import UTC, datetime

import pytest
from msgspec import Struct, json
from msgspec.structs import replace

from core.desk.outcome import (
    CheckInDone,
    InviteDone,
    KeyReused,
    Outcome,
    PersonDone,
    Refused,
    TaskDone,
    UnitDone,
    decoded,
    encoded,
)
from core.state.checkins import CheckIn
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import unit_commands as uc
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Rota
from core.vocabulary.words import Availability, Kind, Membership, Priority, Role, TaskState, TaskType

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA = Person(
    id=3,
    account=1_003,
    name="Ana Mora",
    role=Role.AGENT,
    membership=Membership.ACTIVE,
    availability=Availability.AVAILABLE,
)
ROBBERY = Task(
    id=7,
    kind=Kind.TASK,
    type=TaskType.PATROL,
    priority=Priority.HIGH,
    title="Robo",
    state=TaskState.SCHEDULED,
    version=2,
    opened_at=NOON,
    sent_at=NOON,
    reporter=3,
)
NORTH = Unit(id=1, name="Norte", rota=Rota(zone="UTC"))
INVITED = e.Invited(token_digest="ab", role=Role.AGENT, expires_at=NOON)
NO = Refusal(reason=Reason.TAKEN, task=7, person=3, at=NOON)

PAIRS: list[tuple[c.AnyCommand, Outcome]] = [
    (c.Accept(task=7), TaskDone(task=ROBBERY, events=(e.Accepted(agent=3),), request="x")),
    (c.Accept(task=7), Refused(refusal=NO, task=ROBBERY, person=ANA)),
    (c.StartShift(person=3), PersonDone(person=ANA)),
    (c.Invite(role=Role.AGENT, token_digest="ab"), InviteDone(events=(INVITED,))),
    (uc.DropRotation(unit=1, rotation=1), UnitDone(unit=NORTH)),
    (cc.StopCheckIn(person=3), CheckInDone(person=ANA)),
]


class Before(Struct, frozen=True, kw_only=True):
    """The outcome as the release before kept and read it."""

    refusal: Refusal | None = None
    task: Task | None = None
    person: Person | None = None
    unit: Unit | None = None
    check_in: CheckIn | None = None
    events: tuple[e.AnyEvent, ...] = ()
    request: str = ""


def fields_of(outcome: Outcome | Before) -> dict[str, object]:
    """All that the release before knows of an outcome."""
    return {name: getattr(outcome, name, getattr(Before(), name)) for name in Before.__struct_fields__}


@pytest.mark.parametrize(("command", "outcome"), PAIRS)
def test_p2_an_answer_is_the_same_when_it_is_read_again(command: c.AnyCommand, outcome: Outcome) -> None:
    assert decoded(encoded(outcome), command) == outcome


@pytest.mark.parametrize(("command", "outcome"), PAIRS)
def test_p2_an_answer_that_the_release_before_kept_is_read(command: c.AnyCommand, outcome: Outcome) -> None:
    kept = json.encode(Before(**fields_of(outcome)))  # type: ignore[arg-type]
    assert decoded(kept, command) == outcome


@pytest.mark.parametrize(("command", "outcome"), PAIRS)
def test_p2_the_release_before_reads_an_answer_that_this_one_kept(command: c.AnyCommand, outcome: Outcome) -> None:
    read = json.decode(encoded(outcome), type=Before)
    assert fields_of(read) == fields_of(outcome)


def test_p2_a_key_that_answered_another_kind_of_command_answers_no_other() -> None:
    kept = encoded(replace(TaskDone(task=ROBBERY), request="x"))
    for command in (c.StartShift(person=3), uc.DropRotation(unit=1, rotation=1)):
        with pytest.raises(KeyReused):
            decoded(kept, command)
