"""Free agents: nobody is forgotten who can go, nobody is asked who can't."""

from datetime import timedelta
from functools import partial

import pytest

from core.queries.plan import Plan
from core.rules.permissions import DESK
from core.state.checkins import Sighting
from core.state.duress import DuressWord
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.places import Position
from core.vocabulary.refusals import Reason
from core.vocabulary.seats import Relieve
from storage.engine.session import Session
from storage.repositories import agents, duress, nearest, people, plan_inputs
from tests.core.dispatch import NOON, PARK, Dispatch, north
from tests.support.outcomes import refusal_of, task_of

NOT_NEEDED = "Ya no hace falta que vayas"


def offered(dispatch: Dispatch, task: Task) -> list[int]:
    """The agents who are asked now."""
    return [part.agent for part in dispatch.task(task).offers]


async def in_danger(dispatch: Dispatch, who: Person, trigger: Trigger) -> Task:
    """An alarm in their name."""
    alarm = Alarm(trigger=trigger, person=who.id)
    task = task_of(
        await dispatch.desk.execute(
            c.OpenEmergency(title="", sent_at=dispatch.moment, place=north(9_000), alarm=alarm), caller=DESK
        )
    )
    assert task is not None
    if trigger is Trigger.DURESS:
        dispatch.direct.run(partial(noted, who=who, task=task))
    await dispatch.delivers()
    return task


async def noted(session: Session, who: Person, task: Task) -> None:
    """It was their duress word that raised it."""
    await duress.keep(session, who.id, DuressWord(salt=b"s", digest=b"d"))
    await duress.note(session, who.id, task.id)


async def test_when_the_helper_gives_up_those_who_did_not_refuse_are_asked_as_a_whole_wave(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    ana, beto, carla = (dispatch.agent(name, away=away) for name, away in (("Ana", 100), ("Beto", 220), ("Carla", 230)))
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    for one in (beto, carla):
        assert NOT_NEEDED in dispatch.shown(task, one), "while Ana goes"
    await dispatch.does(ana, c.Decline(task=task.id))
    assert offered(dispatch, task) == [beto.id, carla.id]
    for one in (beto, carla):
        assert NOT_NEEDED not in dispatch.shown(task, one)
        assert "Voy" in dispatch.buttons(task, one)


async def test_when_the_chosen_one_says_no_those_who_were_asked_before_are_asked_again(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    wave = [dispatch.agent(name, away=away) for name, away in (("A", 10), ("B", 20), ("C", 30))]
    dora = dispatch.agent("Dora", away=4_000)
    task = await dispatch.calls(rita)
    await dispatch.does(wave[1], c.Decline(task=task.id))
    await dispatch.does(sara, c.Assign(task=task.id, agent=wave[0].id))
    assert NOT_NEEDED not in dispatch.shown(task, wave[2]), "nobody goes yet"
    await dispatch.does(wave[0], c.Decline(task=task.id))
    assert offered(dispatch, task) == [wave[2].id, dora.id], "B and A said no"


async def test_whoever_lost_it_to_another_by_hand_is_asked_when_that_one_does_not_answer(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    ana, dora = dispatch.agent("Ana", away=1), dispatch.agent("Dora", away=2)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.does(sara, c.Assign(task=task.id, agent=dora.id))
    await dispatch.does(sara, Relieve(task=task.id, agent=ana.id))
    await dispatch.passes(45)
    assert offered(dispatch, task) == [ana.id]


async def test_whoever_has_just_sent_an_emergency_is_not_asked_to_another(dispatch: Dispatch) -> None:
    rita, beto, fina = (dispatch.agent(name, away=away) for name, away in (("Rita", 5), ("Beto", 30), ("Fina", 5_000)))
    hers = await dispatch.calls(rita, place=north(8_000))
    await dispatch.does(beto, c.Decline(task=hers.id))
    await dispatch.does(fina, c.Decline(task=hers.id))
    his = await dispatch.calls(beto)
    assert offered(dispatch, his) == [fina.id]
    await dispatch.does(rita, c.Cancel(task=hers.id))
    await dispatch.does(fina, c.Decline(task=his.id))
    assert offered(dispatch, his) == [rita.id], "hers is over: she is free"


@pytest.mark.parametrize("trigger", list(Trigger))
async def test_whoever_is_in_danger_is_never_asked_and_never_listed_first(dispatch: Dispatch, trigger: Trigger) -> None:
    sara, beto = dispatch.supervisor("Sara"), dispatch.agent("Beto", away=30)
    rita, fina = dispatch.agent("Rita", away=0), dispatch.agent("Fina", away=5_000)
    await in_danger(dispatch, rita, trigger)
    his = await dispatch.calls(beto)
    await dispatch.passes(600)
    assert rita.id not in dispatch.asked(his)

    lines = dispatch.direct.run(lambda session: agents.to_choose_from(session, PARK, None, 10))
    assert lines[0].person.id == fina.id
    found = dispatch.direct.run(
        lambda session: nearest.free_agents(session, PARK, seen_after=NOON, task=0, reporter=None, most=9)
    )
    assert rita.id not in [one.person.id for one in found]
    plan = dispatch.direct.run(
        lambda session: plan_inputs.of_task(session, his.id, dispatch.rules, None, dispatch.moment)
    )
    assert isinstance(plan, Plan)
    asked = [event.agent for step in plan.steps for event in step.events if isinstance(event, e.Offered)]
    assert rita.id not in asked
    refusal = refusal_of(await dispatch.does(sara, c.Assign(task=his.id, agent=rita.id)))
    silent = trigger is Trigger.DURESS
    assert (refusal.reason if refusal else None) is (None if silent else Reason.ENDANGERED), "a silent one is not told"


async def test_a_drill_puts_nobody_in_danger(dispatch: Dispatch) -> None:
    marta = dispatch.admin("Marta")
    rita, beto = dispatch.agent("Rita", away=5), dispatch.agent("Beto", away=10)
    await dispatch.does(marta, c.OpenEmergency(title="Simulacro", sent_at=NOON, place=PARK, drill=True))
    task = await dispatch.calls(beto)
    assert offered(dispatch, task) == [rita.id]


async def test_whoever_shares_their_place_live_and_stands_still_is_known_to_be_there(dispatch: Dispatch) -> None:
    beto, still, moving = dispatch.agent("Beto"), dispatch.agent("Sol"), dispatch.agent("Mora")
    shares(dispatch, still, 10, lasting=timedelta(hours=8))
    await dispatch.passes(3 * 3600)
    shares(dispatch, moving, 14_000, lasting=None)
    task = await dispatch.calls(beto)
    assert dispatch.asked(task) == [still.id, moving.id], "10 m before 14 km"
    (first, _) = [one.event for one in dispatch.history(task) if isinstance(one.event, e.Offered)]
    assert first.distance is not None
    assert first.distance < 20
    assert "hace" not in dispatch.shown(task, still).split("metros")[-1]


async def test_a_live_share_that_ended_is_knowledge_no_longer(dispatch: Dispatch) -> None:
    beto, still, far = dispatch.agent("Beto"), dispatch.agent("Sol"), dispatch.agent("Lejos")
    shares(dispatch, still, 10, lasting=timedelta(hours=1))
    await dispatch.passes(3600 + dispatch.rules.location_max_age.total_seconds() + 1)
    shares(dispatch, far, 14_000, lasting=None)
    assert dispatch.asked(await dispatch.calls(beto)) == [far.id, still.id]


async def test_a_share_that_is_stopped_ends_there(dispatch: Dispatch) -> None:
    still = dispatch.agent("Sol")
    shares(dispatch, still, 10, lasting=timedelta(hours=8))
    shares(dispatch, still, 10, lasting=timedelta(0))
    known = dispatch.person(still).known_at(NOON + timedelta(hours=2))
    assert known == NOON


def shares(dispatch: Dispatch, who: Person, away: float, *, lasting: timedelta | None) -> None:
    """They send where they are; live for so long (None: once)."""
    until = dispatch.moment + lasting if lasting is not None else None
    seen = Sighting(position=Position(place=north(away), at=dispatch.moment), live_until=until)
    dispatch.direct.run(lambda session: people.move(session, [(who.account, seen)]))
