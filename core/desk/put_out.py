"""Ends access at once (P14): all that is kept for whoever is put out dies in the transaction that puts them out.

What they held in tasks, units and check-ins moves on by commands of its own (`core.desk.person_follow_ups`), in the
same transaction. Cards that only grew with their history follow by pages. A unit that was under way at that moment may
have told or asked them something yet: after it must have ended, all of it is done once more, and again as long as a
message is on its way to them: it may still arrive, and is a card to blank then.
"""

from datetime import datetime, timedelta

from core.desk.person_follow_ups import moves_on
from core.desk.ports import Composer, Repository
from core.rules.freezing import UNDECIDED
from core.rules.timers import Timer, TimerKind
from core.state.directory import PAGE
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e

OUT = (e.Disabled, a.Replaced, a.Frozen, a.Erasing)
# Longer than any unit of work waits for locks and answers.
UNDER_WAY = timedelta(seconds=10)


async def put_out(
    repository: Repository, composer: Composer, person: Person, events: tuple[e.PersonEvent, ...], now: datetime
) -> None:
    """Forget what is kept for somebody who is out now, take back what waits for them, and blank their cards."""
    if not any(isinstance(event, OUT) for event in events):
        return
    await repository.let_go(person)
    await repository.take_back(person.destination, now)
    await blank_cards(repository, composer, person, now)
    await repository.set_timers([_once_more(person, now + UNDER_WAY)])
    if any(isinstance(event, a.Erasing) for event in events):
        await repository.set_timers([Timer(kind=TimerKind.ERASE, person=person.id, due_at=now + 2 * UNDER_WAY)])


async def remind_later(
    repository: Repository, person: Person, events: tuple[e.PersonEvent, ...], now: datetime
) -> None:
    """Look again in a day whether somebody has confirmed or lifted a freeze."""
    if any(isinstance(event, a.Frozen | a.FreezeReminded) for event in events):
        due_at = now + UNDECIDED
        await repository.set_timers([Timer(kind=TimerKind.FROZEN, person=person.id, due_at=due_at)])


async def blank_cards(repository: Repository, composer: Composer, person: Person, now: datetime) -> None:
    """Blank a page of cards; the next one is due at once."""
    shown = await repository.cards_at(person.destination, PAGE + 1)
    page = shown[:PAGE]
    await repository.drop_cards(person.destination, page)
    blank = (composer.blank(person.destination, card) for card in page)
    await repository.post([message for message in blank if message is not None], now)
    if len(shown) > PAGE:
        await repository.set_timers([Timer(kind=TimerKind.BLANK, person=person.id, due_at=now)])


async def go_on(repository: Repository, composer: Composer, timer: Timer, now: datetime) -> tuple[c.AnyCommand, ...]:
    """Blank the next cards, or do all once more; the commands with which what they held moves on."""
    person = await repository.person(timer.person)
    if person is None or person.active:
        return ()
    if timer.kind is TimerKind.PUT_OUT:
        await repository.let_go(person)
        # Asked before the cards are: what arrives in between is one of them, or is looked for again.
        if await repository.in_hand(person.destination):
            await repository.set_timers([_once_more(person, now + UNDER_WAY)])
    await blank_cards(repository, composer, person, now)
    return await moves_on(repository, person, now) if timer.kind is TimerKind.PUT_OUT else ()


def _once_more(person: Person, due_at: datetime) -> Timer:
    return Timer(kind=TimerKind.PUT_OUT, person=person.id, due_at=due_at)
