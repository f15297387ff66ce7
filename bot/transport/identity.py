"""The bot's identity, by getMe: all that work waits for; asked again, for names change and tokens are revoked."""

import logging
from collections.abc import Awaitable, Callable

from telegram import User
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import no_answer
from bot.transport.request import AiohttpRequest, Refused, Taken

log = logging.getLogger(__name__)

UNKNOWN_TOKEN = (401, 404)


class Identity:
    """Asks who the bot is. ``why`` says why the last answer was none; None after a good one."""

    def __init__(
        self,
        request: AiohttpRequest,
        base_url: str,
        bot: ExtBot[None],
        conditions: Conditions,
        initialize: Callable[[], Awaitable[None]],
    ) -> None:
        self._request = request
        self._url = f"{base_url}/getMe"
        self._bot = bot
        self._conditions = conditions
        self._initialize = initialize
        self.why: str | None = None

    async def ask(self) -> bool:
        """Whether Telegram knows the bot; a new name is heard from here on."""
        why = await self._ask()
        if why is not None and why != self.why and self._conditions.trouble(Condition.IDENTITY) is None:
            log.warning("Telegram does not say who the bot is: %s", why)
        self.why = why
        return why is None

    async def _ask(self) -> str | None:
        try:
            answer = await self._request.call(self._url, {})
        except NetworkError as error:
            return no_answer(error)
        match answer:
            case Taken(result=dict() as result):
                return await self._meet(User.de_json(result, None))
            case Taken():
                return "an answer that is no account"
            case Refused():
                if answer.code in UNKNOWN_TOKEN:
                    say_refused(self._conditions, answer)
                return f"{answer.code} {answer.description}"

    async def _meet(self, user: User) -> str | None:
        try:
            await self._initialize()
            if self._bot.username != user.username or self._bot.first_name != user.first_name:
                await self._bot.get_me()
        except TelegramError as error:
            return no_answer(error)
        self._conditions.well(Condition.IDENTITY)
        return None


def say_refused(conditions: Conditions, answer: Refused) -> None:
    """Telegram does not know the token: one line that names the key, whoever met it."""
    why = f"telegram.token: Telegram refuses it ({answer.code} {answer.description}); everything waits for a good one"
    conditions.ill(Condition.IDENTITY, why)
