"""Handing over the watch: what the incoming, the outgoing, the group and the supervisors read."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from bot.cards import card_lines
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.forms import in_rows
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.rules.permissions import caller_of, may_see
from core.state.person import Person
from core.state.shifts import HORIZON, upcoming
from core.state.task import Task
from core.vocabulary import unit_events as u

TITLE_SHOWN = 60
IN_A_ROW = 3

WatchEvent = u.HandOverDue | u.TakenOver | u.Relieved | u.HandOverLate


def watch_screen(
    notification: UnitNotification, event: WatchEvent, file: UnitContext, texts: Texts, now: datetime
) -> Screen:
    """The message about a handover for this reader (None: the group)."""
    unit = user_text.name(file.unit.name)
    match event:
        case u.HandOverDue():
            return _due(notification, event, file, texts, now)
        case u.TakenOver():
            return Screen(text=_taken(notification, event, file, texts, now))
        case u.Relieved():
            return Screen(text=texts("watch-relieved", unit=unit))
        case u.HandOverLate():
            key = "watch-late" if event.outgoing is not None else "watch-late-nobody"
            incoming, outgoing = (who(file, number, texts) for number in (event.incoming, event.outgoing))
            return Screen(text=texts(key, unit=unit, incoming=incoming, outgoing=outgoing))
        case _:
            assert_never(event)


def who(file: UnitContext, number: int | None, texts: Texts) -> str:
    """Somebody's name."""
    person = file.person(number)
    return user_text.who(person) if person is not None else texts("somebody")


def _due(
    notification: UnitNotification, event: u.HandOverDue, file: UnitContext, texts: Texts, now: datetime
) -> Screen:
    unit = user_text.name(file.unit.name)
    incoming, outgoing = (who(file, number, texts) for number in (event.incoming, event.outgoing))
    if notification.reader is None:
        key = "watch-changes" if event.outgoing is not None else "watch-begins"
        return Screen(text=texts(key, unit=unit, incoming=incoming, outgoing=outgoing))
    if notification.reader.id != event.incoming:
        return Screen(text=texts("watch-still-yours", unit=unit, incoming=incoming))
    lines = [texts("watch-yours", unit=unit), *_until(event.rotation, file, texts, now)]
    if event.outgoing is not None:
        lines.append(texts("watch-yours-after", outgoing=outgoing))
    # An alarm that is silent for somebody's sake is not told to them here either.
    tasks = tuple(task for task in file.tasks if not task.hides_from(notification.reader.id))
    lines += _open_tasks(tasks, file, texts)
    take = button(texts("watch-take"), Action.TAKE_OVER, file.unit.id)
    doors = in_rows(_doors(tasks, notification.reader, texts), IN_A_ROW)
    return Screen(text="\n".join(lines), buttons=((take,), *doors))


def _taken(notification: UnitNotification, event: u.TakenOver, file: UnitContext, texts: Texts, now: datetime) -> Html:
    unit = user_text.name(file.unit.name)
    if notification.reader is None or notification.reader.id != event.person:
        key = "watch-group-taken" if notification.reader is None else "watch-off-you"
        return texts(key, unit=unit, incoming=who(file, event.person, texts))
    lines = [texts("watch-taken", unit=unit, at=texts.time(now)), *_until(event.rotation, file, texts, now)]
    return Html("\n".join(lines))


def _until(rotation_id: int, file: UnitContext, texts: Texts, now: datetime) -> Iterator[Html]:
    """The end of the turn, where it has one that can be foreseen."""
    rotation = file.unit.rota.rotation(rotation_id)
    shifts = upcoming(file.unit.rota, rotation, now, 1) if rotation is not None else ()
    if shifts and shifts[0].end < now + HORIZON:
        yield texts("watch-until", until=texts.weekday_and_time(shifts[0].end))


def _open_tasks(tasks: tuple[Task, ...], file: UnitContext, texts: Texts) -> Iterator[Html]:
    if not tasks:
        yield texts("watch-no-tasks", unit=user_text.name(file.unit.name))
        return
    yield texts("watch-tasks")
    for task in tasks:
        yield texts(
            "watch-task",
            sign=card_lines.sign(task, texts),
            code=task.code,
            title=card_lines.title(task, texts, TITLE_SHOWN),
            state=card_lines.state(task, texts),
        )
    if file.more:
        yield texts("watch-more-tasks")


def _doors(tasks: tuple[Task, ...], reader: Person, texts: Texts) -> Iterator[Button]:
    """The cards that the reader may open."""
    for task in tasks:
        if may_see(caller_of(reader), task):
            label = texts("list-door", sign=card_lines.sign(task, texts), code=task.code)
            yield button(label, Action.OPEN_CARD, task.id)
