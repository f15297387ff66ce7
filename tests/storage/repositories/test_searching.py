"""Emergencies that look for an agent, in their turn."""

from pathlib import Path

from core.desk.search_port import Sought
from core.vocabulary import commands as c
from core.vocabulary.seats import Reinforce
from storage.repositories import searching
from tests.core.dispatch import Dispatch


def _after(dispatch: Dispatch, last: Sought | None) -> list[Sought]:
    return dispatch.direct.run(lambda session: searching.searching(session, last))


async def test_p12_one_that_gets_somebody_meanwhile_leaves_the_places_of_the_others(tmp_path: Path) -> None:
    """The search goes on after it, passes over nobody, and comes to its second seat when all have been looked at."""
    dispatch = Dispatch(tmp_path)
    first, second, third = [await dispatch.calls(dispatch.supervisor(name), name) for name in ("Eva", "Sara", "Beto")]
    asked = Sought(task=first.id, attended=False)
    others = [Sought(task=task.id, attended=False) for task in (second, third)]
    assert _after(dispatch, None) == [asked, *others]

    ana = dispatch.agent("Ana")
    await dispatch.does(dispatch.supervisor("Dora"), c.Assign(task=first.id, agent=ana.id))
    await dispatch.does(ana, c.Accept(task=first.id))
    await dispatch.does(dispatch.supervisor("Inés"), Reinforce(task=first.id))
    assert _after(dispatch, asked) == [*others, Sought(task=first.id, attended=True)]
    assert _after(dispatch, Sought(task=first.id, attended=True)) == []
