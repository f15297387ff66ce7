"""Meets Telegram, and looks every so often whether it still knows this bot and still sends it what people write.

Only getMe stands before work; everything else is tried beside it, and again until it is taken.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from bot.transport.group_watch import GroupWatch
from bot.transport.identity import Identity
from bot.transport.webhook_watch import WebhookWatch
from metrics.blackout import quoted_error

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)


class TelegramWatch:
    """``met`` is called once, when Telegram knows the bot; ``bell`` asks for a look now; ``menu`` is for strangers.

    ``every`` says how often it looks.
    """

    def __init__(
        self,
        *,
        identity: Identity,
        webhook: WebhookWatch,
        group: GroupWatch,
        bot: ExtBot[None],
        menu: Sequence[tuple[str, str]],
        every: Callable[[], timedelta],
        clock: Timepiece,
        met: Callable[[], None],
    ) -> None:
        self._identity = identity
        self._webhook = webhook
        self._group = group
        self._bot = bot
        self._menu = menu
        self._every = every
        self._clock = clock
        self._met = met
        self._menu_due: datetime | None = clock.now()
        self.bell = asyncio.Event()

    async def run(self, pulse: Pulse) -> None:
        """Meet Telegram, and watch it until cancelled."""
        pulse.asks()
        await self._meet(pulse)
        pause = FIRST_PAUSE
        while True:
            pulse.asks()
            good = await self._identity.ask() and await self._webhook.look()
            await self._group.look()
            await self._set_menu()
            pause = FIRST_PAUSE if good else min(pause * 2, LONGEST_PAUSE)
            next_look = self._clock.now() + (self._every() if good else min(pause, self._every()))
            pulse.rests(next_look)
            await self._clock.wait(self.bell, next_look)

    async def _meet(self, pulse: Pulse) -> None:
        pause = FIRST_PAUSE
        while not await self._identity.ask():
            next_try = self._clock.now() + pause
            pulse.rests(next_try)
            await self._clock.wait(self.bell, next_try)
            pulse.asks()
            pause = min(pause * 2, LONGEST_PAUSE)
        log.info("Telegram knows the bot: @%s", self._bot.username)
        self._met()

    async def _set_menu(self) -> None:
        """The commands that strangers see; nothing waits for them."""
        now = self._clock.now()
        if self._menu_due is None or now < self._menu_due:
            return
        try:
            await self._bot.set_my_commands(self._menu)
        except RetryAfter as error:
            wait = error.retry_after
            self._menu_due = now + (wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        except NetworkError:
            self._menu_due = now + self._every()
        except TelegramError as error:
            log.warning("Telegram does not take the commands (%s); the menu stays as it was", quoted_error(error))
            self._menu_due = None
        else:
            self._menu_due = None
