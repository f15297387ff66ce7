"""Count of how often a unit of work waits for its database: what is asked together is waited for once."""

from collections.abc import Awaitable, Callable, Generator
from typing import Any

import pytest

from storage.engine.session import Query, Session


class Exchanges:
    """Watches one session's questions; ``waited`` is how often it waited for an answer."""

    def __init__(self, patch: pytest.MonkeyPatch, session: Session) -> None:
        self.waited = 0
        self._unanswered = False
        for name in ("rows", "row", "touched"):
            patch.setattr(session, name, self._waits(getattr(session, name)))
        patch.setattr(session, "ask", self._asks(session.ask))

    def answered(self) -> None:
        """An answer is wanted: those to what was asked before it come with it."""
        self.waited += self._unanswered
        self._unanswered = False

    def _waits(self, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def watched(query: Query[Any], /, **values: Any) -> Any:
            self._unanswered = True
            self.answered()
            return await act(query, **values)

        return watched

    def _asks(self, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        def watched(query: Query[Any], /, **values: Any) -> Awaitable[Any]:
            self._unanswered = True
            return _Watched(act(query, **values), self)

        return watched


class _Watched:
    """An answer that tells when it is waited for."""

    def __init__(self, answer: Awaitable[Any], exchanges: Exchanges) -> None:
        self._answer = answer
        self._exchanges = exchanges

    def __await__(self) -> Generator[Any, Any, Any]:
        self._exchanges.answered()
        return self._answer.__await__()
