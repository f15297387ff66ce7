"""The form of a rotation: one question at a time, nothing changed before *Confirmar*."""

from datetime import datetime, time, timedelta

from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.contents import spans_of, text_of
from bot.conversation.turn import AnswerTurn, PressTurn, RegisteredTurn
from bot.features.access.named_person import person_meant
from bot.features.oncall import rota_form_view as views
from bot.features.oncall.oncall_view import Roll
from bot.features.oncall.rota_draft import RotaDraft, RotaStep, draft_of
from bot.features.oncall.unit_form import UnitForm
from bot.parsing.every import every_in, months_in
from bot.parsing.mentions import mentions_in
from bot.parsing.slashed import readings_in
from bot.parsing.turns import length_in, windows_in
from bot.ui.buttons import NotOurs
from bot.ui.forms import BACK, CONFIRM, said
from bot.ui.screen import Screen
from bot.ui.which_day import pressed_time, which_day_screen
from core.desk.outcome import Refused
from core.rules.rota_rules import (
    EVERY_LIMIT,
    LONGEST,
    MONTHS_LIMIT,
    PEOPLE_LIMIT,
    SHORTEST,
    moment_of,
    rotation_of,
)
from core.rules.unit_rules import leads
from core.state.shifts import upcoming
from core.state.slots import misfits
from core.state.uncovered import Span, uncovered
from core.state.units import Unit
from core.vocabulary.civil import CivilTime, first_showing, wall_of
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Rota, Rotation, Window
from storage.repositories.forms import Form

MEMBERS_SHOWN, TURNS_SHOWN = 30, 4
WEEK = timedelta(days=7)
MORNING, OFFICE, EVENING = time(7), time(8), time(19)


async def begin(turn: PressTurn, unit: Unit, rotation: int) -> None:
    """The first question, for a new rotation (0) or one that is there."""
    present = unit.rota.rotation(rotation)
    if not leads(turn.caller, unit):
        await turn.refuse(Refusal(reason=Reason.NOT_YOUR_UNIT))
    elif rotation and present is None:
        await turn.refuse(Refusal(reason=Reason.STALE))
    else:
        draft = draft_of(unit.id, present) if present is not None else RotaDraft(unit=unit.id)
        form = ROTA.begin(turn, RotaStep.PEOPLE, draft)
        await ROTA.ask(turn, form)


async def _screen(turn: RegisteredTurn, form: Form) -> Screen:
    draft, step, unit = ROTA.draft(form), ROTA.step(form), await ROTA.unit(turn, form)
    members = (await turn.queries.members(unit.id, most=MEMBERS_SHOWN)).people if step is RotaStep.PEOPLE else ()
    wanted = _rotation(unit.rota, draft) if step is RotaStep.CONFIRM else None
    page = views.RotaPage(
        sheet=forms.sheet(turn, form),
        draft=draft,
        unit=unit,
        roll=Roll(people=await turn.queries.people_by_id({*unit.rota.people, *draft.people})),
        members=members,
        beginnings=_beginnings(wall_of(turn.now, unit.rota.tz)),
        turns=upcoming(unit.rota, wanted, turn.now, TURNS_SHOWN) if wanted is not None else (),
        lost=misfits(unit.rota, wanted, turn.now) if wanted is not None and draft.rotation else (),
        open_hours=_open_hours(unit.rota, wanted, turn.now) if wanted is not None else (),
    )
    return views.rota_form_screen(page, turn.texts, turn.now, private=turn.private)


def _beginnings(now: datetime) -> tuple[datetime, ...]:
    """Times at which a turn could well begin: tomorrow, and next Monday."""
    tomorrow = now.date() + timedelta(days=1)
    monday = now.date() + timedelta(days=7 - now.weekday())
    walls = [datetime.combine(tomorrow, hour) for hour in (MORNING, EVENING)]
    return tuple(dict.fromkeys((*walls, *(datetime.combine(monday, hour) for hour in (MORNING, OFFICE)))))


def _rotation(rota: Rota, draft: RotaDraft) -> Rotation | None:
    """The rotation that the answers describe."""
    if draft.begins is None:
        return None
    return rotation_of(draft.command(draft.begins), draft.rotation or rota.numbered + 1)


def _open_hours(rota: Rota, rotation: Rotation, now: datetime) -> tuple[Span, ...]:
    """When nobody at all would be on duty in the first week."""
    others = tuple(one for one in rota.rotations if one.id != rotation.id)
    start = max(now, first_showing(rotation.begins, rota.tz))
    return uncovered(replace(rota, rotations=(*others, rotation)), start, start + WEEK)


async def _answer(turn: AnswerTurn) -> None:
    """A message: what the step asks for, or one sentence that says what it asks for."""
    form = turn.form
    draft, words = ROTA.draft(form), " ".join(text_of(turn.message).split())
    answered: RotaDraft | None = None
    match ROTA.step(form):
        case RotaStep.PEOPLE:
            name, mentions = mentions_in(text_of(turn.message), spans_of(turn.message))
            person = await person_meant(turn, mentions, name, door=forms.door(turn, form))
            if person is not None:
                await _add(turn, form, draft, person.id)
            return
        case RotaStep.LENGTH if (months := months_in(words)) is not None:
            await _take_months(turn, form, draft, months)
            return
        case RotaStep.LENGTH if (length := length_in(words)) is not None:
            await _take_length(turn, form, draft, length)
            return
        case RotaStep.BEGINS:
            unit = await ROTA.unit(turn, form)
            readings = readings_in(words, wall_of(turn.now, unit.rota.tz), turn.texts.language)
            if len(readings) > 1:
                turn.say(which_day_screen(readings, turn.texts, forms.sheet(turn, form).button))
                return
            if readings:
                await _take_beginning(turn, form, draft, readings[0])
                return
        case RotaStep.HOURS if (hours := _hours_in(words)) is not None:
            answered = replace(draft, every=hours[0], windows=hours[1])
        case _:  # words that this step can't read, or a step that takes buttons: the question is asked again
            pass
    if answered is None:
        turn.say(said(f"rota-again-{ROTA.step(form).value}", turn.texts))
    else:
        await ROTA.ask(turn, ROTA.forward(turn, form, answered))


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    step, draft = ROTA.step(form), ROTA.draft(form)
    lengths, hours = dict(views.LENGTHS), dict(views.HOURS)
    if word == CONFIRM and step is RotaStep.CONFIRM and draft.begins is not None:
        await _confirm(turn, draft, draft.begins)
        return
    match step:
        case _ if word == BACK:
            form = ROTA.back(turn, form, draft)
        case RotaStep.PEOPLE if word == views.DONE and draft.people:
            form = ROTA.forward(turn, form, draft)
        case RotaStep.PEOPLE if word == views.LESS:
            form = ROTA.go(turn, form, step, replace(draft, people=draft.people[:-1]))
        case RotaStep.PEOPLE if word.isascii() and word.isdigit():
            await _add(turn, form, draft, int(word))
            return
        case RotaStep.LENGTH if word in lengths:
            form = ROTA.forward(turn, form, replace(draft, length=lengths[word] // timedelta(minutes=1), months=0))
        case RotaStep.LENGTH if word == views.MONTH:
            form = ROTA.forward(turn, form, replace(draft, months=1))
        case RotaStep.BEGINS:
            await _take_beginning(turn, form, draft, pressed_time(word))
            return
        case RotaStep.HOURS if word in hours:
            form = ROTA.forward(turn, form, replace(draft, windows=hours[word], every=1))
        case _:  # no button of the desk's says this
            raise NotOurs(word)
    await ROTA.show(turn, form)


async def _add(turn: AnswerTurn | PressTurn, form: Form, draft: RotaDraft, person: int) -> None:
    """Add a person, and refuse at once one who is not of the unit or is there already."""
    member = await turn.queries.person(person)
    if member is None or not member.active or member.unit != draft.unit:
        await turn.refuse(Refusal(reason=Reason.NOT_IN_UNIT, person=person))
    elif person in draft.people:
        await turn.refuse(Refusal(reason=Reason.TWICE, person=person))
    elif len(draft.people) >= PEOPLE_LIMIT:
        await turn.refuse(Refusal(reason=Reason.TOO_MANY, limit=PEOPLE_LIMIT))
    else:
        form = ROTA.go(turn, form, RotaStep.PEOPLE, replace(draft, people=(*draft.people, person)))
        await ROTA.show(turn, form)


async def _take_length(turn: AnswerTurn | PressTurn, form: Form, draft: RotaDraft, length: timedelta) -> None:
    if not SHORTEST <= length <= LONGEST:
        await turn.refuse(Refusal(reason=Reason.BAD_LENGTH))
        return
    form = ROTA.forward(turn, form, replace(draft, length=length // timedelta(minutes=1), months=0))
    await ROTA.ask(turn, form)


async def _take_months(turn: AnswerTurn, form: Form, draft: RotaDraft, months: int) -> None:
    if not 1 <= months <= MONTHS_LIMIT:
        await turn.refuse(Refusal(reason=Reason.BAD_LENGTH))
        return
    await ROTA.ask(turn, ROTA.forward(turn, form, replace(draft, months=months)))


def _hours_in(words: str) -> tuple[int, tuple[Window, ...]] | None:
    """``cada 3 días 08:00-20:00``: of how many days one, and its hours."""
    every, rest = every_in(words)
    windows = windows_in(rest or "siempre") if rest or every > 1 else None
    if windows is None and every > 1:
        # Hours alone are those of each such day.
        windows = windows_in(f"diario {rest}")
    return (every, windows) if windows is not None and 1 <= every <= EVERY_LIMIT else None


async def _take_beginning(turn: AnswerTurn | PressTurn, form: Form, draft: RotaDraft, begins: CivilTime) -> None:
    """A time that the unit's clocks never show, or show twice, is refused with its two readings."""
    unit = await ROTA.unit(turn, form)
    moment = moment_of(begins, unit.rota, turn.now)
    if isinstance(moment, Refusal):
        await turn.refuse(moment)
        return
    form = ROTA.forward(turn, form, replace(draft, begins=begins))
    await ROTA.show(turn, form)


async def _confirm(turn: PressTurn, draft: RotaDraft, begins: CivilTime) -> None:
    """The rotation is set; a refusal leaves the form as it is."""
    outcome = await turn.execute(draft.command(begins))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.redraw(said("rota-saved", turn.texts, unit=outcome.unit.name))
        await forms.end(turn)


ROTA = UnitForm("rota", RotaDraft, RotaStep, _screen)
forms.declare(ROTA.kind, ask=ROTA.ask, answer=_answer, press=_press)
