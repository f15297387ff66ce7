"""*Pedir ayuda ya*: one press makes the emergency out of words, a picture or a voice that were sent before.

The question answers the message that it is about, and Telegram hands both over with the press
(https://core.telegram.org/bots/api#callbackquery): nothing waits in memory, and nothing else than that goes with it.
"""

from msgspec.structs import replace
from telegram import Message

from bot.cards.joined_report import joined_screen
from bot.conversation.contents import evidence_in, passed_on, place_in, text_of, words_in
from bot.conversation.joined_report import joined
from bot.conversation.registry import command_named, press
from bot.conversation.standings import ScreenKind, Standing, on_page
from bot.conversation.turn import MessageTurn, PressTurn
from bot.features.emergency.call_view import call_screen, called_screen, hint_screen
from bot.features.emergency.emergency import ask_place, recent_place
from bot.features.tasks.new_task_form import start
from bot.parsing.calls import call_in, cry_in
from bot.parsing.typed_command import command_in
from bot.ui.buttons import Action
from bot.ui.call_button import WORK
from bot.ui.forms import said
from bot.ui.refusals import refusal_screen
from core.desk.outcome import Refused
from core.queries.queries import Which
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Lane

TASKS_SHOWN = 3


async def offer(turn: MessageTurn) -> None:
    """Answer what nothing waited for: the button that calls for help, and what else it may be."""
    owner, answered = turn.person.id, turn.message.message_id
    turn.results.offered = True
    if call_in(words_in(turn.message)):
        offer_call(turn)
        return
    page = await turn.queries.tasks_of(owner, Which.OPEN, most=TASKS_SHOWN)
    tasks = [task for task in page.tasks if not task.hides_from(owner)]
    hint = hint_screen(owner, answered, tasks, turn.texts)
    if turn.message.venue is not None:
        hint = replace(hint, text=f"{turn.texts('presence-venue')}\n{hint.text}")
    turn.say(hint)


def offer_call(turn: MessageTurn) -> None:
    """Ask whether it is an emergency, with one button."""
    turn.results.offered = True
    key = "call-forwarded" if passed_on(turn.message) else "call-wanted"
    turn.say(call_screen(key, turn.person.id, turn.message.message_id, turn.texts), lane=Lane.EMERGENCY)


def cries(turn: MessageTurn) -> bool:
    """Tells whether the words begin with a cry for help, also behind the bot's own name."""
    words, own = words_in(turn.message), f"@{turn.message.get_bot().username}"
    return cry_in(words[len(own) :] if words[: len(own)].lower() == own.lower() else words)


@press(Action.CALL, Standing(on=frozenset({ScreenKind.ANSWER}), words=1, asked=True, owner=0, whoever=True))
async def call(turn: PressTurn) -> None:
    """The alert. A second press finds it made already, whatever the number of the press."""
    if turn.press.number(0) != turn.person.id:
        turn.say(said("call-foreign", turn.texts))
        return
    original, key = _original(turn), _key(turn)
    named = original is not None and original.venue is not None
    place = place_in(original) if original is not None and named else recent_place(turn)
    command = c.OpenEmergency(title=_words(original), sent_at=turn.sent_at, place=place)
    outcome = await turn.services.desk.execute(command, caller=turn.caller, key=key)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    evidence = evidence_in(original) if original is not None else None
    report = joined(outcome)
    if evidence is not None:
        note = c.AddNote(
            task=outcome.task.id,
            text="",
            media=evidence.media,
            attachment=evidence.file_id,
            more=report is not None,
        )
        await turn.services.desk.execute(note, caller=turn.caller, key=f"{key}:evidence")
    await _others(turn, outcome.task.id, original, f"{key}:evidence")
    if report is not None:
        turn.redraw(joined_screen(outcome.task, report, turn.person, turn.texts), lane=Lane.EMERGENCY)
        return
    turn.redraw(called_screen(outcome.task.code, turn.texts), lane=Lane.EMERGENCY)
    if place is None:
        await ask_place(turn, outcome.task.id)


@press(Action.TAKE, on_page(ScreenKind.ANSWER, words=2, asked=True, owner=0))
async def take(turn: PressTurn) -> None:
    """Turns what was sent into new work, or a note to a task.

    Raises:
        NotOurs: no button of this version says that.
    """
    original = _original(turn)
    if turn.press.number(0) != turn.person.id:
        turn.say(said("call-foreign", turn.texts))
    elif turn.press.words[1:] == (WORK,):
        turn.redraw(said("taken-as-work", turn.texts))
        await start(turn, title=_words(original))
    else:
        await _note(turn, turn.press.number(1), original)


async def _note(turn: PressTurn, task: int, original: Message | None) -> None:
    evidence = evidence_in(original) if original is not None else None
    command = c.AddNote(
        task=task,
        text=_words(original),
        media=evidence.media if evidence is not None else None,
        attachment=evidence.file_id if evidence is not None else None,
    )
    key = f"{_key(turn)}:{task}"
    outcome = await turn.services.desk.execute(command, caller=turn.caller, key=key)
    if not isinstance(outcome, Refused):
        await _others(turn, task, original, key)
        turn.redraw(said("note-kept", turn.texts, code=outcome.task.code))
    elif outcome.refusal.reason is Reason.EMPTY:
        turn.redraw(said("note-gone", turn.texts))
    else:
        turn.redraw(refusal_screen(outcome.refusal, None, turn.texts))


async def _others(turn: PressTurn, task: int, original: Message | None, key: str) -> None:
    """Note the other pictures of the album: they ring nobody once more."""
    if original is None:
        return
    for picture in (one for one in turn.arrival.album if one.message != original.message_id):
        note = c.AddNote(task=task, text=picture.words, media=picture.media, attachment=picture.attachment, more=True)
        await turn.services.desk.execute(note, caller=turn.caller, key=f"{key}:{picture.message}")


def _original(turn: PressTurn) -> Message | None:
    """The presser's own message that the question answers; None where it was deleted, or is somebody else's."""
    question = turn.update.effective_message
    original = question.reply_to_message if question is not None else None
    sender = original.from_user if original is not None else None
    return original if sender is not None and sender.id == turn.person.account else None


def _key(turn: PressTurn) -> str:
    """The name of the question, however often its buttons are pressed."""
    question = turn.update.effective_message
    return f"call:{turn.chat}:{question.message_id}" if question is not None else turn.next_key()


def _words(original: Message | None) -> str:
    """The words of what was sent, without the name of a command that they may begin with."""
    if original is None:
        return ""
    typed = command_in(text_of(original))
    return typed.words if typed is not None and command_named(typed.name) is not None else words_in(original)
