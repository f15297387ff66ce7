"""The form of a cover and of an absence: who, from when, until when."""

from datetime import datetime

from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.contents import spans_of, text_of
from bot.conversation.turn import AnswerTurn, PressTurn, RegisteredTurn
from bot.features.access.named_person import person_meant
from bot.features.oncall import relief_form_view as views
from bot.features.oncall.oncall_view import Roll
from bot.features.oncall.rota_draft import ReliefDraft, ReliefStep
from bot.features.oncall.unit_form import UnitForm
from bot.parsing.mentions import mentions_in
from bot.parsing.slashed import readings_in
from bot.ui.buttons import NotOurs
from bot.ui.forms import BACK, CONFIRM, said
from bot.ui.screen import Screen
from bot.ui.which_day import pressed_time, which_day_screen
from core.desk.outcome import Refused
from core.rules.rota_rules import moment_of
from core.rules.unit_rules import leads
from core.state.shifts import next_boundary
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary.civil import CivilTime, offset_at, wall_of
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Rota
from storage.repositories.forms import Form

MEMBERS_SHOWN, BOUNDARIES_SHOWN = 30, 4


async def begin(turn: PressTurn, unit: Unit, *, absence: bool) -> None:
    """The first question."""
    if not leads(turn.caller, unit):
        await turn.refuse(Refusal(reason=Reason.NOT_YOUR_UNIT))
        return
    first = ReliefStep.PERSON if absence else ReliefStep.ROTATION
    form = RELIEF.begin(turn, first, ReliefDraft(unit=unit.id, absence=absence))
    await RELIEF.ask(turn, form)


async def _screen(turn: RegisteredTurn, form: Form) -> Screen:
    draft, step, unit = RELIEF.draft(form), RELIEF.step(form), await RELIEF.unit(turn, form)
    members = await turn.queries.members(unit.id, most=MEMBERS_SHOWN) if step is ReliefStep.PERSON else None
    named = {*unit.rota.people, *([draft.person] if draft.person is not None else [])}
    page = views.ReliefPage(
        sheet=forms.sheet(turn, form),
        draft=draft,
        unit=unit,
        roll=Roll(people=await turn.queries.people_by_id(named)),
        members=members.people if members is not None else (),
        boundaries=_boundaries(unit.rota, draft, turn.now) if step in (ReliefStep.START, ReliefStep.END) else (),
    )
    return views.relief_form_screen(page, turn.texts, private=turn.private)


def _boundaries(rota: Rota, draft: ReliefDraft, now: datetime) -> tuple[datetime, ...]:
    """The next times at which a turn changes, by the clock; for the end those after the beginning."""
    found: list[datetime] = []
    moment: datetime | None = now
    while moment is not None and len(found) < BOUNDARIES_SHOWN:
        moment = next_boundary(rota, moment)
        if moment is not None and (draft.start is None or wall_of(moment, rota.tz) > draft.start.wall):
            found.append(wall_of(moment, rota.tz))
    return tuple(found)


async def _forward(turn: AnswerTurn | PressTurn, form: Form, draft: ReliefDraft) -> None:
    form = RELIEF.forward(turn, form, draft)
    await RELIEF.show(turn, form)


async def _answer(turn: AnswerTurn) -> None:
    """A message: what the step asks for, or one sentence that says what it asks for."""
    form = turn.form
    step, draft, words = RELIEF.step(form), RELIEF.draft(form), text_of(turn.message)
    if step is ReliefStep.PERSON:
        name, mentions = mentions_in(words, spans_of(turn.message))
        person = await person_meant(turn, mentions, name, door=forms.door(turn, form))
        if person is not None:
            await _take_person(turn, form, draft, person.id)
        return
    unit = await RELIEF.unit(turn, form)
    readings = readings_in(" ".join(words.split()), wall_of(turn.now, unit.rota.tz), turn.texts.language)
    timed = step in (ReliefStep.START, ReliefStep.END)
    if timed and len(readings) > 1:
        turn.say(which_day_screen(readings, turn.texts, forms.sheet(turn, form).button))
    elif timed and readings:
        await _take_time(turn, form, unit, draft, readings[0])
    else:
        turn.say(said(f"relief-again-{step.value}", turn.texts))


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    step, draft, unit = RELIEF.step(form), RELIEF.draft(form), await RELIEF.unit(turn, form)
    match step:
        case _ if word == BACK:
            form = RELIEF.back(turn, form, draft)
            await RELIEF.show(turn, form)
        case ReliefStep.CONFIRM if word == CONFIRM and (command := _command(draft)) is not None:
            await _confirm(turn, command)
        case ReliefStep.START if word == views.NOW:
            await _take_time(turn, form, unit, draft, this_moment(turn.now, unit.rota))
        case ReliefStep.START | ReliefStep.END:
            await _take_time(turn, form, unit, draft, pressed_time(word))
        case ReliefStep.ROTATION if word.isascii() and word.isdigit():
            await _forward(turn, form, replace(draft, rotation=int(word)))
        case ReliefStep.PERSON if word.isascii() and word.isdigit():
            await _take_person(turn, form, draft, int(word))
        case _:  # no button of the desk's says this
            raise NotOurs(word)


def this_moment(now: datetime, rota: Rota) -> CivilTime:
    """Now, by the unit's clocks, also where they show it twice."""
    return CivilTime(wall=wall_of(now, rota.tz), offset=offset_at(now, rota.tz))


async def _take_person(turn: AnswerTurn | PressTurn, form: Form, draft: ReliefDraft, number: int) -> None:
    person = await turn.queries.person(number)
    if person is None or not person.active or person.unit != draft.unit:
        await turn.refuse(Refusal(reason=Reason.NOT_IN_UNIT, person=number))
    else:
        await _forward(turn, form, replace(draft, person=number))


async def _take_time(turn: AnswerTurn | PressTurn, form: Form, unit: Unit, draft: ReliefDraft, time: CivilTime) -> None:
    """A time that the unit's clocks never show, or show twice, is refused with its two readings."""
    moment = moment_of(time, unit.rota, turn.now)
    if isinstance(moment, Refusal):
        await turn.refuse(moment)
    elif RELIEF.step(form) is ReliefStep.START:
        await _forward(turn, form, replace(draft, start=time, end=None))
    else:
        await _forward(turn, form, replace(draft, end=time))


def _command(draft: ReliefDraft) -> uc.MarkAbsent | uc.StandIn | None:
    """The command that the answers make; None while one is wanting."""
    unit, person, start, end = draft.unit, draft.person, draft.start, draft.end
    if person is None or start is None or end is None:
        return None
    if draft.absence:
        return uc.MarkAbsent(unit=unit, person=person, start=start, end=end)
    return uc.StandIn(unit=unit, person=person, start=start, end=end, rotation=draft.rotation or 0)


async def _confirm(turn: PressTurn, command: uc.MarkAbsent | uc.StandIn) -> None:
    """It counts from now on; a refusal leaves the form as it is."""
    outcome = await turn.execute(command)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    key = "relief-saved-absence" if isinstance(command, uc.MarkAbsent) else "relief-saved-cover"
    turn.redraw(said(key, turn.texts, unit=outcome.unit.name))
    await forms.end(turn)


RELIEF = UnitForm("relevo", ReliefDraft, ReliefStep, _screen)
forms.declare(RELIEF.kind, ask=RELIEF.ask, answer=_answer, press=_press)
