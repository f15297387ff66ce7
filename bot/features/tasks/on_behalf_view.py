"""Screens of what somebody said by radio: who may be noted to have said what, and what was noted."""

from collections.abc import Sequence

from msgspec import Struct

from bot.features.tasks.assign_view import choice
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.forms import in_rows
from bot.ui.refusals import refusal_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.task import Task, code_of
from core.vocabulary.radio_steps import RadioStep
from core.vocabulary.refusals import Reason, Refusal

NO_TASK = 0
WORDS_LIMIT = 500
ASK = "ask"
SIDE_BY_SIDE = 2
_LABELS = {
    RadioStep.GO: "button-accept",
    RadioStep.DECLINE: "button-decline",
    RadioStep.DEPART: "button-depart",
    RadioStep.ARRIVE: "button-arrive",
    RadioStep.START: "button-start",
    RadioStep.PAUSE: "button-pause",
    RadioStep.RESUME: "button-resume",
    RadioStep.COMPLETE: "button-complete",
    RadioStep.FINE: "button-fine",
    RadioStep.UNDO: "button-undo",
}
# These speak to whoever did it themselves; the one who notes for another hears of that other.
_OF_ANOTHER = {
    Reason.NOT_OFFERED: "radio-not-asked",
    Reason.NOT_YOURS: "radio-not-asked",
    Reason.OFFER_OVER: "radio-not-needed",
    Reason.IN_EMERGENCY: "radio-in-emergency",
}


class Sayable(Struct, frozen=True, kw_only=True):
    """The steps that a person can be noted to have said of a task; without one, that they are well."""

    person: Person
    task: Task | None
    steps: tuple[RadioStep, ...]


def radio_screen(heading: Html, lines: Sequence[Sayable], texts: Texts) -> Screen:
    """A button for each step; it names the person where there are several, and the task where there are several."""
    several = len({line.person.id for line in lines}) > 1
    tasks = len({line.task.id for line in lines if line.task is not None}) > 1
    rows = [
        row
        for line in lines
        for row in in_rows((_step(line, step, texts, who=several, code=tasks) for step in line.steps), SIDE_BY_SIDE)
    ]
    return Screen(text=heading, buttons=tuple(rows))


def quoting(question: Html, words: str, texts: Texts) -> Html:
    """The question with the words that its buttons note as well: they stand nowhere but in this message."""
    if not words:
        return question
    return texts("radio-quoted", question=question, words=user_text.user_text(words, WORDS_LIMIT))


def noted_heading(person: Person, step: RadioStep, task: Task | None, texts: Texts) -> Html:
    """The sentence that says what was noted, of whom and of which task."""
    what = texts(f"radio-said-{step.value}")
    if task is None:
        return texts("radio-noted-alone", who=user_text.who(person), what=what)
    return texts("radio-noted", who=user_text.who(person), what=what, code=task.code)


def not_noted_screen(refusal: Refusal, person: Person, task: Task | None, named: Person | None, texts: Texts) -> Screen:
    """Why nothing was noted; whoever was not asked can be."""
    key = _OF_ANOTHER.get(refusal.reason)
    if key is None:
        return Screen(text=refusal_text(refusal, named, texts))
    text = texts(key, who=user_text.who(person), code=code_of(refusal.task) if refusal.task is not None else "")
    if refusal.reason not in (Reason.NOT_OFFERED, Reason.NOT_YOURS) or task is None:
        return Screen(text=text)
    ask = choice(task, texts("radio-ask", who=Html(user_text.who(person))), person)  # a button's label is no HTML
    return Screen(text=text, buttons=((ask,),))


def open_radio_button(task: int, texts: Texts) -> Button:
    """*Por radio*: who may be noted to have said what of this task."""
    return button(texts("button-radio"), Action.ON_BEHALF, task)


def person_button(label: str, person: Person, task: int | None, step: RadioStep | None) -> Button:
    """This is who said it: notes the step, or asks which one it was."""
    word = step.value if step is not None else ASK
    return button(label, Action.ON_BEHALF, NO_TASK if task is None else task, person.id, word)


def _step(line: Sayable, step: RadioStep, texts: Texts, *, who: bool, code: bool) -> Button:
    label = texts(_LABELS[step])
    if who:
        label = texts("radio-button-of", who=Html(user_text.who(line.person)), label=label)
    if code and line.task is not None:
        label = texts("button-of", label=label, code=line.task.code)
    return person_button(label, line.person, line.task.id if line.task is not None else None, step)
