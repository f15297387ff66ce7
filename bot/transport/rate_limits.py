"""How fast messages may leave: Telegram's limits, kept by asking before each send.

Telegram names 30 messages a second in all, one a second in a chat, 20 a minute in a group
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): habits, not a contract, so
the desk stays a little under each. Edits count like sends.

P5: of each limit a share is kept for emergencies, and what else leaves is spread over the second instead of
leaving in a clump, so that a place for an emergency is free now or in the next slot. While emergencies flood, every
seventh place is for presses and answers: four a second.
P6: no second, and no minute of a group, ever holds more than its limit; a 429 holds back what it named.
"""

from collections import OrderedDict, deque
from collections.abc import Mapping
from datetime import datetime
from math import ceil, inf

import msgspec

from bot.config.schema import Delivery
from bot.transport.holds import WHOLE_BOT, Holds, Key
from core.vocabulary.words import Lane
from metrics.process import HoldScope
from storage.schema.instants import from_ms

# Calls that leave evenly may arrive unevenly, so a sender that uses up a limit waits this much longer than its span.
MARGIN = 1.03
# So many may leave at once after a pause; more are spread over the second, or a whole second's clump would break the
# limit when the next one arrives a little early. A little less than even, or late wake-ups would lower the rate.
AT_ONCE, GAP = 10, 0.9
IN_A_ROW = 6  # emergencies; the place after them is for something else
DELIVERY = Delivery()


def crowd_rate(per_second: int) -> int:
    """Emergencies' messages a second while something else waits, too; 0: no limit."""
    return max(per_second * IN_A_ROW // (IN_A_ROW + 1), min(per_second, 1))


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """Rates of sending, and the part (``..._kept``) that only emergencies may use.

    ``chat_burst`` messages may follow one another in a chat at once, and each second, with its margin, gives one back.
    """

    per_second: int = DELIVERY.per_second
    per_second_kept: int = 1
    chat_burst: int = DELIVERY.chat_burst
    chat_kept: int = 1
    group_per_minute: int = 20
    group_kept: int = 2

    @property
    def kept_of_chat(self) -> int:
        """Places in a chat for emergencies alone: where one message is all, there is nothing to share."""
        return min(self.chat_kept, self.chat_burst - 1)


class _Window:
    """At most ``limit`` starts in any ``span`` seconds; the last ``kept`` of them for emergencies.

    Those after the first ``at_once`` of a span are spread over it (None: they may follow at once).
    """

    __slots__ = ("_at_once", "_gap", "_kept", "_limit", "_span", "_starts")

    def __init__(self, limit: int, *, kept: int, span: float, at_once: int | None = None) -> None:
        self._limit, self._kept, self._span = limit, kept, span
        self._at_once, self._gap = at_once or limit, GAP * span / limit
        self._starts: deque[float] = deque(maxlen=limit)

    def free_at(self, *, urgent: bool) -> float:
        free = self._free_at(self._limit, self._span * MARGIN)
        if len(self._starts) >= self._at_once < self._limit:
            free = max(free, min(self._starts[-1] + self._gap, self._free_at(self._at_once, self._span * MARGIN)))
        if urgent:
            return free
        # Never before an emergency might, or it would take the place that one is waiting for.
        return max(free, self._free_at(self._limit - self._kept, self._span))

    def _free_at(self, places: int, span: float) -> float:
        return self._starts[-places] + span if len(self._starts) >= places else -inf

    def start(self, now: float) -> None:
        self._starts.append(now)

    def idle_at(self) -> float:
        return self._starts[-1] + self._span * MARGIN


class _Credit:
    """One start every ``every`` seconds, or up to ``burst`` at once that are paid back at that pace.

    The last ``kept`` of them are for emergencies (the generic cell rate algorithm).
    """

    __slots__ = ("_every", "_kept_debt", "_most_debt", "_paid_at")

    def __init__(self, *, every: float, burst: float, kept: int) -> None:
        self._every = every
        self._most_debt = every * (burst - 1)
        self._kept_debt = every * kept
        self._paid_at = -inf

    def free_at(self, lane: Lane) -> float:
        free = self._paid_at - self._most_debt
        return free if lane is Lane.EMERGENCY else free + self._kept_debt

    def start(self, now: float) -> None:
        self._paid_at = max(self._paid_at, now) + self._every

    def answered(self, now: float) -> None:
        self._paid_at = max(self._paid_at, now + self._every)

    def idle_at(self) -> float:
        return self._paid_at


class Limits:
    """Says when a message may leave.

    Times are seconds of any clock, passed in. Groups and channels have negative ids.

    A sender keeps its candidates in order, asks for each when it is `ready_at`, and counts one that goes with
    `start`, awaiting nothing between the two. Only what has just left blocks a chat, so few candidates stand
    before the first that may go. Memory holds what left within the last minute, and what is held back.
    """

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self.enforced = True
        self._begin()

    def _begin(self) -> None:
        rates = self._rates
        self._bot = _Window(rates.per_second, kept=rates.per_second_kept, span=1.0, at_once=AT_ONCE)
        # A little more than one, or each wake-up that comes a few milliseconds late would lower the rate.
        self._spread = _Credit(every=1.0 / (rates.per_second - rates.per_second_kept), burst=1.25, kept=0)
        # In the order in which they were last written to, which is that in which they fall idle.
        self._chats: OrderedDict[int, _Credit] = OrderedDict()
        self._groups: OrderedDict[int, _Window] = OrderedDict()
        self._held = Holds()
        self._newest: float = -inf
        self._in_a_row = 0

    @classmethod
    def lifted(cls) -> "Limits":
        """No limits but the holds: for benches, and for servers that set none."""
        limits = cls()
        limits.enforced = False
        return limits

    def ready_at(self, chat_id: int | None, lane: Lane, now: float, method: str = "") -> float:
        """When a message may leave: ``now``, or a later time. No chat: when anything of the lane may."""
        self._follow(now)
        at = self._held.until(WHOLE_BOT, lane, now) if self._held else now
        if self.enforced:
            urgent = lane is Lane.EMERGENCY or self.owes
            at = max(at, self._bot.free_at(urgent=urgent))
            if not urgent:
                at = max(at, self._spread.free_at(lane))
        if chat_id is None:
            return at
        if self._held:
            at = max(at, *(self._held.until(key, lane, now) for key in _keys(chat_id, method)))
        if (chat := self._chats.get(chat_id)) is not None:
            at = max(at, chat.free_at(lane))
        if (group := self._groups.get(chat_id)) is not None:
            at = max(at, group.free_at(urgent=lane is Lane.EMERGENCY))
        return at

    def start(self, chat_id: int, lane: Lane, now: float, method: str = "") -> None:
        """Count a message that leaves now."""
        self._follow(now)
        self._forget(now)
        if self._held:
            for key in (WHOLE_BOT, *_keys(chat_id, method)):
                self._held.start(key, now)
        if not self.enforced:
            return
        self._bot.start(now)
        self._in_a_row = self._in_a_row + 1 if lane is Lane.EMERGENCY else 0
        if lane is not Lane.EMERGENCY:
            self._spread.start(now)
        if (chat := self._chats.get(chat_id)) is None:
            chat = self._chats[chat_id] = self._new_chat()
        chat.start(now)
        self._chats.move_to_end(chat_id)
        if chat_id < 0:
            if (group := self._groups.get(chat_id)) is None:
                group = self._groups[chat_id] = self._new_group()
            group.start(now)
            self._groups.move_to_end(chat_id)

    @property
    def for_others_in_group(self) -> int:
        """Places in a group's minute for something else than emergencies."""
        return self._rates.group_per_minute - self._rates.group_kept

    @property
    def owes(self) -> bool:
        """Whether the next place is for something else than an emergency, if there is anything else."""
        return self._in_a_row >= IN_A_ROW

    def owes_nothing(self) -> None:
        """There is nothing else: emergencies go on."""
        self._in_a_row = 0

    def last_at_once(self, chat_id: int, now: float) -> bool:
        """Whether an emergency may leave for a chat now, and the next one would have to wait."""
        chat = self._chats.get(chat_id)
        return chat is not None and chat.free_at(Lane.EMERGENCY) <= now < chat.free_at(Lane.EMERGENCY) + MARGIN

    def answered(self, chat_id: int, now: float) -> None:
        """Telegram took a message: it counts those of a chat when they arrive, which may be as late as this."""
        if (chat := self._chats.get(chat_id)) is not None:
            chat.answered(now)

    async def reserve(self, chat_id: int, lane: Lane, now: float, method: str = "") -> tuple[float, bool]:
        """When a message may leave, and whether that place is its own now; then it leaves at that moment."""
        at = self.ready_at(chat_id, lane, now, method)
        if at > now:
            return at, False
        self.start(chat_id, lane, now, method)
        return at, True

    def hold_chat(self, chat_id: int, until: float, method: str = "") -> None:
        """A 429 named this chat: nothing leaves for it, or nothing of one method, before ``until``.

        As with the whole bot, a minute is the longest, and an emergency goes sooner (`bot.transport.holds`).
        """
        self._held.hold((chat_id, method), until)

    def hold_all(self, until: float) -> None:
        """A 429 named the bot: nothing leaves before ``until``."""
        self._held.hold(WHOLE_BOT, until)

    def lift(self, chat_id: int, method: str) -> None:
        """Telegram took such a message: a hold that it probed is over."""
        if self._held:
            for key in (WHOLE_BOT, *_keys(chat_id, method)):
                self._held.lift(key)

    def holds(self, chat_id: int, method: str) -> bool:
        """Whether this method is held in the chat, and not the chat itself."""
        return bool(method) and (chat_id, method) in self._held

    def held(self, now: float) -> Mapping[HoldScope, int]:
        """The number of holds that last, by what they cover."""
        return self._held.count(now)

    def _new_chat(self) -> _Credit:
        return _Credit(every=MARGIN, burst=self._rates.chat_burst, kept=self._rates.kept_of_chat)

    def _new_group(self) -> _Window:
        return _Window(self._rates.group_per_minute, kept=self._rates.group_kept, span=60.0)

    def _follow(self, now: float) -> None:
        """A clock that was set back would hold everything until it had caught up, emergencies too: begin anew."""
        if now < self._newest - 1.0:
            self._begin()
        self._newest = max(now, self._newest)

    def _forget(self, now: float) -> None:
        """Drop the oldest entries that no longer limit anything."""
        while self._chats and next(iter(self._chats.values())).idle_at() <= now:
            self._chats.popitem(last=False)
        while self._groups and next(iter(self._groups.values())).idle_at() <= now:
            self._groups.popitem(last=False)
        self._held.forget(now)


def _keys(chat_id: int, method: str) -> tuple[Key, ...]:
    """The holds of a chat that such a message meets."""
    return ((chat_id, ""), (chat_id, method)) if method else ((chat_id, ""),)


def moment(seconds: float) -> datetime:
    """The first that is not too early: on disk are whole milliseconds."""
    return from_ms(ceil(seconds * 1000))
