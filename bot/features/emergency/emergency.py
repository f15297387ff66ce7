"""``/emergencia``: the alert goes out at once, place or no place; then the place is asked for."""

from functools import partial

from telegram import Message

from bot.cards.card_buttons import step_button
from bot.conversation import forms
from bot.conversation.contents import evidence_in, forwarded, own_position, passed_on, place_in, text_of, words_in
from bot.conversation.joined_report import joined, say_joined
from bot.conversation.place_doubt import doubt_about, doubt_screen, spoken_place
from bot.conversation.registry import command, press
from bot.conversation.standings import OWN, ScreenKind, on_page, opens
from bot.conversation.task_steps import pressed_task, seen_file
from bot.conversation.turn import AnswerTurn, CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.features.emergency.afterwards import closed_lately, pass_on
from bot.features.emergency.call_view import call_screen
from bot.features.emergency.kinds import ask_kind
from bot.features.emergency.stale import ask_if_stale
from bot.features.tasks.critical import opens_critical
from bot.features.tasks.notes import add_note, keep_evidence
from bot.parsing.calls import cry_in
from bot.parsing.places import coordinates_in
from bot.ui.buttons import Action, NotOurs, button
from bot.ui.forms import place_wanted, said
from bot.ui.screen import Button, Screen
from core.desk.outcome import Refused, TaskDone, TaskOutcome
from core.state.task import Task, code_of
from core.vocabulary import commands as c
from core.vocabulary.places import Place
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Lane, Role
from storage.repositories.forms import Form

KIND, TASK, ANEW = "lugar", "task", "anew"


@command("emergency", role=Role.AGENT)
async def emergency(turn: CommandTurn) -> None:
    """The alert, with the reporter's own place when that is recent; what somebody else wrote is asked about first."""
    await alert(turn, turn.words.lstrip("!"))


async def alert(turn: MessageTurn, title: str) -> Task | None:
    """Open it; None where it was asked about, or refused."""
    if passed_on(turn.message):
        turn.say(call_screen("call-forwarded", turn.person.id, turn.message.message_id, turn.texts))
        return None
    place = recent_place(turn)
    outcome = await turn.execute(c.OpenEmergency(title=title, sent_at=turn.sent_at, place=place))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return None
    report = joined(outcome)
    await keep_evidence(turn, outcome.task.id, more=report is not None)
    if report is not None:
        say_joined(turn, outcome.task, report)
        return outcome.task
    ask_if_stale(turn, outcome.task)
    ask_kind(turn, outcome.task)
    if place is None:
        await ask_place(turn, outcome.task.id)
    elif not turn.private:
        # The card is in the reporter's private chat, if they have one with the bot at all.
        turn.say(said("emergency-sent", turn.texts, code=outcome.task.code), lane=Lane.EMERGENCY)
    return outcome.task


@opens_critical
async def critical(turn: CommandTurn, title: str) -> None:
    """``/nueva … !crítica``: the nearest are asked at once, and one press takes it back."""
    task = await alert(turn, title)
    if task is not None and not task.joined:
        cancel = step_button(task, c.Cancel, turn.texts)
        text = turn.texts("critical-is-emergency", code=task.code)
        turn.say(Screen(text=text, buttons=((cancel,),)), lane=Lane.EMERGENCY)


async def ask_place(turn: RegisteredTurn, task_id: int) -> None:
    """The question where it is."""
    await _ask(turn, forms.begin(turn, KIND, forms.PLACE_STEP, **{TASK: task_id}))


def recent_place(turn: RegisteredTurn) -> Place | None:
    """Where they were lately."""
    position, known = turn.person.position, turn.person.known_at(turn.sent_at)
    if position is None or known is None or turn.sent_at - known > turn.services.rules.location_max_age:
        return None
    return position.place


@press(Action.LOCATE, opens(*OWN))
async def locate(turn: PressTurn) -> None:
    """*Corregir lugar*: where they were lately is not where it is; or it was never said."""
    file = await seen_file(turn, pressed_task(turn)[0])
    if file is None:
        return
    task = file.task
    if task.state.closed:
        await turn.refuse(Refusal(reason=Reason.CLOSED, task=task.id, state=task.state))
        return
    anew = task.place is not None or task.address is not None
    await _ask(turn, forms.begin(turn, KIND, forms.PLACE_STEP, **{TASK: task.id, ANEW: anew}))


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    code, anew = code_of(form.data[TASK]), form.data.get(ANEW, False)
    turn.say(place_wanted(code, anew=anew, private=turn.private, texts=turn.texts), lane=Lane.EMERGENCY)


async def _answer(turn: AnswerTurn) -> None:
    """A place, or the address in words; evidence or a cry for help is a note, and the place is still wanted."""
    task_id = turn.form.data[TASK]
    place, words = place_in(turn.message), words_in(turn.message)
    if place is not None and forwarded(turn.message):
        turn.say(said("emergency-place-forwarded", turn.texts, code=code_of(task_id)))
    elif evidence_in(turn.message) is not None or (place is None and _is_note(turn.message, words)):
        await _note(turn, task_id, words)
    elif place is None and not words.strip():
        turn.say(said("emergency-place-missing", turn.texts, code=code_of(task_id)))
    else:
        await _locate(turn, task_id, place or coordinates_in(words), words, typed=place is None)


async def _note(turn: AnswerTurn, task_id: int, words: str) -> None:
    """Keep it; where the emergency is over a note alarms nobody, so a cry gets the button that calls for help."""
    outcome = await add_note(turn, task_id)
    closed = not isinstance(outcome, Refused) and outcome.task.state.closed
    await _after(turn, outcome, "note-kept", over=closed)
    if closed and cry_in(words):
        screen = call_screen("call-wanted", turn.person.id, turn.message.message_id, turn.texts)
        turn.say(screen, lane=Lane.EMERGENCY)


def _is_note(message: Message, words: str) -> bool:
    """Tells whether it answers no question where: a cry for help, a contact, a sticker."""
    return cry_in(words) or words != text_of(message)


async def _locate(turn: AnswerTurn, task_id: int, place: Place | None, words: str, *, typed: bool) -> None:
    """A place in doubt is kept as it was written until a button says which is meant: nobody is sent to either."""
    doubt = await doubt_about(turn, place, typed=typed) if place is not None else None
    if doubt is not None:
        words, place = spoken_place(doubt.place), None
    address = " ".join(words.split()) if place is None else None
    anew = turn.form.data.get(ANEW, False)
    outcome = await turn.execute(c.Locate(task=task_id, place=place, address=address, anew=anew))
    if isinstance(outcome, Refused) and outcome.refusal.reason is Reason.CLOSED and await _afterwards(turn, task_id):
        return
    if isinstance(outcome, Refused) and outcome.refusal.reason is Reason.CLOSED and place is None:
        # The place is not wanted any more, and nobody has to say twice what the words may have meant.
        await turn.refuse(outcome.refusal)
        turn.say(call_screen("call-wanted", turn.person.id, turn.message.message_id, turn.texts))
        await forms.end(turn)
        return
    position = own_position(turn) if doubt is None else None
    if position is not None and (isinstance(outcome, TaskDone) or outcome.refusal.reason is Reason.CLOSED):
        turn.seen(position)
    if doubt is not None and isinstance(outcome, TaskDone):
        turn.say(doubt_screen(doubt, turn.texts, partial(_point, task_id)), lane=Lane.EMERGENCY)
    else:
        await _after(turn, outcome, "emergency-place-corrected" if anew else "emergency-place-kept", over=True)


def _point(task_id: int, label: str, place: Place) -> Button:
    return button(label, Action.POINT, task_id, f"{place.lat:.5f}", f"{place.lon:.5f}")


@press(Action.POINT, on_page(ScreenKind.ANSWER, words=3))
async def point(turn: PressTurn) -> None:
    """Which of the places in doubt is meant.

    Raises:
        NotOurs: no button of this version says that.
    """
    task_id, degrees = turn.press.number(0), turn.press.words[1:]
    place = coordinates_in(",".join(degrees))
    if place is None:
        raise NotOurs(turn.press.action.value)
    outcome = await turn.execute(c.Locate(task=task_id, place=place, anew=True))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    turn.redraw(said("emergency-place-kept", turn.texts, code=outcome.task.code))
    form = turn.waiting_form
    if form is not None and form.kind == KIND and form.data[TASK] == task_id:
        forms.put_key_away(turn)
        await forms.end(turn)


async def _afterwards(turn: AnswerTurn, task_id: int) -> bool:
    """The emergency was closed while its place was asked for: those who had it still hear where it is."""
    closed, position = await closed_lately(turn), own_position(turn)
    if closed is None or closed.id != task_id or not await pass_on(turn, closed):
        return False
    if position is not None:
        turn.seen(position)
    await forms.end(turn)
    return True


async def _after(turn: AnswerTurn, outcome: TaskOutcome, key: str, *, over: bool) -> None:
    """The form is over when it is answered, and when nobody wants the answer any more."""
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        over = outcome.refusal.reason not in (Reason.TOO_LONG, Reason.OFF_EARTH, Reason.EMPTY)
    else:
        turn.say(said(key, turn.texts, drop_keys=over and turn.private, code=outcome.task.code))
    if over:
        await forms.end(turn)


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """This form has no buttons."""
    turn.say(said("form-step-over", turn.texts))


def _left(turn: CommandTurn, form: Form) -> Screen:
    """The alert does not go with the question."""
    return said("emergency-place-left", turn.texts, code=code_of(form.data[TASK]))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press, left=_left)
