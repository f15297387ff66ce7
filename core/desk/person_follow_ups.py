"""Commands that follow for others from what happened to a person: alerts and work go on without them."""

from datetime import datetime
from typing import assert_never

from core.desk.ports import Repository
from core.desk.share_desk import quietened
from core.rules.invitations import loses_right_to_invite
from core.rules.permissions import Caller
from core.rules.timers import TimerKind, following
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.capabilities import Equipped
from core.vocabulary.checkin_commands import StopCheckIn
from core.vocabulary.unit_commands import Dismiss
from core.vocabulary.words import Membership, Role

# Events from which something follows for alerts that are not this person's own.
FOLLOWED = (r.Silenced, r.Heard, e.Disabled, a.Frozen, a.Thawed, e.Promoted, a.Relinked)


async def person_follow_ups(
    repository: Repository,
    before: Person | None,
    after: Person,
    caller: Caller,
    events: tuple[e.PersonEvent, ...],
    now: datetime,
) -> tuple[c.AnyCommand, ...]:
    """The commands that the desk gives itself in the same transaction, in their order.

    What follows for every open alert is kept as due times, one transaction each (`core.desk.act_at_once`).
    """
    found: list[c.AnyCommand] = []
    for event in events:
        match event:
            case r.Silenced():
                found += await _go_past(repository, after, now)
            case r.Heard():
                found += await _tell_again(repository, after, now)
            case a.Relinked() if before is not None:
                found += _replace(event, before, after)
                found += await _tell_again(repository, after, now)
            case a.Thawed():
                found += await _tell_again(repository, after, now)
                await _mark_reports(repository, after, now)
            case e.Disabled() | a.Frozen():
                found += await _without(repository, after, caller, now)
            case e.Promoted() if before is not None and after.role < Role.SUPERVISOR <= before.role:
                found += await _vacate(repository, after, now)
            case e.AccessRequested(username=str(username)) | e.Renamed(username=str(username)):
                found += await _take_name_from_others(repository, after, username)
            case e.AccessRequested() | e.Renamed() | e.Admitted() | e.Rejected() | e.Promoted() | e.Invited():
                pass
            case e.AvailabilitySet() | e.ShiftStarted() | e.ShiftEnded() | a.Relinked() | a.Replaced() | a.Revoked():
                pass
            case a.RiseAsked() | a.RiseConfirmed() | a.RiseRefused() | a.FreezeReminded() | a.FrozenCalled():
                pass
            case a.LostWordSet() | a.LostWordTried() | a.Erasing() | a.DataErased() | Equipped():
                pass
            case _:
                assert_never(event)
    if loses_right_to_invite(before, after):
        found += [ac.Revoke(token_digest=digest) for digest in await repository.invitations_of(after.id)]
    return tuple(found)


async def _without(repository: Repository, person: Person, caller: Caller, now: datetime) -> list[c.AnyCommand]:
    """Go on without somebody who is out: with what they held, and with the flood that they reported."""
    found = [*await moves_on(repository, person, now), *await quietened(repository, person, caller)]
    await _mark_reports(repository, person, now)
    return found


async def moves_on(repository: Repository, person: Person, now: datetime) -> tuple[c.AnyCommand, ...]:
    """The commands with which whatever somebody held moves on, in the transaction that puts them out (P14).

    Whoever is frozen stays of their unit, without its turns.
    """
    found = (*await _vacate(repository, person, now), StopCheckIn(person=person.id))
    if person.unit is None:
        return found
    stays = person.membership is Membership.FROZEN
    return (*found, Dismiss(unit=person.unit, person=person.id, gone=True, stays=stays))


async def _mark_reports(repository: Repository, person: Person, now: datetime) -> None:
    """Marks their open reports: their reporter is out, or is in again."""
    await repository.set_timers(following(TimerKind.REPORTED, person.id, await repository.reported(person.id), now))


def _replace(event: a.Relinked, before: Person, after: Person) -> list[c.AnyCommand]:
    """Put out the former account, under the names that it was seen with."""
    who = event.newcomer
    return [c.Rename(person=who, name=before.name, username=before.username), c.Replace(person=who, by=after.id)]


async def _take_name_from_others(repository: Repository, person: Person, username: str) -> list[c.AnyCommand]:
    """A user name belongs to one person: whoever was seen with it last."""
    others = await repository.called(username)
    return [c.Rename(person=other.id, name=other.name) for other in others if other.id != person.id]


async def _go_past(repository: Repository, person: Person, now: datetime) -> list[c.AnyCommand]:
    """Go past a person whom no message reaches: their offer is over, and alerts climb past them.

    So do those of which they took charge, or to which they go while nobody did: others may send somebody else.
    """
    await repository.set_timers(following(TimerKind.GO_PAST, person.id, await repository.unanswered(), now))
    offer = [c.ExpireOffer(task=person.hold, agent=person.id)] if person.hold is not None else []
    return [*offer, *(c.Vacate(task=task, person=person.id) for task in await repository.involving(person.id))]


async def _tell_again(repository: Repository, person: Person, now: datetime) -> list[c.AnyCommand]:
    """Ring somebody who comes back for what still waits for them."""
    tasks = dict.fromkeys((*await repository.involving(person.id), *await repository.unanswered()))
    await repository.set_timers(following(TimerKind.TELL_AGAIN, person.id, [*tasks], now))
    return []


async def _vacate(repository: Repository, person: Person, now: datetime) -> list[c.AnyCommand]:
    """Go on without a person who may not answer any more: work and charges at once, then alerts that they were told of.

    Whatever they held moves on in the transaction that puts them out (P14).
    """
    # In this order: an alert whose answer of theirs is kept in between is among one of them.
    alerts = await repository.unanswered()
    own = await repository.involving(person.id)
    others = [task for task in alerts if task not in own]
    await repository.set_timers(following(TimerKind.VACATE, person.id, others, now))
    return [c.Vacate(task=task, person=person.id) for task in own]
