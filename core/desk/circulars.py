"""Tells a crowd the same: its first page in the transaction of the event, each other page in one of its own.

A due time at once brings the next page, as with the alerts of a task (`core.desk.show_more`), so that a command costs
the same however many hear of it, and a process that dies between two pages leaves the rest on disk.
"""

from collections.abc import Iterable
from datetime import datetime

from core.desk.circular_port import Circular
from core.desk.ports import OutgoingMessage, Repository
from core.rules.timers import Timer, TimerKind
from core.state.crowd import Circle, Crowd, Page, Rest
from core.state.directory import PAGE
from core.vocabulary.card_names import requests_card
from core.vocabulary.contents import Screen
from core.vocabulary.destinations import Destination
from core.vocabulary.words import Lane

ONE_MORE = PAGE + 1
NOBODY_YET = 0

Said = tuple[OutgoingMessage | None, Rest | None]


async def page_of(repository: Repository, *crowds: Crowd) -> Page:
    """The first page of the first of these crowds in which there is anybody."""
    for crowd in crowds:
        if found := await repository.crowd(crowd, after=NOBODY_YET, most=ONE_MORE):
            after = crowd.place_of(found[PAGE - 1]) if len(found) > PAGE else None
            return Page(people=found[:PAGE], rest=Rest(crowd=crowd, after=after))
    return Page()


async def shown_page(repository: Repository, card: str) -> Page:
    """The first page of those to whom a card is shown."""
    return await page_of(repository, Crowd(circle=Circle.SHOWN, card=card))


async def tell(repository: Repository, said: Iterable[Said], now: datetime, *, person: int = 0, unit: int = 0) -> None:
    """Post the messages about a person or a unit; what was said to a page of a crowd is kept for its rest."""
    messages: list[OutgoingMessage] = []
    alike: dict[tuple[Rest, Screen, str | None], OutgoingMessage] = {}
    for message, rest in said:
        if message is None:
            continue
        messages.append(message)
        if rest is not None and isinstance(message.content, Screen):
            alike[rest, message.content, message.card] = message
    await repository.post(messages, now)
    for (rest, screen, card), message in alike.items():
        if card is not None and (rest.crowd.circle is Circle.SHOWN or _asks_anew(message)):
            # A question that is answered is shown to those who were asked, and to nobody else; asked once more it is
            # asked of all, whoever has not read yet how it ended before.
            asks = screen if rest.crowd.circle is Circle.SHOWN and screen.buttons else None
            await repository.reword_circulars(card, asks, person=person, unit=unit)
    kept: set[Lane] = set()
    for (rest, screen, _), message in alike.items():
        if rest.after is not None:
            kept.add(message.lane)
            await repository.circulate(_circular(message, screen, rest, person, unit))
    if kept:
        await repository.set_timers([_timer(person, unit, min(kept), now)])


async def tell_administrators(
    repository: Repository, screen: Screen, lane: Lane, now: datetime, *, card: str | None = None
) -> bool:
    """Tell the administrators whom a message reaches something of the desk itself; whether there is one."""
    page = await page_of(repository, Crowd(circle=Circle.ADMINS))
    messages = (OutgoingMessage(to=one.destination, lane=lane, content=screen, card=card) for one in page.people)
    await tell(repository, ((message, page.rest) for message in messages), now)
    return bool(page.people)


def _asks_anew(message: OutgoingMessage) -> bool:
    """Whether it is a new question; of a change in place what waits is told first, and the count is of all requests."""
    return message.notify and message.card != requests_card()


def _circular(message: OutgoingMessage, screen: Screen, rest: Rest, person: int, unit: int) -> Circular:
    return Circular(
        rest=rest,
        screen=screen,
        lane=message.lane,
        card=message.card,
        notify=message.notify,
        turn=message.turn,
        not_before=message.not_before,
        person=person,
        unit=unit,
    )


async def tell_more(repository: Repository, timer: Timer, now: datetime) -> None:
    """Tell the next page of the first circular about this person or unit; the timer comes again until all know."""
    circular = await repository.circular(timer.person, timer.unit)
    if circular is None:
        return
    crowd = circular.rest.crowd
    found = await repository.crowd(crowd, after=circular.rest.after or NOBODY_YET, most=ONE_MORE)
    await repository.post([_message(circular, one.destination) for one in found[:PAGE]], now)
    more = len(found) > PAGE
    await repository.circulate_on(circular, crowd.place_of(found[PAGE - 1]) if more else None)
    following = circular if more else await repository.circular(timer.person, timer.unit)
    if following is not None:
        await repository.set_timers([_timer(timer.person, timer.unit, following.lane, now)])


def _message(circular: Circular, to: Destination) -> OutgoingMessage:
    return OutgoingMessage(
        to=to,
        lane=circular.lane,
        content=circular.screen,
        card=circular.card,
        notify=circular.notify,
        turn=circular.turn,
        not_before=circular.not_before,
    )


def _timer(person: int, unit: int, lane: Lane, now: datetime) -> Timer:
    urgent = lane is Lane.EMERGENCY
    return Timer(kind=TimerKind.CIRCULAR, person=person, unit=unit, due_at=now, urgent=urgent)
