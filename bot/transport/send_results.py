"""Results of messages that were sent, or were not: every kind of answer has its end (DESIGN 6)."""

import logging
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.reasons import failure
from bot.transport.answers import Refused, Taken, Unknown, Unreadable
from bot.transport.api_call import ApiCall
from bot.transport.blame import Blame, Blamed
from bot.transport.channels import Channels
from bot.transport.group_watch import say_closed
from bot.transport.in_words import in_words
from bot.transport.late_offers import offer_begins
from bot.transport.pauses import pause_after
from bot.transport.rate_limits import Limits, moment
from bot.transport.reach import Reach
from bot.transport.replaced import put_away
from bot.transport.retry_after import MESSAGE, RetryAfter
from bot.transport.tail import tail
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.circulars import tell_administrators
from core.desk.desk import Desk
from core.vocabulary.card_names import FAREWELL
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import alarm_lists, cards, outbox, rooms
from storage.queues.addressed_call import Render
from storage.queues.alarm_lists import is_list
from storage.queues.rooms import next_topic
from storage.repositories.repository import over_repository
from storage.schema.instants import from_ms
from storage.schema.tables import OutboxRow

log = logging.getLogger(__name__)

ALARM = "alarm"
TOKEN_PAUSE = 10.0  # seconds


class SendResults:
    """Settles rows of the outbox by what Telegram said, told apart by code and type, never by text.

    Routine messages are given up after ``give_up_after``; an emergency is tried without an end. ``doubted`` is called
    when it must be asked whether Telegram still knows the bot, ``posted`` when the administrators are to hear of one.
    """

    def __init__(
        self,
        *,
        store: Store,
        desk: Desk,
        clock: Timepiece,
        limits: Limits,
        texts: Texts,
        render: Render,
        give_up_after: Callable[[], timedelta],
        dice: Callable[[], float] = random.random,
        conditions: Conditions | None = None,
        channels: Channels | None = None,
        doubted: Callable[[], None] = lambda: None,
        posted: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self._limits = limits
        self._texts = texts
        self._render = render
        self._give_up_after = give_up_after
        self._dice = dice
        self._conditions = conditions or Conditions(clock)
        self._retry_after = RetryAfter(limits, clock, self._conditions)
        self.reach = Reach(store=store, desk=desk, clock=clock, limits=limits, channels=channels)
        self._blame = Blame(self.reach, self._conditions, clock)
        self._doubted = doubted
        self._posted = posted
        self.trouble: str | None = None
        self._stumbled: type[Exception] | None = None

    async def needless(self, row: OutboxRow) -> None:
        """There was nothing to say."""
        await self._store.write(lambda session: outbox.sent(session, row, self._clock.now(), self._clock.now()))

    async def taken(self, row: OutboxRow, api_call: ApiCall, answer: Taken) -> bool:
        """Telegram has it: the card is that message now, an older one loses its buttons, what was cut off follows.

        Returns whether that is news: the row was this process's, and nobody knew.
        """
        if self.trouble is not None:
            self._conditions.well(Condition.IDENTITY)
        self.trouble = self._stumbled = None
        self._retry_after.taken(row.chat, api_call.method)
        self._blame.taken(row, api_call.method)
        now = self._clock.now()
        self._limits.answered(row.chat, now.timestamp())
        next_one = moment(self._limits.ready_at(row.chat, Lane(row.rank), now.timestamp()))
        message_id = api_call.edits if api_call.edits is not None else answer.message_id

        async def unit(session: Session) -> bool:
            await offer_begins(session, row, now, self._desk.rules.offer_timeout)
            fresh = await outbox.sent(session, row, now, next_one)
            if is_list(row):
                await alarm_lists.settle(session, row, now)
            if row.card and message_id is not None:
                await cards.keep(session, row.card, row.chat, message_id, api_call.digest, api_call.topic)
                if api_call.replaces is not None:
                    await outbox.post(session, [self._render(put_away(row, api_call, self._texts))], now)
            if api_call.tail and fresh:
                await outbox.post(session, [self._render(tail(row, api_call, message_id, self._texts))], now)
            return fresh

        news = await self._store.write(unit)
        if row.chat < 0:
            self._conditions.well(Condition.GROUP, part=str(row.chat))
        if api_call.method.startswith("send"):
            await self.reach.taken(row.chat)
        return news

    async def not_sent(self, row: OutboxRow) -> None:
        """It never left: again, after a pause."""
        await self._again(row, "no connection", uncertain=False)

    async def stumbled(self, row: OutboxRow, error: Exception, *, begun: bool) -> None:
        """The desk itself failed at it: again, after a pause; said in the log when it is another error than before."""
        if type(error) is not self._stumbled:
            self._stumbled = type(error)
            log.error("a message could not be sent and is tried again: %s", type(error).__name__, exc_info=error)
        # Without a file or a connection it never got as far as its first byte.
        in_doubt = begun and not isinstance(error, OSError) and row.rank != Lane.ROUTINE
        await self._again(row, failure(error), uncertain=in_doubt)

    async def broken(self, row: OutboxRow, why: str) -> None:
        """Somebody answered in Telegram's place: again, after a pause, and nobody is blamed."""
        await self._again(row, why, uncertain=False)

    async def unknown(self, row: OutboxRow, api_call: ApiCall, error: Unknown) -> None:
        """It left and nobody answered. A routine message may be there, so it is not sent again; the rest is."""
        if row.rank == Lane.ROUTINE and not api_call.repeatable:
            await self.needless(row)
        else:
            unreadable = isinstance(error, Unreadable)
            await self._again(row, error.message if unreadable else "no answer", uncertain=True, unreadable=unreadable)

    async def refused(self, row: OutboxRow, api_call: ApiCall, answer: Refused) -> None:
        """Telegram said no: wait, try again, follow the chat, or give up, by the code alone."""
        match answer.code:
            case _ if answer.migrate_to is not None and row.chat < 0:
                await self._follow(row, answer.migrate_to)
            case 429:
                await self._wait(row, api_call.method, answer.retry_after)
            case _ if not answer.judges:
                await self._again(row, f"{answer.code} {answer.description}", uncertain=False)
            case 401 | 404:
                await self._token_trouble(row, api_call.method, answer)
            case 400 | 403 if api_call.method == "leaveChat" or row.card == FAREWELL:
                await self.needless(row)
            case 403 if row.chat < 0:
                await self._put_out(row)
            case 403:
                await self._settle_blame(row, api_call.method, answer)
            case 400 if api_call.edits is not None and row.uncertain:
                # Telegram took it the last time, and refuses to change what looks like this already.
                await self.taken(row, api_call, Taken(result=True))
            case 400 if api_call.edits is not None:
                await self._anew(row)
            case 400 if api_call.method.startswith(("editMessage", "deleteMessage")):
                # It looks like that already (a double tap), is gone or is too old: nothing is missing.
                await self.needless(row)
            case 400 if await self._said_in_another_topic(row, api_call):
                pass
            case 400 if (words := in_words(row, self._texts)) is not None:
                await self._say_in_words(row, words, f"{answer.code} {answer.description}")
            case _ if is_list(row):
                await self._store.write(lambda session: alarm_lists.split(session, row, self._clock.now()))
            case 400 if self.reach.provable(row.chat):
                await self._settle_blame(row, api_call.method, answer)
            case _:  # a 400 to a group, or to another channel's address: the message itself is refused
                await self._park(row, f"{answer.code} {answer.description}")

    async def _again(self, row: OutboxRow, why: str, *, uncertain: bool, unreadable: bool = False) -> None:
        now = self._clock.now()
        if row.rank == Lane.ROUTINE and now - from_ms(row.created_at) > self._give_up_after():
            await self._park(row, why)
            return
        pause = pause_after(row.attempts, Lane(row.rank), unreadable=unreadable) * (0.5 + self._dice() / 2)
        await self._store.write(lambda session: outbox.retry(session, row, now + pause, why, uncertain=uncertain))

    async def _wait(self, row: OutboxRow, method: str, seconds: float | None, why: str = "") -> None:
        """Too many requests: later, and beside its line when only its method is held."""
        self._retry_after.hold(row.chat, method, seconds, why)
        now = self._clock.now().timestamp()
        due = moment(self._limits.ready_at(row.chat, Lane(row.rank), now, method))
        wait = outbox.wait_beside if method != MESSAGE and self._limits.holds(row.chat, method) else outbox.postpone
        await self._store.write(lambda session: wait(session, row, due))

    async def _token_trouble(self, row: OutboxRow, method: str, answer: Refused) -> None:
        """The token is no longer good, or this method is not known there: getMe tells; only what was refused waits."""
        said = f"{answer.code} {answer.description}"
        self.trouble = f"{said} to {method}"
        self._doubted()
        await self._wait(row, method, TOKEN_PAUSE, f"Telegram refuses {method} ({said})")

    async def _put_out(self, row: OutboxRow) -> None:
        """The bot was put out of the group: the message has nobody to go to."""
        # The condition tells the administrators once; a letter for each message to the group would bury it.
        say_closed(self._conditions, row.chat, "403 for a message")
        await self._store.write(partial(self._refused, row))

    async def _settle_blame(self, row: OutboxRow, method: str, answer: Refused) -> None:
        """The message or its reader is to blame, or what befell everybody: the code alone doesn't tell."""
        match await self._blame.of(row, method, answer):
            case Blamed.READER:
                # First what others must know: a process that dies in between learns it from Telegram again.
                await self.reach.lost(row.chat)
                await self._store.write(partial(self._refused, row))
                await self._blame.make_good()
            case Blamed.MESSAGE if is_list(row):
                await self._store.write(lambda session: alarm_lists.split(session, row, self._clock.now()))
            case Blamed.MESSAGE:
                await self._park(row, f"{answer.code} {answer.description}")
                await self._blame.set_aside(row)
            case Blamed.NOBODY:
                await self._again(row, f"{answer.code} {answer.description}", uncertain=False)
                await self._blame.make_good()

    async def _refused(self, row: OutboxRow, session: Session) -> None:
        now = self._clock.now()
        await outbox.refused(session, row, now)
        if is_list(row):
            await alarm_lists.settle(session, row, now, outbox.BLOCKED)

    async def _anew(self, row: OutboxRow) -> None:
        """The message that should change can't be changed any more: a new one takes its place."""
        now = self._clock.now()

        async def unit(session: Session) -> None:
            if row.card is not None:
                await cards.drop(session, row.card, row.chat)
            await outbox.postpone(session, row, now)

        await self._store.write(unit)

    async def _said_in_another_topic(self, row: OutboxRow, api_call: ApiCall) -> bool:
        """Put it where else in the group it may be read: a topic may be closed or gone, and so may General."""
        if row.chat > 0 or not api_call.method.startswith("send"):
            return False
        now = self._clock.now()

        async def unit(session: Session) -> bool:
            place = next_topic(api_call.topic, await rooms.heard_in(session, row.chat), row.error)
            if place is not None:
                await outbox.say_in(session, row, place, now)
            return place is not None

        return await self._store.write(unit)

    async def _say_in_words(self, row: OutboxRow, words: dict[str, Any], why: str) -> None:
        log.warning("the file of message M%s can't be shown, and is said in words: %s", row.id, why)
        now = self._clock.now()
        await self._store.write(lambda session: outbox.say_otherwise(session, row, MESSAGE, words, now, why=why))

    async def _follow(self, row: OutboxRow, supergroup: int) -> None:
        """The group became a supergroup: its messages go there from now on."""
        now = self._clock.now()

        async def unit(session: Session) -> None:
            if is_list(row):
                await alarm_lists.split(session, row, now)
            else:
                await outbox.repost(session, row, supergroup, now)
            await alarm_lists.follow(session, row.chat, supergroup, now)

        await self._store.write(unit)

    async def _park(self, row: OutboxRow, why: str) -> None:
        """The dead-letter list; the administrators hear of it, but not of a message that told them of one."""
        now = self._clock.now()
        log.warning("message M%s was set aside: %s", row.id, why)

        async def unit(session: Session) -> None:
            await outbox.park(session, row, now, why)
            if row.card != ALARM:
                screen = Screen(text=self._texts("parked-message", name=f"M{row.id}", chat=str(row.chat), why=why))
                tell = partial(tell_administrators, screen=screen, lane=Lane.ACTION, now=now, card=ALARM)
                await over_repository(tell, self._render, session)

        await self._store.write(unit)
        self._posted()
