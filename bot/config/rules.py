"""The numbers that the desk decides by, from the configuration."""

from bot.config.schema import Config, Step
from core.rules.situation import Rules
from core.vocabulary.escalation_policy import EscalationPolicy, step_of
from core.vocabulary.words import Priority


def rules_of(config: Config) -> Rules:
    """The core's rules, from the configuration."""
    return Rules(
        offer_to=config.dispatch.offer_to,
        needs=config.dispatch.needs,
        offer_timeout=config.dispatch.offer_timeout,
        location_max_age=config.dispatch.location_max_age,
        duplicate_window=config.dispatch.duplicate_window,
        reopen_window=config.dispatch.reopen_window,
        dispositions=config.dispatch.dispositions,
        invitation_life=config.access.invitation_life,
        handover_timeout=config.shifts.handover_timeout,
        drill_length=config.drill.length,
        stale_after=config.intake.stale_after,
        checkin_types=frozenset(config.safety.checkin_types),
        checkin_every=config.safety.checkin_every,
        checkin_grace=config.safety.grace,
        still_after=config.safety.still_after,
        admins=frozenset(config.access.admins),
        policies=_ladders(config),
    )


def rooms_of(config: Config, rules: Rules) -> frozenset[int]:
    """The groups that the configuration names as the desk's."""
    ladders = rules.policies.values()
    named = (target for ladder in ladders for step in ladder.steps for target in step.notify if isinstance(target, int))
    return frozenset({*config.access.groups, config.alerts.group_chat_id, *named} - {0})


def _ladders(config: Config) -> dict[Priority, EscalationPolicy]:
    """A ladder for each priority that has steps; only that of emergencies ends in the broadcast."""
    steps: dict[Priority, tuple[Step, ...]] = {
        Priority.LOW: config.escalation.baja,
        Priority.MEDIUM: config.escalation.media,
        Priority.HIGH: config.escalation.alta,
        Priority.URGENT: config.escalation.urgente,
        Priority.CRITICAL: config.escalation.critica,
    }
    return {
        priority: EscalationPolicy(
            steps=tuple(step_of(step.after, *step.notify) for step in its_steps),
            repeat=config.escalation.repeat,
            broadcast_every=config.escalation.broadcast_every if priority is Priority.CRITICAL else None,
            ack_timeout=config.escalation.ack_timeout,
        )
        for priority, its_steps in steps.items()
        if its_steps
    }
