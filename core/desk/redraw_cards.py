"""Cards of somebody who comes back, or whose role is another: they showed what is not so any more, or not for them."""

from datetime import datetime

from core.desk.ports import Composer, Repository
from core.desk.task_context import near_context
from core.notifications.notifications import Notification, Topic
from core.rules.permissions import caller_of, may_see
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Lane

REDRAWING = (e.Heard, e.Promoted, a.Relinked)


async def redraw_cards(
    repository: Repository,
    composer: Composer,
    person: Person,
    events: tuple[e.PersonEvent, ...],
    group: int | None,
    now: datetime,
) -> None:
    """Draw the newest cards that the person has as they are now; one that looks so already is not sent.

    In the chat of another account there are none: the cards of their open work are drawn anew.
    """
    anew = any(isinstance(event, a.Relinked) for event in events)
    for task_id in await (repository.involving if anew else repository.lately_shown)(person.id):
        if not anew and not await repository.shown_to(task_card(task_id), (person,)):
            continue
        task = await repository.task(task_id)
        if task is None or not may_see(caller_of(person), task):
            continue
        file = await near_context(repository, task, group, None, now)
        lane = Lane.ACTION if task.urgent else Lane.ROUTINE
        quiet = Notification(to=person.destination, topic=Topic.CARD, lane=lane, reader=person)
        message = composer.task(quiet, file, now)
        await repository.post([message] if message is not None else [], now)
