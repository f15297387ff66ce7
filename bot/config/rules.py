"""The numbers that the desk decides by, from the configuration."""

from datetime import timedelta

from bot.config.escalation import Step
from bot.config.kinds import PRIORITIES, Kind
from bot.config.schema import Config
from core.rules.situation import Rules
from core.vocabulary.escalation_policy import EscalationPolicy, step_of
from core.vocabulary.kinds import Work, WorkKind
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
        capabilities=config.dispatch.capabilities,
        dispositions=config.dispatch.dispositions,
        invitation_life=config.access.invitation_life,
        handover_timeout=config.shifts.handover_timeout,
        drill_length=config.drill.length,
        stale_after=config.intake.stale_after,
        checkin_types=frozenset(config.safety.checkin_types),
        checkin_every=config.safety.checkin_every,
        checkin_grace=config.safety.grace,
        still_after=config.safety.still_after,
        round_every=config.safety.round_every,
        admins=frozenset(config.access.admins),
        policies=_ladders(config),
        kinds=tuple(_kind_of(kind, config) for kind in config.kinds),
    )


def rooms_of(config: Config, rules: Rules) -> frozenset[int]:
    """The groups that the configuration names as the desk's."""
    ladders = (*rules.policies.values(), *(kind.policy for kind in rules.kinds if kind.policy is not None))
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
        priority: _ladder(
            its_steps,
            config,
            broadcast_every=config.escalation.broadcast_every if priority is Priority.CRITICAL else None,
        )
        for priority, its_steps in steps.items()
        if its_steps
    }


def _ladder(steps: tuple[Step, ...], config: Config, *, broadcast_every: timedelta | None = None) -> EscalationPolicy:
    return EscalationPolicy(
        steps=tuple(step_of(step.after, *step.notify) for step in steps),
        repeat=config.escalation.repeat,
        broadcast_every=broadcast_every,
        ack_timeout=config.escalation.ack_timeout,
    )


def _kind_of(kind: Kind, config: Config) -> WorkKind:
    """A kind as the core has it; its ladder ends in the broadcast where it is an emergency's."""
    return WorkKind(
        work=Work(
            name=kind.name,
            emoji=kind.emoji,
            checklist=kind.checklist,
            capabilities=kind.capabilities,
            answer_within=kind.answer_within,
            arrive_within=kind.arrive_within,
            proof=kind.proof,
        ),
        words=kind.words,
        priority=PRIORITIES[kind.priority],
        seats=kind.needs,
        policy=_ladder(kind.ladder, config) if kind.ladder else None,
    )
