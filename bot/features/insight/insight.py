"""Seeing it before and after: ``/plan`` and ``/porque``."""

from datetime import datetime
from functools import partial

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.task_steps import asked_task, seen_file
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.insight import plan_view as views
from bot.features.insight.plan_view import Outlook
from bot.features.insight.why_view import named_in, why_screen
from bot.parsing.codes import coded
from bot.parsing.slashed import readings_in
from bot.ui import user_text
from bot.ui.buttons import Action, NotOurs, button
from bot.ui.forms import said
from bot.ui.screen import Button
from bot.ui.which_day import pressed_time, which_day_screen
from core.queries.replay import replay
from core.rules.rota_rules import moment_of
from core.state.units import Unit
from core.vocabulary import commands as c
from core.vocabulary.civil import CivilTime, wall_of
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Rota
from core.vocabulary.words import Role

WORDS_SHOWN = 60
QUOTES = "\"'«»“”"


@command("plan", role=Role.SUPERVISOR)
async def plan(turn: CommandTurn) -> None:
    """``/plan``, ``/plan T-000123``, ``/plan Norte``, ``/plan domingo 03:00 Norte``."""
    asked = coded(turn.words)
    if asked.task is not None and not asked.rest:
        await _of_task(turn, asked.task)
        return
    unit, words = await unit_meant(turn)
    if not words:
        await _of_opening(turn, unit, None)
        return
    rota = unit.rota if unit is not None else Rota(zone=turn.texts.zone)
    readings = readings_in(words, wall_of(turn.now, rota.tz), turn.texts.language)
    if not readings:
        turn.say(said("plan-when", turn.texts, words=user_text.user_text(turn.words, WORDS_SHOWN)))
    elif len(readings) > 1:
        one = unit.id if unit is not None else 0
        turn.say(which_day_screen(readings, turn.texts, partial(_at_button, one)))
    else:
        await _at(turn, unit, readings[0])


def _at_button(unit: int, label: str, word: str) -> Button:
    return button(label, Action.PLAN_AT, unit, word)


@press(Action.PLAN_AT, on_page(ScreenKind.DAY, asked=True, words=2), role=Role.SUPERVISOR)
async def plan_then(turn: PressTurn) -> None:
    """Which day is meant; the unit's number, or 0 for none.

    Raises:
        NotOurs: no button of this version says that.
    """
    number = turn.press.number(0)
    unit = await turn.queries.unit(number) if number else None
    if len(turn.press.words) != 2 or (number and unit is None):
        raise NotOurs(turn.press.action.value)
    await _at(turn, unit, pressed_time(turn.press.words[1]))


async def _at(turn: RegisteredTurn, unit: Unit | None, time: CivilTime) -> None:
    moment = moment_of(time, unit.rota if unit is not None else Rota(zone=turn.texts.zone), turn.now)
    if isinstance(moment, Refusal):
        await turn.refuse(moment)
    elif moment < turn.now:
        turn.say(said("plan-past", turn.texts))
    else:
        await _of_opening(turn, unit, moment)


async def unit_meant(turn: CommandTurn) -> tuple[Unit | None, str]:
    """The unit that the words end with, or else the person's own, and the words before its name."""
    words = turn.words.strip().strip(QUOTES).split()
    for start in range(max(len(words) - 6, 0), len(words)):
        unit = await turn.queries.unit_named(" ".join(words[start:]).strip(QUOTES))
        if unit is not None:
            return unit, " ".join(words[:start]).strip(QUOTES)
    own = turn.person.unit
    return (await turn.queries.unit(own) if own is not None else None), " ".join(words)


async def _of_task(turn: RegisteredTurn, task_id: int) -> None:
    file = await seen_file(turn, task_id)
    if file is None:
        return
    found = await turn.queries.plan_of(task_id, turn.services.rules, turn.services.desk.group, turn.now)
    if found is not None:
        people = await turn.queries.people_by_id(views.named_in(found))
        unit = await turn.queries.unit(found.task.unit) if found.task.unit is not None else None
        pace, leaders = turn.services.pace, await turn.queries.leaders()
        outlook = Outlook(plan=found, people=people, since=turn.now, unit=unit, pace=pace, leaders=leaders)
        turn.say(views.open_screen(outlook, turn.texts))


async def _of_opening(turn: RegisteredTurn, unit: Unit | None, moment: datetime | None) -> None:
    """If an emergency opened then (None: now), when nobody knows yet who will be free."""
    rules, at = turn.services.rules, moment or turn.now
    opening = c.OpenEmergency(title="", sent_at=at, unit=unit.id if unit is not None else None)
    found = await turn.queries.plan_opening(opening, rules, turn.services.desk.group, at, agents=moment is None)
    if isinstance(found, Refusal):
        await turn.refuse(found)
        return
    outlook = Outlook(
        plan=found,
        people=await turn.queries.people_by_id(views.named_in(found)),
        since=at,
        unit=unit,
        agents=rules.offer_to if moment is not None else None,
        pace=turn.services.pace,
        leaders=await turn.queries.leaders(),
    )
    texts = turn.texts.within(unit.rota.tz) if unit is not None else turn.texts
    turn.say(views.opening_screen(outlook, texts, later=moment is not None))


@command("why", role=Role.SUPERVISOR)
async def why(turn: CommandTurn) -> None:
    """``/porque T-000123``: one sentence for each cause."""
    asked = await asked_task(turn, "why", alone=True)
    if asked is not None:
        await _explain(turn, asked.task)


@press(Action.WHY, on_page(ScreenKind.ANSWER, words=1), role=Role.SUPERVISOR)
async def why_of(turn: PressTurn) -> None:
    """A task that was chosen."""
    await _explain(turn, turn.press.number(0))


async def _explain(turn: RegisteredTurn, task_id: int) -> None:
    file = await seen_file(turn, task_id)
    if file is None:
        return
    causes = replay(await turn.queries.history(file.task.id))
    people = await turn.queries.people_by_id(named_in(causes))
    turn.say(why_screen(file.task, causes, people, turn.texts, turn.now))
