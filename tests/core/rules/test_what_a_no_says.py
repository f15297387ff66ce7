"""A no says which task it is about, how it stands, and who stands in the way, for a view to have a sentence for it.

The reasons themselves are in the tables of `test_every_step`; here is what each carries.
"""

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.places import Place
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Availability, Kind, Membership, Priority, Role, TaskState
from tests.core.rules.test_every_step import STAGES, WHO
from tests.core.stages import ANA, BETO, COMMANDS, NAMED, NOON, SARA, SECOND, situation

LATER = NOON + 5 * SECOND
ROLES = {None: Role.ADMIN} | {each: each.role for each in WHO.values() if each is not None}


def no(who: Person | None, command: c.TaskCommand, task: Task | None, **more: object) -> Refusal | None:
    """The desk's no to this; None: it was none."""
    decision = decide(situation(who, task, **more), command, LATER)
    return decision if isinstance(decision, Refusal) else None


def expected(reason: Reason, task: Task, who: Person | None) -> Refusal:
    """The whole no for this reason, about a task that Ana has or had."""
    match reason:
        case Reason.CLOSED | Reason.WRONG_STATE:
            return Refusal(reason=reason, task=task.id, state=task.state)
        case Reason.TAKEN:
            return Refusal(reason=reason, task=task.id, person=ANA.id, at=NOON)
        case Reason.ACKNOWLEDGED:
            return Refusal(reason=reason, task=task.id, person=SARA.id, at=NOON)
        case Reason.ABOVE_ROLE:
            return Refusal(reason=reason, role=Role.SUPERVISOR if ROLES[who] < Role.SUPERVISOR else Role.ADMIN)
        case _:  # every other reason at these stages is about the task alone
            return Refusal(reason=reason, task=task.id)


@pytest.mark.parametrize("kind", Kind)
def test_every_no_about_a_task_names_it_and_says_how_it_stands(kind: Kind) -> None:
    charged = {
        f"{name} in charge": evolve(task, e.Acknowledged(person=SARA.id), NOON)
        for name, task in STAGES[kind].items()
        if not task.state.closed
    }
    seen: set[Reason] = set()
    for stage, task in (STAGES[kind] | charged).items():
        for what, command in COMMANDS.items():
            for name, who in WHO.items():
                found = no(who, command, task, agent=NAMED.get(what))
                if found is not None and found.reason is not Reason.ABOVE_ROLE:
                    assert found == expected(found.reason, task, who), f"{name}: {what}, {stage}"
                    seen.add(found.reason)
                elif found is not None:
                    assert found.role is not None, f"{name}: {what}, {stage}"
                    assert found.role > ROLES[who], f"{name}: {what}, {stage}"
    assert {Reason.CLOSED, Reason.TAKEN, Reason.ALREADY, Reason.ANSWERED, Reason.WRONG_STATE} <= seen


RUNNING, ASKED = STAGES[Kind.TASK]["running"], STAGES[Kind.EMERGENCY]["asked"]
OFFERED, NOBODY = STAGES[Kind.TASK]["offered"], STAGES[Kind.EMERGENCY]["nobody"]
ABOUT = RUNNING.id


@pytest.mark.parametrize(
    ("command", "task", "said"),
    [
        (c.AddNote(task=7, text=" "), RUNNING, Refusal(reason=Reason.EMPTY, task=ABOUT)),
        (c.AddNote(task=7, text="ñ" * 4_001), RUNNING, Refusal(reason=Reason.TOO_LONG, task=ABOUT, limit=4_000)),
        (c.Locate(task=7), RUNNING, Refusal(reason=Reason.EMPTY, task=ABOUT)),
        (c.Locate(task=7, address="a" * 201), RUNNING, Refusal(reason=Reason.TOO_LONG, task=ABOUT, limit=200)),
        (c.Locate(task=7, place=Place(90.1, 0)), RUNNING, Refusal(reason=Reason.OFF_EARTH, task=ABOUT)),
        (c.Locate(task=7, place=Place(0, 180.1)), RUNNING, Refusal(reason=Reason.OFF_EARTH, task=ABOUT)),
        (
            c.Locate(task=7, place=Place(-2, -79), address="Parque", anew=True),
            replace(RUNNING, place=Place(-2, -79), address="Parque"),
            Refusal(reason=Reason.UNCHANGED, task=ABOUT),
        ),
        (c.Revise(task=7, title=" "), RUNNING, Refusal(reason=Reason.EMPTY, task=ABOUT)),
        (c.Revise(task=7, title="a" * 201), RUNNING, Refusal(reason=Reason.TOO_LONG, task=ABOUT, limit=200)),
        (c.Revise(task=7), RUNNING, Refusal(reason=Reason.UNCHANGED, task=ABOUT)),
        (
            c.Revise(task=7, priority=Priority.LOW),
            ASKED,
            Refusal(reason=Reason.WRONG_STATE, task=ABOUT, state=TaskState.SCHEDULED),
        ),
        (c.Cancel(task=7, seen=1), RUNNING, Refusal(reason=Reason.STALE, task=ABOUT)),
        (c.Pause(task=7, seen=1, exact=True), RUNNING, Refusal(reason=Reason.STALE, task=ABOUT)),
        (c.Pause(task=7), None, Refusal(reason=Reason.UNKNOWN_TASK, task=ABOUT)),
    ],
)
def test_a_no_says_the_limit_that_was_passed(command: c.TaskCommand, task: Task | None, said: Refusal) -> None:
    assert no(SARA, command, task) == said


@pytest.mark.parametrize(
    ("command", "task"),
    [
        (c.AddNote(task=7, text="ñ" * 4_000), RUNNING),
        (c.Locate(task=7, address="a" * 200), RUNNING),
        (c.Locate(task=7, place=Place(90, -180)), RUNNING),
        (c.Locate(task=7, place=Place(-2, -79), anew=True), RUNNING),
        (c.Locate(task=7, place=Place(-2, -79), address="Muelle", anew=True), replace(RUNNING, place=Place(-2, -79))),
        (c.Revise(task=7, title="a" * 200), RUNNING),
        (c.Revise(task=7, title="Otra", priority=RUNNING.priority), RUNNING),
        (c.Revise(task=7, title=RUNNING.title, priority=Priority.LOW), RUNNING),
        (c.Revise(task=7, title="Otro robo", priority=ASKED.priority), ASKED),
        (c.Cancel(task=7, seen=RUNNING.version), RUNNING),
    ],
)
def test_just_within_a_limit_is_a_yes(command: c.TaskCommand, task: Task) -> None:
    assert no(SARA, command, task) is None


BUSY = replace(BETO, hold=99)


@pytest.mark.parametrize(
    ("agent", "task", "said"),
    [
        (None, NOBODY, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (replace(BETO, membership=Membership.DISABLED), NOBODY, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (BUSY, NOBODY, Refusal(reason=Reason.AGENT_BUSY, person=BETO.id)),
        (BUSY, RUNNING, None),
        (replace(BETO, hold=7), NOBODY, None),
        (replace(BETO, reachable=False), NOBODY, Refusal(reason=Reason.AGENT_UNFIT, person=BETO.id)),
        (
            replace(BETO, availability=Availability.OFF_DUTY),
            NOBODY,
            Refusal(reason=Reason.AGENT_UNFIT, person=BETO.id),
        ),
        (ANA, OFFERED, Refusal(reason=Reason.ALREADY, task=ABOUT)),
        (ANA, RUNNING, Refusal(reason=Reason.TAKEN, task=ABOUT, person=ANA.id, at=NOON)),
    ],
)
def test_who_can_not_be_sent_is_named(agent: Person | None, task: Task, said: Refusal | None) -> None:
    assert no(SARA, c.Assign(task=7, agent=BETO.id), task, agent=agent) == said
