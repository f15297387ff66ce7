"""A form about a unit: the answers so far, asked for step by step in the order of the steps."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar, assert_never

from msgspec import convert, to_builtins

from bot.conversation import forms
from bot.conversation.turn import AnswerTurn, PressTurn, RegisteredTurn
from bot.ui.screen import Screen
from core.state.units import Unit
from storage.repositories.forms import Form

DRAFT = "draft"


class UnitDraft(Protocol):
    """The answers as they are kept; ``unit`` is the id of the unit that they are about."""

    @property
    def unit(self) -> int: ...


D = TypeVar("D", bound=UnitDraft)
S = TypeVar("S", bound=StrEnum)


Draw = Callable[[RegisteredTurn, Form], Awaitable[Screen]]


class UnitForm(Generic[D, S]):
    """One kind of them; ``draw`` says what the step that it is at looks like."""

    def __init__(self, kind: str, draft: type[D], steps: type[S], draw: Draw) -> None:
        self.kind = kind
        self._draft = draft
        self._steps = steps
        self._draw = draw

    def begin(self, turn: RegisteredTurn, step: S, draft: D) -> Form:
        """A new one, at a step."""
        return forms.begin(turn, self.kind, step.value, **self._kept(draft))

    def draft(self, form: Form) -> D:
        """The answers so far."""
        return convert(form.data[DRAFT], self._draft)

    def step(self, form: Form) -> S:
        """The step that is asked now."""
        return self._steps(form.step)

    async def unit(self, turn: RegisteredTurn, form: Form) -> Unit:
        """The unit as it is now."""
        unit = await turn.queries.unit(self.draft(form).unit)
        assert unit is not None  # a form is begun for a unit that is there, and none is ever taken away
        return unit

    async def ask(self, turn: RegisteredTurn, form: Form) -> None:
        """The step in a new message, at the end of the chat."""
        forms.show(turn, await self._draw(turn, form))

    async def show(self, turn: AnswerTurn | PressTurn, form: Form) -> None:
        """A press changes the message that it was made on, an answer gets one below it."""
        match turn:
            case AnswerTurn():
                await self.ask(turn, form)
            case PressTurn():
                forms.change(turn, await self._draw(turn, form))
            case _:
                assert_never(turn)

    def go(self, turn: RegisteredTurn, form: Form, step: S, draft: D) -> Form:
        """To a step, with the answers so far."""
        return forms.go_on(turn, form, step.value, **self._kept(draft))

    def forward(self, turn: RegisteredTurn, form: Form, draft: D) -> Form:
        """To the next step."""
        return self._move(turn, form, draft, 1)

    def back(self, turn: RegisteredTurn, form: Form, draft: D) -> Form:
        """To the step before; the first stays."""
        return self._move(turn, form, draft, -1)

    def _move(self, turn: RegisteredTurn, form: Form, draft: D, by: int) -> Form:
        steps = list(self._steps)
        return self.go(turn, form, steps[max(steps.index(self.step(form)) + by, 0)], draft)

    @staticmethod
    def _kept(draft: D) -> dict[str, Any]:
        return {DRAFT: to_builtins(draft)}
