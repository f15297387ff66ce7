"""The way out: takes from the outbox what may leave, emergencies first, and settles what came of it (P3, P5, P6)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Conditions
from bot.runtime.in_flight import InFlight
from bot.runtime.pulse import Pulse
from bot.runtime.retry import retry_while_down
from bot.transport.answers import Broken, NotSent, Refused, Taken, Unknown
from bot.transport.api_call import ApiCall
from bot.transport.channels import Channels
from bot.transport.lane_waits import LaneWaits
from bot.transport.rate_limits import Limits, moment
from bot.transport.retry_after import MESSAGE
from bot.transport.send_results import SendResults
from bot.transport.way import Way
from core.state.task import code_of
from core.vocabulary.card_names import task_of_card
from core.vocabulary.causes import because
from core.vocabulary.words import Lane
from metrics.log_lines import tell
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import alarm_lists, cards, outbox
from storage.queues.cards import Shown
from storage.queues.outbox_statements import VOID
from storage.schema.instants import from_ms
from storage.schema.tables import OutboxRow

log = logging.getLogger(__name__)

# The longest that a limit looks back: a group's minute.
LIMITS_LOOK_BACK = timedelta(seconds=61)
# An alarm that has waited for so long is hardly alone.
WAITED_LONG = timedelta(seconds=1)


class DeliveryObserver(Struct, frozen=True, kw_only=True):
    """Observer of the delivery, for metrics."""

    left: Callable[[Lane, str], None] = lambda lane, outcome: None
    called: Callable[[OutboxRow, datetime, str], None] = lambda row, begun, outcome: None
    waited: Callable[[float], None] = lambda seconds: None
    taken: Callable[[OutboxRow], None] = lambda row: None
    held_back: Callable[[Lane, float], None] = lambda lane, seconds: None


class Delivery:
    """Sends until it is stopped. ``in_flight.bell`` wakes it when there is something new in the outbox.

    At most ``in_flight`` calls are under way, a quarter of which only emergencies may use. ``compose`` makes one
    message of alarms that a chat's limit would keep waiting; None: each leaves alone.
    """

    def __init__(
        self,
        *,
        store: Store,
        channels: Channels,
        clock: Timepiece,
        limits: Limits,
        send_results: SendResults,
        lease: timedelta,
        in_flight: int,
        watch: DeliveryObserver | None = None,
        way: Way | None = None,
        compose: alarm_lists.Compose | None = None,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._limits = limits
        self._aftermath = send_results
        self._lease = lease
        self._in_flight = in_flight
        self._watch = watch or DeliveryObserver()
        self._way = way or Way(Conditions(clock), clock)
        self._compose = compose
        self._waits = LaneWaits()
        self.in_flight = InFlight()

    async def remember(self) -> None:
        """Count what left before a restart: Telegram does."""
        since = self._clock.now() - LIMITS_LOOK_BACK
        for chat, lane, left_at in await self._store.read(partial(outbox.lately_sent, since=since)):
            self._limits.start(chat, lane, left_at.timestamp())

    async def run(self, pulse: Pulse) -> None:
        """Send what may leave, wait, and again, until cancelled or until what is in flight is told to `finish`."""
        while self.in_flight.open:
            next_look = await self._round(pulse)
            moments = [moment for moment in (next_look, self._way.look()) if moment is not None]
            next_look = min(moments, default=None)
            pulse.rests(next_look)
            await self._clock.wait(self.in_flight.bell, next_look)

    async def _round(self, pulse: Pulse) -> datetime | None:
        """Take and send what may leave now, the most urgent first; when to look again, None for when a call ends.

        While a crowd is told there may always be more: each taking is a round that must end in time, not all of them.
        """
        while self.in_flight.open:
            pulse.begins()
            places, moments = self._places()
            if not places:
                return min(moments, default=None)
            async with self.in_flight.taking:
                taken, due = await self._store.write(partial(self._take, places))
                for row, shown in taken:
                    try:
                        await self._start(row, shown)
                    except Exception as error:  # noqa: BLE001 - whatever it is, the row and the rest go back or on
                        await retry_while_down(self._clock, partial(self._aftermath.stumbled, row, error, begun=False))
            if not taken:
                if due is None and not moments and self.in_flight.idle:
                    self._way.rests()
                return min([*moments, due] if due is not None else moments, default=None)
        return None

    def _places(self) -> tuple[dict[Lane, int], list[datetime]]:
        """How many of each lane may be taken at once, one where limits count; when the lanes that must wait may go."""
        now = self._clock.now()
        places: dict[Lane, int] = {}
        moments = []
        for lane in Lane:
            free = (self._in_flight if lane is Lane.EMERGENCY else self._in_flight * 3 // 4) - len(self.in_flight)
            ready = self._limits.ready_at(None, lane, now.timestamp())
            if ready > now.timestamp():
                moments.append(moment(ready))
                self._waits.limited(lane, moments[-1])
            elif free <= 0:
                self._waits.full(lane)
            else:
                self._waits.goes(lane, now)
                places[lane] = 1 if self._limits.enforced else free
        return places, moments

    async def _take(
        self, places: dict[Lane, int], session: Session
    ) -> tuple[list[tuple[OutboxRow, Shown | None]], datetime | None]:
        """Rows to send now, each with the message that shows its card; with none, when the first is due."""
        now = self._clock.now()
        rows: list[OutboxRow] = []
        owes = self._limits.owes
        for lane, most in sorted(places.items(), key=lambda place: owes and place[0] is Lane.EMERGENCY):
            if len(rows) < most:
                rows += await outbox.take(session, lane, now, self._lease, most - len(rows))
        if owes and all(row.rank == Lane.EMERGENCY for row in rows):
            self._limits.owes_nothing()
        if not rows:
            due = await outbox.next_due(session, places)
            return [], from_ms(due) if due is not None else None
        rows = [await self._joined(session, row, now) for row in rows]
        shown = [await cards.find(session, row.card, row.chat) if row.card else None for row in rows]
        return list(zip(rows, shown, strict=True)), now

    async def _joined(self, session: Session, row: OutboxRow, now: datetime) -> OutboxRow:
        """The row itself, or the list of it and of the alarms behind it that its chat would keep waiting."""
        if self._compose is None or not alarm_lists.may_join(row):
            return row
        at, waited = now.timestamp(), now - from_ms(row.created_at)
        if waited < WAITED_LONG and not self._limits.last_at_once(row.chat, at):
            return row
        if self._limits.ready_at(row.chat, Lane.EMERGENCY, at) > at:
            return row
        return await alarm_lists.join(session, row, now, self._compose)

    async def _start(self, row: OutboxRow, shown: Shown | None) -> None:
        """Send it, or put it back until its chat may have another."""
        now, lane = self._clock.now(), Lane(row.rank)
        api_call = self._channels.of(row.chat).build_call(row, shown) if row.method != VOID else None
        leaves_at = now.timestamp()
        if api_call is not None:
            leaves_at, granted = await self._limits.reserve(row.chat, lane, leaves_at, api_call.method)
            if not granted:
                # Rows taken with it must not be forgotten because the storage refuses this one.
                postponed = partial(self._postpone, row, api_call.method, moment(leaves_at))
                await retry_while_down(self._clock, postponed)
                return
            if not row.attempts:
                # Until it was due its chat's own pace held it, with what stands before it there; then the bot's.
                due = from_ms(max(row.created_at, row.due_at))
                might_leave = self._waits.might_leave(lane, due, now)
                paced = (might_leave - from_ms(row.created_at)).total_seconds() + leaves_at - now.timestamp()
                self._watch.held_back(lane, max(paced, 0.0))
                if lane is Lane.EMERGENCY:
                    self._watch.waited((now - might_leave).total_seconds())
        self.in_flight.begin(self._send(row, api_call, lane, leaves_at))

    async def _postpone(self, row: OutboxRow, method: str, due: datetime) -> None:
        """Put it back; beside its line when only its method is held, so that other messages of the line may go."""
        beside = method != MESSAGE and self._limits.holds(row.chat, method)
        wait = outbox.wait_beside if beside else outbox.postpone
        await self._store.write(lambda session: wait(session, row, due))

    async def _send(self, row: OutboxRow, api_call: ApiCall | None, lane: Lane, leaves_at: float) -> None:
        if leaves_at > self._clock.now().timestamp():
            await self._clock.wait(asyncio.Event(), moment(leaves_at))
        with because(api_call.cause if api_call is not None else ""):
            begun = self._clock.now()
            outcome, settle = await self._call(row, api_call)
            self._watch.left(lane, outcome)
            self._watch.called(row, begun, outcome)
            if await retry_while_down(self._clock, settle):
                self._watch.taken(row)
                if lane is Lane.EMERGENCY:
                    self._tell(row)

    def _tell(self, row: OutboxRow) -> None:
        """One line for each of an emergency's messages that Telegram took: which, of what, after how long."""
        task = task_of_card(row.card or "")
        waited = (self._clock.now() - from_ms(row.created_at)).total_seconds()
        code = code_of(task) if task is not None else None
        tell(log, "sent", message=f"M{row.id}", task=code, ms=round(waited * 1000), tries=row.attempts + 1)

    async def _call(self, row: OutboxRow, api_call: ApiCall | None) -> tuple[str, Callable[[], Awaitable[bool | None]]]:
        """Send it; the result in a word, and the unit that settles it."""
        after = self._aftermath
        if api_call is None:
            return "needless", partial(after.needless, row)
        try:
            answer = await self._channels.of(row.chat).send(api_call)
        except NotSent:
            return "not_sent", partial(after.not_sent, row)
        except Broken as error:
            return "broken", partial(after.broken, row, error.message)
        except Unknown as error:
            return "unknown", partial(after.unknown, row, api_call, error)
        except Exception as error:  # noqa: BLE001 - no file left, a fault of the desk's: the row must not wait for its lease
            return "stumbled", partial(after.stumbled, row, error, begun=True)
        match answer:
            case Taken():
                return "taken", partial(after.taken, row, api_call, answer)
            case Refused():
                return str(answer.code), partial(after.refused, row, api_call, answer)
