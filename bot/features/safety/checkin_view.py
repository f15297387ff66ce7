"""A check-in as the person reads it: until when a word is wanted, whether they are asked, what came of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.cards.last_seen import last_seen
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.moments import the_time
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.checkins import CheckIn
from core.state.duress import spoken
from core.state.person import Person
from core.state.task import code_of
from core.vocabulary.alarms import Trigger

STAY = "no"
EVERY = (15, 30, 60)  # minutes


def check_in_screen(check_in: CheckIn | None, texts: Texts) -> Screen:
    """The check-in as it is now."""
    if check_in is None:
        return Screen(text=texts("check-in-over"))
    if check_in.alarm is not None:
        lines = [texts("check-in-alarm", code=code_of(check_in.alarm))]
        return Screen(text="\n".join(lines), buttons=((_fine(texts),), (_stop(texts),)))
    if check_in.asked is not None:
        return Screen(text="\n".join(_question(check_in, texts)), buttons=((_fine(texts), _help(texts)),))
    return Screen(text="\n".join(_quiet(check_in, texts)), buttons=((_fine(texts), _help(texts)), (_stop(texts),)))


def _quiet(check_in: CheckIn, texts: Texts) -> Iterator[Html]:
    yield texts("check-in-every", minutes=_minutes(check_in.every))
    if not check_in.by_hand:
        yield from (texts("check-in-task", code=code_of(task)) for task in check_in.tasks)
    if check_in.answered_at is not None:
        yield texts("check-in-answered", at=texts.time(check_in.answered_at))
    yield texts("check-in-due", at=the_time(check_in.due_at, texts))


def _question(check_in: CheckIn, texts: Texts) -> Iterator[Html]:
    match check_in.asked:
        case Trigger.LOST:
            yield texts("check-in-asked-lost")
        case Trigger.STILL:
            yield texts("check-in-asked-still", minutes=_minutes(check_in.still_after))
        case Trigger.ROUND if check_in.round is not None:
            yield texts("check-in-asked-round", code=code_of(check_in.round))
        case _:  # asked because its time has come
            yield texts("check-in-asked-late")
    again = check_in.asked is Trigger.ROUND and not check_in.misses
    yield texts("round-or-else" if again else "check-in-or-else", grace=texts.lasting(check_in.grace))


def round_answered_screen(at: datetime, texts: Texts) -> Screen:
    """The question of a round was answered, and nothing else is wanted."""
    return Screen(text=texts("check-in-answered", at=texts.time(at)))


def round_left_screen(task: int, texts: Texts) -> Screen:
    """The question of a round is over without an answer."""
    return Screen(text=texts("round-left", code=code_of(task)))


def no_check_in_screen(texts: Texts) -> Screen:
    """None runs; how to begin one."""
    return Screen(text=texts("check-in-none"), buttons=start_buttons(texts))


def start_buttons(texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Begin one, asked every so many minutes."""
    return (tuple(button(texts("button-check-in", minutes=n), Action.CHECK_IN, n) for n in EVERY),)


def noted_screen(check_in: CheckIn, texts: Texts) -> Screen:
    """Words were taken for *Estoy bien*."""
    return Screen(text=texts("check-in-noted", at=the_time(check_in.due_at, texts)))


def ended_screen(person: Person, texts: Texts, now: datetime) -> Screen:
    """To supervisors: the check-in was ended on the person's phone, and where they were seen last."""
    lines = [texts("check-in-ended", who=user_text.who(person), at=texts.time(now))]
    lines += last_seen(person, texts, now)
    return Screen(text="\n".join(lines))


def leaving_screen(way: str, texts: Texts) -> Screen:
    """Off duty nobody needs to say that they are well: is that meant? ``way`` is how they leave."""
    return Screen(
        text=texts("check-in-leaving"),
        buttons=(
            (
                button(texts("button-stay"), Action.LEAVE, STAY),
                button(texts("button-leave"), Action.LEAVE, way),
            ),
        ),
    )


def fine_words(texts: Texts) -> frozenset[str]:
    """The words that answer a check-in, as they are compared."""
    return frozenset(spoken(words) for words in texts("check-in-fine-words").split(","))


def _minutes(duration: timedelta) -> int:
    return round(duration / timedelta(minutes=1))


def _fine(texts: Texts) -> Button:
    return button(texts("button-fine"), Action.FINE)


def _help(texts: Texts) -> Button:
    return button(texts("button-need-help"), Action.NEED_HELP)


def _stop(texts: Texts) -> Button:
    return button(texts("button-stop-check-in"), Action.STOP_CHECK_IN)
