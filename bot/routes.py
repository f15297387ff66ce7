"""Which handler an update goes to, and the guard before it: who is this, may they (P9), and how fast."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.conversation import forms, registry
from bot.conversation.contents import text_of
from bot.conversation.turn import Turn
from bot.conversation.user_rate_limit import Answer
from bot.conversation.worker import current_failure, current_turn
from bot.features.access.access_view import stranger_screen
from bot.features.access.help import unknown
from bot.features.emergency.free_text import spoken
from bot.features.safety import checkin, presence
from bot.ui import buttons
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from core.rules.permissions import DESK
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

Context = CallbackContext[Any, Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]


def add_routes(application: App) -> None:
    """Teach python-telegram-bot's application the desk's ways."""
    application.add_handlers(
        [
            # What comes most comes first: a service message has no text, and to tell one takes fifty questions.
            MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, _message),
            CallbackQueryHandler(_press),
            ChatMemberHandler(_membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE & filters.UpdateType.MESSAGE, _migration),
            MessageHandler(filters.StatusUpdate.ALL & filters.UpdateType.MESSAGE, _nothing),
            MessageHandler(filters.UpdateType.CHANNEL_POST, _channel),
            MessageHandler(filters.UpdateType.MESSAGE, _message),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, _edited),
            TypeHandler(Update, _nothing),
        ]
    )
    application.add_error_handler(_put_down)


async def _put_down(_: object, context: Context) -> None:
    """The library swallows what a handler raises; the worker must know it."""
    current_failure.get().error = context.error


async def _nothing(_: Update, __: Context) -> None:
    """Nothing to do: a service message, whatever Telegram invents next."""


async def _edited(_: Update, __: Context) -> None:
    """What was said counts as it was said; whoever changes it is told to say it anew. In a group that is their own
    affair."""
    turn = current_turn.get()
    if turn.private and turn.role is not None and text_of(turn.message) and not _too_fast(turn):
        turn.say(Screen(text=turn.texts("edited")))


async def _message(_: Update, context: Context) -> None:
    turn = current_turn.get()
    await _heard(turn)
    message = turn.message
    text = (message.text or "") if message is not None else ""
    if text.startswith("/"):
        await _command(turn, text, context.bot.username)
    elif await _taken(turn):
        return
    elif turn.role is None:
        if turn.private:
            turn.say(stranger_screen(turn.person, turn.texts))
    elif turn.form is not None:
        await forms.answer(turn)
    elif message is not None and message.location is not None:
        await presence.here(turn)
    elif turn.private:
        await spoken(turn)


async def _taken(turn: Turn) -> bool:
    """It was somebody's word that they are well; or they send too much."""
    if turn.role is not None and await checkin.heard(turn):
        return True
    return (turn.private or turn.form is not None) and _too_fast(turn)


async def _command(turn: Turn, text: str, bot_name: str) -> None:
    """``/name@bot words``; one for another bot is none of ours, but alone with us nobody can mean another."""
    head, *rest = text[1:].split(maxsplit=1) or [""]
    name, _, addressee = head.partition("@")
    elsewhere = bool(addressee) and addressee.lower() != bot_name.lower() and not turn.private
    if elsewhere or _too_fast(turn):
        return
    turn.words = rest[0] if rest else ""
    entry = registry.command_named(name)
    if turn.role is None and (entry is None or entry.role is not None):
        turn.say(stranger_screen(turn.person, turn.texts))
    elif entry is None:
        await unknown(turn, name)
    elif entry.role is not None and (turn.role or 0) < entry.role:
        _above_role(turn, entry.role)
    else:
        await entry.handler(turn)


async def _press(update: Update, _: Context) -> None:
    turn = current_turn.get()
    await _heard(turn)
    if _too_fast(turn):
        return
    query = update.callback_query
    turn.press = buttons.parse(query.data or "") if query is not None else None
    if turn.role is None:
        turn.say(stranger_screen(turn.person, turn.texts))
    elif turn.press is None:
        turn.say(refusal_screen(Refusal(reason=Reason.STALE), None, turn.texts))
    else:
        role, handler = registry.press_of(turn.press.action)
        if turn.role < role:
            _above_role(turn, role)
        else:
            await _answer_press(turn, handler)


async def _answer_press(turn: Turn, handler: registry.Handler) -> None:
    try:
        await handler(turn)
    except buttons.NotOurs:
        turn.say(refusal_screen(Refusal(reason=Reason.STALE), None, turn.texts))


def _too_fast(turn: Turn) -> bool:
    """Somebody sends more than can be answered: they hear it once, and the rest is passed over."""
    answer = turn.services.user_rate_limit.ask(turn)
    if answer is Answer.SLOW_DOWN:
        turn.say(Screen(text=turn.texts("too-fast")))
    return answer is not Answer.GO


def _above_role(turn: Turn, role: Role) -> None:
    turn.say(refusal_screen(Refusal(reason=Reason.ABOVE_ROLE, role=role), None, turn.texts))


async def _heard(turn: Turn) -> None:
    """Somebody who had blocked the bot writes to it: alerts reach them again.

    Without the turn's key, which counts commands: when the update is handled again, nobody is silenced any more, and
    the next command would get this one's answer.
    """
    if turn.private and turn.person is not None and not turn.person.reachable:
        await turn.services.desk.execute(c.MarkHeard(person=turn.person.id), caller=DESK)


async def _channel(_: Update, __: Context) -> None:
    """A channel has no person in it who could be asked or answered."""
    turn = current_turn.get()
    message = turn.message
    if message is not None and (message.text or "").startswith("/"):
        turn.say(Screen(text=turn.texts("channel")))


async def _membership(_: Update, __: Context) -> None:
    await presence.membership(current_turn.get())


async def _migration(_: Update, __: Context) -> None:
    turn = current_turn.get()
    message = turn.message
    if message is not None and message.migrate_to_chat_id is not None:
        turn.moved_to = message.migrate_to_chat_id
