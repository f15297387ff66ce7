"""The file of ``/misdatos``: JSON whose keys are words of the reader's language, and what is said before it."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import to_builtins

from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ports import Record
from core.state.checkins import CheckIn
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary.checkin_events import DuressGiven, DuressWordSet
from core.vocabulary.contents import TextFile
from core.vocabulary.places import Place, Position


class TaskPart(NamedTuple):
    """A task that names somebody, with the newest of its history."""

    task: Task
    history: tuple[Record, ...]


def my_data_screen(tasks: int, *, first: bool, more: int | None, texts: Texts) -> Screen:
    """The message before the file: what is in it, and the way to older work."""
    text = texts("mydata" if first else "mydata-older", tasks=tasks)
    older = ((button(texts("button-mydata-more"), Action.MY_DATA, more),),) if more is not None else ()
    erase = ((button(texts("button-erase-data"), Action.ERASE_DATA),),) if first else ()
    return Screen(text=text, buttons=(*older, *erase))


def erase_screen(texts: Texts) -> Screen:
    """The question before somebody asks for it: what goes, what stays and why."""
    return Screen(text=texts("erase-sure"), buttons=((button(texts("button-ask-erasure"), Action.ASK_ERASURE),),))


def erasure_asked_screen(texts: Texts) -> Screen:
    """To whoever asked: an administrator decides."""
    return Screen(text=texts("erase-asked"))


def erased_screen(person: Person, *, own: bool, texts: Texts) -> Screen:
    """All is erased: to whose data it was, and to who approved it, who reads no name any more."""
    return Screen(text=texts("erase-done" if own else "erase-done-of", number=str(person.id)))


def my_data_file(data: dict[str, Any], person: Person, texts: Texts) -> TextFile:
    """The file itself."""
    name = f"{texts('mydata-file')}-{person.id}.json"
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return TextFile(name=name, text=text, caption=texts("mydata-caption"))


def whole(about: dict[str, Any], tasks: list[dict[str, Any]], now: datetime, texts: Texts) -> dict[str, Any]:
    """All that one file holds."""
    return _named({"made-at": _moment(now)} | about | {"tasks": tasks}, texts)


def about_person(
    person: Person, unit: Unit | None, check_in: CheckIn | None, history: Iterable[Record], texts: Texts
) -> dict[str, Any]:
    """Data of a person besides their work. Whether they have a word for danger is not told: others may read."""
    told = [record for record in history if not isinstance(record.event, DuressGiven | DuressWordSet)]
    return {
        "person": _named(
            {
                "number": person.id,
                "name": person.name,
                "username": person.username,
                "account": person.account,
                "role": texts(f"role-{person.role.name.lower()}"),
                "availability": texts(f"availability-{person.availability.value}"),
                "unit": unit.name if unit is not None else None,
                "on-duty-since": _moment(person.shift_since),
                "last-place": _position(person.position, texts),
                "live-until": _moment(person.live_until),
                "reachable": person.reachable,
            },
            texts,
        ),
        "check-in": _check_in(check_in, texts),
        "happened": [_event(record, texts) for record in told],
    }


def task_data(part: TaskPart, person: int, texts: Texts) -> dict[str, Any]:
    """A task as far as it is this person's: the task, their part, what they did and wrote."""
    task = part.task
    mine = task.part_of(person)
    return _named(
        {
            "code": task.code,
            "title": task.title,
            "state": texts(f"state-{task.state.value}"),
            "opened-at": _moment(task.opened_at),
            "closed-at": _moment(task.closed_at),
            "reported-by-me": task.reporter == person,
            "place": _place(task.place, texts) if task.reporter == person else None,
            "address": task.address if task.reporter == person else None,
            "my-part": texts(f"assignment-{mine.state.value}") if mine is not None else None,
            "what-i-did": [_event(record, texts) for record in part.history if _is_of(record, person)],
        },
        texts,
    )


def _is_of(record: Record, person: int) -> bool:
    """Whether they did it, or it was done to them."""
    to_whom = (getattr(record.event, "agent", None), getattr(record.event, "person", None))
    return record.author == person or person in to_whom


def _event(record: Record, texts: Texts) -> dict[str, Any]:
    """One event, as the record's format names its parts."""
    return _named(
        {
            "at": _moment(record.at),
            "by": record.by,
            "via": record.via,
            "reason": record.reason or None,
            "event": to_builtins(record.event),
        },
        texts,
    )


def _check_in(check_in: CheckIn | None, texts: Texts) -> dict[str, Any] | None:
    if check_in is None:
        return None
    minutes = int(check_in.every.total_seconds()) // 60
    way = [_position(position, texts) for position in check_in.track]
    return _named({"every-minutes": minutes, "due-at": _moment(check_in.due_at), "track": way}, texts)


def _position(position: Position | None, texts: Texts) -> dict[str, Any] | None:
    if position is None:
        return None
    return _place(position.place, texts) | _named({"at": _moment(position.at), "accuracy": position.accuracy}, texts)


def _place(place: Place | None, texts: Texts) -> dict[str, Any]:
    return _named({"latitude": place.lat, "longitude": place.lon}, texts) if place is not None else {}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


def _named(data: dict[str, Any], texts: Texts) -> dict[str, Any]:
    """The same under the words of the catalogue; what there is none of is left out."""
    return {str(texts(f"data-{key}")): value for key, value in data.items() if value is not None}
