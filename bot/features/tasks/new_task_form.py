"""The form of a new task: one question at a time, every answer kept, nothing done before *Confirmar*."""

from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.turn import Turn
from bot.features.tasks.new_task_answers import choice, words_to
from bot.features.tasks.new_task_view import Page, form_screen, place_key_screen
from bot.features.tasks.task_draft import FIELDS, OPTIONAL, Draft, Step
from bot.ui.buttons import NotOurs
from bot.ui.forms import BACK, CONFIRM, EDIT, SKIP, said
from bot.ui.screen import Screen
from core.vocabulary import commands as c
from core.vocabulary.words import Priority, TaskType

KIND, DRAFT = "nueva", "draft"
AGENTS_SHOWN = 6


async def start(turn: Turn) -> None:
    """The first question."""
    forms.begin(turn, KIND, Step.TYPE.value, **{DRAFT: {}})
    await _ask(turn)


def _draft(turn: Turn) -> Draft:
    assert turn.form is not None
    return convert(turn.form.data.get(DRAFT, {}), Draft)


def _step(turn: Turn) -> Step:
    assert turn.form is not None
    return Step(turn.form.step)


async def _ask(turn: Turn) -> None:
    """The step in a new message, at the end of the chat."""
    forms.show(turn, await _screen(turn))
    _offer_key(turn)


async def _screen(turn: Turn) -> Screen:
    draft, step = _draft(turn), _step(turn)
    near = draft.place
    agents = await turn.queries.agents(near=near, most=AGENTS_SHOWN) if step is Step.WHO else ()
    assignee = await turn.queries.person(draft.assignee) if draft.assignee is not None else None
    page = Page(sheet=forms.sheet(turn), draft=draft, private=turn.private, agents=agents, assignee=assignee)
    return form_screen(page, turn.texts)


def _offer_key(turn: Turn) -> None:
    if turn.private and _step(turn) is Step.PLACE:
        turn.say(place_key_screen(turn.texts))


def _go(turn: Turn, step: Step, draft: Draft) -> None:
    forms.put_key_away(turn)
    data: dict[str, Any] = to_builtins(draft)
    forms.go_on(turn, step.value, **{DRAFT: data})


def _forward(turn: Turn, draft: Draft) -> None:
    if draft.editing:
        _go(turn, Step.CONFIRM, replace(draft, editing=False))
    else:
        _go(turn, _step(turn).after, draft)


async def _answer(turn: Turn) -> None:
    """A message: what the step asks for, or one sentence that says what it asks for."""
    draft = await words_to(turn, _step(turn), _draft(turn))
    if draft is not None:
        _forward(turn, draft)
        await _ask(turn)


async def _press(turn: Turn, word: str) -> None:
    step, draft = _step(turn), _draft(turn)
    if word == CONFIRM and step is Step.CONFIRM:
        await _confirm(turn, draft)
        return
    if word == BACK:
        _back(turn, step, draft)
    elif word == SKIP and step in OPTIONAL:
        _forward(turn, draft.without(step))
    elif word == EDIT and step is Step.CONFIRM:
        _go(turn, Step.EDIT, draft)
    elif step is Step.EDIT:
        _edit(turn, draft, word)
    else:
        chosen = choice(turn, step, draft, word)
        if chosen is None:
            raise NotOurs(word)
        _forward(turn, chosen)
    forms.change(turn, await _screen(turn))
    _offer_key(turn)


def _back(turn: Turn, step: Step, draft: Draft) -> None:
    back = Step.CONFIRM if draft.editing else step.before
    _go(turn, back, replace(draft, editing=False))


def _edit(turn: Turn, draft: Draft, word: str) -> None:
    if word not in [field.value for field in FIELDS]:
        raise NotOurs(word)
    _go(turn, Step(word), replace(draft, editing=True))


async def _confirm(turn: Turn, draft: Draft) -> None:
    """The task is opened; a refusal leaves the form as it is, to be changed."""
    command = c.OpenTask(
        title=draft.title or "",
        sent_at=turn.sent_at,
        type=draft.type or TaskType.PATROL,
        priority=draft.priority or Priority.MEDIUM,
        place=draft.place,
        address=draft.address,
        assignee=draft.assignee,
    )
    outcome = await turn.execute(command)
    if outcome.refusal is not None:
        await turn.refuse(outcome.refusal)
    elif outcome.task is not None:
        turn.redraw(said("task-created", turn.texts, code=outcome.task.code))
        await forms.end(turn)


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
