"""Words that are not on disk yet: whose they are, and since when they wait. Pure but for the clock's ``now``."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from bot.parsing.typed_command import command_in
from bot.runtime.clock import Timepiece
from bot.runtime.outage import Outage
from bot.transport.intake_numbers import whole

Raw = Mapping[str, Any]

# A database that is restarted is back before anybody would have read that it was away.
AFTER = timedelta(seconds=2)
# A storage that works again takes words within this; before that nobody who asks again is told that it is away.
A_MOMENT = timedelta(milliseconds=500)
# Telegram brings again what was refused, and another process may have kept it meanwhile.
REFUSAL_STANDS = timedelta(seconds=1)
FORGOTTEN = timedelta(minutes=1)
MOST = 1_000


class Wait(Struct, kw_only=True):
    """An update that waits since ``since``.

    ``asked_at`` is when the storage was asked to keep it and has not answered, ``refused_at`` when it last refused,
    ``seen_at`` when the update was last heard of. ``told`` says that its sender knows, ``said`` that it was for this
    one that the chat was told; ``again_at`` is when that is tried again. ``queued``: it is kept, and not handled;
    ``taken``: its handling has begun.
    """

    raw: Raw
    chat: int | None
    topic: int | None
    urgent: bool
    since: datetime
    seen_at: datetime
    asked_at: datetime | None = None
    refused_at: datetime | None = None
    again_at: datetime | None = None
    queued: bool = False
    taken: bool = False
    told: bool = False
    said: bool = False

    @property
    def pressed(self) -> bool:
        """Whether it is a press, which has an answer of its own."""
        return "callback_query" in self.raw

    def move(self, by: timedelta) -> None:
        """Move what was reckoned by a clock that was set forward since."""
        self.since, self.seen_at = self.since + by, self.seen_at + by
        self.asked_at = self.asked_at + by if self.asked_at is not None else None
        self.refused_at = self.refused_at + by if self.refused_at is not None else None
        self.again_at = self.again_at + by if self.again_at is not None else None

    def bring_forward(self, now: datetime) -> None:
        """Bring what is later than now, after the clock was set back, to now."""
        self.since, self.seen_at = min(self.since, now), min(self.seen_at, now)
        self.asked_at = min(self.asked_at, now) if self.asked_at is not None else None
        self.refused_at = min(self.refused_at, now) if self.refused_at is not None else None


class WaitingWords:
    """Knows each update that the storage was asked to keep, until it is kept; an emergency, until it is handled.

    ``urgent`` tells emergencies, ``outage`` knows what the storage does; ``alone``: nobody else can have kept or
    handled what waits here. ``began`` is called when the first of them begins to wait, ``bell`` rings at a refusal.
    """

    def __init__(self, clock: Timepiece, urgent: Callable[[Raw], bool], outage: Outage, *, alone: bool) -> None:
        self._clock = clock
        self._urgent = urgent
        self._alone = alone
        self._waits: dict[int, Wait] = {}
        self._outage = outage
        self._commits = 0
        self._committed_at = clock.now()
        self._set_forward = clock.set_forward
        self.began: Callable[[], None] = lambda: None
        self.bell = asyncio.Event()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waits)

    def asked(self, raws: Iterable[Raw]) -> None:
        """The storage is asked to keep these."""
        now, idle = self._now(), not self._waits
        for raw in raws:
            self._of(raw, now).asked_at = now
        if idle:
            self._commits = self._outage.commits
            self.began()

    def refused(self, raws: Iterable[Raw]) -> None:
        """It could not keep them."""
        now, idle = self._now(), not self._waits
        for raw in raws:
            wait = self._of(raw, now)
            wait.asked_at, wait.refused_at = None, now
        self.bell.set()
        if idle:
            self.began()

    def seen(self, raws: Iterable[Raw], since: datetime) -> None:
        """These wait behind others that are being kept, since this moment at the latest."""
        now = self._now()
        for raw in raws:
            self._of(raw, since).seen_at = now

    def kept(self, raws: Iterable[Raw], *, new: bool) -> None:
        """They are on disk; an emergency among those that are ``new`` waits still, to be handled."""
        for raw in raws:
            wait = self._waits.get(_number(raw))
            if wait is None:
                continue
            if new and wait.urgent and self._alone:
                wait.asked_at = wait.refused_at = None
                wait.queued = True
            else:
                del self._waits[_number(raw)]

    def taken(self, raw: Raw) -> None:
        """An emergency that is on disk begins to be handled."""
        self.asked([raw])
        self._waits[_number(raw)].taken = True

    def handled(self, raw: Raw) -> None:
        """All that it asked for is on disk."""
        self._waits.pop(_number(raw), None)

    def stood_still(self) -> None:
        """Ask once more: the storage may have answered long ago, and this process did nothing for a while."""
        again_at = self._now() + A_MOMENT
        for wait in self._waits.values():
            wait.again_at = again_at if wait.asked_at is not None else wait.again_at

    @property
    def longest(self) -> timedelta:
        """How long the first of them has waited; zero while nothing does."""
        now = self._now()
        return max((now - wait.since for wait in self._waits.values()), default=timedelta(0))

    def next_look(self) -> datetime:
        """When the next of them has waited for so long that its sender is told; at most a second from now."""
        now, down = self._now(), self.longest >= AFTER
        moments = [self._due(wait, down=down) for wait in self._waits.values() if not wait.told]
        return max(min([*moments, now + REFUSAL_STANDS]), now + timedelta(milliseconds=50))

    def overdue(self) -> list[Wait]:
        """Those whose senders are to be told now, emergencies first; what nobody heard of any more is forgotten."""
        now = self._now()
        if self._commits != self._outage.commits or self._committed_at > now:
            self._commits, self._committed_at = self._outage.commits, now
        for number, wait in [*self._waits.items()]:
            wait.bring_forward(now)
            if wait.asked_at is None and now - wait.seen_at > FORGOTTEN:
                del self._waits[number]
        down = self.longest >= AFTER
        due = [wait for wait in self._waits.values() if not wait.told and self._due(wait, down=down) <= now]
        return sorted(filter(self._sure, due), key=lambda wait: (not wait.urgent, wait.since))

    def has(self, wait: Wait) -> bool:
        """Whether it waits still."""
        return self._waits.get(_number(wait.raw)) is wait

    def of_chat(self, chat: int) -> list[Wait]:
        """All that waits in a chat."""
        return [wait for wait in self._waits.values() if wait.chat == chat]

    def _now(self) -> datetime:
        """Now; time that did not pass, because the clock was wrong and was set forward, is counted for nobody."""
        by = self._clock.set_forward - self._set_forward
        if by:
            self._set_forward += by
            self._committed_at += by
            for wait in self._waits.values():
                wait.move(by)
        return self._clock.now()

    def _of(self, raw: Raw, since: datetime) -> Wait:
        number, now = _number(raw), self._now()
        wait = self._waits.get(number)
        if wait is None:
            if len(self._waits) >= MOST:
                del self._waits[next(iter(self._waits))]
            chat, topic = spoken_in(raw)
            wait = Wait(raw=raw, chat=chat, topic=topic, urgent=self._urgent(raw), since=since, seen_at=now)
            self._waits[number] = wait
        wait.seen_at = now
        return wait

    def _due(self, wait: Wait, *, down: bool) -> datetime:
        """When its sender is to be told: at its first refusal, once others have waited for long enough."""
        due = wait.refused_at if down and wait.refused_at is not None else wait.since + AFTER
        due = max(due, wait.again_at or due)
        if wait.asked_at is None:
            return due
        if wait.refused_at is not None:
            return max(due, wait.asked_at + A_MOMENT)
        due = max(due, wait.asked_at + AFTER)
        # A desk that waits for itself is slow, and its storage not away; an emergency has to be on disk all the same.
        return due if wait.urgent and not wait.taken else max(due, self._committed_at + AFTER)

    def _sure(self, wait: Wait) -> bool:
        """Whether it is certain that nobody has kept it meanwhile, and that the storage is why it waits."""
        if wait.queued and wait.asked_at is None and wait.refused_at is None:
            return self._outage.trouble is not None
        if self._alone or wait.asked_at is not None:
            return True
        return wait.refused_at is not None and self._clock.now() - wait.refused_at <= REFUSAL_STANDS


def spoken_in(raw: Raw) -> tuple[int | None, int | None]:
    """The chat in which somebody spoke to the desk, and the topic there.

    In private, or in a group with a command; no chat for all else. Whoever begins to show where they go has said
    nothing: they wait for no answer.
    """
    said = raw.get("message")
    if isinstance(query := raw.get("callback_query"), Mapping):
        said = query.get("message")
    chat = said.get("chat") if isinstance(said, Mapping) else None
    number = whole(chat.get("id")) if isinstance(chat, Mapping) else None
    if not isinstance(said, Mapping) or number is None:
        return None, None
    if query is None and _shows_the_way(said):
        return None, None
    words = str(said.get("text") or said.get("caption") or "")
    if number <= 0 and query is None and command_in(words) is None:
        return None, None
    return number, whole(said.get("message_thread_id")) if said.get("is_topic_message") is True else None


def _shows_the_way(said: Raw) -> bool:
    """Whether it is a live location."""
    location = said.get("location")
    return isinstance(location, Mapping) and location.get("live_period") is not None


def _number(raw: Raw) -> int:
    return whole(raw.get("update_id")) or 0
