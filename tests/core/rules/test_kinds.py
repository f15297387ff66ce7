"""Kinds of work: a report's words name one, a press says or corrects it, and its seats are asked for at once."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.rules.kinds import said_in
from core.rules.situation import Rules
from core.vocabulary import commands as c
from core.vocabulary.escalation_policy import EscalationPolicy, EscalationTarget, step_of
from core.vocabulary.kinds import UNSAID, Classify, Work, WorkKind
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Priority
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import refusal_of, task_of

LADDER = EscalationPolicy(steps=(step_of(timedelta(0), EscalationTarget.SUPERVISORS),))
FIRE = WorkKind(work=Work(name="Incendio", emoji="🔥"), words=("fuego", "casa en llamas"), seats=3, policy=LADDER)
LEAK = WorkKind(work=Work(name="Fuga de gas", proof=True), words=("gas",), seats=2, priority=Priority.HIGH)
ROUND = WorkKind(work=Work(name="Ronda"))
RULES = Rules(kinds=(FIRE, LEAK, ROUND))


@pytest.fixture
def dispatch(tmp_path: Path) -> Dispatch:
    return Dispatch(tmp_path, rules=RULES)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("INCENDIO en el mercado", FIRE),
        ("¡Fuego, fuego!", FIRE),
        ("hay una casa en llamas", FIRE),
        ("huele a gas", LEAK),
        ("fuga de gas y fuego", LEAK),
        ("fuegos artificiales", None),
        ("", None),
    ],
)
def test_a_kind_is_named_by_whole_words_and_the_first_counts(words: str, kind: WorkKind | None) -> None:
    assert said_in(RULES, words) is kind


async def test_p12_a_report_that_names_its_kind_begins_with_its_seats_and_its_ladder(dispatch: Dispatch) -> None:
    rita, _ = dispatch.agent("Rita"), [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, 7)]
    task = task_of(await dispatch.does(rita, c.OpenEmergency(title="Fuego", sent_at=dispatch.moment, place=PARK)))
    assert task is not None
    assert (task.work, task.seats, len(task.offers)) == (FIRE.work, 3, 5)
    assert task.policy is not None
    assert task.policy.steps == LADDER.steps
    assert task.policy.broadcast_every is not None, "P4 whatever the kind says"


async def test_p12_a_kind_that_is_said_after_the_alert_asks_for_more_at_once_and_never_for_fewer(
    dispatch: Dispatch,
) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    agents = [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, 7)]
    task = await dispatch.calls(rita, "Vengan")
    assert (task.work, len(task.offers)) == (UNSAID, 3)
    assert refusal_of(await dispatch.does(agents[5], Classify(task=task.id, work="Incendio"))) is not None

    assert refusal_of(await dispatch.does(rita, Classify(task=task.id, work="incendio"))) is None
    task = dispatch.task(task)
    assert (task.work, task.seats, len(task.offers)) == (FIRE.work, 3, 5)
    again = refusal_of(await dispatch.does(sara, Classify(task=task.id, work="Incendio")))
    assert again is not None
    assert again.reason is Reason.ALREADY
    await dispatch.does(sara, Classify(task=task.id, work="Ronda"))
    assert (dispatch.task(task).work, dispatch.task(task).seats) == (ROUND.work, 3)


@pytest.mark.parametrize("work", ["", "Nada de eso"])
async def test_an_unknown_kind_changes_nothing(dispatch: Dispatch, work: str) -> None:
    rita = dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    refusal = refusal_of(await dispatch.does(rita, Classify(task=task.id, work=work)))
    assert refusal is not None
    assert (refusal.reason, dispatch.task(task).version) == (Reason.KIND, task.version)


async def test_a_kind_with_proof_ends_once_there_is_a_note_and_a_supervisor_ends_it_without(dispatch: Dispatch) -> None:
    sara, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    first = await dispatch.calls(rita, "Huele a gas")
    await dispatch.does(ana, c.Accept(task=first.id))
    refusal = refusal_of(await dispatch.does(ana, c.Complete(task=first.id)))
    assert refusal is not None
    assert refusal.reason is Reason.PROOF
    assert "Para finalizar falta" in dispatch.shown(first, ana)
    await dispatch.does(ana, c.AddNote(task=first.id, text="Llave cerrada"))
    assert refusal_of(await dispatch.does(ana, c.Complete(task=first.id))) is None
    second = await dispatch.calls(rita, "Gas otra vez")
    assert refusal_of(await dispatch.does(sara, c.Complete(task=second.id))) is None


async def test_work_has_its_kinds_priority_where_nobody_says_another(dispatch: Dispatch) -> None:
    rita = dispatch.agent("Rita")
    opening = c.OpenTask(title="Revisar", sent_at=dispatch.moment, work="fuga de gas")
    task = task_of(await dispatch.does(rita, opening))
    assert task is not None
    assert (task.priority, task.work, task.seats) == (Priority.HIGH, LEAK.work, 2)
    refusal = refusal_of(await dispatch.does(rita, c.OpenTask(title="Otra", sent_at=dispatch.moment, work="Vals")))
    assert refusal is not None
    assert refusal.reason is Reason.KIND


async def test_a_silent_alarm_and_a_desk_without_kinds_have_none(tmp_path: Path) -> None:
    plain = Dispatch(tmp_path)
    task = await plain.calls(plain.agent("Rita"), "Incendio")
    assert (task.work, task.seats) == (None, 1)
