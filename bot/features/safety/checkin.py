"""``/control``: whoever works alone says every so often that they are well, by a button or in words."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

from msgspec.structs import replace

from bot.conversation.contents import text_of
from bot.conversation.joined_report import joined, say_joined
from bot.conversation.private_reply import private_reply
from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, check_in, of_card, of_oneself, on_page
from bot.conversation.turn import CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.features.safety import duress
from bot.features.safety.checkin_view import (
    check_in_screen,
    fine_words,
    no_check_in_screen,
    noted_screen,
    round_answered_screen,
    start_buttons,
)
from bot.ui.buttons import Action
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.duress import LONGEST, matches, spoken
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary.card_names import checkin_card
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

WORD, END = ("clave", "word"), ("fin", "end", "stop")
MINUTES = re.compile(r"([0-9]{1,6})( ?(m|min|minutos|minutes))?", re.IGNORECASE)


@command("checkin", role=Role.AGENT)
async def control(turn: CommandTurn) -> None:
    """``/control 30``, ``/control clave``, ``/control fin``; alone it shows the one that runs."""
    first, _, rest = turn.words.strip().partition(" ")
    if not first:
        _show(turn)
    elif first.lower() in WORD:
        await duress.begin(turn, rest.strip())
    elif first.lower() in END and not rest.strip():
        await _stop(turn)
    elif (minutes := MINUTES.fullmatch(turn.words.strip())) is not None:
        await _start(turn, timedelta(minutes=int(minutes[1])))
    else:
        _which(turn)


@press(Action.CHECK_IN, on_page(ScreenKind.CHECK_IN, private=True, words=1))
async def begin(turn: PressTurn) -> None:
    """*15 min*, *30 min*, *60 min*."""
    await _start(turn, timedelta(minutes=turn.press.number(0)))


@press(Action.FINE, of_oneself(ScreenKind.CHECK_IN, check_in))
async def fine(turn: PressTurn) -> None:
    """*Estoy bien*."""
    # A press has no date of its own in the Bot API: nothing proves that it was before the alarm, so it takes none back.
    outcome = await turn.execute(cc.AnswerCheckIn(person=turn.person.id))
    if isinstance(outcome, Refused):
        turn.redraw(no_check_in_screen(turn.texts))


@press(Action.NEED_HELP, of_oneself(ScreenKind.CHECK_IN, check_in))
async def need_help(turn: PressTurn) -> None:
    """*Necesito ayuda*: an emergency at once, whether or not the check-in still runs."""
    outcome = await turn.execute(cc.NeedHelp(person=turn.person.id))
    if not isinstance(outcome, Refused):
        return
    refusal = outcome.refusal
    if refusal.reason is not Reason.NO_CHECK_IN:
        await turn.refuse(refusal)
        return
    position = turn.person.position
    place = position.place if position is not None else None
    alarm = await turn.execute(c.OpenEmergency(title="", sent_at=turn.now, place=place))
    turn.redraw(no_check_in_screen(turn.texts))
    if isinstance(alarm, Refused):
        await turn.refuse(alarm.refusal)
    elif (report := joined(alarm)) is not None:
        say_joined(turn, alarm.task, report)


@press(Action.STOP_CHECK_IN, of_card(ScreenKind.CHECK_IN, check_in, words=0, private=True))
async def stop(turn: PressTurn) -> None:
    """*Terminar control*."""
    outcome = await turn.execute(cc.StopCheckIn(person=turn.person.id))
    if isinstance(outcome, Refused):
        turn.redraw(no_check_in_screen(turn.texts))


async def heard(turn: MessageTurn, unkept: Callable[[MessageTurn], Awaitable[None]]) -> bool:
    """Words in private: whether they were the duress word, or the answer to a check-in that runs.

    An answer with the duress word looks like any other; said unasked, it is answered as words that are not kept.
    """
    text = text_of(turn.message)
    if not turn.private or duress.wanted(turn) or not 0 < len(spoken(text)) <= LONGEST:
        return False
    threatened = await _is_duress_word(turn, text)
    if turn.check_in is None:
        if threatened:
            await turn.execute(cc.GiveDuressWord(person=turn.person.id))
            await unkept(turn)
        return threatened
    if not threatened and spoken(text) not in fine_words(turn.texts):
        return False
    sent_at, why = (None, "") if threatened else (turn.sent_at, str(turn.texts("answered-in-time")))
    answer = cc.AnswerCheckIn(person=turn.person.id, duress=threatened, sent_at=sent_at)
    outcome = await turn.execute(answer, reason=why)
    if isinstance(outcome, Refused):
        turn.say(no_check_in_screen(turn.texts))
    elif outcome.check_in is None:
        turn.say(round_answered_screen(turn.now, turn.texts))
    else:
        turn.say(noted_screen(outcome.check_in, turn.texts))
    return True


async def _is_duress_word(turn: RegisteredTurn, text: str) -> bool:
    kept = await turn.queries.duress_word(turn.person.id)
    return kept is not None and await asyncio.to_thread(matches, text, kept)


def _show(turn: RegisteredTurn) -> None:
    screen = no_check_in_screen(turn.texts) if turn.check_in is None else check_in_screen(turn.check_in, turn.texts)
    if turn.private and turn.check_in is not None:
        turn.show(screen, checkin_card(turn.check_in.person))
    else:
        private_reply(turn, screen)


def _which(turn: RegisteredTurn) -> None:
    refusal = refusal_screen(Refusal(reason=Reason.BAD_INTERVAL), None, turn.texts)
    turn.say(replace(refusal, buttons=start_buttons(turn.texts)))


async def _start(turn: RegisteredTurn, every: timedelta) -> None:
    """The desk itself sends the card."""
    outcome = await turn.execute(cc.StartCheckIn(person=turn.person.id, every=every))
    if isinstance(outcome, Refused) and outcome.refusal.reason is Reason.BAD_INTERVAL:
        _which(turn)
    elif isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    elif not turn.private:
        turn.say(Screen(text=turn.texts("said-aside")))


async def _stop(turn: CommandTurn) -> None:
    outcome = await turn.execute(cc.StopCheckIn(person=turn.person.id))
    over = not isinstance(outcome, Refused)
    private_reply(turn, check_in_screen(None, turn.texts) if over else no_check_in_screen(turn.texts))
