"""Alerts: what somebody was told, and nothing else, waits for a person to take charge."""

from datetime import timedelta

import pytest

from core.rules.situation import Rules
from core.vocabulary import commands as c
from core.vocabulary.escalation_policy import EscalationPolicy, EscalationStep
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Priority, TaskType
from tests.core.dispatch import Dispatch
from tests.support.outcomes import refusal_of, task_of


@pytest.mark.parametrize(
    ("steps", "alert"),
    [
        (((0, "assignee"), (1, "unit_supervisors_on_duty")), False),
        (((0, "assignee"), (1, "-77")), True),
        (((0, "-77"),), True),
        (((0, "admins"),), True),
        (((0, "assignee"), (0, "admins")), True),
    ],
)
async def test_an_alert_is_what_somebody_was_told(
    dispatch: Dispatch, steps: tuple[tuple[float, str], ...], alert: bool
) -> None:
    """A step that reached nobody leaves nothing to take charge of."""
    ladder = tuple(EscalationStep(after=timedelta(minutes=after), written=(target,)) for after, target in steps)
    dispatch.rules = Rules(policies={Priority.HIGH: EscalationPolicy(steps=ladder)})
    dispatch.open()
    dispatch.admin("Marta")
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    opened = await dispatch.does(
        rita, c.OpenTask(type=TaskType.PATROL, priority=Priority.HIGH, title="Ronda", sent_at=dispatch.moment)
    )
    task = task_of(opened)
    assert task is not None
    assert dispatch.task(task).alert is alert
    taken = await dispatch.does(sara, c.Acknowledge(task=task.id))
    assert (dispatch.task(task).acknowledged_by == sara.id) is alert
    refusal = refusal_of(taken)
    assert (refusal is not None and refusal.reason is Reason.NOTHING_TO_ACKNOWLEDGE) is not alert
