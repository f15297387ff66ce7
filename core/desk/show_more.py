"""The next page of an announcement: readers of a card, in a unit of work of their own."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from core.desk.ports import Composer, Repository
from core.desk.task_context import ONE_MORE, leaders_after, near_context, unit_after, with_readers
from core.notifications.announcement import Announcement, Stage, is_quiet
from core.notifications.notifications import TaskContext
from core.notifications.turns import in_turn
from core.rules.escalation import telling_on
from core.rules.timers import Timer
from core.state.directory import PAGE
from core.state.person import Person
from core.vocabulary.card_names import task_card
from core.vocabulary.destinations import Destination

# While a climb goes on to tell people, those who have an older card wait: most of them are told anyway.
A_MOMENT = timedelta(seconds=1)


async def show_more(repository: Repository, composer: Composer, group: int | None, timer: Timer, now: datetime) -> None:
    """Show the next page what has happened to the task, as it stands now; the timer comes again until all know."""
    task, announcement = await repository.task(timer.task), await repository.announcement(timer.task)
    if task is None or announcement is None:
        return
    if telling_on(task):
        await repository.set_timers([replace(timer, due_at=now + A_MOMENT)])
        return
    file = await near_context(repository, task, group, announcement.caller, now)
    file, page, left = await _page(repository, file, announcement, now)
    there = frozenset(reader.destination for reader in page if reader.id not in announcement.but)
    said = in_turn(announcement.events, file, said=announcement.said)
    notifications = (one for one in said if one.to in there)
    found = [composer.task(one, file, now) for one in notifications]
    await repository.post([message for message in found if message is not None], now)
    await (repository.announce_on(left) if left is not None else repository.announced(announcement))
    if left is not None or await repository.announcement(task.id) is not None:
        await repository.set_timers([replace(timer, due_at=now)])


async def _page(
    repository: Repository, file: TaskContext, announcement: Announcement, now: datetime
) -> tuple[TaskContext, tuple[Person, ...], Announcement | None]:
    """The next people, the task as they see it, and what is left after them."""
    task, after = file.task, announcement.after
    if announcement.stage is Stage.LEADERS:
        found = await leaders_after(repository, after or 0, now)
        page = found[:PAGE]
        file = replace(file, leaders=page, shown_in=await repository.shown_to(task_card(task.id), page))
        if len(found) > PAGE:
            return file, page, replace(announcement, after=page[-1].id, said=announcement.said + PAGE)
        return file, page, replace(announcement, stage=Stage.QUIET, after=None)
    if announcement.stage is Stage.UNIT:
        return await _page_of_unit(repository, file, announcement, now)
    found = await repository.readers(task.id, climb=announcement.climb, after=after, most=ONE_MORE)
    page = found[:PAGE]
    more = len(found) > PAGE
    left = replace(announcement, after=page[-1].account, said=announcement.said + PAGE) if more else None
    return with_readers(file, page), page, left


async def _page_of_unit(
    repository: Repository, file: TaskContext, announcement: Announcement, now: datetime
) -> tuple[TaskContext, tuple[Person, ...], Announcement]:
    """The next of the unit's supervisors on duty; whoever is rung as a reader of the card is not rung here, too."""
    task, quiet = file.task, is_quiet(announcement.events, file.task)
    found = await unit_after(repository, task, announcement.after or 0, now)
    page = found[:PAGE]
    readers = frozenset[Destination]() if quiet else {*await repository.shown_to(task_card(task.id), page)}
    file = replace(file, of_unit=tuple(one for one in page if one.destination not in readers))
    if len(found) > PAGE:
        return file, file.of_unit, replace(announcement, after=page[-1].id, said=announcement.said + PAGE)
    return file, file.of_unit, replace(announcement, stage=Stage.QUIET if quiet else Stage.READERS, after=None)
