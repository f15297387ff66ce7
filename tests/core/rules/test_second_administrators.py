"""Two administrators make a third (P9): what is asked first, who may answer, and what then happens."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.access import decide_access
from core.rules.rises import needs_two, wanted, way_of
from core.rules.situation import Invitation
from core.state.person import Person
from core.state.rises import Rise
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role
from tests.core.stages import ADA, ANA, BETO, NOON, RULES, SARA, person, situation

OLGA = person(8, "Olga", Role.ADMIN)
PENDING = replace(BETO, membership=Membership.PENDING)
SECOND = timedelta(seconds=1)


def rise(way: a.Way, **more: object) -> Rise:
    """A request of Ada about Ana."""
    given = {"person": ANA.id, "asked_by": ADA.id, "asked_with": ADA.account, "due_at": NOON + SECOND}
    return Rise(id=3, way=way, **given | more)  # type: ignore[arg-type]


WANTED: list[tuple[c.PersonCommand, Person | None, a.Way | None]] = [
    (c.Admit(person=ANA.id, role=Role.ADMIN), PENDING, a.Way.ADMIT),
    (c.Admit(person=ANA.id, role=Role.ADMIN, again=True), PENDING, a.Way.AGAIN),
    (c.Admit(person=ANA.id, role=Role.SUPERVISOR), PENDING, None),
    (c.Promote(person=ANA.id, role=Role.ADMIN), ANA, a.Way.PROMOTE),
    (c.Promote(person=ANA.id, role=Role.SUPERVISOR), ANA, None),
    (c.Relink(person=OLGA.id, newcomer=BETO.id, account=1), OLGA, a.Way.MOVE),
    (c.Relink(person=ANA.id, newcomer=BETO.id, account=1), ANA, None),
    (c.Relink(person=OLGA.id, newcomer=BETO.id, account=1), None, None),
    (c.Invite(role=Role.ADMIN, token_digest="x"), None, a.Way.INVITE),
    (c.Invite(role=Role.AGENT, token_digest="x"), None, None),
    (ac.Forget(person=ANA.id), ANA, a.Way.ERASE),
    (c.Disable(person=ANA.id), ANA, None),
]


@pytest.mark.parametrize(("command", "subject", "way"), WANTED, ids=[f"{n}" for n in range(len(WANTED))])
def test_p9_each_way_to_become_an_administrator_takes_two(
    command: c.PersonCommand, subject: Person | None, way: a.Way | None
) -> None:
    assert way_of(command, subject) is way
    assert needs_two(command, subject) is (way is not None)


@pytest.mark.parametrize("role", list(Role))
def test_p9_a_move_that_makes_an_administrator_at_once_takes_two(role: Role) -> None:
    moved = c.Relink(person=ANA.id, newcomer=BETO.id, account=ANA.account, role=role)
    out = replace(ANA, membership=Membership.DISABLED)
    assert needs_two(moved, out) is (role is Role.ADMIN)
    for second in (True, False):
        answer = decide_access(situation(ADA, None, agent=out, people={BETO.id: PENDING}, second=second), moved, NOON)
        if second and role is Role.ADMIN:
            assert isinstance(answer, Refusal)
            assert answer.reason is Reason.NEEDS_SECOND
        else:
            assert not isinstance(answer, Refusal)


def test_p9_where_another_could_confirm_it_is_asked_and_nothing_else_happens() -> None:
    command = c.Promote(person=ANA.id, role=Role.ADMIN)
    asked = decide_access(situation(ADA, None, agent=ANA, second=True), command, NOON)
    assert asked == (a.RiseAsked(way=a.Way.PROMOTE, due_at=NOON + RULES.invitation_life),)
    at_once = decide_access(situation(ADA, None, agent=ANA), command, NOON)
    assert not isinstance(at_once, Refusal)
    assert not any(isinstance(event, a.RiseAsked) for event in at_once)


def test_p9_an_invitation_is_made_and_waits() -> None:
    answer = decide_access(
        situation(ADA, None, agent=ADA, second=True), c.Invite(role=Role.ADMIN, token_digest="x"), NOON
    )
    assert not isinstance(answer, Refusal)
    assert isinstance(answer[-1], a.RiseAsked)
    assert len(answer) == 2


INVITED = Invitation(role=Role.ADMIN, expires_at=NOON + SECOND, confirmed=False)
PUT_OUT = replace(ADA, membership=Membership.DISABLED)
CLOSED: list[tuple[str, Person, Rise | None, Person | None, Reason]] = [
    ("nothing", OLGA, None, ADA, Reason.STALE),
    ("decided", OLGA, rise(a.Way.PROMOTE, decided_at=NOON, decided_by=9), ADA, Reason.RISE_DECIDED),
    ("over", OLGA, rise(a.Way.PROMOTE, due_at=NOON), ADA, Reason.RISE_OVER),
    ("own", ADA, rise(a.Way.PROMOTE), ADA, Reason.OWN_RISE),
    ("about them", ANA, rise(a.Way.PROMOTE), ADA, Reason.SELF),
    ("their newcomer", OLGA, rise(a.Way.MOVE, newcomer=OLGA.id), ADA, Reason.SELF),
    ("asker unknown", OLGA, rise(a.Way.PROMOTE), None, Reason.RISE_ASKER_GONE),
    ("asker out", OLGA, rise(a.Way.PROMOTE), PUT_OUT, Reason.RISE_ASKER_GONE),
    ("asker lower", OLGA, rise(a.Way.PROMOTE), replace(ADA, role=Role.SUPERVISOR), Reason.RISE_ASKER_GONE),
    ("asker moved", OLGA, rise(a.Way.PROMOTE), replace(ADA, account=1), Reason.RISE_ASKER_GONE),
    ("invitation used", OLGA, rise(a.Way.INVITE), ADA, Reason.ALREADY),
]


@pytest.mark.parametrize(
    ("caller", "asked", "asker", "reason"), [row[1:] for row in CLOSED], ids=[row[0] for row in CLOSED]
)
@pytest.mark.parametrize("command", [ac.ConfirmRise(rise=3), ac.RefuseRise(rise=3)], ids=["confirm", "refuse"])
def test_p9_who_may_not_answer_hears_why(
    command: ac.AnswerRise, caller: Person, asked: Rise | None, asker: Person | None, reason: Reason
) -> None:
    answer = decide_access(situation(caller, None, agent=ANA, rise=asked, asker=asker), command, NOON)
    assert isinstance(answer, Refusal)
    assert answer.reason is reason
    named = {Reason.RISE_DECIDED: 9, Reason.RISE_ASKER_GONE: ADA.id}
    assert answer.person == named.get(reason)


@pytest.mark.parametrize(
    ("asked", "agent", "events"),
    [
        (rise(a.Way.PROMOTE), SARA, ["rise_confirmed", "promoted"]),
        (rise(a.Way.ADMIT, person=BETO.id), PENDING, ["rise_confirmed", "admitted"]),
        (rise(a.Way.INVITE, person=ADA.id), ADA, ["rise_confirmed"]),
    ],
    ids=["promote", "admit", "invite"],
)
def test_p9_confirmed_it_happens_and_refused_it_does_not(asked: Rise, agent: Person, events: list[str]) -> None:
    known = situation(OLGA, None, agent=agent, rise=asked, asker=ADA, invitation=INVITED)
    confirmed = decide_access(known, ac.ConfirmRise(rise=3), NOON)
    assert not isinstance(confirmed, Refusal)
    assert [type(event).__struct_config__.tag for event in confirmed] == events
    refused = decide_access(known, ac.RefuseRise(rise=3), NOON)
    assert refused == (a.RiseRefused(way=asked.way, asked_by=ADA.id),)


def test_p9_what_is_confirmed_too_late_is_refused_as_a_whole() -> None:
    known = situation(OLGA, None, agent=replace(ANA, role=Role.ADMIN), rise=rise(a.Way.PROMOTE), asker=ADA)
    assert isinstance(decide_access(known, ac.ConfirmRise(rise=3), NOON), Refusal)


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        (rise(a.Way.PROMOTE), c.Promote(person=ANA.id, role=Role.ADMIN)),
        (rise(a.Way.ADMIT), c.Admit(person=ANA.id, role=Role.ADMIN)),
        (rise(a.Way.AGAIN), c.Admit(person=ANA.id, role=Role.ADMIN, again=True)),
        (rise(a.Way.MOVE, newcomer=3, account=9), c.Relink(person=ANA.id, newcomer=3, account=9)),
        (rise(a.Way.MOVE, newcomer=3), None),
        (rise(a.Way.MOVE, account=9), None),
        (rise(a.Way.ERASE), ac.Forget(person=ANA.id)),
        (rise(a.Way.INVITE), None),
    ],
    ids=["promote", "admit", "again", "move", "no account", "no newcomer", "erase", "invite"],
)
def test_the_command_that_waits_is_the_one_that_was_asked(asked: Rise, command: object) -> None:
    assert wanted(asked) == command
