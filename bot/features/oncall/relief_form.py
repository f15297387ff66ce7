"""The form of a cover and of an absence: who, from when, until when."""

from datetime import datetime

from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.contents import spans_of, text_of
from bot.conversation.turn import Turn
from bot.features.access.named_person import person_meant
from bot.features.oncall import relief_form_view as views
from bot.features.oncall.oncall_view import Roll
from bot.features.oncall.rota_draft import ReliefDraft, ReliefStep
from bot.features.oncall.rota_form import pressed_time
from bot.features.oncall.unit_form import UnitForm
from bot.parsing.civil import civil_in
from bot.parsing.mentions import mentions_in
from bot.ui.buttons import NotOurs
from bot.ui.forms import BACK, CONFIRM, said
from bot.ui.screen import Screen
from core.rules.rota_rules import moment_of
from core.rules.unit_rules import leads
from core.state.shifts import next_boundary
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary.civil import CivilTime, offset_at, wall_of
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Rota

MEMBERS_SHOWN, BOUNDARIES_SHOWN = 30, 4


async def begin(turn: Turn, unit: Unit, *, absence: bool) -> None:
    """The first question."""
    if not leads(turn.caller, unit):
        await turn.refuse(Refusal(reason=Reason.NOT_YOUR_UNIT))
        return
    first = ReliefStep.PERSON if absence else ReliefStep.ROTATION
    form.begin(turn, first, ReliefDraft(unit=unit.id, absence=absence))
    await form.ask(turn)


async def _screen(turn: Turn) -> Screen:
    draft, step, unit = form.draft(turn), form.step(turn), await form.unit(turn)
    members = await turn.queries.members(unit.id, most=MEMBERS_SHOWN) if step is ReliefStep.PERSON else None
    named = {*unit.rota.people, *([draft.person] if draft.person is not None else [])}
    page = views.ReliefPage(
        sheet=forms.sheet(turn),
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


async def _forward(turn: Turn, draft: ReliefDraft) -> None:
    form.forward(turn, draft)
    await form.show(turn)


async def _answer(turn: Turn) -> None:
    """A message: what the step asks for, or one sentence that says what it asks for."""
    step, draft, words = form.step(turn), form.draft(turn), text_of(turn.message)
    if step is ReliefStep.PERSON:
        _, mentions = mentions_in(words, spans_of(turn.message))
        person = await person_meant(turn, mentions)
        if person is not None:
            await _take_person(turn, draft, person.id)
        return
    unit = await form.unit(turn)
    time = civil_in(" ".join(words.split()), wall_of(turn.now, unit.rota.tz))
    if time is not None and step in (ReliefStep.START, ReliefStep.END):
        await _take_time(turn, unit, draft, time)
    else:
        turn.say(said(f"relief-again-{step.value}", turn.texts))


async def _press(turn: Turn, word: str) -> None:
    step, draft, unit = form.step(turn), form.draft(turn), await form.unit(turn)
    match step:
        case _ if word == BACK:
            form.back(turn, draft)
            await form.show(turn)
        case ReliefStep.CONFIRM if word == CONFIRM:
            await _confirm(turn, draft)
        case ReliefStep.START if word == views.NOW:
            await _take_time(turn, unit, draft, this_moment(turn.now, unit.rota))
        case ReliefStep.START | ReliefStep.END:
            await _take_time(turn, unit, draft, pressed_time(word))
        case ReliefStep.ROTATION if word.isascii() and word.isdigit():
            await _forward(turn, replace(draft, rotation=int(word)))
        case ReliefStep.PERSON if word.isascii() and word.isdigit():
            await _take_person(turn, draft, int(word))
        case _:
            raise NotOurs(word)


def this_moment(now: datetime, rota: Rota) -> CivilTime:
    """Now, by the unit's clocks, also where they show it twice."""
    return CivilTime(wall=wall_of(now, rota.tz), offset=offset_at(now, rota.tz))


async def _take_person(turn: Turn, draft: ReliefDraft, number: int) -> None:
    person = await turn.queries.person(number)
    if person is None or not person.active or person.unit != draft.unit:
        await turn.refuse(Refusal(reason=Reason.NOT_IN_UNIT, person=number))
    else:
        await _forward(turn, replace(draft, person=number))


async def _take_time(turn: Turn, unit: Unit, draft: ReliefDraft, time: CivilTime) -> None:
    """A time that the unit's clocks never show, or show twice, is refused with its two readings."""
    moment = moment_of(time, unit.rota, turn.now)
    if isinstance(moment, Refusal):
        await turn.refuse(moment)
    elif form.step(turn) is ReliefStep.START:
        await _forward(turn, replace(draft, start=time, end=None))
    else:
        await _forward(turn, replace(draft, end=time))


async def _confirm(turn: Turn, draft: ReliefDraft) -> None:
    """It counts from now on; a refusal leaves the form as it is."""
    assert draft.person is not None  # all was asked for before
    assert draft.start is not None
    assert draft.end is not None
    unit, person, start, end = draft.unit, draft.person, draft.start, draft.end
    outcome = await turn.execute(
        uc.MarkAbsent(unit=unit, person=person, start=start, end=end)
        if draft.absence
        else uc.StandIn(unit=unit, person=person, start=start, end=end, rotation=draft.rotation or 0)
    )
    if outcome.refusal is not None:
        await turn.refuse(outcome.refusal)
    elif outcome.unit is not None:
        key = "relief-saved-absence" if draft.absence else "relief-saved-cover"
        turn.redraw(said(key, turn.texts, unit=outcome.unit.name))
        await forms.end(turn)


form = UnitForm("relevo", ReliefDraft, ReliefStep, _screen)
forms.declare(form.kind, ask=form.ask, answer=_answer, press=_press)
