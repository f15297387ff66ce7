"""Cards of somebody who comes back, or whose role is another: they showed what is not so any more, or not for them."""

from datetime import datetime

from core.desk.ports import Composer, Repository
from core.desk.task_context import near_context
from core.notifications.notifications import Notification, Topic
from core.rules.permissions import caller_of, may_see
from core.rules.timers import Timer, TimerKind, following
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.words import Lane

REDRAWING = (r.Heard, e.Promoted, a.Relinked, a.Thawed)


async def set_redrawing(
    repository: Repository, person: Person, events: tuple[e.PersonEvent, ...], now: datetime
) -> None:
    """Have the newest cards that the person has drawn as they are now, each in a transaction of its own.

    In the chat of another account there are none: the cards of their open work are drawn anew. Whoever was frozen has
    none either, and no work: what they reported is drawn anew.
    """
    if not any(isinstance(event, REDRAWING) for event in events):
        return
    anew = any(isinstance(event, a.Relinked) for event in events)
    tasks = await (repository.involving(person.id) if anew else repository.lately_shown(person))
    if any(isinstance(event, a.Thawed) for event in events):
        tasks = await repository.reported(person.id)
    await repository.set_timers(following(TimerKind.REDRAW, person.id, tasks, now, urgent=False))


async def redraw_card(
    repository: Repository, composer: Composer, group: int | None, timer: Timer, now: datetime
) -> None:
    """Draw the card of one task for one person as it is now; one that looks so already is not sent."""
    task, person = await repository.task(timer.task), await repository.person(timer.person)
    if task is None or person is None or not person.reachable or not may_see(caller_of(person), task):
        return
    file = await near_context(repository, task, group, None, now)
    lane = Lane.ACTION if task.urgent else Lane.ROUTINE
    quiet = Notification(to=person.destination, topic=Topic.CARD, lane=lane, reader=person)
    message = composer.task(quiet, file, now)
    await repository.post([message] if message is not None else [], now)
