"""P9: nobody acts above their role. Every command is in one of these lists."""

from itertools import chain
from typing import get_args

import pytest
from msgspec.structs import replace

from core.rules.permissions import DESK, Caller, caller_of, may_see, needed_role, refuse
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary import notifying as n
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.capabilities import Equip
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.desk_commands import DeskCommand
from core.vocabulary.dispositions import RESOLVED, Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.refusals import Reason
from core.vocabulary.rounds import CallRound, MarkRound, RoundWord
from core.vocabulary.unit_commands import UnitCommand
from core.vocabulary.words import Availability, Kind, Membership, Role
from tests.core.stages import ADA, ANA, BETO, NOON, RITA, SARA, staged

ANYBODY: list[c.AnyCommand] = [c.Enter(account=1, name="?"), ac.FreezeByWord(account=1)]
AGENTS: list[c.AnyCommand] = [
    ac.SetLostWord(person=RITA.id, salt=b"", digest=b""),
    c.OpenTask(title="Ronda", sent_at=NOON),
    c.OpenEmergency(title="Robo", sent_at=NOON),
    c.SetAvailability(person=RITA.id, availability=Availability.OFF_DUTY),
    c.StartShift(person=RITA.id),
    c.EndShift(person=RITA.id),
    ac.Forget(person=RITA.id),
    *(step(task=7) for step in (c.Accept, c.Decline, c.Depart, c.Arrive, c.Start, c.Pause, c.Resume, c.Complete)),
    c.Undo(task=7),
    Classify(task=7, work="Robo"),
    Dispose(task=7, disposition=RESOLVED),
    c.AddNote(task=7, text="?"),
    c.Locate(task=7, address="?"),
    st.Reinforce(task=7),
    TellCrew(task=7, alarm=8),
]
SUPERVISORS: list[c.AnyCommand] = [
    c.Assign(task=7, agent=ANA.id),
    st.Relieve(task=7, agent=ANA.id),
    c.Acknowledge(task=7),
    c.Cancel(task=7),
    c.Reopen(task=7),
    c.Escalate(task=7),
    c.Revise(task=7, title="?"),
    s.TakeOut(task=7, number=9),
    s.MarkTakenOut(task=7, number=9, into=10),
    CallRound(task=7),
    ac.Freeze(person=ANA.id),
]
ADMINS: list[c.AnyCommand] = [
    c.Invite(role=Role.AGENT, token_digest="ab"),
    ac.Revoke(token_digest="ab"),
    ac.ConfirmRise(rise=1),
    ac.RefuseRise(rise=1),
    c.Admit(person=ANA.id, role=Role.AGENT),
    c.Reject(person=ANA.id),
    c.Promote(person=ANA.id, role=Role.ADMIN),
    c.Disable(person=ANA.id),
    c.Relink(person=ANA.id, newcomer=9, account=ANA.account),
    c.Replace(person=9, by=ANA.id),
    ac.Thaw(person=ANA.id),
    Equip(person=ANA.id, capability="escalera"),
]
THE_DESKS_OWN: list[c.AnyCommand] = [
    c.ExpireOffer(task=7, agent=ANA.id),
    c.EscalateDue(task=7),
    c.CheckProgress(task=7),
    n.NotifyMore(task=7),
    c.Search(task=7),
    c.Vacate(task=7, person=ANA.id),
    c.TellAgain(task=7, person=ANA.id),
    s.YieldAgent(task=7, agent=ANA.id),
    s.Quieten(task=7, by=ADA.id),
    MarkRound(task=7, agent=ANA.id, word=RoundWord.WELL),
    s.Count(task=7, earlier=0),
    c.MarkSilenced(person=ANA.id),
    c.MarkHeard(person=ANA.id),
    c.Rename(person=ANA.id, name="Ana Mora"),
    ac.EraseAgain(person=ANA.id),
    ac.RemindFreeze(person=ANA.id),
    ac.CallFrozen(person=ANA.id, words="ayuda"),
]
NEEDED = {Role.AGENT: AGENTS, Role.SUPERVISOR: SUPERVISORS, Role.ADMIN: [*ADMINS, *THE_DESKS_OWN]}
OF_THE_REPORTER = (c.Cancel, c.Reopen, c.Escalate, c.Revise)
ABOUT_ONESELF = (c.SetAvailability, c.StartShift, c.EndShift)


def test_every_command_about_tasks_and_people_has_its_role() -> None:
    commands = {type(command) for command in chain(ANYBODY, *NEEDED.values())}
    assert commands == set(get_args(c.Reporting) + get_args(c.TaskCommand) + get_args(c.PersonCommand))


def test_p9_what_only_the_desk_does_is_one_set() -> None:
    others = {*get_args(UnitCommand), *get_args(CheckInCommand)}
    listed = {type(command) for command in THE_DESKS_OWN} | {c.Replace}
    assert {*get_args(DeskCommand)} - others == listed


@pytest.mark.parametrize("caller", [RITA, SARA, ADA])
@pytest.mark.parametrize("needed", Role)
def test_p9_each_role_may_what_it_may_and_what_those_below_it_may(caller: Person, needed: Role) -> None:
    for command in NEEDED[needed]:
        assert needed_role(command) is needed
        mine = isinstance(command, OF_THE_REPORTER)
        refusal = refuse(caller_of(caller), command, staged(Kind.TASK))
        if caller.role >= needed or (mine and caller is RITA):
            assert refusal is None, command
        else:
            assert refusal is not None
            assert (refusal.reason, refusal.role) == (Reason.ABOVE_ROLE, needed)


@pytest.mark.parametrize("membership", [Membership.PENDING, Membership.DISABLED, Membership.FROZEN])
def test_p9_who_is_not_let_in_may_do_nothing_but_ask(membership: Membership) -> None:
    stranger = replace(ADA, membership=membership)
    for command in chain(*NEEDED.values()):
        refusal = refuse(caller_of(stranger), command, staged(Kind.TASK))
        assert refusal is not None
        assert refusal.reason is (Reason.FROZEN if membership is Membership.FROZEN else Reason.DISABLED)
    assert refuse(caller_of(stranger), ANYBODY[0], None) is None


def test_p9_agents_see_what_they_reported_and_what_they_were_asked_to_do() -> None:
    task = staged(Kind.TASK)
    assert [may_see(caller_of(each), task) for each in (RITA, ANA, SARA, ADA)] == [True, False, True, True]
    for command in chain(AGENTS[6:]):
        refusal = refuse(caller_of(ANA), command, task)
        assert refusal is not None
        assert refusal.reason is Reason.NOT_YOURS


def test_p9_agents_say_only_for_themselves_where_they_are() -> None:
    for command in AGENTS:
        if isinstance(command, ABOUT_ONESELF):
            assert refuse(caller_of(RITA), command, None) is None
            assert refuse(caller_of(SARA), command, None) is None
            refusal = refuse(caller_of(BETO), command, None)
            assert refusal is not None
            assert (refusal.reason, refusal.role) == (Reason.ABOVE_ROLE, Role.SUPERVISOR)


def test_a_program_may_what_its_role_may_and_the_desk_may_everything() -> None:
    program = Caller(role=Role.SUPERVISOR, via="api")
    assert program.id is None
    assert refuse(program, c.Acknowledge(task=7), staged(Kind.TASK)) is None
    assert refuse(program, c.Disable(person=1), None) is not None
    assert all(refuse(DESK, command, None) is None for command in chain(*NEEDED.values()))
