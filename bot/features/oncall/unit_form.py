"""A form about a unit: the answers so far, asked for step by step in the order of the steps."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from msgspec import convert, to_builtins

from bot.conversation import forms
from bot.conversation.turn import Turn
from bot.ui.screen import Screen
from core.state.units import Unit

DRAFT = "draft"


class UnitDraft(Protocol):
    """What is kept of the answers; ``unit`` is whom they are about."""

    @property
    def unit(self) -> int: ...


D = TypeVar("D", bound=UnitDraft)
S = TypeVar("S", bound=StrEnum)


class UnitForm(Generic[D, S]):
    """One kind of them; ``draw`` says what the step that it is at looks like."""

    def __init__(self, kind: str, draft: type[D], steps: type[S], draw: Callable[[Turn], Awaitable[Screen]]) -> None:
        self.kind = kind
        self._draft = draft
        self._steps = steps
        self._draw = draw

    def begin(self, turn: Turn, step: S, draft: D) -> None:
        """A new one, at a step."""
        forms.begin(turn, self.kind, step.value, **self._kept(draft))

    def draft(self, turn: Turn) -> D:
        """The answers so far."""
        assert turn.form is not None
        return convert(turn.form.data[DRAFT], self._draft)

    def step(self, turn: Turn) -> S:
        """What is asked now."""
        assert turn.form is not None
        return self._steps(turn.form.step)

    async def unit(self, turn: Turn) -> Unit:
        """The unit as it is now."""
        unit = await turn.queries.unit(self.draft(turn).unit)
        assert unit is not None  # a form is begun for a unit that is there, and none is ever taken away
        return unit

    async def ask(self, turn: Turn) -> None:
        """The step in a new message, at the end of the chat."""
        forms.show(turn, await self._draw(turn))

    async def show(self, turn: Turn) -> None:
        """A press changes the message that it was made on, an answer gets one below it."""
        if turn.press is None:
            await self.ask(turn)
        else:
            forms.change(turn, await self._draw(turn))

    def go(self, turn: Turn, step: S, draft: D) -> None:
        """To a step, with the answers so far."""
        forms.go_on(turn, step.value, **self._kept(draft))

    def forward(self, turn: Turn, draft: D) -> None:
        """To the next step."""
        self._move(turn, draft, 1)

    def back(self, turn: Turn, draft: D) -> None:
        """To the step before; the first stays."""
        self._move(turn, draft, -1)

    def _move(self, turn: Turn, draft: D, by: int) -> None:
        steps = list(self._steps)
        self.go(turn, steps[max(steps.index(self.step(turn)) + by, 0)], draft)

    @staticmethod
    def _kept(draft: D) -> dict[str, Any]:
        return {DRAFT: to_builtins(draft)}
