"""Erasing what is kept of somebody (P15): they alone ask, what stands in the way is named, and they are out first."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.access import decide_access
from core.state.person import Person
from core.state.rises import Rise
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership
from tests.core.stages import ADA, ANA, NOON, RULES, situation

LATER = timedelta(hours=1)
RISE = Rise(id=3, way=a.Way.ERASE, person=ANA.id, asked_by=ANA.id, asked_with=ANA.account, due_at=NOON + LATER)
OUT = replace(ANA, membership=Membership.DISABLED)


@pytest.mark.parametrize(
    ("agent", "more", "reason"),
    [
        (None, {}, Reason.UNKNOWN_PERSON),
        (ADA, {}, Reason.ABOVE_ROLE),
        (replace(ANA, membership=Membership.FORGOTTEN), {}, Reason.ALREADY),
        (replace(ANA, membership=Membership.FROZEN), {}, Reason.FROZEN),
        (ANA, {"erasure_waits": True}, Reason.ERASURE_ASKED),
        (ANA, {"stands_in_way": 7}, Reason.ERASURE_HELD),
        (ANA, {"in_chain": True}, Reason.RESEAL_FIRST),
        (ANA, {"second": False}, Reason.NOBODY_APPROVES),
    ],
    ids=["nobody", "somebody else", "erased", "frozen", "asked", "task open", "in the chain", "no second"],
)
def test_p15_what_stands_in_the_way_of_erasing_is_named(
    agent: Person | None, more: dict[str, object], reason: Reason
) -> None:
    answer = decide_access(
        situation(ANA, None, **{"agent": agent, "second": True} | more), ac.Forget(person=ANA.id), NOON
    )
    assert isinstance(answer, Refusal)
    assert answer.reason is reason
    assert answer.task == more.get("stands_in_way")


def test_p15_an_administrator_is_asked_first() -> None:
    answer = decide_access(situation(ANA, None, agent=ANA, second=True), ac.Forget(person=ANA.id), NOON)
    assert answer == (a.RiseAsked(way=a.Way.ERASE, due_at=NOON + RULES.invitation_life),)


@pytest.mark.parametrize(
    ("agent", "events"), [(ANA, ["disabled", "erasing"]), (OUT, ["erasing"])], ids=["active", "out already"]
)
def test_p14_p15_whoever_is_erased_is_out_first(agent: Person, events: list[str]) -> None:
    confirmed = decide_access(
        situation(ADA, None, agent=agent, rise=RISE, asker=agent), ac.ConfirmRise(rise=RISE.id), NOON
    )
    assert not isinstance(confirmed, Refusal)
    assert [type(event).__struct_config__.tag for event in confirmed] == ["rise_confirmed", *events]
