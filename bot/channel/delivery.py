"""The way out: takes from the outbox what may leave, emergencies first, and settles what came of it (P3, P5, P6)."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct

from bot.channel.aftermath import Aftermath
from bot.channel.limits import Limits
from bot.channel.parcel import Parcel, pack
from bot.channel.request import AiohttpRequest, NotSent, Refused, Taken, Unknown
from bot.clock import Timepiece
from core.words import Lane
from storage import cards, outbox
from storage.instants import from_ms
from storage.session import Row, Session
from storage.store import Store

log = logging.getLogger(__name__)


# The longest that a limit looks back: a group's minute.
LIMITS_LOOK_BACK = timedelta(seconds=61)


class Watch(Struct, frozen=True, kw_only=True):
    """Whom delivery tells what it does: for metrics."""

    left: Callable[[Lane, str], None] = lambda lane, outcome: None
    waited: Callable[[float], None] = lambda seconds: None


class Delivery:
    """Sends until it is stopped. ``bell`` wakes it when there is something new in the outbox.

    At most ``in_flight`` calls are under way, a quarter of which only emergencies may use.
    """

    def __init__(
        self,
        *,
        store: Store,
        request: AiohttpRequest,
        base_url: str,
        clock: Timepiece,
        limits: Limits,
        aftermath: Aftermath,
        resent_mark: str,
        lease: timedelta = timedelta(seconds=60),
        in_flight: int = 64,
        watch: Watch | None = None,
    ) -> None:
        self._store = store
        self._request = request
        self._base_url = base_url
        self._clock = clock
        self._limits = limits
        self._aftermath = aftermath
        self._resent_mark = resent_mark
        self._lease = lease
        self._in_flight = in_flight
        self._watch = watch or Watch()
        self._under_way: set[asyncio.Task[None]] = set()
        self.bell = asyncio.Event()
        self.last_round: datetime | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    async def remember(self) -> None:
        """Count what left before a restart: Telegram does."""
        since = self._clock.now() - LIMITS_LOOK_BACK
        for chat, lane, moment in await self._store.read(partial(outbox.lately_sent, since=since)):
            self._limits.start(chat, lane, moment.timestamp())

    async def run(self) -> None:
        """Send what may leave, wait, and again, until cancelled; what is under way then is `finish`'s."""
        while True:
            next_look = await self._round()
            await self._clock.wait(self.bell, next_look)

    async def finish(self, patience: float) -> None:
        """Wait for what is under way, at most so many seconds."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)

    async def _round(self) -> datetime | None:
        """Take and send from each lane what may leave now; when to look again."""
        wait_until: list[datetime] = []
        for lane in Lane:
            while (most := self._room(lane)) > 0:
                now = self._clock.now()
                ready = self._limits.ready_at(None, lane, now.timestamp())
                if ready > now.timestamp():
                    wait_until.append(datetime.fromtimestamp(ready, now.tzinfo))
                    break
                taken = await self._take(lane, most)
                if not taken:
                    break
                for row, shown in taken:
                    await self._start(row, shown, lane)
        self.last_round = self._clock.now()
        due = await self._store.read(outbox.next_due)
        if due is not None:
            wait_until.append(from_ms(due))
        return min((moment for moment in wait_until if moment > self.last_round), default=None)

    def _room(self, lane: Lane) -> int:
        """How many of this lane may be taken at once: one where limits count, else as many as there are places."""
        places = self._in_flight if lane is Lane.EMERGENCY else self._in_flight * 3 // 4
        free = places - len(self._under_way)
        return min(free, 1) if self._limits.enforced else free

    async def _take(self, lane: Lane, most: int) -> list[tuple[Row, Row | None]]:
        """Rows to send now, each with the message that shows its card, if there is one."""

        async def unit(session: Session) -> list[tuple[Row, Row | None]]:
            rows = await outbox.take(session, lane, self._clock.now(), self._lease, most)
            return [(row, await cards.find(session, row["card"], row["chat"]) if row["card"] else None) for row in rows]

        return await self._store.write(unit)

    async def _start(self, row: Row, shown: Row | None, lane: Lane) -> None:
        """Send it, or put it back until its chat may have another."""
        now = self._clock.now()
        ready = self._limits.ready_at(row["chat"], lane, now.timestamp())
        if ready > now.timestamp():
            due = datetime.fromtimestamp(ready, now.tzinfo)
            await self._store.write(lambda session: outbox.postpone(session, row, due))
            return
        parcel = pack(row, shown, self._resent_mark)
        if parcel is not None:
            self._limits.start(row["chat"], lane, now.timestamp())
            if lane is Lane.EMERGENCY and not row["attempts"]:
                self._watch.waited((now - from_ms(row["created_at"])).total_seconds())
        task = asyncio.create_task(self._send(row, parcel, lane))
        self._under_way.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.bell.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The row stays taken: its lease gives it back.
            log.error("a message could not be settled: %s", type(error).__name__, exc_info=error)

    async def _send(self, row: Row, parcel: Parcel | None, lane: Lane) -> None:
        if parcel is None:
            self._watch.left(lane, "needless")
            await self._aftermath.needless(row)
            return
        try:
            answer = await self._request.call(f"{self._base_url}/{parcel.method}", parcel.payload)
        except NotSent:
            self._watch.left(lane, "not_sent")
            await self._aftermath.not_sent(row)
        except Unknown:
            self._watch.left(lane, "unknown")
            await self._aftermath.unknown(row, parcel)
        else:
            match answer:
                case Taken():
                    self._watch.left(lane, "taken")
                    await self._aftermath.taken(row, parcel, answer)
                case Refused():
                    self._watch.left(lane, str(answer.code))
                    await self._aftermath.refused(row, parcel, answer)
