"""Which handler an update goes to, and the guard before it: who is this, may they (P9), and how fast."""

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, TypeHandler, filters

from bot.conversation import albums, forms, registry
from bot.conversation.arrival import Arrival
from bot.conversation.contents import text_of
from bot.conversation.context import TurnApplication, TurnContext, note_error
from bot.conversation.registry import EntryCommand
from bot.conversation.turn import AnswerTurn, CommandTurn, EntryTurn, OtherTurn, PressTurn, RegisteredTurn, Turn
from bot.conversation.user_rate_limit import NEVER_HELD, Answer
from bot.features.access import guests, own_word
from bot.features.access.access_view import stranger_screen
from bot.features.access.frozen import called_frozen
from bot.features.access.help import unknown
from bot.features.access.hidden import hidden_sender
from bot.features.emergency import emergency
from bot.features.emergency.afterwards import place_afterwards
from bot.features.emergency.edited import edited, say_anew
from bot.features.emergency.free_text import called_within, may_belong, overheard, spoken, unkept
from bot.features.safety import checkin, duress, presence
from bot.features.tasks.notes import follow_album
from bot.features.tasks.restored_view import restored_screen
from bot.parsing.calls import cry_in
from bot.parsing.typed_command import NAMELESS, TypedCommand, command_in
from bot.ui import buttons
from bot.ui.call_button import call_button
from bot.ui.emergency_names import EMERGENCY, is_emergency
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from core.rules.permissions import DESK
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role
from storage.queues.rooms import Guest


def add_routes(application: TurnApplication) -> None:
    """Teach python-telegram-bot's application the desk's ways."""
    application.add_handlers(
        [
            # The most frequent kind comes first: a service message has no text, and to tell one takes fifty questions.
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
    application.add_error_handler(note_error)


async def _nothing(_: Update, __: TurnContext) -> None:
    """Nothing to do: a service message, whatever Telegram invents next."""


async def _edited(update: Update, context: TurnContext) -> None:
    """An edit in a group is its members' own affair."""
    arrival, message = context.arrival, update.edited_message
    person = _registered(arrival)
    if message is None or not arrival.private or person is None:
        return
    turn = RegisteredTurn(arrival, person)
    if edited(turn, message) and not _too_fast(arrival):
        say_anew(turn, message)


async def _message(update: Update, context: TurnContext) -> None:
    arrival, message = context.arrival, update.message
    await _heard(arrival)
    if message is None or message.is_automatic_forward:
        return
    text, person = text_of(message), _registered(arrival)
    if arrival.private and text:
        arrival.services.heard.note(arrival.chat, message.message_id, text, arrival.key)
    typed = command_in(text) or called_within(text) or (NAMELESS if text.startswith("/") else None)
    if not guests.at_home(arrival) and not _wanted_anywhere(person, typed):
        guests.be_guest(arrival, _guest(arrival))
    elif message.sender_chat is not None:
        _hidden(arrival, typed or _cried(arrival, text), context.bot.username)
    elif typed is not None and (typed.plain or is_emergency(typed.name)):
        await _command(arrival, message, person, typed, context.bot.username)
    elif person is not None:
        await _words(arrival, message, person)
    elif arrival.private and not _too_fast(arrival):
        await _meet_stranger(arrival, text if cry_in(text) else None)


def _guest(arrival: Arrival) -> Guest:
    return arrival.room.guest if arrival.room is not None else Guest()


def _wanted_anywhere(person: Person | None, typed: TypedCommand | None) -> bool:
    """An emergency is one in any group, and a supervisor links a group from inside."""
    if person is None or typed is None:
        return False
    entry = registry.command_named(typed.name)
    linking = typed.plain and entry is not None and entry.id == "link" and guests.may_link(person)
    return is_emergency(typed.name) or linking


def _cried(arrival: Arrival, text: str) -> TypedCommand | None:
    """A cry for help, as the command that it would be."""
    if not cry_in(text):
        return None
    return TypedCommand(name=arrival.services.texts.command(EMERGENCY), addressee="", words=text, plain=True)


def _hidden(arrival: Arrival, typed: TypedCommand | None, bot_name: str) -> None:
    """A command of the desk's from whoever the group hides; nothing to all else that they write."""
    emergency = typed is not None and is_emergency(typed.name)
    if typed is None or not (typed.plain or emergency) or registry.command_named(typed.name) is None:
        return
    elsewhere = bool(typed.addressee) and typed.addressee.lower() != bot_name.lower()
    if not elsewhere and (emergency or not _too_fast(arrival)):
        hidden_sender(Turn(arrival), typed.name, typed.words, emergency=emergency)


async def _words(arrival: Arrival, message: Message, person: Person) -> None:
    """Words, a place or a picture: a sign that somebody is well, the answer to a form, or news."""
    turn, form = OtherTurn(arrival, person, message), arrival.form
    if await checkin.heard(turn, unkept):
        return
    if await follow_album(turn):
        albums.join_answers(turn)
        return
    if (arrival.private or form is not None) and await _dropped(turn):
        return
    if form is not None:
        await forms.answer(AnswerTurn(arrival, person, message, form))
        if form.kind not in (emergency.KIND, duress.KIND, own_word.KIND):
            await overheard(turn)
    elif message.location is not None and message.venue is None:
        await presence.here(turn)
        if arrival.private:
            await place_afterwards(turn)
    elif arrival.private:
        await spoken(turn)
    else:
        await overheard(turn)
    albums.join_answers(turn)


async def _dropped(turn: OtherTurn) -> bool:
    """Whether it comes too fast; what may belong to an emergency never does, and an album is one thing."""
    if turn.arrival.album:
        return False
    pace = _pace(turn.arrival)
    if pace is Answer.GO or await may_belong(turn):
        return False
    if pace is Answer.SLOW_DOWN:
        _say_slower(turn.arrival)
    return True


async def _command(
    arrival: Arrival, message: Message, person: Person | None, typed: TypedCommand, bot_name: str
) -> None:
    """``/name@bot words``; one for another bot is none of ours, but alone with us nobody can mean another."""
    elsewhere = bool(typed.addressee) and typed.addressee.lower() != bot_name.lower() and not arrival.private
    if elsewhere or _too_fast(arrival):
        return
    words = typed.words
    entry = registry.command_named(typed.name)
    if isinstance(entry, EntryCommand):
        await entry.handler(EntryTurn(arrival, words))
    elif person is None:
        await _meet_stranger(arrival, typed.words if is_emergency(typed.name) else None)
    elif entry is None:
        await unknown(CommandTurn(arrival, person, message, words), typed)
    elif person.role < entry.role:
        _above_role(arrival, entry.role)
    else:
        await entry.handler(CommandTurn(arrival, person, message, words))


async def _press(update: Update, context: TurnContext) -> None:
    arrival, query = context.arrival, update.callback_query
    await _heard(arrival)
    if arrival.refused:
        return  # the press itself is answered with these words
    data = arrival.services.epoch.read((query.data or "") if query is not None else "")
    press, person = buttons.parse(data) if data is not None else None, _registered(arrival)
    if not guests.at_home(arrival) and not _pressed_anywhere(person, press):
        guests.be_guest(arrival, _guest(arrival))
        return
    if _too_fast(arrival):
        return
    if person is None:
        calls = press is not None and press.action in buttons.CALLS
        await _meet_stranger(arrival, "" if calls else None)
    elif data is None:
        Turn(arrival).say(restored_screen(person, arrival.services.texts))
    elif press is None:
        _stale(arrival)
    else:
        role, handler = registry.press_of(press.action)
        if person.role < role:
            _above_role(arrival, role)
        else:
            await _answer_press(PressTurn(arrival, person, press), handler)


def _pressed_anywhere(person: Person | None, press: buttons.Press | None) -> bool:
    """An answer to an emergency counts wherever its card is, and so does the choice of the unit to link."""
    if press is None:
        return False
    return press.action in NEVER_HELD or (press.action is buttons.Action.UNIT and guests.may_link(person))


async def _answer_press(turn: PressTurn, handler: registry.PressHandler) -> None:
    try:
        await handler(turn)
    except buttons.NotOurs:
        await turn.refuse(Refusal(reason=Reason.STALE))


def _registered(arrival: Arrival) -> Person | None:
    """The sender, if they are in: the one place where that is decided."""
    person = arrival.person
    return person if person is not None and person.active else None


async def _meet_stranger(arrival: Arrival, call: str | None = None) -> None:
    """To whom is not registered: how to ask for access, and nothing else; ``call``: they call for help."""
    if call is not None and arrival.person is not None and await called_frozen(Turn(arrival), arrival.person, call):
        return
    Turn(arrival).say(stranger_screen(arrival.person, arrival.services.texts))


def _stale(arrival: Arrival) -> None:
    Turn(arrival).say(refusal_screen(Refusal(reason=Reason.STALE), None, arrival.services.texts))


def _above_role(arrival: Arrival, role: Role) -> None:
    refusal = Refusal(reason=Reason.ABOVE_ROLE, role=role)
    Turn(arrival).say(refusal_screen(refusal, None, arrival.services.texts))


def _too_fast(arrival: Arrival) -> bool:
    """Somebody sends more than can be answered: they hear it once, and the rest is passed over."""
    pace = _pace(arrival)
    if pace is Answer.SLOW_DOWN:
        _say_slower(arrival)
    return pace is not Answer.GO


def _pace(arrival: Arrival) -> Answer:
    return arrival.services.user_rate_limit.ask(
        arrival.update, key=arrival.key, sent_at=arrival.sent_at, checked=arrival.check_in is not None
    )


def _say_slower(arrival: Arrival) -> None:
    """Even so, help is one press away."""
    texts, person = arrival.services.texts, _registered(arrival)
    call = ((call_button(person.id, texts),),) if person is not None else ()
    Turn(arrival).say(Screen(text=texts("too-fast"), buttons=call))


async def _heard(arrival: Arrival) -> None:
    """Somebody who had blocked the bot writes to it: alerts reach them again.

    Without the turn's key, which counts commands: when the update is handled again, nobody is silenced any more, and
    the next command would get this one's answer.
    """
    person = arrival.person
    if arrival.private and person is not None and not person.reachable:
        await arrival.services.desk.execute(c.MarkHeard(person=person.id), caller=DESK)


async def _channel(update: Update, context: TurnContext) -> None:
    """A channel has no person in it who could be asked or answered."""
    arrival, message = context.arrival, update.channel_post
    if message is None:
        return
    if guests.at_home(arrival):
        _hidden(arrival, command_in(text_of(message)), context.bot.username)
    else:
        guests.be_guest(arrival, _guest(arrival))


async def _membership(update: Update, context: TurnContext) -> None:
    arrival, change = context.arrival, update.my_chat_member
    if change is not None and not arrival.private:
        guests.membership(arrival, change)
    elif change is not None and arrival.person is not None:
        await presence.membership(Turn(arrival), arrival.person, change)


async def _migration(update: Update, context: TurnContext) -> None:
    message = update.message
    if message is not None and message.migrate_to_chat_id is not None:
        context.arrival.results.moved_to = message.migrate_to_chat_id
