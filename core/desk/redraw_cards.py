"""Cards of somebody who comes back, or whose role is another: they showed what is not so any more, or not for them."""

from datetime import datetime

from core.desk.ports import Composer, Repository
from core.desk.task_context import near_context
from core.notifications.notifications import Notification, Topic
from core.rules.permissions import caller_of, may_see
from core.state.person import Person
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Lane


async def redraw_cards(
    repository: Repository, composer: Composer, person: Person, group: int | None, now: datetime
) -> None:
    """Draw the newest cards that the person has as they are now; one that looks so already is not sent."""
    for task_id in await repository.lately_shown(person.id):
        if not await repository.shown_to(task_card(task_id), (person,)):
            continue
        task = await repository.task(task_id)
        if task is None or not may_see(caller_of(person), task):
            continue
        file = await near_context(repository, task, group, None, now)
        lane = Lane.ACTION if task.urgent else Lane.ROUTINE
        quiet = Notification(to=person.destination, topic=Topic.CARD, lane=lane, reader=person)
        message = composer.task(quiet, file, now)
        await repository.post([message] if message is not None else [], now)
