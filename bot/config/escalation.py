"""The ladders: who is told of what nobody answers, and how long after it opened."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from bot.config.section import Section
from bot.config.types import AsList, Duration, Target, Whole, between
from core.vocabulary.escalation_policy import (
    ACK_TIMEOUT,
    BROADCAST_EVERY,
    EMERGENCY_POLICY,
    EscalationPolicy,
    EscalationTarget,
)


class Step(Section):
    """One step of an escalation policy: who is told, counted from the moment at which the alert opened."""

    after: Annotated[Duration, between("0s", "24h")]
    notify: Annotated[tuple[Target, ...], Field(min_length=1)]


def _steps(policy: EscalationPolicy) -> tuple[Step, ...]:
    return tuple(Step(after=step.after, notify=step.notify) for step in policy.steps)


def _climbs(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    times = [step.after for step in steps]
    if times != sorted(set(times)):
        raise ValueError("expected each step to come after the one before it")
    return steps


Steps = Annotated[tuple[Step, ...], AsList, AfterValidator(_climbs)]


class Escalation(Section):
    """The ladder of each priority. An emergency always has one that ends in the broadcast: that can't be turned off."""

    repeat: Annotated[Whole, Field(ge=0, le=10)] = 0
    broadcast_every: Annotated[Duration, between("10s", "1h")] = BROADCAST_EVERY
    ack_timeout: Annotated[Duration, between("1m", "24h")] = ACK_TIMEOUT
    baja: Steps = ()
    media: Steps = ()
    alta: Steps = (
        Step(after=timedelta(minutes=30), notify=(EscalationTarget.ASSIGNEE,)),
        Step(after=timedelta(hours=2), notify=(EscalationTarget.UNIT_SUPERVISORS_ON_DUTY,)),
    )
    urgente: Steps = (
        Step(after=timedelta(0), notify=(EscalationTarget.UNIT_SUPERVISORS_ON_DUTY,)),
        Step(after=timedelta(minutes=5), notify=(EscalationTarget.SUPERVISORS_ON_DUTY,)),
        Step(after=timedelta(minutes=15), notify=(EscalationTarget.SUPERVISORS,)),
    )
    critica: Steps = _steps(EMERGENCY_POLICY)

    @field_validator("critica")
    @classmethod
    def _emergencies_have_a_ladder(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if not steps:
            raise ValueError("expected at least one step: an emergency is always told to somebody")
        return steps
