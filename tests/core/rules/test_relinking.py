"""One person with two accounts: who goes on with which, who may say so, and when it is too late."""

import pytest
from msgspec.structs import replace

from core.rules.access import decide_access
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role
from tests.core.stages import ADA, ANA, BETO, NOON, SARA, situation

NEW = replace(BETO, membership=Membership.PENDING)
OUT, FROZEN = (replace(ANA, membership=each) for each in (Membership.DISABLED, Membership.FROZEN))


def moved(former: Person | None, newcomer: Person | None, /, **given: object) -> object:
    """The answer to *Es la misma persona*."""
    wanted = {"person": ANA.id, "newcomer": BETO.id, "account": ANA.account} | given
    people = {BETO.id: newcomer} if newcomer is not None else {}
    return decide_access(
        situation(ADA, None, agent=former, people=people),
        c.Relink(**wanted),  # type: ignore[arg-type]
        NOON,
    )


@pytest.mark.parametrize(
    ("former", "newcomer", "given", "reason"),
    [
        (None, NEW, {}, Reason.UNKNOWN_PERSON),
        (ANA, None, {}, Reason.UNKNOWN_PERSON),
        (ADA, NEW, {}, Reason.SELF),
        (ANA, replace(NEW, id=ADA.id), {}, Reason.SELF),
        (ANA, replace(NEW, id=ANA.id), {}, Reason.ALREADY),
        (ANA, BETO, {}, Reason.ALREADY),
        (ANA, NEW, {"account": 1}, Reason.STALE),
        (OUT, NEW, {}, Reason.DISABLED),
        (FROZEN, NEW, {}, Reason.DISABLED),
        (ANA, NEW, {"role": Role.AGENT}, Reason.STALE),
    ],
    ids=["nobody", "no newcomer", "own", "own too", "same", "in", "moved", "out", "frozen", "in, again"],
)
def test_a_move_that_can_not_be_says_why(
    former: Person | None, newcomer: Person | None, given: dict[str, object], reason: Reason
) -> None:
    answer = moved(former, newcomer, **given)
    assert isinstance(answer, Refusal)
    assert answer.reason is reason


def test_a_move_takes_the_account_and_the_names_that_it_has() -> None:
    renamed = replace(NEW, name="Ana María")
    assert moved(ANA, replace(NEW, name=ANA.name, username=ANA.username)) == (
        a.Relinked(account=BETO.account, was=ANA.account, newcomer=BETO.id),
    )
    answer = moved(ANA, renamed)
    assert isinstance(answer, tuple)
    assert [type(event) for event in answer] == [e.Renamed, a.Relinked]


@pytest.mark.parametrize("former", [OUT, FROZEN], ids=["out", "frozen"])
def test_whoever_was_out_comes_in_again_with_the_role_that_is_named(former: Person) -> None:
    answer = moved(former, replace(NEW, name=ANA.name), role=Role.SUPERVISOR)
    assert isinstance(answer, tuple)
    assert answer[-1] == e.Admitted(role=Role.SUPERVISOR)


@pytest.mark.parametrize(
    ("asked", "reason"), [(None, Reason.UNKNOWN_PERSON), (SARA, Reason.ALREADY)], ids=["nobody", "in already"]
)
def test_only_who_still_asks_is_replaced(asked: Person | None, reason: Reason) -> None:
    answer = decide_access(situation(None, None, agent=asked), c.Replace(person=5, by=ANA.id), NOON)
    assert isinstance(answer, Refusal)
    assert answer.reason is reason


def test_who_asked_is_out_with_the_former_account() -> None:
    answer = decide_access(situation(None, None, agent=NEW), c.Replace(person=NEW.id, by=ANA.id), NOON)
    assert answer == (a.Replaced(by=ANA.id),)
