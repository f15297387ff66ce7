"""A policy as it is stored: what was copied into a task long ago reads as on the day it was copied."""

from datetime import timedelta

from msgspec import json

from core.vocabulary.escalation_policy import (
    EMERGENCY_POLICY,
    EscalationPolicy,
    EscalationTarget,
    step_of,
)

MINUTE = timedelta(minutes=1)
STORED = (
    b'{"rungs":[{"after":"P0D","notify":["assignee","unit_supervisors_on_duty"]},'
    b'{"after":"PT60S","notify":["supervisors_on_duty","-1001234567890"]},'
    b'{"after":"PT120S","notify":["supervisors","admins"]}],'
    b'"repeat":1,"broadcast_every":"PT120S","ack_timeout":"PT600S"}'
)
READ = EscalationPolicy(
    steps=(
        step_of(0 * MINUTE, EscalationTarget.ASSIGNEE, EscalationTarget.UNIT_SUPERVISORS_ON_DUTY),
        step_of(MINUTE, EscalationTarget.SUPERVISORS_ON_DUTY, -1001234567890),
        step_of(2 * MINUTE, EscalationTarget.SUPERVISORS, EscalationTarget.ADMINS),
    ),
    repeat=1,
    broadcast_every=2 * MINUTE,
)


def test_a_stored_policy_reads_as_targets_and_rooms() -> None:
    policy = json.decode(STORED, type=EscalationPolicy)
    assert policy == READ
    assert [target for step in policy.steps for target in step.notify] == [
        EscalationTarget.ASSIGNEE,
        EscalationTarget.UNIT_SUPERVISORS_ON_DUTY,
        EscalationTarget.SUPERVISORS_ON_DUTY,
        -1001234567890,
        EscalationTarget.SUPERVISORS,
        EscalationTarget.ADMINS,
    ]


def test_a_policy_is_stored_in_the_same_words_as_ever() -> None:
    assert json.encode(READ) == STORED


def test_a_word_of_a_newer_version_names_nobody_and_stays_as_it_is() -> None:
    stored = b'{"rungs":[{"after":"P0D","notify":["the_mayor","admins"]}],"repeat":0,"broadcast_every":null,'
    stored += b'"ack_timeout":"PT600S"}'
    policy = json.decode(stored, type=EscalationPolicy)
    assert policy.steps[0].notify == (EscalationTarget.ADMINS,)
    assert json.encode(policy) == stored


def test_p4_the_ladder_of_emergencies_names_everybody_who_can_answer() -> None:
    named = {target for step in EMERGENCY_POLICY.steps for target in step.notify}
    assert named == set(EscalationTarget) - {EscalationTarget.ASSIGNEE}
    assert EMERGENCY_POLICY.broadcast_every is not None
