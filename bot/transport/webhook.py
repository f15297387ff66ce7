"""The webhook: answered with 200 only when the update is on disk (P1)."""

import hmac

from aiohttp import web
from msgspec import DecodeError, json

from bot.transport.intake import Intake
from bot.transport.intake_numbers import whole
from bot.transport.unreadable import number_in

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value
LARGEST = 1_048_576


class Webhook:
    """Takes updates that Telegram pushes (https://core.telegram.org/bots/api#setwebhook)."""

    def __init__(self, intake: Intake, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook without a secret would take updates from anybody")
        self._intake = intake
        self._secret = secret.encode()

    async def answer(self, request: web.Request) -> web.Response:
        """401 wrong secret, 413 too large, 400 not an update, 200 stored."""
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return _closing(401)
        if request.content_length is not None and request.content_length > LARGEST:
            return _closing(413)
        body = await request.read()
        try:
            update = json.decode(body)
        except (DecodeError, UnicodeDecodeError, RecursionError):
            return await self._unreadable(body)
        if not isinstance(update, dict) or whole(update.get("update_id")) is None:
            return web.Response(status=400)
        await self._intake.receive([update])
        return web.Response()

    async def _unreadable(self, body: bytes) -> web.Response:
        """Keep what can't be read, too: refused, Telegram would send it for a day, and nothing behind it."""
        number = number_in(body)
        if number is None:
            return web.Response(status=400)
        await self._intake.receive_unreadable(number, body)
        return web.Response()


def _closing(status: int) -> web.Response:
    """An answer that ends the connection: the body that is still to come is not wanted."""
    answer = web.Response(status=status)
    answer.force_close()
    return answer
