"""The form of a new task: one question at a time, every answer kept, nothing done before *Confirmar*."""

from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.turn import AnswerTurn, PressTurn, RegisteredTurn
from bot.features.tasks.new_task_answers import choice, words_to
from bot.features.tasks.new_task_view import Page, form_screen, place_key_screen
from bot.features.tasks.task_draft import FIELDS, OPTIONAL, Draft, Step
from bot.ui.buttons import NotOurs
from bot.ui.forms import BACK, CONFIRM, EDIT, SKIP, said
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.rules.reporting import TITLE_LIMIT
from core.vocabulary import commands as c
from core.vocabulary.words import TaskType
from storage.repositories.forms import Form

KIND, DRAFT = "nueva", "draft"
AGENTS_SHOWN = 6


async def start(turn: RegisteredTurn, *, title: str = "") -> None:
    """The first question; with a title already, the only one before the end."""
    words = " ".join(title.split())[:TITLE_LIMIT]
    draft = Draft(title=words, editing=True) if words else Draft()
    data: dict[str, Any] = to_builtins(draft)
    await _ask(turn, forms.begin(turn, KIND, Step.TYPE.value, **{DRAFT: data}))


def _draft(form: Form) -> Draft:
    return convert(form.data.get(DRAFT, {}), Draft)


def _step(form: Form) -> Step:
    return Step(form.step)


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    """The step in a new message, at the end of the chat."""
    forms.show(turn, await _screen(turn, form))
    _offer_key(turn, form)


async def _screen(turn: RegisteredTurn, form: Form) -> Screen:
    draft, step = _draft(form), _step(form)
    near = draft.place
    agents = await turn.queries.agents(near=near, most=AGENTS_SHOWN) if step is Step.WHO else ()
    assignee = await turn.queries.person(draft.assignee) if draft.assignee is not None else None
    page = Page(
        sheet=forms.sheet(turn, form),
        draft=draft,
        private=turn.private,
        agents=agents,
        assignee=assignee,
        kinds=turn.services.rules.kinds,
    )
    return form_screen(page, turn.texts)


def _offer_key(turn: RegisteredTurn, form: Form) -> None:
    if turn.private and _step(form) is Step.PLACE:
        turn.say(place_key_screen(turn.texts))


def _go(turn: RegisteredTurn, form: Form, step: Step, draft: Draft) -> Form:
    forms.put_key_away(turn)
    data: dict[str, Any] = to_builtins(draft)
    return forms.go_on(turn, form, step.value, **{DRAFT: data})


def _forward(turn: RegisteredTurn, form: Form, draft: Draft) -> Form:
    if draft.editing:
        return _go(turn, form, Step.CONFIRM, replace(draft, editing=False))
    return _go(turn, form, _step(form).after, draft)


async def _answer(turn: AnswerTurn) -> None:
    """A message: what the step asks for, or one sentence that says what it asks for."""
    draft = await words_to(turn, _step(turn.form), _draft(turn.form))
    if draft is not None:
        await _ask(turn, _forward(turn, turn.form, draft))


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    step, draft = _step(form), _draft(form)
    if word == CONFIRM and step is Step.CONFIRM:
        await _confirm(turn, draft)
        return
    if word == BACK:
        form = _back(turn, form, draft)
    elif word == SKIP and step in OPTIONAL:
        form = _forward(turn, form, draft.without(step))
    elif word == EDIT and step is Step.CONFIRM:
        form = _go(turn, form, Step.EDIT, draft)
    elif step is Step.EDIT:
        form = _edit(turn, form, draft, word)
    else:
        chosen = choice(turn, step, draft, word)
        if chosen is None:
            raise NotOurs(word)
        form = _forward(turn, form, chosen)
    forms.change(turn, await _screen(turn, form))
    _offer_key(turn, form)


def _back(turn: PressTurn, form: Form, draft: Draft) -> Form:
    back = Step.CONFIRM if draft.editing else _step(form).before
    return _go(turn, form, back, replace(draft, editing=False))


def _edit(turn: PressTurn, form: Form, draft: Draft, word: str) -> Form:
    if word not in [field.value for field in FIELDS]:
        raise NotOurs(word)
    return _go(turn, form, Step(word), replace(draft, editing=True))


async def _confirm(turn: PressTurn, draft: Draft) -> None:
    """The task is opened; a refusal leaves the form as it is, to be changed."""
    command = c.OpenTask(
        title=draft.title or "",
        sent_at=turn.sent_at,
        type=draft.type or TaskType.PATROL,
        work=draft.work or "",
        priority=draft.priority,
        place=draft.place,
        address=draft.address,
        assignee=draft.assignee,
    )
    outcome = await turn.execute(command)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.redraw(said("task-created", turn.texts, code=outcome.task.code))
        await forms.end(turn)


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
