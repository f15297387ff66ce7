"""``/turno``: one's own shifts, and asking another to swap."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.features.oncall.rota_draft import SwapStep
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.forms import BACK, CANCEL, CONFIRM, Sheet, in_rows
from bot.ui.moments import span
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.shifts import HORIZON, Shift
from core.state.units import Unit
from core.vocabulary.rotas import Stretch

NOTHING = "nada"
EVERYBODY = "todos"
CHANGE = "cambiar"
START, STOP = "inicio", "fin"


def shift_screen(person: Person, unit: Unit | None, shifts: tuple[Shift, ...], texts: Texts, now: datetime) -> Screen:
    """A person's own shifts: one begun by hand, and the next by the rota."""
    there = texts.within(unit.rota.tz) if unit is not None else texts
    lines: list[Html] = []
    if person.shift_since is not None:
        lines.append(texts("shift-by-hand", since=there.weekday_and_time(person.shift_since)))
    if unit is not None:
        key = "shift-planned" if shifts else "shift-none-planned"
        lines.append(texts(key, unit=user_text.name(unit.name), zone=unit.zone))
        lines += [_line(shift, there, now) for shift in shifts]
    if person.shift_since is None:
        lines.append(texts("shift-how-begin"))
    coming = any(shift.start > now for shift in shifts)
    change = ((button(texts("shift-swap"), Action.SHIFT, CHANGE),),) if coming else ()
    return Screen(text="\n".join(lines), buttons=(*change, (_way(person, texts),)))


def which_screen(person: Person, word: str, texts: Texts) -> Screen:
    """A word that says neither to begin nor to end."""
    return Screen(text=texts("shift-which", word=word), buttons=((_way(person, texts),),))


def _way(person: Person, texts: Texts) -> Button:
    """Begin a shift by hand, or end the one that was begun so."""
    word = START if person.shift_since is None else STOP
    return button(texts(f"button-shift-{word}"), Action.SHIFT, word)


def started_screen(person: Person, texts: Texts) -> Screen:
    """The shift began."""
    return Screen(text=texts("shift-started" if person.unit is not None else "shift-started-alone"))


def ended_screen(texts: Texts, *, planned: bool) -> Screen:
    """The shift ended; ``planned``: by the rota it goes on."""
    return Screen(text=texts("shift-ended-planned" if planned else "shift-ended"), drop_keys=True)


def _line(shift: Shift, texts: Texts, now: datetime) -> Html:
    if shift.end >= now + HORIZON:
        return texts("shift-line-open", since=texts.weekday_and_time(shift.start))
    if shift.start <= now:
        return texts("shift-line-now", until=texts.weekday_and_time(shift.end))
    return texts("shift-line", when=span(shift.start, shift.end, texts))


class SwapPage(Struct, frozen=True, kw_only=True):
    """The data of one step of asking for a swap; ``everybody``: the whole unit is asked."""

    sheet: Sheet
    unit: Unit
    shifts: tuple[Shift, ...] = ()
    people: tuple[Person, ...] = ()
    other: Person | None = None
    everybody: bool = False
    gives: Stretch | None = None
    takes: Stretch | None = None


def swap_form_screen(page: SwapPage, texts: Texts) -> Screen:
    """The step, as one message."""
    step, there = SwapStep(page.sheet.step), texts.within(page.unit.rota.tz)
    lines = [texts("swap-form", unit=user_text.name(page.unit.name)), *_answers(page, there), Html("")]
    offers = page.everybody and step is SwapStep.CONFIRM
    lines.append(texts("swap-ask-everybody" if offers else f"swap-ask-{step.value}"))
    back = (BACK,) if step is not SwapStep.MINE else ()
    return Screen(
        text="\n".join(lines), buttons=(*_choices(page, step, there), page.sheet.ways((*back, CANCEL), texts))
    )


def _answers(page: SwapPage, texts: Texts) -> Iterator[Html]:
    if page.gives is not None:
        yield texts("swap-answer-mine", when=span(page.gives.start, page.gives.end, texts))
    if page.everybody:
        yield texts("swap-answer-everybody")
    if page.other is not None:
        yield texts("swap-answer-who", who=user_text.who(page.other))
    if SwapStep(page.sheet.step) is SwapStep.CONFIRM:
        if page.takes is None:
            yield texts("swap-answer-nothing")
        else:
            yield texts("swap-answer-theirs", when=span(page.takes.start, page.takes.end, texts))


def _choices(page: SwapPage, step: SwapStep, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    sheet = page.sheet
    turns = tuple((sheet.button(span(s.start, s.end, texts), shift_word(s)),) for s in page.shifts)
    match step:
        case SwapStep.MINE:
            return turns
        case SwapStep.WHO:
            people = in_rows((sheet.button(user_text.who(p), str(p.id)) for p in page.people), 2)
            return ((sheet.button(texts("swap-everybody"), EVERYBODY),), *people) if page.people else ()
        case SwapStep.THEIRS:
            return (*turns, (sheet.button(texts("swap-for-nothing"), NOTHING),))
        case SwapStep.CONFIRM:
            return (sheet.ways((CONFIRM,), texts),)


def shift_word(shift: Shift) -> str:
    """The word by which a button names a turn: its rotation and the minute at which it begins."""
    return f"{shift.rotation}-{int(shift.start.timestamp()) // 60}"
