"""Asking another to swap: which of one's turns, with whom, and for which of theirs; and the other's answer.

In the place of one person the whole unit may be asked.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, of_card, swap
from bot.conversation.turn import AnswerTurn, PressTurn, RegisteredTurn
from bot.features.oncall import shift_view as views
from bot.features.oncall import swap_view
from bot.features.oncall.rota_draft import SwapStep
from bot.features.oncall.unit_form import UnitForm
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import BACK, CONFIRM, said
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.notifications.unit_notifications import UnitContext
from core.state.shifts import Shift, turns
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Rota, Stretch
from storage.repositories.forms import Form

AHEAD = timedelta(days=28)
TURNS_SHOWN = 8
PEOPLE_SHOWN = 20


class SwapDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answers so far; ``asked`` 0 is the whole unit."""

    unit: int
    gives: Stretch | None = None
    asked: int | None = None
    takes: Stretch | None = None


async def begin(turn: PressTurn) -> None:
    """Which of one's own turns?"""
    unit = await turn.queries.unit(turn.person.unit) if turn.person.unit else None
    if unit is None or not _coming(unit.rota, turn.person.id, turn.now):
        turn.say(said("swap-no-turns", turn.texts))
        return
    form = SWAP.begin(turn, SwapStep.MINE, SwapDraft(unit=unit.id))
    await SWAP.ask(turn, form)


@press(Action.SWAP, of_card(ScreenKind.SWAP, swap, words=3))
async def answer_swap(turn: PressTurn) -> None:
    """*Acepto*, *No puedo*, or *Retirar*; the card says what came of it.

    Raises:
        NotOurs: no button of this version says that.
    """
    if turn.press.words[2:] not in ((swap_view.YES,), (swap_view.NO,)):
        raise NotOurs(turn.press.action.value)
    yes = turn.press.words[2] == swap_view.YES
    outcome = await turn.execute(uc.AnswerSwap(unit=turn.press.number(0), swap=turn.press.number(1), yes=yes))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    for event in outcome.events:
        if isinstance(event, u.SwapDeclined) and event.swap.asker == turn.caller.id:
            turn.redraw(said("swap-taken-back", turn.texts))


def _coming(rota: Rota, person: int, now: datetime) -> tuple[Shift, ...]:
    """Turns of a rotation that have not begun yet."""
    ahead = turns(rota, now, now + AHEAD)
    mine = [s for s in ahead if s.person == person and s.rotation and s.start > now and s.end < now + AHEAD]
    return tuple(mine[:TURNS_SHOWN])


async def _screen(turn: RegisteredTurn, form: Form) -> Screen:
    draft, step, unit = SWAP.draft(form), SWAP.step(form), await SWAP.unit(turn, form)
    me = turn.person.id
    shifts: tuple[Shift, ...] = ()
    if step is SwapStep.MINE:
        shifts = _coming(unit.rota, me, turn.now)
    elif step is SwapStep.THEIRS:
        shifts = _coming(unit.rota, draft.asked or 0, turn.now)
    members = (await turn.queries.members(unit.id, most=PEOPLE_SHOWN)).people if step is SwapStep.WHO else ()
    page = views.SwapPage(
        sheet=forms.sheet(turn, form),
        unit=unit,
        shifts=shifts,
        people=tuple(person for person in members if person.id != me),
        other=await turn.queries.person(draft.asked) if draft.asked else None,
        everybody=draft.asked == 0,
        gives=draft.gives,
        takes=draft.takes,
    )
    return views.swap_form_screen(page, turn.texts)


async def _go(turn: AnswerTurn | PressTurn, form: Form, step: SwapStep, draft: SwapDraft) -> None:
    form = SWAP.go(turn, form, step, draft)
    await SWAP.show(turn, form)


async def _answer(turn: AnswerTurn) -> None:
    """This form has only buttons."""
    turn.say(said("swap-press", turn.texts))


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    step, draft, unit = SWAP.step(form), SWAP.draft(form), await SWAP.unit(turn, form)
    match step:
        case SwapStep.CONFIRM if word == BACK and draft.asked == 0:
            await _go(turn, form, SwapStep.WHO, replace(draft, asked=None))
        case _ if word == BACK:
            form = SWAP.back(turn, form, draft)
            await SWAP.show(turn, form)
        case SwapStep.MINE:
            mine = await _stretch(turn, unit, turn.person.id, word)
            if mine is not None:
                await _go(turn, form, SwapStep.WHO, replace(draft, gives=mine))
        case SwapStep.WHO if word == views.EVERYBODY:
            await _go(turn, form, SwapStep.CONFIRM, replace(draft, asked=0, takes=None))
        case SwapStep.WHO if word.isascii() and word.isdigit():
            await _go(turn, form, SwapStep.THEIRS, replace(draft, asked=int(word), takes=None))
        case SwapStep.THEIRS if word == views.NOTHING:
            await _go(turn, form, SwapStep.CONFIRM, replace(draft, takes=None))
        case SwapStep.THEIRS:
            theirs = await _stretch(turn, unit, draft.asked or 0, word)
            if theirs is not None:
                await _go(turn, form, SwapStep.CONFIRM, replace(draft, takes=theirs))
        case SwapStep.CONFIRM if word == CONFIRM and (command := _command(draft)) is not None:
            await _confirm(turn, unit, command)
        case _:  # no button of the desk's says this
            raise NotOurs(word)


async def _stretch(turn: PressTurn, unit: Unit, person: int, word: str) -> Stretch | None:
    """The turn that a button names, unless the rota has changed since it was drawn."""
    for shift in _coming(unit.rota, person, turn.now):
        if views.shift_word(shift) == word:
            return Stretch(rotation=shift.rotation, start=shift.start, end=shift.end)
    await turn.refuse(Refusal(reason=Reason.SWAP_OVER))
    return None


def _command(draft: SwapDraft) -> uc.AskSwap | None:
    """The command that the answers make; None while one is wanting."""
    if draft.gives is None or draft.asked is None:
        return None
    return uc.AskSwap(unit=draft.unit, asked=draft.asked, gives=draft.gives, takes=draft.takes)


async def _confirm(turn: PressTurn, unit: Unit, command: uc.AskSwap) -> None:
    """The other is asked; a refusal leaves the form as it is."""
    outcome = await turn.execute(command)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    for event in outcome.events:
        if isinstance(event, u.SwapAsked):
            people = await turn.queries.people_by_id({event.swap.asker, event.swap.asked})
            file = UnitContext(unit=unit, people=people)
            turn.redraw(swap_view.asked_screen(event.swap, file, turn.texts.within(unit.rota.tz)))
    await forms.end(turn)


SWAP = UnitForm("cambio", SwapDraft, SwapStep, _screen)
forms.declare(SWAP.kind, ask=SWAP.ask, answer=_answer, press=_press)
