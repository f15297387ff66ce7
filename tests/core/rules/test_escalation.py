"""The ladder: in its order, past those whom nothing reaches, and never to a silent end."""

from datetime import timedelta

import pytest

from core.rules.permissions import Caller
from core.rules.situation import Rules
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, EscalationStep, Unreached
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Priority, Role
from tests.core.dispatch import Dispatch
from tests.support.outcomes import refusal_of, task_of

MINUTE = timedelta(minutes=1)
STATION = -100
PROGRAM = Caller(role=Role.SUPERVISOR, via="api")


def policy(*steps: tuple[float, str], repeat: int = 0, broadcast: float | None = 2) -> Rules:
    """An emergency's ladder, in minutes."""
    climbed = tuple(EscalationStep(after=after * MINUTE, written=(target,)) for after, target in steps)
    every = broadcast * MINUTE if broadcast is not None else None
    return Rules(policies={Priority.CRITICAL: EscalationPolicy(steps=climbed, repeat=repeat, broadcast_every=every)})


def reading(dispatch: Dispatch, rules: Rules) -> None:
    """The desk starts with this configuration."""
    dispatch.rules = rules
    dispatch.open()


async def test_each_step_comes_at_its_time_and_then_everybody_is_told_again_and_again(dispatch: Dispatch) -> None:
    unit, duty = dispatch.supervisor("Sara", on_duty=True), dispatch.supervisor("Luis", unit=9, on_duty=True)
    home, marta, rita = dispatch.supervisor("Eva"), dispatch.admin("Marta"), dispatch.agent("Rita")
    dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    assert dispatch.notified(task) == [(unit.id,)]
    await dispatch.passes(44)
    reading(dispatch, dispatch.rules)
    assert len(dispatch.notified(task)) == 1
    await dispatch.passes(1)  # Ana's time is up and nobody is left: it climbs now
    assert dispatch.notified(task)[1:] == [(duty.id, unit.id)]
    await dispatch.passes(120)
    assert dispatch.notified(task)[2:] == [(home.id, duty.id, unit.id)]
    await dispatch.passes(120)
    assert dispatch.notified(task)[3:] == [(marta.id,)]
    await dispatch.passes(120 * 3)
    everybody = (home.id, duty.id, unit.id, marta.id)
    assert dispatch.notified(task)[4:] == [everybody] * 3
    assert any("AVISO A TODOS" in text for text in dispatch.reads(home))


async def test_a_step_of_nobody_is_passed_at_once_and_the_record_says_why(dispatch: Dispatch) -> None:
    asleep, deaf, marta, rita = (
        dispatch.supervisor("Sara"),
        dispatch.supervisor("Luis"),
        dispatch.admin("Marta"),
        dispatch.agent("Rita"),
    )
    await dispatch.does(marta, c.Promote(person=asleep.id, role=Role.AGENT))
    dispatch.deaf.add(deaf.account)
    await dispatch.does(marta, c.Promote(person=deaf.id, role=Role.ADMIN))
    await dispatch.does(marta, c.Promote(person=deaf.id, role=Role.SUPERVISOR))
    task = await dispatch.calls(rita)
    passed = [(climb.step, climb.why) for climb in dispatch.escalates(task) if isinstance(climb, e.Passed)]
    assert passed == [(0, Unreached.OFF_DUTY), (1, Unreached.OFF_DUTY), (2, Unreached.UNREACHABLE)]
    assert dispatch.notified(task) == [(marta.id,)]


async def test_steps_that_name_nobody_at_all_are_empty(dispatch: Dispatch) -> None:
    marta, rita = dispatch.admin("Marta"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    assert [climb.why for climb in dispatch.escalates(task) if isinstance(climb, e.Passed)] == [Unreached.EMPTY] * 3
    assert dispatch.notified(task) == [(marta.id,)]


async def test_agents_who_are_asked_again_do_not_hurry_the_ladder(dispatch: Dispatch) -> None:
    """Ana never answers and is asked again and again; the supervisors hear at the ladder's own times."""
    sara, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.passes(45 + 5 * 120)
    assert dispatch.asked(task).count(ana.id) == 8
    assert dispatch.notified(task) == [(sara.id,)] * 7


async def test_p4_with_nobody_anywhere_it_still_repeats_until_somebody_comes(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    await dispatch.passes(599)
    assert dispatch.notified(task) == [()] * 5
    sara = dispatch.supervisor("Sara")
    await dispatch.passes(120)
    assert dispatch.notified(task)[-1] == (sara.id,)


async def test_whoever_blocked_the_bot_is_gone_past_at_once(dispatch: Dispatch) -> None:
    """Sara has blocked the bot: the very message that finds it out makes the alert climb, in the same second."""
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    dispatch.agent("Ana", away=1)
    dispatch.deaf.add(sara.account)
    task = await dispatch.calls(rita)
    assert dispatch.notified(task) == [(sara.id,), (marta.id,)]
    causes = [climb.cause for climb in dispatch.escalates(task) if isinstance(climb, e.Escalated)]
    assert causes == [Cause.OPENED, Cause.SILENCED]
    assert any("no le llegan los mensajes" in text for text in dispatch.reads(marta))


async def test_while_one_of_those_told_can_hear_it_waits_for_them(dispatch: Dispatch) -> None:
    sara, luis, rita = dispatch.supervisor("Sara"), dispatch.supervisor("Luis"), dispatch.agent("Rita")
    dispatch.agent("Ana", away=1)
    dispatch.deaf.add(sara.account)
    task = await dispatch.calls(rita)
    assert dispatch.notified(task) == [(luis.id, sara.id)]


async def test_an_agent_who_blocked_the_bot_is_not_waited_for(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    agents = [dispatch.agent(f"A{number}", away=number) for number in range(1, 5)]
    dispatch.deaf.add(agents[1].account)
    task = await dispatch.calls(rita)
    assert dispatch.asked(task)[3:] == [agents[3].id]


async def test_the_ladder_is_climbed_again_as_often_as_it_says(dispatch: Dispatch) -> None:
    reading(dispatch, policy((0, "supervisors"), (1, "admins"), repeat=2))
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    await dispatch.passes(9 * 60)
    laps = [(sara.id,), (marta.id,)] * 3
    assert dispatch.notified(task) == [*laps, (sara.id, marta.id)]


async def test_a_group_is_told_too_and_the_supervisors_own_of_every_step(dispatch: Dispatch) -> None:
    dispatch.group = STATION
    reading(dispatch, policy((0, "-77"), (1, "admins")))
    marta, rita = dispatch.admin("Marta"), dispatch.agent("Rita")
    dispatch.agent("Ana", away=1)
    await dispatch.calls(rita)
    assert len(dispatch.reads(-77)) == 1
    assert len(dispatch.reads(STATION)) == 1
    await dispatch.passes(45)
    assert dispatch.reads(-77) == []
    assert len(dispatch.reads(STATION)) == 1
    assert len(dispatch.reads(marta)) == 1


async def test_recibido_stops_the_climb(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    dispatch.admin("Marta")
    task = await dispatch.calls(rita)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    notified = dispatch.notified(task)
    await dispatch.passes(599)
    assert dispatch.notified(task) == notified


async def test_recibido_that_nothing_follows_starts_the_climb_again(dispatch: Dispatch) -> None:
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    notified = len(dispatch.notified(task))
    await dispatch.passes(600)
    assert dispatch.notified(task)[notified:] == [(sara.id,)]
    assert any("no ha avanzado" in text for text in dispatch.reads(sara))
    await dispatch.passes(120 + 120)
    assert dispatch.notified(task)[notified:] == [(sara.id,), (marta.id,), (sara.id, marta.id)]
    assert refusal_of(await dispatch.does(sara, c.Acknowledge(task=task.id))) is None


async def test_p4_a_yes_that_nothing_follows_climbs_until_a_person_answers(dispatch: Dispatch) -> None:
    """Ana said *Voy* and fell silent: it climbs on to the broadcast, and her next sign counts again."""
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    ana = dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.passes(599)
    assert dispatch.notified(task) == [(sara.id,)]
    await dispatch.passes(1 + 120 + 120 + 120)
    everybody = (sara.id, marta.id)
    assert dispatch.notified(task)[1:] == [(sara.id,), (marta.id,), everybody, everybody]
    await dispatch.does(ana, c.Arrive(task=task.id))
    await dispatch.passes(3_600)
    assert len(dispatch.notified(task)) == 5


async def test_by_hand_it_climbs_now_and_the_record_has_the_reason(dispatch: Dispatch) -> None:
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.desk.execute(c.Escalate(task=task.id), caller=dispatch.caller(sara), reason="Hay heridos")
    assert dispatch.notified(task) == [(sara.id,), (marta.id,)]
    last = dispatch.history(task)[-1]
    assert (last.by, last.reason) == (sara.id, "Hay heridos")


@pytest.mark.parametrize("priority", [Priority.MEDIUM, Priority.HIGH])
async def test_by_hand_past_the_end_of_an_ordinary_ladder_everybody_is_told(
    dispatch: Dispatch, priority: Priority
) -> None:
    short = EscalationPolicy(steps=(EscalationStep(after=timedelta(0), written=("supervisors",)),))
    reading(dispatch, Rules(policies={Priority.HIGH: short}))
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    opening = c.OpenTask(title="Ronda", sent_at=dispatch.moment, priority=priority)
    task = task_of(await dispatch.does(rita, opening))
    assert task is not None
    await dispatch.does(rita, c.Escalate(task=task.id))
    assert dispatch.notified(task)[-1] == (sara.id, marta.id)
    assert refusal_of(await dispatch.does(sara, c.Acknowledge(task=task.id))) is None


async def test_ordinary_work_that_has_begun_is_not_watched(dispatch: Dispatch) -> None:
    """Half an hour until its first step: whoever took it and is at it is left in peace."""
    superseded = EscalationPolicy(steps=(EscalationStep(after=30 * MINUTE, written=("supervisors",)),))
    reading(dispatch, Rules(policies={Priority.HIGH: superseded}))
    dispatch.supervisor("Sara")
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana")
    opening = c.OpenTask(title="Ronda", sent_at=dispatch.moment, priority=Priority.HIGH, assignee=ana.id)
    task = task_of(await dispatch.does(rita, opening))
    assert task is not None
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.passes(3_600)
    assert dispatch.notified(task) == []


async def test_ordinary_work_that_is_given_back_climbs_from_then_on(dispatch: Dispatch) -> None:
    superseded = EscalationPolicy(steps=(EscalationStep(after=30 * MINUTE, written=("supervisors",)),))
    reading(dispatch, Rules(policies={Priority.HIGH: superseded}))
    sara, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana")
    opening = c.OpenTask(title="Ronda", sent_at=dispatch.moment, priority=Priority.HIGH, assignee=ana.id)
    task = task_of(await dispatch.does(rita, opening))
    assert task is not None
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.passes(3_600)
    await dispatch.does(ana, c.Decline(task=task.id))
    await dispatch.passes(30 * 60)
    assert dispatch.notified(task) == [(sara.id,)]


async def test_an_answer_elsewhere_changes_every_card_and_stops_what_has_not_left(dispatch: Dispatch) -> None:
    """A program takes charge while Luis's alert and its pin still wait to leave: neither ever does."""
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    dispatch.reads(sara)
    luis = dispatch.supervisor("Luis")
    await dispatch.desk.execute(c.Escalate(task=task.id), caller=dispatch.caller(sara))
    await dispatch.desk.execute(c.Acknowledge(task=task.id), caller=PROGRAM)
    await dispatch.delivers()
    assert dispatch.reads(luis) == []
    assert dispatch.pins(luis) == 0
    assert "Recibido: la central" in dispatch.shown(task, sara)
    refusal = refusal_of(await dispatch.does(sara, c.Acknowledge(task=task.id)))
    assert refusal is not None
    assert refusal.reason is Reason.ACKNOWLEDGED


async def test_p4_another_configuration_does_not_strand_an_open_alert(dispatch: Dispatch) -> None:
    """It climbs the ladder that it was opened with; the next one climbs the new one."""
    sara, marta, rita = dispatch.supervisor("Sara"), dispatch.admin("Marta"), dispatch.agent("Rita")
    reading(dispatch, policy((0, "supervisors"), (1, "admins")))
    task = await dispatch.calls(rita, "Robo")
    reading(dispatch, policy((0, "admins"), broadcast=None))
    await dispatch.passes(60 + 120)
    assert dispatch.notified(task) == [(sara.id,), (marta.id,), (sara.id, marta.id)]
    newer = await dispatch.calls(rita, "Incendio")
    await dispatch.passes(240)
    assert dispatch.notified(newer)[:1] == [(marta.id,)]
    assert dispatch.notified(newer)[1:] == [(sara.id, marta.id)] * 2, (
        "no configuration can end an emergency's in silence"
    )


def test_p4_a_ladder_that_would_end_is_not_an_emergencys() -> None:
    endless = Rules(policies={Priority.CRITICAL: EscalationPolicy(steps=(), broadcast_every=None)}).policy(
        Priority.CRITICAL
    )
    assert endless is not None
    assert endless.steps
    assert endless.broadcast_every


async def test_whoever_reports_is_not_told_of_their_own_alert(dispatch: Dispatch) -> None:
    sara, luis = dispatch.supervisor("Sara"), dispatch.supervisor("Luis")
    task = await dispatch.calls(sara)
    assert dispatch.notified(task) == [(luis.id,)]
