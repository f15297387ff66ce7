"""Drills: the chain is the real one, and nothing real waits for it."""

from core.rules.drills import Part, Result
from core.rules.permissions import on_behalf
from core.rules.timers import TimerKind
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Availability, Lane, Role, TaskState
from storage.engine.session import Session
from storage.queues import outbox
from storage.repositories import tasks
from tests.core.dispatch import Dispatch
from tests.support.outcomes import refusal_of, task_of


async def begins(dispatch: Dispatch) -> Task:
    marta = dispatch.admin("Marta")
    opening = c.OpenEmergency(title="Simulacro", sent_at=dispatch.moment, drill=True)
    task = task_of(await dispatch.does(marta, opening))
    assert task is not None
    return task


async def test_p5_nothing_of_a_drill_is_urgent(dispatch: Dispatch) -> None:
    dispatch.supervisor("Sara")
    dispatch.agent("Ana", away=1)
    marta = dispatch.admin("Marta")
    opening = c.OpenEmergency(title="Simulacro", sent_at=dispatch.moment, drill=True)
    outcome = await dispatch.desk.execute(opening, caller=dispatch.caller(marta))
    assert outcome.task is not None
    assert not any(timer.urgent for timer in dispatch.pending(outcome.task))

    async def first(session: Session) -> object:
        return await outbox.next_due(session, [Lane.EMERGENCY])

    assert dispatch.direct.run(first) is None
    await dispatch.delivers()


async def test_p7_a_drill_holds_nobody(dispatch: Dispatch) -> None:
    ana = dispatch.agent("Ana", away=1)
    task = await begins(dispatch)
    assert dispatch.asked(task) == [ana.id]
    assert dispatch.person(ana).free
    await dispatch.does(ana, c.Accept(task=task.id))
    assert dispatch.person(ana).free
    assert dispatch.person(ana).availability is Availability.AVAILABLE


async def test_nobody_moves(dispatch: Dispatch) -> None:
    sara, ana = dispatch.supervisor("Sara"), dispatch.agent("Ana", away=1)
    task = await begins(dispatch)
    await dispatch.does(ana, c.Accept(task=task.id))
    for step in (c.Depart, c.Arrive, c.Start, c.Pause, c.Resume):
        refusal = refusal_of(await dispatch.does(ana, step(task=task.id)))
        assert refusal is not None
        assert refusal.reason is Reason.DRILL
    for who, command in ((ana, c.Complete(task=task.id)), (sara, c.Complete(task=task.id))):
        refusal = refusal_of(await dispatch.does(who, command))
        assert refusal is not None
        assert refusal.reason is Reason.ABOVE_ROLE
    refusal = refusal_of(await dispatch.does(sara, c.Cancel(task=task.id)))
    assert refusal is not None


async def test_p9_a_supervisor_ends_no_drill_by_noting_an_administrators_words(dispatch: Dispatch) -> None:
    task = await begins(dispatch)
    said = on_behalf(dispatch.admin("Pía"), dispatch.supervisor("Sara"))
    refusal = refusal_of(await dispatch.desk.execute(c.Complete(task=task.id), caller=said))
    assert refusal == Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)


async def test_a_drill_is_over_in_its_time_whatever_happens(dispatch: Dispatch) -> None:
    dispatch.supervisor("Sara")
    task = await begins(dispatch)
    assert TimerKind.DRILL in [timer.kind for timer in dispatch.pending(task)]
    await dispatch.stands_still(599)
    assert not dispatch.task(task).state.closed
    await dispatch.stands_still(1)
    assert dispatch.task(task).state is TaskState.COMPLETED
    seen = dispatch.history(task)
    await dispatch.passes(3_600)
    assert dispatch.history(task) == seen


async def test_a_drill_goes_past_the_deaf_like_the_real_thing(dispatch: Dispatch) -> None:
    sara = dispatch.supervisor("Sara")
    dispatch.agent("Ana", away=1)
    dispatch.deaf.add(sara.account)
    task = await begins(dispatch)
    causes = [climb.cause for climb in dispatch.escalates(task) if isinstance(climb, e.Escalated)]
    assert causes == [Cause.OPENED, Cause.SILENCED]


async def test_real_alerts_are_gone_past_before_drills(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    drill = await begins(dispatch)
    real = await dispatch.calls(rita)
    assert dispatch.direct.run(tasks.unanswered) == (real.id, drill.id)


async def test_the_report_tells_the_pressed_the_silent_and_the_deaf_apart(dispatch: Dispatch) -> None:
    deaf, sara, eva = (dispatch.supervisor(name) for name in ("Luis", "Sara", "Eva"))
    ana = dispatch.agent("Ana", away=1)
    dispatch.deaf.add(deaf.account)
    task = await begins(dispatch)
    await dispatch.passes(5)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    await dispatch.passes(595)
    (parts,) = dispatch.reports
    assert {part.person: (part.result, part.answer) for part in parts} == {
        deaf.id: (Result.BLOCKED, ""),
        sara.id: (Result.PRESSED, "acknowledged"),
        eva.id: (Result.SILENT, ""),
        ana.id: (Result.SILENT, ""),
    }
    by_person: dict[int, Part] = {part.person: part for part in parts}
    assert by_person[sara.id].after == by_person[eva.id].after
