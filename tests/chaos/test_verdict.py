"""The verdict on a night on which nothing was lost, and on each thing that could have been."""

from collections.abc import Callable

import pytest

from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.words import Kind, Priority, TaskType
from storage.queues.queue import State
from storage.schema.instants import from_ms
from tests.chaos.evidence import Evidence, Happening, Message
from tests.chaos.verdict import judge

TITLE = "Herido 000001"
RITA, SARA = 1001, 1002
OPENED = e.Opened(
    kind=Kind.EMERGENCY,
    task_type=TaskType.INTERVENTION,
    priority=Priority.CRITICAL,
    title=TITLE,
    sent_at=from_ms(0),
    reporter=1,
)


def ring(row: int, chat: int, *, uncertain: bool = False) -> Message:
    return Message(
        row=row,
        chat=chat,
        says=TITLE,
        card="task:1",
        ring=True,
        routine=False,
        sends=True,
        uncertain=uncertain,
        done=True,
    )


def night() -> Evidence:
    """Rita reports an emergency, Sara is told."""
    climbed = e.Escalated(cause=Cause.OPENED, step=0, notified=(2,))
    return Evidence(
        said={TITLE: RITA},
        acts=1,
        steps=0,
        tasks={1: (TITLE, "emergency", RITA)},
        people={1: RITA, 2: SARA},
        happenings=[Happening(1, 0.0, OPENED), Happening(1, 0.0, climbed)],
        inbox={1: State.DONE},
        outbox=[ring(1, RITA), ring(2, SARA)],
        cards={("task:1", RITA): 1, ("task:1", SARA): 1},
        plain={(RITA, TITLE): 1, (SARA, TITLE): 1},
        marked={},
        titles={(RITA, TITLE), (SARA, TITLE)},
        taken_back=set(),
        reworded=[],
        shown={(RITA, 1): TITLE, (SARA, 1): TITLE},
        held_twice=[],
    )


def broken(evidence: Evidence) -> list[tuple[str, str, int]]:
    return [(count.promise, count.what.strip(), count.number) for count in judge(evidence) if count.broken]


def test_a_night_on_which_nothing_was_lost() -> None:
    assert broken(night()) == []


def test_what_is_sent_again_must_say_so_and_is_counted() -> None:
    again = night()._replace(outbox=[ring(1, RITA), ring(2, SARA, uncertain=True)], marked={(SARA, TITLE): 1})
    assert broken(again) == []
    assert [count.number for count in judge(again) if "so twice" in count.what] == [1]


def test_what_may_be_there_and_got_other_words_was_sent_all_the_same() -> None:
    old = f"{TITLE} de antes"
    plain = night()._replace(plain={(RITA, TITLE): 1, (SARA, TITLE): 1, (SARA, old): 1})
    for came in (plain, night()._replace(marked={(SARA, old): 1})):
        assert len(broken(came)) == 1
        assert broken(came._replace(reworded=[(SARA, old)])) == []


def test_who_was_answered_before_they_were_told_need_not_be() -> None:
    untold = night()._replace(titles={(RITA, TITLE)}, outbox=[ring(1, RITA)], plain={(RITA, TITLE): 1})
    taken_back = untold._replace(taken_back={("task:1", SARA)})
    assert broken(taken_back) == [("P3", "lost", 1)], "nobody had answered"
    answered = [*taken_back.happenings, Happening(1, 1.0, e.Acknowledged(person=1))]
    assert broken(taken_back._replace(happenings=answered)) == []
    assert broken(taken_back._replace(happenings=answered, taken_back=set())) == [("P3", "lost", 1)]


LOSSES: dict[str, tuple[Callable[[Evidence], Evidence], list[tuple[str, str, int]]]] = {
    "an update": (lambda it: it._replace(acts=2), [("P1", "lost", 1)]),
    "an update left lying": (lambda it: it._replace(inbox={1: State.PARKED}), [("P1", "not handled", 1)]),
    "a task": (lambda it: it._replace(said={**it.said, "Asunto 000002": RITA}), [("P1", "not there", 1)]),
    "a task twice": (
        lambda it: it._replace(tasks={**it.tasks, 2: (TITLE, "task", RITA)}),
        [("P2", "there more than once", 1)],
    ),
    "an alert": (lambda it: it._replace(titles={(RITA, TITLE)}), [("P3", "lost", 1)]),
    "a message": (lambda it: it._replace(plain={(RITA, TITLE): 1}), [("P3", "that never came", 1)]),
    "a message twice": (
        lambda it: it._replace(plain={**it.plain, (SARA, TITLE): 2}),
        [("P2", "twice without a mark", 1)],
    ),
    "a mark": (lambda it: it._replace(marked={(SARA, TITLE): 1}), [("P2", "marked without need", 1)]),
    "a card": (
        lambda it: it._replace(shown={**it.shown, (SARA, 1): "before"}),
        [("P3", "that show an older state", 1)],
    ),
    "an agent twice": (
        lambda it: it._replace(held_twice=[1]),
        [("P7", "agents who are held by two emergencies", 1)],
    ),
    "a timer twice": (
        lambda it: it._replace(happenings=[*it.happenings, it.happenings[1]]),
        [("P8", "offers and steps of a ladder that happened twice", 1)],
    ),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_found(loss: str) -> None:
    tamper, found = LOSSES[loss]
    assert broken(tamper(night())) == found
