"""A flood whose reporter was put out rings nobody, as long as somebody is in charge of it; and no longer."""

from pathlib import Path

from core.rules.timers import TimerKind
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary.words import AssignmentState
from tests.core.dispatch import PARK, Dispatch


async def test_p4_a_flood_that_was_put_out_looks_for_agents_again_once_nobody_is_in_charge(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    ada, ines, beto = dispatch.admin("Ada"), dispatch.admin("Inés"), dispatch.agent("Beto")
    first, second = [await dispatch.calls(beto, words) for words in ("Robo", "Choque")]
    assert await dispatch.calls(beto, "Humo") == dispatch.task(first), "the third one joins"
    await dispatch.does(ada, c.Disable(person=beto.id))
    for task in map(dispatch.task, (first, second)):
        assert (task.quiet, task.acknowledged_by, task.state.closed) == (True, ada.id, False)
    ana = dispatch.agent("Ana", away=10)
    for somebody in (ines, ana):
        dispatch.reads(somebody)
    await dispatch.passes(3600)
    assert (dispatch.reads(ines), dispatch.reads(ana), dispatch.asked(first)) == ([], [], [])

    await dispatch.does(ines, c.Disable(person=ada.id))
    assert dispatch.reads(ines), "it climbs"
    for task in map(dispatch.task, (first, second)):
        assert (task.quiet, task.acknowledged_by) == (False, None)
        assert TimerKind.SEARCH in {timer.kind for timer in dispatch.pending(task)}
    await dispatch.passes(dispatch.rules.offer_timeout.total_seconds())
    assert [*dispatch.asked(first), *dispatch.asked(second)] == [ana.id]


async def test_a_corrected_place_of_a_quiet_one_asks_nobody(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    ada, beto, ana = dispatch.admin("Ada"), dispatch.agent("Beto"), dispatch.agent("Ana", away=10)
    first, *_ = [await dispatch.calls(beto, words) for words in ("Robo", "Choque", "Humo")]
    await dispatch.does(ada, c.Disable(person=beto.id))
    asked = dispatch.asked(first)
    await dispatch.does(ada, c.Locate(task=first.id, place=PARK))
    assert (dispatch.asked(first), ana.id in asked) == (asked, True)
    part = dispatch.task(first).part_of(ana.id)
    assert part is not None
    assert part.state is AssignmentState.RELEASED


async def test_p4_a_further_report_is_looked_at_where_the_first_ones_are_answered(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    sara, beto, cam = dispatch.supervisor("Sara"), dispatch.agent("Beto"), dispatch.agent("Cam", away=10)
    first, second = [await dispatch.calls(beto, words) for words in ("Robo", "Choque")]
    for task in (first, second):
        await dispatch.does(sara, c.Acknowledge(task=task.id))
        await dispatch.does(cam, c.Decline(task=task.id))
    third = await dispatch.calls(beto, "Me disparan")
    assert third.id not in (first.id, second.id)
    assert dispatch.asked(third) == [cam.id]
    assert (await dispatch.calls(beto, "Otra vez")).id == third.id, "it waits for an answer"


async def test_p4_a_quiet_one_that_an_agent_has_is_an_emergency_again(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    ada, luis = dispatch.admin("Ada"), dispatch.supervisor("Luis")
    beto, ana, cam = dispatch.agent("Beto"), dispatch.agent("Ana", away=10), dispatch.agent("Cam", away=20)
    first, *_ = [await dispatch.calls(beto, words) for words in ("Robo", "Choque", "Humo")]
    await dispatch.does(ada, c.Disable(person=beto.id))
    await dispatch.does(luis, c.Assign(task=first.id, agent=ana.id))
    await dispatch.does(ana, c.Accept(task=first.id))
    assert not dispatch.task(first).quiet
    assert TimerKind.PROGRESS in {timer.kind for timer in dispatch.pending(first)}
    await dispatch.does(ana, c.Decline(task=first.id))
    assert cam.id in dispatch.asked(first)


async def test_p4_a_flood_that_was_frozen_with_its_reporter_rings_again_once_they_are_in_again(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    ada, sara, beto = dispatch.admin("Ada"), dispatch.supervisor("Sara"), dispatch.agent("Beto")
    first, second = [await dispatch.calls(beto, words) for words in ("Robo", "Choque")]
    await dispatch.calls(beto, "Humo")
    await dispatch.does(sara, ac.Freeze(person=beto.id))
    assert [dispatch.task(one).quiet for one in (first, second)] == [True, True]
    await dispatch.does(ada, ac.Thaw(person=beto.id))
    for task in map(dispatch.task, (first, second)):
        assert (task.quiet, task.acknowledged_by) == (False, None)
        assert {TimerKind.SEARCH, TimerKind.CLIMB} <= {timer.kind for timer in dispatch.pending(task)}
