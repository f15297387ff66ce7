"""Commands that follow for others from what happened to a person: alerts and work go on without them."""

from typing import assert_never

from core.desk.ports import Repository
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.checkin_commands import StopCheckIn
from core.vocabulary.unit_commands import Dismiss
from core.vocabulary.words import Role


async def person_follow_ups(
    repository: Repository, before: Person | None, after: Person, events: tuple[e.PersonEvent, ...]
) -> tuple[c.AnyCommand, ...]:
    """The commands that the desk gives itself in the same transaction, in their order."""
    found: list[c.AnyCommand] = []
    for event in events:
        match event:
            case e.Silenced():
                found += await _go_past(repository, after)
            case e.Heard():
                found += await _tell_again(repository, after)
            case a.Relinked() if before is not None:
                found += _replace(event, before, after)
                found += await _tell_again(repository, after)
            case e.Disabled():
                found += [*await _vacate(repository, after), StopCheckIn(person=after.id)]
                if after.unit is not None:
                    found.append(Dismiss(unit=after.unit, person=after.id, gone=True))
            case e.Promoted() if before is not None and after.role < Role.SUPERVISOR <= before.role:
                found += await _vacate(repository, after)
            case e.AccessRequested(username=str(username)) | e.Renamed(username=str(username)):
                found += await _take_name_from_others(repository, after, username)
            case e.AccessRequested() | e.Renamed() | e.Admitted() | e.Rejected() | e.Promoted() | e.Invited():
                pass
            case e.AvailabilitySet() | e.ShiftStarted() | e.ShiftEnded() | a.Relinked() | a.Replaced():
                pass
            case _:
                assert_never(event)
    return tuple(found)


def _replace(event: a.Relinked, before: Person, after: Person) -> list[c.AnyCommand]:
    """Put out the former account, under the names that it was seen with."""
    who = event.newcomer
    return [c.Rename(person=who, name=before.name, username=before.username), c.Replace(person=who, by=after.id)]


async def _take_name_from_others(repository: Repository, person: Person, username: str) -> list[c.AnyCommand]:
    """A user name belongs to one person: whoever was seen with it last."""
    others = await repository.called(username)
    return [c.Rename(person=other.id, name=other.name) for other in others if other.id != person.id]


async def _go_past(repository: Repository, person: Person) -> list[c.AnyCommand]:
    """Go past a person whom no message reaches: their offer is over, and alerts climb past them."""
    offer = [c.ExpireOffer(task=person.hold, agent=person.id)] if person.hold is not None else []
    return [*offer, *(c.EscalateDue(task=task, silenced=True) for task in await repository.unanswered())]


async def _tell_again(repository: Repository, person: Person) -> list[c.AnyCommand]:
    """Ring somebody who comes back for what still waits for them."""
    tasks = dict.fromkeys((*await repository.involving(person.id), *await repository.unanswered()))
    return [c.TellAgain(task=task, person=person.id) for task in tasks]


async def _vacate(repository: Repository, person: Person) -> list[c.AnyCommand]:
    """Go on without a person who may not answer any more: work, charges, and alerts that only they were told of."""
    tasks = dict.fromkeys((*await repository.involving(person.id), *await repository.unanswered()))
    return [c.Vacate(task=task, person=person.id) for task in tasks]
