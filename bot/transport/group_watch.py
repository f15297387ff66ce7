"""Watches the group for alerts: a bot that was put out of it, or that may not write there, tells nobody (P13).

https://core.telegram.org/bots/api#getchatmember
"""

from msgspec import Struct, ValidationError, convert
from telegram.constants import ChatMemberStatus
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.runtime.conditions import Condition, Conditions
from bot.transport.request import AiohttpRequest, Answer, Refused, Taken

CLOSED = (400, 403)
OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


class _Member(Struct):
    status: str
    can_send_messages: bool = True


class GroupWatch:
    """Asks what the bot is in the group; ``group`` is 0 where there is none."""

    def __init__(
        self, request: AiohttpRequest, base_url: str, bot: ExtBot[None], group: int, conditions: Conditions
    ) -> None:
        self._request = request
        self._url = f"{base_url}/getChatMember"
        self._bot = bot
        self._group = group
        self._conditions = conditions

    async def look(self) -> None:
        """Ask, and say whether the group is open to the bot; what can't be asked stays as it was."""
        if not self._group:
            return
        try:
            answer = await self._ask(self._group)
            if isinstance(answer, Refused) and answer.migrate_to is not None:
                answer = await self._ask(answer.migrate_to)
        except NetworkError:
            return
        match answer:
            case Taken(result=result):
                self._judge(result)
            case Refused() if answer.code in CLOSED:
                say_closed(self._conditions, self._group, f"{answer.code} {answer.description}")
            case Refused():
                return

    async def _ask(self, group: int) -> Answer:
        return await self._request.call(self._url, {"chat_id": group, "user_id": self._bot.id})

    def _judge(self, result: object) -> None:
        try:
            member = convert(result, _Member)
        except ValidationError:
            return
        if member.status in OUT:
            say_closed(self._conditions, self._group, "the bot is not in it")
        elif not member.can_send_messages:
            say_closed(self._conditions, self._group, "the bot may not write in it")
        else:
            self._conditions.well(Condition.GROUP, part=str(self._group))


def say_closed(conditions: Conditions, group: int, why: str) -> None:
    """A group takes no messages of the bot: one condition for each group, whoever met it."""
    conditions.ill(Condition.GROUP, f"group {group}: {why}", part=str(group))
