"""A bot that does what a test says, through the Bot API over HTTP."""

import asyncio
from types import TracebackType
from typing import Any

import aiohttp

Reply = dict[str, Any]


class ScriptedBot:
    """Speaks to a Bot API server as any bot would. Use it as an async context manager."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url}/bot{token}"
        self._offset = 0
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "ScriptedBot":
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, **parameters: object) -> Any:
        """Call a method; answers its result.

        Raises:
            AssertionError: the server refused.
        """
        assert self._session is not None
        async with self._session.post(f"{self._base}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], f"{method}: {answer.get('description')}"
        return answer["result"]

    async def hears(self, kind: str = "message") -> Reply:
        """The next update of a kind: ``message``, ``edited_message`` or ``callback_query``; others are passed over."""
        async with asyncio.timeout(5):
            while True:
                updates = await self.call("getUpdates", offset=self._offset, timeout=2, limit=1)
                for update in updates:
                    self._offset = update["update_id"] + 1
                    if kind in update:
                        heard: Reply = update[kind]
                        return heard

    async def sends(self, chat_id: int, text: str, *rows: list[str], **parameters: object) -> Reply:
        """Send an HTML text, with rows of inline buttons by what they read."""
        markup = {"reply_markup": {"inline_keyboard": [[_button(b) for b in row] for row in rows]}} if rows else {}
        sent: Reply = await self.call(
            "sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **markup, **parameters
        )
        return sent


def _button(text: str) -> dict[str, str]:
    return {"text": text, "callback_data": text.lower()}
