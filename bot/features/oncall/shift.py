"""``/turno``: one's own shifts, beginning and ending one by hand, and taking over the watch."""

from datetime import datetime

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, handover, of_card, on_page
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.oncall import shift_view as views
from bot.features.oncall.swap_form import begin as begin_swap
from bot.features.safety.leaving import leave, way
from bot.parsing.civil import plain
from bot.ui import user_text
from bot.ui.buttons import Action, NotOurs
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.shifts import HORIZON, Shift, turns
from core.state.units import Unit
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary.words import Role

BEGIN = ("inicio", "iniciar", "empezar", "entrada", "start", "begin")
END = ("fin", "final", "terminar", "salida", "end", "stop")
OFF = "turno"
TURNS_SHOWN = 5
WORD_SHOWN = 40


@command("shift", role=Role.AGENT)
async def shift(turn: CommandTurn) -> None:
    """``/turno inicio`` and ``/turno fin``; without a word, one's own shifts."""
    words = plain(turn.words[:WORD_SHOWN])
    if words in BEGIN:
        await _begin(turn)
    elif words in END:
        await leave(turn, OFF)
    elif words:
        turn.say(views.which_screen(turn.person, user_text.user_text(turn.words, WORD_SHOWN), turn.texts))
    else:
        turn.say(await _mine(turn))


@press(Action.SHIFT, on_page(ScreenKind.SHIFT, asked=True, words=1))
async def shift_button(turn: PressTurn) -> None:
    """*Empezar turno*, *Terminar turno*, *Cambiar un turno*.

    Raises:
        NotOurs: no button of this version says that.
    """
    match turn.press.words:
        case (views.CHANGE,):
            await begin_swap(turn)
        case (views.START,):
            await _begin(turn)
        case (views.STOP,):
            await leave(turn, OFF)
        case _:  # no button of the desk's says this
            raise NotOurs(turn.press.action.value)


@press(Action.TAKE_OVER, of_card(ScreenKind.HANDOVER, handover, words=1))
async def take_over(turn: PressTurn) -> None:
    """*Recibido*: the card itself says that it was taken."""
    outcome = await turn.execute(uc.TakeOver(unit=turn.press.number(0)))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)


async def _begin(turn: RegisteredTurn) -> None:
    outcome = await turn.execute(c.StartShift(person=turn.person.id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(views.started_screen(outcome.person, turn.texts))


@way(OFF)
async def _end(turn: RegisteredTurn) -> bool:
    outcome = await turn.execute(c.EndShift(person=turn.person.id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return False
    unit = turn.person.unit
    planned = unit is not None and turn.caller.id in await turn.queries.on_duty(turn.now, unit)
    turn.say(views.ended_screen(turn.texts, planned=planned))
    return True


async def _mine(turn: RegisteredTurn) -> Screen:
    unit = await turn.queries.unit(turn.person.unit) if turn.person.unit is not None else None
    shifts = own_turns(unit, turn.person.id, turn.now) if unit is not None else ()
    return views.shift_screen(turn.person, unit, shifts[:TURNS_SHOWN], turn.texts, turn.now)


def own_turns(unit: Unit, person: int, now: datetime) -> tuple[Shift, ...]:
    """Somebody's turns by the rota, those under way included."""
    return tuple(shift for shift in turns(unit.rota, now, now + HORIZON) if shift.person == person)
