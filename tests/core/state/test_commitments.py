"""Commitments of an agent at each stage of a task (P7)."""

import pytest

from core.state.commitments import engaged, held, pending
from core.vocabulary import events as e
from core.vocabulary.words import Kind
from tests.core.stages import ANA, SARA, staged

ASKED = e.Offered(agent=ANA.id, by=SARA.id)
YES = e.Accepted(agent=ANA.id)
NOTHING, LISTED, BUSY = (False, False), (True, False), (True, True)


@pytest.mark.parametrize(
    ("events", "of_work", "of_an_emergency"),
    [
        ((ASKED,), LISTED, LISTED),
        ((ASKED, e.Declined(agent=ANA.id)), NOTHING, NOTHING),
        ((ASKED, e.Expired(agent=ANA.id)), NOTHING, NOTHING),
        ((ASKED, e.Released(agent=ANA.id)), NOTHING, NOTHING),
        ((ASKED, YES), LISTED, BUSY),
        ((ASKED, YES, e.EnRoute(agent=ANA.id)), LISTED, BUSY),
        ((ASKED, YES, e.Started()), BUSY, BUSY),
        ((ASKED, YES, e.Started(), e.OnScene(agent=ANA.id)), BUSY, BUSY),
        ((ASKED, YES, e.Started(), e.Paused()), LISTED, BUSY),
        ((ASKED, YES, e.Started(), e.Completed()), NOTHING, NOTHING),
        ((ASKED, e.Cancelled()), NOTHING, NOTHING),
    ],
)
def test_p7_it_is_in_the_agents_list_and_keeps_them_busy(
    events: tuple[e.TaskEvent, ...], of_work: tuple[bool, bool], of_an_emergency: tuple[bool, bool]
) -> None:
    for kind, expected in ((Kind.TASK, of_work), (Kind.EMERGENCY, of_an_emergency)):
        task = staged(kind, *events)
        (part,) = task.assignments
        assert (pending(task, part), engaged(task, part)) == expected
        holds = kind is Kind.EMERGENCY and expected != NOTHING
        assert held(task, part) is holds, "only an emergency keeps others from asking"
