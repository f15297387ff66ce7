"""``/llamada``: somebody is on the telephone; the alert leaves with the first word or place, the rest follows."""

from enum import StrEnum

from msgspec import convert, to_builtins

from bot.conversation import forms
from bot.conversation.contents import place_in, text_of
from bot.conversation.registry import command
from bot.conversation.turn import AnswerTurn, CommandTurn, PressTurn, RegisteredTurn
from bot.features.emergency.outside_call_view import asked_screen
from bot.parsing.places import coordinates_in
from bot.parsing.telephone import call_line, caller_in
from bot.ui.forms import SKIP, said
from core.desk.outcome import Refused
from core.rules.reporting import TITLE_LIMIT
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.outside import OutsideCaller
from core.vocabulary.places import Place
from core.vocabulary.words import Lane, Role
from storage.repositories.forms import Form

KIND, TASK, CALLER = "llamada", "task", "caller"


class Step(StrEnum):
    """The questions, in their order; a place or a word to any of them lets the alert leave."""

    NUMBER = "numero"
    PLACE = "lugar"
    WHAT = "que"
    MORE = "mas"


_AFTER = {Step.NUMBER: Step.PLACE, Step.PLACE: Step.WHAT, Step.WHAT: Step.MORE, Step.MORE: Step.MORE}


@command("call", role=Role.SUPERVISOR)
async def call(turn: CommandTurn) -> None:
    """``/llamada 0991234567 calle X y Y: choque``; what the line does not say is asked, once the alert has left."""
    line = call_line(turn.words)
    caller = OutsideCaller(number=line.number)
    form = forms.begin(turn, KIND, Step.NUMBER.value, **{CALLER: to_builtins(caller)})
    if not line.where and not line.what:
        await _go(turn, form, Step.PLACE if line.number else Step.NUMBER)
        return
    place = coordinates_in(line.where)
    task = await _open(turn, form, title=line.what, place=place, address=line.where if place is None else "")
    if task is not None:
        form = forms.go_on(turn, form, Step.NUMBER.value, **{TASK: task.id})
        await _go(turn, form, Step.MORE if line.where and line.what else Step.WHAT if line.where else Step.PLACE)


async def _open(turn: RegisteredTurn, form: Form, *, title: str, place: Place | None, address: str) -> Task | None:
    """Let the alert leave; None after saying why it can't."""
    outside = convert(form.data.get(CALLER, {}), OutsideCaller)
    opening = c.OpenEmergency(title=title, sent_at=turn.now, place=place, address=address or None, outside=outside)
    outcome = await turn.execute(opening)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        await forms.end(turn)
        return None
    turn.say(said("emergency-sent", turn.texts, code=outcome.task.code), lane=Lane.EMERGENCY)
    turn.want_card(outcome.task.id, notify=True)
    return outcome.task


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    forms.show(turn, asked_screen(form.step, forms.sheet(turn, form), turn.texts))


async def _go(turn: RegisteredTurn, form: Form, step: Step) -> None:
    await _ask(turn, forms.go_on(turn, form, step.value))


async def _answer(turn: AnswerTurn) -> None:
    """Keep what is said: a number at the first question, then where, what, and notes to the same card."""
    form, step, words = turn.form, Step(turn.form.step), " ".join(text_of(turn.message).split())
    place = place_in(turn.message) or coordinates_in(words)
    caller = caller_in(words) if step is Step.NUMBER else None
    if caller is not None:
        await _go(turn, forms.go_on(turn, form, step.value, **{CALLER: to_builtins(caller)}), Step.PLACE)
    elif place is None and not words:
        await _ask(turn, form)
    elif TASK not in form.data:
        await _first(turn, form, step, place, words)
    else:
        await _more(turn, form, step, place, words)


async def _first(turn: AnswerTurn, form: Form, step: Step, place: Place | None, words: str) -> None:
    """The first place or word: words to the question where are an address, to any other what happens."""
    where = step is Step.PLACE
    title, address = ("", words) if where and place is None else (words if place is None else "", "")
    task = await _open(turn, form, title=title, place=place, address=address)
    if task is not None:
        form = forms.go_on(turn, form, step.value, **{TASK: task.id})
        await _go(turn, form, Step.WHAT if where or place is not None else Step.PLACE)


async def _more(turn: AnswerTurn, form: Form, step: Step, place: Place | None, words: str) -> None:
    """Add to the same task; the form ends with a note."""
    outcome = await turn.execute(_following(form.data[TASK], step, place, words))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        await forms.end(turn)
    elif step is Step.MORE:
        turn.say(said("note-kept", turn.texts, code=outcome.task.code))
        await forms.end(turn)
    else:
        await _go(turn, form, _AFTER[step])


def _following(task: int, step: Step, place: Place | None, words: str) -> c.TaskCommand:
    if place is not None or step is Step.PLACE:
        return c.Locate(task=task, place=place, address=words if place is None else None)
    if step is Step.WHAT and len(words) <= TITLE_LIMIT:
        return c.Revise(task=task, title=words)
    return c.AddNote(task=task, text=words)


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """*Omitir*: the next question; after the last there is nothing more to ask."""
    step = Step(form.step)
    if word != SKIP:
        turn.say(said("form-step-over", turn.texts))
    elif step is Step.MORE or (step is Step.WHAT and TASK not in form.data):
        turn.redraw(said("call-over", turn.texts))
        await forms.end(turn)
    else:
        form = forms.go_on(turn, form, _AFTER[step].value)
        forms.change(turn, asked_screen(form.step, forms.sheet(turn, form), turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
