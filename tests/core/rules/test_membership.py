"""Letting people in (P9), and where people say they are."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import caller_of
from core.rules.situation import Invitation, Rules, Situation
from core.state.person import Person, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.access_commands import Revoke
from core.vocabulary.account_events import (
    FreezeReminded,
    Frozen,
    FrozenCalled,
    LostWordSet,
    LostWordTried,
    Relinked,
    Replaced,
    Revoked,
    RiseAsked,
    RiseConfirmed,
    RiseRefused,
    Thawed,
    Way,
)
from core.vocabulary.refusals import Refusal
from core.vocabulary.words import Availability, Membership, Role
from tests.core.stages import ADA, ANA, NOON, RITA, SARA, answer, situation

PENDING = replace(ANA, membership=Membership.PENDING)
DISABLED = replace(ANA, membership=Membership.DISABLED)
FROZEN = replace(ANA, membership=Membership.FROZEN)
KNOCK = c.Enter(account=ANA.account, name="Ana", username="ana")
LINK = replace(KNOCK, token_digest="ab" * 32)
GOOD = Invitation(role=Role.AGENT, expires_at=NOON + timedelta(hours=1), made_by=ADA.id)
REVOKE = Revoke(token_digest="ab" * 32)
OVER = replace(GOOD, expires_at=NOON)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (None, "access_requested"),
        (PENDING, "-pending"),
        (ANA, "-already"),
        (DISABLED, "-disabled"),
        (FROZEN, "-frozen"),
    ],
)
def test_a_knock_at_the_door(person: Person | None, expected: str) -> None:
    assert answer(None, KNOCK, None, agent=person) == expected


@pytest.mark.parametrize(
    ("person", "invitation", "expected"),
    [
        (None, GOOD, "access_requested+admitted"),
        (PENDING, GOOD, "admitted"),
        (ANA, GOOD, "-already"),
        (ANA, replace(GOOD, role=Role.SUPERVISOR), "admitted"),
        (SARA, GOOD, "-already"),
        (DISABLED, GOOD, "-disabled"),
        (FROZEN, GOOD, "-frozen"),
        (None, OVER, "-invitation-over"),
        (None, None, "-invitation-over"),
    ],
)
def test_p9_a_link_opens_the_door_once_and_in_time(
    person: Person | None, invitation: Invitation | None, expected: str
) -> None:
    assert answer(None, LINK, None, agent=person, invitation=invitation, maker=ADA) == expected


@pytest.mark.parametrize(
    ("maker", "role", "opens"),
    [
        (ADA, Role.ADMIN, True),
        (None, Role.AGENT, False),
        (replace(ADA, membership=Membership.DISABLED), Role.AGENT, False),
        (replace(ADA, membership=Membership.PENDING), Role.AGENT, False),
        (replace(ADA, role=Role.SUPERVISOR), Role.AGENT, False),
        (replace(ADA, role=Role.AGENT), Role.AGENT, False),
        (replace(ADA, account=ADA.account + 1), Role.AGENT, False),
    ],
)
def test_p9_a_link_opens_no_door_that_its_maker_may_not_open_at_that_moment(
    maker: Person | None, role: Role, opens: bool
) -> None:
    link = replace(GOOD, role=role, made_with=ADA.account)
    expected = "access_requested+admitted" if opens else "-invitation-over"
    assert answer(None, LINK, None, invitation=link, maker=maker) == expected


def test_a_link_of_the_machine_has_no_maker_who_could_lose_the_right() -> None:
    assert answer(None, LINK, None, invitation=replace(GOOD, made_by=None)) == "access_requested+admitted"


@pytest.mark.parametrize(
    ("command", "agent", "alone", "beside"),
    [
        (c.Promote(person=2, role=Role.ADMIN), ANA, "promoted", "rise_asked"),
        (c.Promote(person=2, role=Role.SUPERVISOR), ANA, "promoted", "promoted"),
        (c.Admit(person=2, role=Role.ADMIN), PENDING, "admitted", "rise_asked"),
        (c.Admit(person=2, role=Role.ADMIN, again=True), DISABLED, "admitted", "rise_asked"),
        (c.Admit(person=2, role=Role.ADMIN), ANA, "-already", "-already"),
        (c.Invite(role=Role.ADMIN, token_digest="ab"), None, "invited", "invited+rise_asked"),
        (c.Invite(role=Role.AGENT, token_digest="ab"), None, "invited", "invited"),
    ],
)
def test_p9_an_administrator_is_made_by_two_where_there_are_two(
    command: c.PersonCommand, agent: Person | None, alone: str, beside: str
) -> None:
    assert answer(ADA, command, None, agent=agent) == alone
    assert answer(ADA, command, None, agent=agent, second=True) == beside


def test_p9_nobody_comes_back_with_another_account_and_leads_at_once_where_there_are_two() -> None:
    """No request of a second press says with which role; a role below takes none."""
    newcomer = replace(PENDING, id=9, account=99)
    back = c.Relink(person=ANA.id, newcomer=9, account=ANA.account, role=Role.ADMIN)
    for second, role, expected in (
        (True, Role.ADMIN, "-needs-second"),
        (False, Role.ADMIN, "renamed+relinked+admitted"),
        (True, Role.SUPERVISOR, "renamed+relinked+admitted"),
    ):
        people = {ANA.id: DISABLED, 9: replace(newcomer, name="Anita")}
        command = replace(back, role=role)
        assert answer(ADA, command, None, agent=DISABLED, people=people, second=second) == expected


def test_p9_a_link_that_waits_for_the_second_press_opens_nothing() -> None:
    waits = replace(GOOD, role=Role.ADMIN, confirmed=False)
    assert answer(None, LINK, None, invitation=waits, maker=ADA) == "-invitation-waits"


def test_p7_a_link_is_taken_back_once() -> None:
    assert answer(ADA, REVOKE, None, invitation=GOOD) == "revoked"
    assert answer(ADA, REVOKE, None, invitation=None) == "-already"


@pytest.mark.parametrize(
    ("person", "unled", "led"),
    [
        (None, "access_requested+admitted", "access_requested"),
        (PENDING, "admitted", "-pending"),
        (ANA, "-already", "-already"),
        (DISABLED, "-disabled", "-disabled"),
    ],
)
def test_p14_the_configuration_names_an_administrator_only_while_there_is_none(
    person: Person | None, unled: str, led: str
) -> None:
    """Afterwards the record rules: whoever was put out stays out, whatever the configuration names."""
    rules = Rules(admins=frozenset({ANA.account}))
    for is_led, expected in ((False, unled), (True, led)):
        given = replace(situation(None, None), rules=rules, agent=person, led=is_led)
        decision = decide(given, KNOCK, NOON)
        tags = [] if isinstance(decision, Refusal) else [str(type(each).__struct_config__.tag) for each in decision]
        assert ("+".join(tags) if tags else f"-{decision.reason}") == expected  # type: ignore[union-attr]


def test_names_of_any_length_and_none_are_taken() -> None:
    for name, kept in (("", "?"), ("ñ" * 300, "ñ" * 100)):
        (asked,) = decide(situation(None, None), replace(KNOCK, name=name), NOON)  # type: ignore[misc]
        assert isinstance(asked, e.AccessRequested)
        assert asked.name == kept


@pytest.mark.parametrize(
    ("command", "pending", "active", "disabled"),
    [
        (c.Admit(person=2, role=Role.SUPERVISOR), "admitted", "-already", "-already"),
        (c.Admit(person=2, role=Role.AGENT, again=True), "-already", "-already", "admitted"),
        (c.Reject(person=2), "rejected", "-already", "-already"),
        (c.Promote(person=2, role=Role.SUPERVISOR), "-disabled", "promoted", "-disabled"),
        (c.Promote(person=2, role=Role.AGENT), "-disabled", "-unchanged", "-disabled"),
        (c.Disable(person=2), "-already", "disabled", "-already"),
    ],
)
def test_what_administrators_do_with_people(command: c.PersonCommand, pending: str, active: str, disabled: str) -> None:
    said = [answer(ADA, command, None, agent=person) for person in (PENDING, ANA, DISABLED, None)]
    assert said == [pending, active, disabled, "-unknown-person"]


@pytest.mark.parametrize("command", [c.Promote(person=6, role=Role.AGENT), c.Disable(person=6)])
def test_p9_nobody_changes_their_own_role(command: c.PersonCommand) -> None:
    assert answer(ADA, command, None, agent=ADA) == "-self"


@pytest.mark.parametrize("command", [c.Promote(person=6, role=Role.AGENT), c.Disable(person=6)])
def test_p14_the_last_administrator_stays(command: c.PersonCommand) -> None:
    assert answer(None, command, None, agent=ADA, last=True) == "-last-admin"
    assert answer(None, command, None, agent=ADA) in ("promoted", "disabled")


def test_p14_who_holds_an_emergency_is_shut_out_at_once() -> None:
    assert answer(ADA, c.Disable(person=2), None, agent=replace(ANA, hold=7)) == "disabled"


def test_p7_who_holds_an_emergency_does_not_leave() -> None:
    busy = replace(ANA, hold=7)
    leave = c.SetAvailability(person=ANA.id, availability=Availability.OFF_DUTY)
    assert answer(busy, leave, None, agent=busy) == "-offer-waits"
    assert answer(ANA, leave, None, agent=replace(ANA, availability=Availability.ON_TASK)) == "-holding"


def test_people_say_where_they_are_once() -> None:
    off, back = (
        c.SetAvailability(person=ANA.id, availability=each) for each in (Availability.OFF_DUTY, Availability.AVAILABLE)
    )
    assert answer(ANA, off, None, agent=ANA) == "availability_set"
    assert answer(ANA, back, None, agent=ANA) == "-unchanged"
    assert answer(None, off, None) == "-unknown-person"


def test_a_chat_that_fell_silent_is_noted_once_and_heard_again_once() -> None:
    silent = replace(ANA, reachable=False)
    mark, heard = c.MarkSilenced(person=ANA.id), c.MarkHeard(person=ANA.id)
    assert [answer(None, mark, None, agent=person) for person in (ANA, silent, None)] == [
        "silenced",
        "-unchanged",
        "-unknown-person",
    ]
    assert [answer(None, heard, None, agent=person) for person in (ANA, silent)] == ["-unchanged", "heard"]


def test_an_invitation_lasts_as_long_as_the_rules_say() -> None:
    given = Situation(caller=caller_of(ADA), rules=Rules(invitation_life=timedelta(hours=2)))
    decision = decide(given, c.Invite(role=Role.SUPERVISOR, token_digest="ab"), NOON)
    assert decision == (e.Invited(token_digest="ab", role=Role.SUPERVISOR, expires_at=NOON + timedelta(hours=2)),)


@pytest.mark.parametrize(
    ("event", "after"),
    [
        (e.AccessRequested(name="Anita", username="anita"), replace(PENDING, name="Anita", username="anita")),
        (e.Admitted(role=Role.AGENT), ANA),
        (e.Rejected(), replace(DISABLED, availability=Availability.UNAVAILABLE)),
        (e.Disabled(), replace(DISABLED, availability=Availability.UNAVAILABLE)),
        (Frozen(), FROZEN),
        (Thawed(), ANA),
        (FreezeReminded(), PENDING),
        (FrozenCalled(words="ayuda"), PENDING),
        (LostWordSet(), PENDING),
        (LostWordTried(account=9, tries=3), PENDING),
        (e.Promoted(role=Role.ADMIN), replace(PENDING, role=Role.ADMIN)),
        (e.AvailabilitySet(availability=Availability.OFF_DUTY), replace(PENDING, availability=Availability.OFF_DUTY)),
        (r.Silenced(), replace(PENDING, reachable=False)),
        (r.Heard(), PENDING),
        (Relinked(account=8, was=ANA.account, newcomer=3), replace(PENDING, account=8)),
        (Replaced(by=3), DISABLED),
        (e.Invited(token_digest="ab", role=Role.AGENT, expires_at=NOON), PENDING),
        (Revoked(token_digest="ab", role=Role.AGENT), PENDING),
        (RiseAsked(way=Way.ADMIT, due_at=NOON), PENDING),
        (RiseConfirmed(way=Way.ADMIT, asked_by=6), PENDING),
        (RiseRefused(way=Way.ADMIT, asked_by=6), PENDING),
    ],
)
def test_what_an_event_makes_of_a_person(event: e.PersonEvent, after: Person) -> None:
    assert evolve(PENDING, event) == after


def test_a_supervisor_who_is_let_in_is_not_sent_anywhere_by_it() -> None:
    asleep = replace(PENDING, availability=Availability.UNAVAILABLE)
    assert evolve(asleep, e.Admitted(role=Role.SUPERVISOR)).availability is Availability.UNAVAILABLE
    assert evolve(asleep, e.Admitted(role=Role.AGENT)).free
    assert RITA.free
