"""Reads what a decision about a person, or about a way in, must look at."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from core.desk.load_word import load_word
from core.desk.ports import Repository
from core.desk.who_stays import load_administering, load_both, load_last
from core.rules.permissions import Caller
from core.rules.rises import needs_two
from core.rules.situation import Rules, Situation
from core.state.crowd import Circle, Crowd
from core.state.person import Person
from core.state.rises import Rise
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary.account_events import Way
from core.vocabulary.capabilities import Equip
from core.vocabulary.escalation_policy import EscalationTarget


async def load_access_situation(
    repository: Repository, command: c.PersonCommand, caller: Caller, rules: Rules, now: datetime
) -> Situation:
    """The situation in which ``decide`` answers a command about a person, or about a way in."""
    situation = await _about(repository, command, Situation(caller=caller, rules=rules), now)
    if not needs_two(command, situation.agent):
        return situation
    return replace(situation, second=await _second(repository, situation))


async def _about(repository: Repository, command: c.PersonCommand, bare: Situation, now: datetime) -> Situation:
    match command:
        case c.Enter():
            digest, named = command.token_digest, command.account in bare.rules.admins
            link = await repository.invitation(digest) if digest is not None else None
            return replace(
                bare,
                agent=await repository.person_at(command.account),
                led=named and bool(await repository.named(EscalationTarget.ADMINS, None, now, after=0, most=1)),
                invitation=link,
                maker=await _person(repository, link.made_by) if link is not None else None,
            )
        case c.Invite():
            return bare
        case ac.Revoke():
            return replace(bare, invitation=await repository.invitation(command.token_digest))
        case c.Admit() | c.Reject() | c.Promote() | c.Disable() | ac.Freeze():
            return await load_administering(repository, command, bare, now)
        case c.SetAvailability():
            return replace(bare, agent=await _oneself_or(repository, bare.caller, command.person))
        case c.MarkSilenced() | c.MarkHeard() | c.Rename() | c.Replace():
            return replace(bare, agent=await repository.person(command.person))
        case Equip():
            return replace(bare, agent=await repository.person(command.person))
        case ac.FreezeByWord():
            return await load_word(repository, command, bare, now)
        case ac.Thaw() | ac.SetLostWord() | ac.RemindFreeze() | ac.CallFrozen():
            return replace(bare, agent=await repository.person(command.person))
        case ac.Forget():
            waits = await repository.erasure_waits(command.person, now)
            asks = replace(bare, agent=await repository.person(command.person), erasure_waits=waits)
            return await _erasing(repository, asks, openly=True)
        case ac.EraseAgain():
            about = replace(bare, agent=await repository.person(command.person))
            return replace(await load_last(repository, about, now), in_chain=await repository.words_in_chain())
        case c.Relink():
            both = await repository.people((command.person, command.newcomer))
            return replace(bare, agent=both.get(command.person), people=both)
        case ac.ConfirmRise() | ac.RefuseRise():
            rise = await repository.rise(command.rise)
            situation = await _answered(repository, rise, bare) if rise is not None else bare
            if rise is None or rise.way is not Way.ERASE:
                return situation
            return await _erasing(repository, await load_both(repository, situation), openly=False)
        case c.StartShift() | c.EndShift():
            agent = await _oneself_or(repository, bare.caller, command.person)
            home = await repository.unit(agent.unit) if agent is not None and agent.unit is not None else None
            return replace(bare, agent=agent, home=home)
        case _:
            assert_never(command)


async def _answered(repository: Repository, rise: Rise, bare: Situation) -> Situation:
    """A request with the people whom it names, as they are now."""
    people = await repository.people({*rise.subjects})
    return replace(
        bare,
        rise=rise,
        agent=people.get(rise.person),
        asker=people.get(rise.asked_by),
        people=people,
        invitation=await repository.invitation(rise.digest) if rise.digest is not None else None,
    )


async def _erasing(repository: Repository, situation: Situation, *, openly: bool) -> Situation:
    """The situation with all that stands in the way of erasing somebody's data; a silent alarm does not ``openly``."""
    person = situation.agent
    if person is None:
        return situation
    return replace(
        situation,
        stands_in_way=await repository.stands_in_way(person.id, openly=openly),
        in_chain=await repository.words_in_chain(),
    )


async def _second(repository: Repository, situation: Situation) -> bool:
    """Whether another administrator can be asked: one whom messages reach, and whom it is not about."""
    if situation.caller.person is None:
        return False
    about = (situation.caller.id, situation.agent.id if situation.agent is not None else None, *situation.people)
    but = frozenset(one for one in about if one is not None)
    return bool(await repository.crowd(Crowd(circle=Circle.ADMINS, but=but), after=0, most=1))


async def _oneself_or(repository: Repository, caller: Caller, person_id: int) -> Person | None:
    """The person, who mostly is the caller, read just now (`load_situation.fresh_caller`)."""
    oneself = caller.person
    return oneself if oneself is not None and oneself.id == person_id else await repository.person(person_id)


async def _person(repository: Repository, person_id: int | None) -> Person | None:
    return await repository.person(person_id) if person_id is not None else None
