"""Everything that is decided about people, whole: names as they are kept, whom a no is about, and how it was said."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.invitations import loses_right_to_invite
from core.rules.permissions import (
    Caller,
    Program,
    caller_of,
    noter_in,
    on_behalf,
    program_via,
    refuse,
    via_program,
)
from core.rules.relinking import why_not
from core.rules.situation import Invitation, Word
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Availability, Kind, Membership, Role
from tests.core.stages import ADA, ANA, BETO, NOON, RITA, SARA, SECOND, situation, staged

PENDING, DISABLED, FROZEN, FORGOTTEN = (
    replace(ANA, membership=each)
    for each in (Membership.PENDING, Membership.DISABLED, Membership.FROZEN, Membership.FORGOTTEN)
)
KNOCK = c.Enter(account=ANA.account, name="Ana", username="ana_m")
LINK = replace(KNOCK, token_digest="ab" * 32)
GOOD = Invitation(role=Role.AGENT, expires_at=NOON + timedelta(hours=1))
SILENT = replace(ANA, reachable=False)
ABOUT_ANA = Refusal(reason=Reason.ALREADY, person=ANA.id)
LAST = Refusal(reason=Reason.LAST_ADMIN, person=ADA.id)


def decided(
    who: Person | None, command: c.PersonCommand, agent: Person | None, **more: object
) -> tuple[e.PersonEvent, ...] | Refusal:
    """The desk's answer about this person."""
    return decide(situation(who, None, agent=agent, **more), command, NOON)


@pytest.mark.parametrize(
    ("who", "command", "agent", "said"),
    [
        (None, KNOCK, None, (e.AccessRequested(name="Ana", username="ana_m"),)),
        (None, KNOCK, ANA, ABOUT_ANA),
        (None, KNOCK, PENDING, Refusal(reason=Reason.PENDING)),
        (None, KNOCK, FORGOTTEN, Refusal(reason=Reason.DISABLED)),
        (ADA, c.Admit(person=2, role=Role.SUPERVISOR), PENDING, (e.Admitted(role=Role.SUPERVISOR),)),
        (ADA, c.Admit(person=2, role=Role.AGENT), ANA, ABOUT_ANA),
        (ADA, c.Reject(person=2), ANA, ABOUT_ANA),
        (ADA, c.Disable(person=2), DISABLED, ABOUT_ANA),
        (ADA, c.Disable(person=2), FROZEN, (e.Disabled(),)),
        (ADA, c.Promote(person=2, role=Role.SUPERVISOR), ANA, (e.Promoted(role=Role.SUPERVISOR),)),
        (ADA, c.Promote(person=2, role=Role.SUPERVISOR), None, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (None, c.Rename(person=2, name="Anita", username="ANITA"), ANA, (e.Renamed(name="Anita", username="anita"),)),
        (None, c.Rename(person=2, name="Ana", username="ANITA"), ANA, (e.Renamed(name="Ana", username="anita"),)),
        (
            None,
            c.Rename(person=2, name="Ana", username="A"),
            replace(ANA, username="b"),
            (e.Renamed(name="Ana", username="a"),),
        ),
        (
            None,
            c.Rename(person=2, name="Ana", username="ANA"),
            replace(ANA, username="ana"),
            Refusal(reason=Reason.UNCHANGED),
        ),
        (None, c.Rename(person=2, name="Ana", username=""), ANA, Refusal(reason=Reason.UNCHANGED)),
        (None, c.Rename(person=2, name=""), ANA, (e.Renamed(name="?"),)),
        (None, c.Rename(person=2, name="ñ" * 101), replace(ANA, name="ñ" * 100), Refusal(reason=Reason.UNCHANGED)),
        (None, c.Rename(person=2, name="Ana"), None, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (None, c.MarkHeard(person=2), SILENT, (r.Heard(),)),
        (None, c.MarkHeard(person=2, mistaken=True), SILENT, (r.Heard(mistaken=True),)),
        (None, c.Replace(person=2, by=9), PENDING, (a.Replaced(by=9),)),
        (None, c.Replace(person=2, by=9), ANA, ABOUT_ANA),
        (None, c.Replace(person=2, by=9), None, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (None, ac.EraseAgain(person=2), ANA, (e.Disabled(), a.Erasing(again=True))),
        (None, ac.EraseAgain(person=2), DISABLED, (a.Erasing(again=True),)),
        (None, ac.EraseAgain(person=2), FORGOTTEN, ABOUT_ANA),
        (None, ac.EraseAgain(person=2), None, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (SARA, ac.Forget(person=2), ANA, Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)),
        (SARA, ac.Freeze(person=2), ANA, (a.Frozen(),)),
        (SARA, ac.Freeze(person=2), FROZEN, Refusal(reason=Reason.ALREADY_FROZEN, person=ANA.id)),
        (SARA, ac.Freeze(person=2), DISABLED, Refusal(reason=Reason.OUT_ALREADY, person=ANA.id)),
        (SARA, ac.Freeze(person=6), ADA, Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)),
        (SARA, ac.Freeze(person=5), SARA, Refusal(reason=Reason.SELF)),
        (ADA, ac.Thaw(person=2), FROZEN, (a.Thawed(),)),
        (ADA, ac.Thaw(person=2), ANA, Refusal(reason=Reason.NOT_FROZEN, person=ANA.id)),
        (ADA, ac.Thaw(person=2), None, Refusal(reason=Reason.UNKNOWN_PERSON)),
        (None, ac.RemindFreeze(person=2), FROZEN, (a.FreezeReminded(),)),
        (
            None,
            ac.CallFrozen(person=2, words=" me  roban\n" + "a" * 300),
            FROZEN,
            (a.FrozenCalled(words="me roban " + "a" * 191),),
        ),
    ],
)
def test_what_is_decided_about_somebody(
    who: Person | None,
    command: c.PersonCommand,
    agent: Person | None,
    said: tuple[e.PersonEvent, ...] | Refusal,
) -> None:
    assert decided(who, command, agent) == said


def test_p14_the_last_administrator_is_named_whatever_would_take_them_away() -> None:
    for command in (c.Promote(person=6, role=Role.AGENT), c.Disable(person=6), ac.EraseAgain(person=6)):
        assert decided(None, command, ADA, last=True) == LAST
    assert decided(None, ac.Freeze(person=6), ADA, last=True) == LAST
    chain = decided(None, ac.EraseAgain(person=2), ANA, in_chain=True)
    assert chain == Refusal(reason=Reason.RESEAL_FIRST)


def test_p9_a_link_says_whom_it_finds_inside() -> None:
    over = replace(GOOD, expires_at=NOON)
    assert decided(None, LINK, ANA, invitation=over) == ABOUT_ANA
    assert decided(None, LINK, ANA, invitation=GOOD) == ABOUT_ANA
    assert decided(None, LINK, PENDING, invitation=over) == Refusal(reason=Reason.INVITATION_OVER, person=ANA.id)
    assert decided(None, LINK, None, invitation=over) == Refusal(reason=Reason.INVITATION_OVER)
    made = decided(None, LINK, None, invitation=replace(GOOD, expires_at=NOON + SECOND))
    assert made == (e.AccessRequested(name="Ana", username="ana_m"), e.Admitted(role=Role.AGENT))


SAID = ac.FreezeByWord(account=77, people=(2,), person=2)


@pytest.mark.parametrize(
    ("word", "agent", "last", "said"),
    [
        (Word.HELD, ANA, False, Refusal(reason=Reason.WORD_HELD, at=NOON + SECOND)),
        (Word.RIGHT, ANA, False, (a.Frozen(account=77),)),
        (Word.RIGHT, FROZEN, False, Refusal(reason=Reason.ALREADY_FROZEN, person=ANA.id)),
        (Word.RIGHT, DISABLED, False, Refusal(reason=Reason.WRONG_WORD)),
        (Word.RIGHT, ANA, True, Refusal(reason=Reason.LAST_FREEZE, person=ANA.id)),
        (Word.RIGHT, None, False, Refusal(reason=Reason.WRONG_WORD)),
        (Word.TOLD, ANA, False, (a.LostWordTried(account=77, tries=4),)),
        (Word.TOLD, None, False, Refusal(reason=Reason.WRONG_WORD)),
        (Word.WRONG, ANA, False, Refusal(reason=Reason.WRONG_WORD)),
    ],
)
def test_p14_a_word_that_freezes_is_answered_as_it_is_known(
    word: Word, agent: Person | None, last: bool, said: tuple[e.PersonEvent, ...] | Refusal
) -> None:
    assert decided(None, SAID, agent, word=word, last=last, tries=4, word_at=NOON + SECOND) == said


@pytest.mark.parametrize(
    ("former", "newcomer", "account", "again", "said"),
    [
        (ANA, replace(PENDING, id=9), ANA.account, False, None),
        (ANA, replace(BETO, id=9), ANA.account, False, Refusal(reason=Reason.ALREADY, person=9)),
        (ANA, PENDING, ANA.account, False, ABOUT_ANA),
        (ANA, replace(PENDING, id=9), 1, False, Refusal(reason=Reason.STALE, person=ANA.id)),
        (ANA, replace(PENDING, id=9), ANA.account, True, Refusal(reason=Reason.STALE, person=ANA.id)),
        (DISABLED, replace(PENDING, id=9), ANA.account, False, Refusal(reason=Reason.DISABLED, person=ANA.id)),
        (DISABLED, replace(PENDING, id=9), ANA.account, True, None),
        (FROZEN, replace(PENDING, id=9), ANA.account, True, None),
    ],
)
def test_another_account_goes_on_for_somebody_or_the_reason_names_who_is_in_the_way(
    former: Person, newcomer: Person, account: int, again: bool, said: Refusal | None
) -> None:
    assert why_not(former, newcomer, account, again=again) == said


def test_the_names_of_the_new_account_are_taken_along() -> None:
    newcomer = replace(PENDING, id=9, account=99, name="Anita", username="anita")
    moves = c.Relink(person=ANA.id, newcomer=9, account=ANA.account)
    renamed = e.Renamed(name="Anita", username="anita")
    linked = a.Relinked(account=99, was=ANA.account, newcomer=9)
    assert decided(ADA, moves, ANA, people={9: newcomer}) == (renamed, linked)
    assert decided(ADA, moves, ANA, people={9: replace(newcomer, name="Ana", username=None)}) == (linked,)


@pytest.mark.parametrize(
    ("before", "after", "loses"),
    [
        (ADA, ADA, False),
        (ADA, replace(ADA, role=Role.SUPERVISOR), True),
        (ADA, replace(ADA, membership=Membership.FROZEN), True),
        (ADA, replace(ADA, account=1), True),
        (ADA, replace(ADA, name="Ada M."), False),
        (SARA, replace(SARA, role=Role.AGENT), False),
        (replace(ADA, membership=Membership.DISABLED), ADA, False),
        (None, ADA, False),
    ],
)
def test_p9_links_end_with_the_right_of_whoever_made_them(before: Person | None, after: Person, loses: bool) -> None:
    assert loses_right_to_invite(before, after) is loses


def test_whoever_holds_a_task_is_told_which_one() -> None:
    off = c.SetAvailability(person=2, availability=Availability.OFF_DUTY)
    working = replace(ANA, availability=Availability.ON_TASK, hold=7)
    assert decided(ANA, off, working) == Refusal(reason=Reason.HOLDING, task=7, person=ANA.id)
    assert decided(ANA, off, replace(ANA, hold=7)) == Refusal(reason=Reason.OFFER_WAITS, task=7, person=ANA.id)
    assert decided(ANA, off, ANA) == (e.AvailabilitySet(availability=Availability.OFF_DUTY),)


def test_p11_the_record_says_in_which_way_something_came() -> None:
    gate = Program(name="puerta")
    assert caller_of(ANA) == Caller(person=ANA, role=Role.AGENT, via="chat")
    assert on_behalf(ADA, SARA) == Caller(person=ADA, role=Role.SUPERVISOR, via="radio:5", noted_by=SARA)
    assert via_program(gate) == "api:puerta"
    for via, program, noter in (
        ("api:puerta", "puerta", None),
        ("radio:5", "", 5),
        ("chat", "", None),
        ("desk", "", None),
    ):
        assert (program_via(via), noter_in(via)) == (program, noter)
    alone = Caller(via="api:puerta", program=gate)
    assert (alone.reports_as, alone.token) == ("api:puerta", "puerta")
    assert replace(alone, person=ANA).reports_as is None


def test_p9_what_only_somebody_themselves_may_say_is_refused_by_role() -> None:
    control = cc.StartCheckIn(person=ANA.id, every=timedelta(minutes=30))
    above = Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN)
    assert refuse(caller_of(ANA), control, None) is None
    assert refuse(caller_of(ADA), control, None) == above
    away = Caller(person=SILENT, role=SILENT.role, via="api:puerta", program=Program(name="puerta"))
    assert refuse(away, c.Accept(task=7), None) == Refusal(reason=Reason.UNREACHABLE, person=ANA.id)
    silent = replace(staged(Kind.EMERGENCY), alarm=Alarm(trigger=Trigger.DURESS, person=SARA.id), reporter=RITA.id)
    note = on_behalf(RITA, SARA)
    assert refuse(note, c.Start(task=7), silent) == Refusal(reason=Reason.UNKNOWN_TASK, task=7)
    assert refuse(note, c.Start(task=7), replace(silent, alarm=None)) is None
    assert refuse(note, c.Start(task=7), None) is None
