"""``/guardia``: who is on duty in each unit and until when, and one unit's rota."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.features.oncall.turn_words_view import length_text, windows_text
from bot.features.oncall.uncovered_view import hours_text
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.forms import in_rows
from bot.ui.moments import span
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.queries.queries import UnitPage
from core.rules.uncovered_hours import AHEAD
from core.state.person import Person
from core.state.shifts import HORIZON, Shift, upcoming, whose_turn
from core.state.turn_count import without_a_turn
from core.state.uncovered import unmet
from core.state.units import Unit
from core.vocabulary.rotas import Absence, Entry, Rota, Rotation

TURNS_SHOWN, ENTRIES_SHOWN, NAMES_SHOWN, LINES_SHOWN, ROOM = 4, 8, 12, 8, 3
ROTA, RELIEF, ABSENCE, DROP, DROP_SURE, BACK_OFF = "rota", "releva", "falta", "quita", "quita-si", "anula"


class Roll(Struct, frozen=True, kw_only=True):
    """The people of the on-call pages.

    People by id, those on duty by hand, and whether the reader may change the unit's rota.
    """

    people: dict[int, Person]
    by_hand: tuple[Person, ...] = ()
    leads: bool = False

    def name(self, number: int, texts: Texts) -> str:
        """Somebody's name; marked where they can't be on duty."""
        person = self.people.get(number)
        if person is None:
            return texts("somebody")
        return user_text.who(person) if person.active else f"⛔ {user_text.who(person)}"


def oncall_screen(page: UnitPage, roll: Roll, after: int, texts: Texts, now: datetime) -> Screen:
    """The people on duty now, unit by unit, with a button for each."""
    if not page.units:
        return Screen(text=texts("oncall-no-units"))
    lines: list[Html] = [texts("oncall")]
    for unit in page.units:
        there = texts.within(unit.rota.tz)
        lines += [Html(""), texts("oncall-unit", unit=user_text.name(unit.name), now=there.time(now))]
        present = list(_on_duty(unit, roll, there, now))
        lines += present if len(present) <= LINES_SHOWN else [*present[:LINES_SHOWN], Html("…")]
    doors = (button(user_text.name(unit.name), Action.ONCALL, unit.id) for unit in page.units)
    ways = [button(texts("list-first"), Action.ONCALL)] if after else []
    ways += [button(texts("list-more"), Action.ONCALL, 0, page.units[-1].id)] if page.after is not None else []
    rows = [*in_rows(doors, 2), *([tuple(ways)] if ways else [])]
    return Screen(text="\n".join(lines), buttons=tuple(rows))


def at_screen(units: tuple[Unit, ...], moments: dict[int, datetime], roll: Roll, texts: Texts) -> Screen:
    """The people on duty by the rota at a moment that somebody asked about, each unit by its own clock."""
    lines: list[Html] = []
    for unit in units:
        there, moment = texts.within(unit.rota.tz), moments[unit.id]
        names = [roll.name(person, there) for person in on_duty_then(unit.rota, moment)]
        key = "oncall-at" if names else "oncall-at-nobody"
        when = there.exact_time(moment)
        lines.append(texts(key, unit=user_text.name(unit.name), when=when, names=", ".join(names)))
    return Screen(text="\n".join(lines))


def on_duty_then(rota: Rota, moment: datetime) -> tuple[int, ...]:
    """The people of each rotation in its order, then those besides."""
    turns = [whose_turn(rota, rotation, moment) for rotation in rota.rotations]
    besides = [cover.person for cover in rota.covers if cover.rotation == 0 and cover.at(moment)]
    return tuple(dict.fromkeys(person for person in (*turns, *besides) if person is not None))


def unit_oncall_screen(unit: Unit, roll: Roll, texts: Texts, now: datetime) -> Screen:
    """One unit's watch, its rotations with what comes next, and what may be changed."""
    there = texts.within(unit.rota.tz)
    lines = [
        texts("oncall-unit", unit=user_text.name(unit.name), now=there.time(now)),
        *_on_duty(unit, roll, there, now),
    ]
    for rotation in unit.rota.rotations:
        lines += [Html(""), *_rotation(unit.rota, rotation, roll, there, now)]
    nobodys = unmet(unit.rota, now, now + AHEAD)
    if nobodys:
        lines += [Html(""), texts("oncall-unmet", hours=hours_text(nobodys, there))]
    entries = [entry for entry in (*unit.rota.covers, *unit.rota.absences) if entry.end > now][:ENTRIES_SHOWN]
    if entries:
        lines += [Html(""), *(_entry(entry, roll, there) for entry in entries)]
    return Screen(text="\n".join(lines), buttons=tuple(_unit_buttons(unit, entries, roll, texts)))


def drop_screen(unit: Unit, rotation: Rotation, roll: Roll, texts: Texts) -> Screen:
    """Asks whether it is meant; *No* stands where the first press was."""
    yes = button(texts("oncall-drop-yes"), Action.ONCALL, unit.id, DROP_SURE, rotation.id)
    no = button(texts("oncall-drop-no"), Action.ONCALL, unit.id)
    names = ", ".join(roll.name(person, texts) for person in rotation.people[:NAMES_SHOWN])
    return Screen(text=texts("oncall-drop-sure", number=rotation.id, names=names), buttons=((yes,), (no,)))


def _on_duty(unit: Unit, roll: Roll, texts: Texts, now: datetime) -> Iterator[Html]:
    """Everybody who is on duty, until when, and who has not been relieved yet."""
    nobody = True
    for rotation in unit.rota.rotations:
        for line in _turn(unit.rota, rotation, roll, texts, now):
            nobody = False
            yield line
    for cover in unit.rota.covers:
        if cover.rotation == 0 and cover.at(now):
            nobody = False
            until = texts.weekday_and_time(cover.end)
            yield texts("oncall-besides", who=roll.name(cover.person, texts), until=until)
    for person in roll.by_hand:
        if person.unit == unit.id and person.shift_since is not None:
            nobody = False
            yield texts("oncall-by-hand", who=user_text.who(person), since=texts.time(person.shift_since))
    if nobody:
        yield texts("oncall-nobody")


def _turn(rota: Rota, rotation: Rotation, roll: Roll, texts: Texts, now: datetime) -> Iterator[Html]:
    shifts = upcoming(rota, rotation, now, 2)
    if not shifts or shifts[0].start > now:
        return
    post, present = rota.post(rotation.id), shifts[0]
    who = roll.name(present.person, texts)
    if present.end >= now + HORIZON:
        yield texts("oncall-turn-open", who=who)
    elif len(shifts) > 1 and shifts[1].start == present.end:
        following = roll.name(shifts[1].person, texts)
        yield texts("oncall-turn-next", who=who, until=texts.weekday_and_time(present.end), following=following)
    else:
        yield texts("oncall-turn", who=who, until=texts.weekday_and_time(present.end))
    if post.successor is not None and post.holder is not None:
        yield texts("oncall-not-relieved", who=roll.name(post.holder, texts), incoming=who)
    elif post.successor is not None:
        yield texts("oncall-not-taken", who=who)


def _rotation(rota: Rota, rotation: Rotation, roll: Roll, texts: Texts, now: datetime) -> Iterator[Html]:
    names = [roll.name(person, texts) for person in rotation.people[:NAMES_SHOWN]]
    more = "…" if len(rotation.people) > NAMES_SHOWN else ""
    yield texts("oncall-rotation", number=rotation.id, names=" → ".join(names) + more)
    length = length_text(rotation.length, rotation.months, texts)
    hours = windows_text(rotation.windows, rotation.every, texts)
    yield texts("oncall-rotation-shape", length=length, hours=hours)
    left_out = [roll.name(person, texts) for person in without_a_turn(rotation)[:NAMES_SHOWN]]
    if left_out:
        yield texts("oncall-left-out", names=", ".join(left_out), count=len(left_out))
    shown = TURNS_SHOWN if len(rota.rotations) <= ROOM else 1
    for shift in upcoming(rota, rotation, now, shown):
        yield turn_line(shift, roll, texts, now)


def turn_line(shift: Shift, roll: Roll, texts: Texts, now: datetime) -> Html:
    """``mar 3 mar 07:00 – 19:00 · Ana``; what began already says so, and what has no end that can be foreseen."""
    who = roll.name(shift.person, texts)
    if shift.end >= now + HORIZON:
        return texts("oncall-turn-line-open", who=who, since=texts.weekday_and_time(shift.start))
    if shift.start <= now:
        return texts("oncall-turn-line-now", who=who, until=texts.weekday_and_time(shift.end))
    return texts("oncall-turn-line", who=who, when=span(shift.start, shift.end, texts))


def _entry(entry: Entry, roll: Roll, texts: Texts) -> Html:
    key = "oncall-absence" if isinstance(entry, Absence) else "oncall-cover"
    return texts(key, who=roll.name(entry.person, texts), when=span(entry.start, entry.end, texts))


def _unit_buttons(unit: Unit, entries: list[Entry], roll: Roll, texts: Texts) -> Iterator[tuple[Button, ...]]:
    if roll.leads:
        yield (button(texts("oncall-add-rotation"), Action.ONCALL, unit.id, ROTA, 0),)
        for rotation in unit.rota.rotations:
            yield (
                button(texts("oncall-edit-rotation", number=rotation.id), Action.ONCALL, unit.id, ROTA, rotation.id),
                button(texts("oncall-drop-rotation", number=rotation.id), Action.ONCALL, unit.id, DROP, rotation.id),
            )
        yield (
            button(texts("oncall-add-cover"), Action.ONCALL, unit.id, RELIEF),
            button(texts("oncall-add-absence"), Action.ONCALL, unit.id, ABSENCE),
        )
        for entry in entries:
            label = texts("oncall-withdraw", who=Html(roll.name(entry.person, texts)))
            yield (button(label, Action.ONCALL, unit.id, BACK_OFF, entry.id),)
    yield (button(texts("oncall-back"), Action.ONCALL),)
