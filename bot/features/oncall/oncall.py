"""``/guardia``: who is on duty, now or at a moment that somebody asks about, and a unit's rota."""

from datetime import datetime
from functools import partial

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.oncall import oncall_view as views
from bot.features.oncall.relief_form import begin as begin_relief
from bot.features.oncall.rota_form import begin as begin_rota
from bot.features.oncall.units import unit_at
from bot.parsing.slashed import readings_in
from bot.ui import user_text
from bot.ui.buttons import Action, NotOurs, button
from bot.ui.forms import said
from bot.ui.screen import Button, Screen
from bot.ui.which_day import pressed_time, which_day_screen
from core.desk.outcome import Refused, UnitOutcome
from core.rules.rota_rules import moment_of
from core.rules.unit_rules import leads
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary.civil import CivilTime, wall_of
from core.vocabulary.refusals import Refusal
from core.vocabulary.words import Role

PAGE = 4
WORDS_SHOWN = 60


@command("oncall", role=Role.SUPERVISOR)
async def oncall(turn: CommandTurn) -> None:
    """``/guardia``: on duty now; ``/guardia Norte``: that rota; ``/guardia domingo 03:00 [unit]``: at that time."""
    unit = await turn.queries.unit_named(turn.words) if turn.words.strip() else None
    if unit is not None:
        turn.say(await _page(turn, unit))
    elif turn.words.strip():
        await _then(turn)
    else:
        turn.say(await _now(turn, 0))


@press(Action.ONCALL, on_page(ScreenKind.ONCALL, ScreenKind.UNITS), role=Role.SUPERVISOR)
async def pressed(turn: PressTurn) -> None:
    """A button of these pages.

    Raises:
        NotOurs: no button of this version says that.
    """
    words = turn.press.words
    if not words or turn.press.number(0) == 0:
        turn.redraw(await _now(turn, turn.press.number(1) if len(words) > 1 else 0))
        return
    unit = await unit_at(turn)
    number = turn.press.number(2) if len(words) > 2 else 0
    match words[1] if len(words) > 1 else "":
        case "":
            turn.redraw(await _page(turn, unit))
        case views.ROTA:
            await begin_rota(turn, unit, number)
        case views.RELIEF | views.ABSENCE as word:
            await begin_relief(turn, unit, absence=word == views.ABSENCE)
        case views.DROP:
            rotation = unit.rota.rotation(number)
            if rotation is None:
                raise NotOurs(turn.press.action.value)
            turn.redraw(views.drop_screen(unit, rotation, await roll_of(turn, unit), turn.texts))
        case views.DROP_SURE:
            await _after(turn, unit, await turn.execute(uc.DropRotation(unit=unit.id, rotation=number)))
        case views.BACK_OFF:
            await _after(turn, unit, await turn.execute(uc.Withdraw(unit=unit.id, entry=number)))
        case _:  # no button of the desk's says this
            raise NotOurs(turn.press.action.value)


async def _after(turn: PressTurn, unit: Unit, outcome: UnitOutcome) -> None:
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    turn.redraw(await _page(turn, outcome.unit or unit))


async def _now(turn: RegisteredTurn, after: int) -> Screen:
    last = await turn.queries.unit(after) if after else None
    page = await turn.queries.units(after=(last.name, last.id) if last is not None else None, most=PAGE)
    return views.oncall_screen(page, await roll_of(turn, *page.units), after, turn.texts, turn.now)


async def _page(turn: RegisteredTurn, unit: Unit) -> Screen:
    return views.unit_oncall_screen(unit, await roll_of(turn, unit), turn.texts, turn.now)


async def roll_of(turn: RegisteredTurn, *units: Unit) -> views.Roll:
    """The people of these units' rotas, and those who are on duty there by hand."""
    named = {person for unit in units for person in (*unit.rota.people, *(a.person for a in unit.rota.absences))}
    by_hand = [person for unit in units for person in await turn.queries.on_shift(unit.id)]
    return views.Roll(
        people=await turn.queries.people_by_id(named),
        by_hand=tuple(by_hand),
        leads=len(units) == 1 and leads(turn.caller, units[0]),
    )


async def _then(turn: CommandTurn) -> None:
    """The time by the clock of each unit: of the one that is named, else of one's own, else of all on a page."""
    units, words = await _units_meant(turn)
    times: dict[int, CivilTime] = {}
    for unit in units:
        readings = readings_in(words, wall_of(turn.now, unit.rota.tz), turn.texts.language)
        if not readings:
            turn.say(said("oncall-when", turn.texts, words=user_text.user_text(turn.words, WORDS_SHOWN)))
            return
        if len(readings) > 1:
            one = unit.id if len(units) == 1 else 0
            turn.say(which_day_screen(readings, turn.texts, partial(_at_button, one)))
            return
        times[unit.id] = readings[0]
    screen = await _at(turn, units, times)
    if screen is not None:
        turn.say(screen)


def _at_button(unit: int, label: str, word: str) -> Button:
    return button(label, Action.ONCALL_AT, unit, word)


@press(Action.ONCALL_AT, on_page(ScreenKind.DAY, asked=True, words=2), role=Role.SUPERVISOR)
async def then(turn: PressTurn) -> None:
    """Which day is meant, of one unit or (0) of all on a page.

    Raises:
        NotOurs: no button of this version says that.
    """
    units = (await unit_at(turn),) if turn.press.number(0) else (await turn.queries.units(most=PAGE)).units
    if len(turn.press.words) != 2:
        raise NotOurs(turn.press.action.value)
    time = pressed_time(turn.press.words[1])
    screen = await _at(turn, units, {unit.id: time for unit in units})
    if screen is not None:
        turn.redraw(screen)


async def _at(turn: RegisteredTurn, units: tuple[Unit, ...], times: dict[int, CivilTime]) -> Screen | None:
    """The people on duty then; None where a clock never shows it, or shows it twice, which was said."""
    moments: dict[int, datetime] = {}
    for unit in units:
        moment = moment_of(times[unit.id], unit.rota, turn.now)
        if isinstance(moment, Refusal):
            await turn.refuse(moment)
            return None
        moments[unit.id] = moment
    if not units:
        return said("oncall-no-units", turn.texts)
    return views.at_screen(units, moments, await roll_of(turn, *units), turn.texts)


async def _units_meant(turn: CommandTurn) -> tuple[tuple[Unit, ...], str]:
    """The units asked about, and the words without the unit's name, which comes last."""
    words = turn.words.split()
    for taken in range(1, min(len(words), 6)):
        unit = await turn.queries.unit_named(" ".join(words[-taken:]))
        if unit is not None:
            return (unit,), " ".join(words[:-taken])
    own = turn.person.unit
    unit = await turn.queries.unit(own) if own is not None else None
    if unit is not None:
        return (unit,), turn.words
    return (await turn.queries.units(most=PAGE)).units, turn.words
