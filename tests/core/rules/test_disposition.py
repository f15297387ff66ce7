"""How a task ended: who may say so, when, and in which words."""

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import caller_of
from core.rules.situation import Situation
from core.state.parts import Assignment
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from core.vocabulary.dispositions import Dispose, Disposed
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState, Kind, Priority, TaskState, TaskType
from tests.core.stages import ANA, BETO, DIRECTORY, NOON, RULES, SARA

YES = Assignment(agent=ANA.id, state=AssignmentState.ON_SCENE, since=NOON)
ASKED = Assignment(agent=BETO.id, state=AssignmentState.RELEASED, since=NOON)
OPEN = Task(
    id=7,
    kind=Kind.TASK,
    type=TaskType.PATROL,
    priority=Priority.HIGH,
    title="Patrullaje",
    state=TaskState.IN_PROGRESS,
    version=3,
    opened_at=NOON,
    sent_at=NOON,
    assignments=(YES, ASKED),
)
DONE = replace(OPEN, state=TaskState.COMPLETED, closed_at=NOON)


@pytest.mark.parametrize(
    ("who", "task", "word", "answer"),
    [
        (ANA, DONE, "resolved", None),
        (SARA, DONE, "false_alarm", None),
        (BETO, DONE, "resolved", Reason.NOT_YOURS),
        (ANA, DONE, "another", Reason.DISPOSITION),
        (ANA, DONE, "", Reason.ALREADY),
        (ANA, replace(DONE, disposition="resolved"), "", Reason.DISPOSITION),
        (ANA, replace(DONE, disposition="resolved"), "resolved", Reason.ALREADY),
        (ANA, OPEN, "resolved", Reason.WRONG_STATE),
        (ANA, replace(DONE, state=TaskState.CANCELLED), "resolved", Reason.WRONG_STATE),
        (SARA, replace(DONE, drill=True), "resolved", Reason.DRILL),
    ],
    ids=[
        "who went",
        "a supervisor",
        "who was only asked",
        "no word of the agency's",
        "no word",
        "no word instead of one",
        "said already",
        "still open",
        "cancelled",
        "a drill",
    ],
)
def test_who_went_says_how_it_ended(who: Person, task: Task, word: str, answer: Reason | None) -> None:

    situation = Situation(caller=caller_of(who), rules=RULES, task=task, directory=DIRECTORY)
    decided = decide(situation, Dispose(task=7, disposition=word), NOON)
    if answer is None:
        assert decided == (Disposed(disposition=word),)
    else:
        assert isinstance(decided, Refusal)
        assert decided.reason is answer


def test_an_end_is_said_at_once_in_a_known_word_alone() -> None:
    situation = Situation(caller=caller_of(ANA), rules=RULES, task=OPEN, directory=DIRECTORY)
    ended = decide(situation, c.Complete(task=7, disposition="moved"), NOON)
    assert not isinstance(ended, Refusal)
    assert evolve(OPEN, ended[0], NOON).disposition == "moved"
    refused = decide(situation, c.Complete(task=7, disposition="another"), NOON)
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.DISPOSITION


def test_what_goes_on_has_no_end() -> None:
    said = evolve(evolve(OPEN, e.Completed(), NOON), Disposed(disposition="moved"), NOON)
    assert said.disposition == "moved"
    assert evolve(said, r.Reopened(state=TaskState.IN_PROGRESS, undone=True), NOON).disposition == ""
