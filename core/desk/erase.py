"""Erases what is kept of a person whom an administrator approved it for, slice by slice (P15).

It begins when nothing that was under way can keep anything more of them (`core.desk.put_out`). Their row, with the
account, is emptied last: until then a process that dies leaves the rest to the next one, and their cards are reached.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from core.desk.ports import Composer, Record, Repository
from core.notifications.notifications import Notification, Topic
from core.notifications.person_context import PersonContext
from core.rules.timers import Timer
from core.state.person import Person
from core.vocabulary.account_events import DataErased
from core.vocabulary.words import Lane, Membership

# Cards are still being blanked, or a task of theirs was opened at the last moment.
LATER = timedelta(seconds=30)


async def erase_on(repository: Repository, composer: Composer, timer: Timer, now: datetime) -> None:
    """Erase the next slice; when all is gone, empty the row and tell both."""
    person = await repository.person(timer.person)
    if person is None or person.membership is not Membership.FORGOTTEN:
        return
    if await repository.erase_some(person.id, now):
        await repository.set_timers([replace(timer, due_at=now)])
    elif await _still_open(repository, person):
        await repository.set_timers([replace(timer, due_at=now + LATER)])
    else:
        await _finish(repository, composer, person, now)


async def _still_open(repository: Repository, person: Person) -> bool:
    if await repository.cards_at(person.destination, 1):
        return True
    return await repository.stands_in_way(person.id, openly=False) is not None


async def _finish(repository: Repository, composer: Composer, person: Person, now: datetime) -> None:
    approved_by = await repository.erasure_approved_by(person.id)
    approver = await repository.person(approved_by) if approved_by is not None else None
    await repository.forget(person.id)
    event = DataErased()
    await repository.record([Record(at=now, event=event, by=approved_by, via="desk", person=person.id)])
    # The approver may be out by now, or forgotten, without an account.
    readers = [person, approver] if approver is not None and approver.active else [person]
    told = [
        Notification(to=one.destination, topic=Topic.ERASED, lane=Lane.ROUTINE, reader=one, notify=True, event=event)
        for one in readers
    ]
    file = PersonContext(person=person)
    messages = [composer.person(one, file, now) for one in told]
    await repository.post([message for message in messages if message is not None], now)
