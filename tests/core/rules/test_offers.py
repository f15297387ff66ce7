"""Offers: the nearest are asked at once, a no brings the next one, the first *Voy* has it."""

from core.rules.situation import Rules
from core.rules.timers import TimerKind
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason
from core.vocabulary.seats import Relieve
from core.vocabulary.words import AssignmentState, Availability
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import refusal_of


async def test_the_nearest_are_asked_at_once_and_those_nobody_has_seen_come_last(dispatch: Dispatch) -> None:
    rita, unseen = dispatch.agent("Rita"), dispatch.agent("Uma")
    far, near, middle = (dispatch.agent(name, away=away) for name, away in (("F", 900), ("N", 100), ("M", 400)))
    task = await dispatch.calls(rita)
    assert dispatch.asked(task) == [near.id, middle.id, far.id]
    distances = [round(part.distance or 0, -2) for part in dispatch.task(task).offers]
    assert distances == [100, 400, 900]
    assert dispatch.reads(unseen) == []

    await dispatch.does(far, c.Decline(task=task.id))
    assert dispatch.asked(task)[3:] == [unseen.id]


async def test_a_place_that_is_old_no_longer_says_who_is_near(dispatch: Dispatch) -> None:
    rita, near = dispatch.agent("Rita"), dispatch.agent("Nora", away=50)
    await dispatch.passes(601)
    fresh = dispatch.agent("Fina", away=5_000)
    task = await dispatch.calls(rita)
    assert dispatch.asked(task) == [fresh.id, near.id]


async def test_the_reporter_is_not_asked_to_their_own_emergency(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita", away=0)
    task = await dispatch.calls(rita)
    assert dispatch.asked(task) == []
    await dispatch.passes(600)
    assert dispatch.asked(task) == []


async def test_without_an_answer_the_next_ring_is_asked_when_the_time_is_up(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    agents = [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, 8)]
    task = await dispatch.calls(rita)
    await dispatch.passes(44.9)
    assert dispatch.asked(task) == [agent.id for agent in agents[:3]]
    await dispatch.passes(0.2)
    assert dispatch.asked(task) == [agent.id for agent in agents[:6]]
    assert [part.agent for part in dispatch.task(task).offers] == [agent.id for agent in agents[3:6]]
    for agent in agents[:3]:
        assert dispatch.person(agent).hold is None, "whose time is up is free"
    await dispatch.passes(45)
    assert dispatch.asked(task) == [agent.id for agent in agents]


async def test_a_no_brings_the_next_one_at_once(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    agents = [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, 5)]
    task = await dispatch.calls(rita)
    await dispatch.does(agents[0], c.Decline(task=task.id))
    assert dispatch.asked(task)[3:] == [agents[3].id]
    assert dispatch.person(agents[0]).free


async def test_the_first_yes_has_it_and_all_other_cards_say_so_at_once(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    ana, beto, carla = (dispatch.agent(name, away=away) for name, away in (("Ana", 1), ("Beto", 2), ("Carla", 3)))
    task = await dispatch.calls(rita)
    assert refusal_of(await dispatch.does(beto, c.Accept(task=task.id))) is None
    refusal = refusal_of(await dispatch.does(ana, c.Accept(task=task.id)))
    assert refusal is not None
    assert (refusal.reason, refusal.person) == (Reason.TAKEN, beto.id)
    assert dispatch.person(ana).free
    assert dispatch.person(carla).free
    assert dispatch.person(beto).availability is Availability.ON_TASK
    for who in (sara, ana, carla, beto):
        assert "Beto" in dispatch.shown(task, who) or who is beto
        assert dispatch.changed_at(task, who) == dispatch.moment
    assert "Voy" not in dispatch.buttons(task, ana)


async def test_a_late_yes_still_counts_while_nobody_goes(dispatch: Dispatch) -> None:
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.passes(45)
    part = dispatch.task(task).part_of(ana.id)
    assert part is not None
    assert part.state is AssignmentState.EXPIRED
    assert refusal_of(await dispatch.does(ana, c.Accept(task=task.id))) is None


async def test_p7_an_agent_is_asked_by_one_emergency_at_a_time(dispatch: Dispatch) -> None:
    rita, saul, ana = dispatch.supervisor("Rita"), dispatch.supervisor("Saúl"), dispatch.agent("Ana", away=1)
    first = await dispatch.calls(rita, "Robo")
    second = await dispatch.calls(saul, "Incendio")
    assert ana.id in dispatch.asked(first)
    assert ana.id not in dispatch.asked(second)
    await dispatch.does(ana, c.Accept(task=first.id))
    assert refusal_of(await dispatch.does(ana, c.Accept(task=second.id))) is not None
    await dispatch.does(ana, c.Arrive(task=first.id))
    await dispatch.does(ana, c.Complete(task=first.id))
    assert ana.id in dispatch.asked(second), "whoever is free again is asked at once by the emergency that still looks"


async def test_whoever_is_free_again_is_asked_by_the_emergency_that_waits_longest(dispatch: Dispatch) -> None:
    callers = [dispatch.supervisor(name) for name in ("Rita", "Saúl", "Tito")]
    first, second, third = [await dispatch.calls(caller, caller.name) for caller in callers]
    ana = dispatch.agent("Ana", away=1)
    await dispatch.does(ana, c.SetAvailability(person=ana.id, availability=Availability.OFF_DUTY))
    await dispatch.does(ana, c.SetAvailability(person=ana.id, availability=Availability.AVAILABLE))
    assert [dispatch.asked(task) for task in (first, second, third)] == [[ana.id], [], []]
    await dispatch.does(ana, c.Decline(task=first.id))
    assert [dispatch.asked(task) for task in (first, second, third)] == [[ana.id], [ana.id], []]
    await dispatch.passes(45)
    assert [dispatch.asked(task) for task in (first, second, third)] == [[ana.id], [ana.id], [ana.id]]


async def test_whoever_is_free_again_is_asked_by_the_first_that_they_may_go_to_however_many_wait(
    dispatch: Dispatch,
) -> None:
    ana = dispatch.agent("Ana", away=1)
    waiting = [await dispatch.calls(dispatch.supervisor(f"Jefa {number}"), f"Robo {number}") for number in range(24)]
    for task in waiting[:-1]:
        assert dispatch.asked(task) == [ana.id], "whoever says no to one is asked by the next"
        await dispatch.does(ana, c.Decline(task=task.id))
    assert dispatch.asked(waiting[-1]) == [ana.id]
    assert not [timer for timer in dispatch.due() if timer.kind is TimerKind.FREED]


async def test_by_hand_over_a_wave_withdraws_it(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    wave = [dispatch.agent(name, away=away) for name, away in (("A", 1), ("B", 2), ("C", 3))]
    chosen = dispatch.agent("Dora", away=4_000)
    task = await dispatch.calls(rita)
    assert refusal_of(await dispatch.does(sara, c.Assign(task=task.id, agent=chosen.id))) is None
    assert [part.agent for part in dispatch.task(task).offers] == [chosen.id]
    for agent in wave:
        assert dispatch.person(agent).free
        assert "Se le preguntó a otra persona" in dispatch.shown(task, agent)
        assert "Ya no hace falta" not in dispatch.shown(task, agent), "nobody goes yet"
    assert any("te necesitan" in text for text in dispatch.reads(chosen))
    await dispatch.does(chosen, c.Accept(task=task.id))
    for agent in wave:
        assert "Ya no hace falta" in dispatch.shown(task, agent)


async def test_by_hand_over_somebody_who_has_it_goes_on_climbing(dispatch: Dispatch) -> None:
    """The supervisor takes it from Ana for Dora, who does not answer: the alert is nobody's again, and climbs."""
    sara, _, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    ana, dora = dispatch.agent("Ana", away=1), dispatch.agent("Dora", away=2)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.passes(590)
    before = len(dispatch.notified(task))
    await dispatch.does(sara, c.Assign(task=task.id, agent=dora.id))
    await dispatch.does(sara, Relieve(task=task.id, agent=ana.id))
    await dispatch.passes(200)
    assert len(dispatch.notified(task)) > before


async def test_with_nobody_to_ask_the_alert_climbs_at_once_and_says_why(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    assert dispatch.notified(task) == [(sara.id,)]
    assert any("No queda ningún agente" in text for text in dispatch.reads(sara))


async def test_when_the_last_one_says_no_the_alert_climbs_at_once(dispatch: Dispatch) -> None:
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    ana = dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    assert dispatch.notified(task) == [(sara.id,)]
    await dispatch.does(ana, c.Decline(task=task.id))
    assert dispatch.notified(task) == [(sara.id,), (marta.id,)]
    assert [climb.cause for climb in dispatch.escalates(task) if isinstance(climb, e.Escalated)][-1] is Cause.NOBODY


async def test_the_place_that_comes_later_asks_whoever_is_near_it(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    strangers = [dispatch.agent(f"S{number}", away=50_000) for number in range(3)]
    near = dispatch.agent("Nora", away=10)
    await dispatch.passes(1)
    for agent in strangers:
        dispatch.moves(agent)
    task = await dispatch.calls(rita, place=None)
    assert near.id not in dispatch.asked(task)
    await dispatch.does(rita, c.Locate(task=task.id, place=PARK))
    assert near.id in dispatch.asked(task)
    assert dispatch.pins(near) == 1


async def test_the_place_asks_whoever_is_near_though_somebody_has_taken_charge(dispatch: Dispatch) -> None:
    """*Recibido* stops the climb, never the search."""
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    first = dispatch.agent("Ana", away=9_000)
    task = await dispatch.calls(rita, place=None)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    near = dispatch.agent("Nora", away=10)
    await dispatch.does(rita, c.Locate(task=task.id, place=PARK))
    assert dispatch.asked(task) == [first.id, near.id]


async def test_what_happens_meanwhile_does_not_put_the_search_off(dispatch: Dispatch) -> None:
    """Notes come every half minute; an agent who is free by then is asked all the same."""
    rita = dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    ana = dispatch.agent("Ana", away=1)
    for _ in range(3):
        await dispatch.passes(30)
        await dispatch.does(rita, c.AddNote(task=task.id, text="Sigo aquí"))
    assert ana.id in dispatch.asked(task)


async def test_so_many_are_asked_as_the_configuration_says(dispatch: Dispatch) -> None:
    dispatch.rules = Rules(offer_to=5)
    dispatch.open()
    rita = dispatch.agent("Rita")
    for number in range(8):
        dispatch.agent(f"A{number}", away=number)
    assert len(dispatch.asked(await dispatch.calls(rita))) == 5
