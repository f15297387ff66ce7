"""The form of a rotation: who follows whom, for how long, from when, in which hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from bot.features.oncall.oncall_view import Roll, turn_line
from bot.features.oncall.rota_draft import RotaDraft, RotaStep
from bot.features.oncall.turn_words_view import length_text, windows_text
from bot.ui import user_text
from bot.ui.forms import BACK, CANCEL, CONFIRM, Sheet, in_rows
from bot.ui.moments import span, wall_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.shifts import Shift
from core.state.uncovered import Span
from core.state.units import Unit
from core.vocabulary.rotas import Cover, Window

DONE, LESS, MONTH = "listo", "menos", "mensual"
LENGTHS = (("diaria", timedelta(days=1)), ("semanal", timedelta(days=7)), ("medio", timedelta(hours=12)))
_WEEK = tuple(range(7))
HOURS: tuple[tuple[str, tuple[Window, ...]], ...] = (
    ("siempre", ()),
    ("laboral", (Window(days=_WEEK[:5], opens=8 * 60, closes=18 * 60),)),
    ("noche", (Window(days=_WEEK, opens=19 * 60, closes=7 * 60),)),
    ("finde", (Window(days=_WEEK[5:], opens=0, closes=0),)),
)
STEPS = len(RotaStep)
SHOWN = 3


class RotaPage(Struct, frozen=True, kw_only=True):
    """The data of one step.

    The unit's people to choose from, when a turn could begin (civil), and, at the end, the turns that would follow, the
    covers that would be lost, and hours of the first week in which nobody would be on duty.
    """

    sheet: Sheet
    draft: RotaDraft
    unit: Unit
    roll: Roll
    members: tuple[Person, ...] = ()
    beginnings: tuple[datetime, ...] = ()
    turns: tuple[Shift, ...] = ()
    lost: tuple[Cover, ...] = ()
    open_hours: tuple[Span, ...] = ()


def rota_form_screen(page: RotaPage, texts: Texts, now: datetime, *, private: bool) -> Screen:
    """The step, as one message."""
    step, there = RotaStep(page.sheet.step), texts.within(page.unit.rota.tz)
    number = list(RotaStep).index(step) + 1
    lines = [texts("rota-form", unit=user_text.name(page.unit.name), step=number, of=STEPS), *_answers(page, there)]
    lines += [Html(""), texts(f"rota-ask-{step.value}", zone=page.unit.zone)]
    lines += [turn_line(shift, page.roll, there, now) for shift in page.turns]
    lines += _warnings(page, there)
    if not private and step is not RotaStep.CONFIRM:
        lines.append(texts("form-reply"))
    back = (BACK,) if step is not RotaStep.PEOPLE else ()
    return Screen(
        text="\n".join(lines), buttons=(*_choices(page, step, there), page.sheet.ways((*back, CANCEL), texts))
    )


def _answers(page: RotaPage, texts: Texts) -> Iterator[Html]:
    draft = page.draft
    if draft.people:
        names = [page.roll.name(person, texts) for person in draft.people]
        yield texts("rota-answer-people", names=" → ".join(names))
    if draft.length or draft.months:
        yield texts("rota-answer-length", length=length_text(draft.lasts, draft.months, texts))
    if draft.begins is not None:
        yield texts("rota-answer-begins", when=wall_text(draft.begins.wall, texts))
    if RotaStep(page.sheet.step) is RotaStep.CONFIRM:
        yield texts("rota-answer-hours", hours=windows_text(draft.windows, draft.every, texts))


def _warnings(page: RotaPage, texts: Texts) -> Iterator[Html]:
    """The consequences that nobody would see otherwise."""
    for cover in page.lost[:SHOWN]:
        yield texts("rota-loses", who=page.roll.name(cover.person, texts), when=span(cover.start, cover.end, texts))
    if page.open_hours:
        hours = [span(start, end, texts) for start, end in page.open_hours[:SHOWN]]
        yield texts("rota-open-hours", hours="; ".join(hours) + ("…" if len(page.open_hours) > SHOWN else ""))


def _choices(page: RotaPage, step: RotaStep, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    sheet = page.sheet
    match step:
        case RotaStep.PEOPLE:
            chosen = page.draft.people
            left = (person for person in page.members if person.id not in chosen)
            people = in_rows((sheet.button(f"➕ {user_text.who(p)}", str(p.id)) for p in left), 2)
            done = (
                sheet.button(texts("rota-less"), LESS),
                sheet.button(texts("rota-done"), DONE),
            )
            return (*people, *((done,) if chosen else ()))
        case RotaStep.LENGTH:
            lengths = (*(word for word, _ in LENGTHS), MONTH)
            return tuple(in_rows((sheet.button(texts(f"rota-length-{word}"), word) for word in lengths), 2))
        case RotaStep.BEGINS:
            return tuple(in_rows((sheet.button(wall_text(w, texts), f"{w:%Y%m%dT%H%M}") for w in page.beginnings), 2))
        case RotaStep.HOURS:
            return tuple(in_rows((sheet.button(texts(f"rota-hours-{word}"), word) for word, _ in HOURS), 2))
        case RotaStep.CONFIRM:
            return (sheet.ways((CONFIRM,), texts),)
