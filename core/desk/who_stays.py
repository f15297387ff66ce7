"""Reads who an administrator acts on, and makes sure that somebody stays who leads the desk."""

from datetime import datetime

from msgspec.structs import replace

from core.desk.ports import Repository
from core.rules.permissions import caller_of
from core.rules.situation import Situation
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.words import Role


async def load_administering(
    repository: Repository, command: c.Administering | ac.Freeze, bare: Situation, now: datetime
) -> Situation:
    """The situation of a command on a person; ``last``: whether no other administrator stays.

    Two who put each other out at one instant each hold both: the second one finds out that they are out themselves.
    """
    agent = await repository.person(command.person)
    situation = replace(bare, agent=agent)
    if agent is None or not _leads(agent) or not isinstance(command, c.Disable | c.Promote | ac.Freeze):
        return situation
    return await load_both(repository, situation) if bare.caller.person else await load_last(repository, situation, now)


async def load_both(repository: Repository, situation: Situation) -> Situation:
    """The situation with the caller and an administrator whom they put out, or approve it for, both held."""
    caller, agent = situation.caller.person, situation.agent
    if caller is None or agent is None or not _leads(agent):
        return situation
    held = await repository.hold_people((agent.id, caller.id))
    me = held[caller.id]
    return replace(situation, caller=caller_of(me), agent=held[agent.id], last=not _leads(me))


async def load_last(repository: Repository, situation: Situation, now: datetime) -> Situation:
    """The situation with ``last``, where nobody who leads acts: another administrator who stays is held."""
    agent, after = situation.agent, 0
    if agent is None or not _leads(agent):
        return situation
    while others := await repository.named(EscalationTarget.ADMINS, None, now, after=after, most=2):
        for other in others:
            after = other.id
            if other.id == agent.id:
                continue
            held = await repository.hold_people((agent.id, other.id))
            if _leads(held[other.id]):
                return replace(situation, agent=held[agent.id])
    return replace(situation, last=True)


def _leads(person: Person) -> bool:
    return person.active and person.role is Role.ADMIN
