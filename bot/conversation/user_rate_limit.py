"""The rate limit of one person: so many updates a second, and a burst of them now and then.

Kept in this process alone, and bounded: people who have sent nothing for a while are forgotten.
"""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from telegram import Update

from bot.parsing.calls import cry_in
from bot.transport.intake import URGENT_PRESSES, calls_emergency
from bot.ui.buttons import Action, parse

PEOPLE, UPDATES = 10_000, 20_000
# The steps of an emergency are never held: who takes it, where they are with it, who needs help.
NEVER_HELD = URGENT_PRESSES | {Action.DEPART, Action.ARRIVE, Action.NEED_HELP, Action.FINE, Action.STILL_ON}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Answer(StrEnum):
    """Go on; say once that it is too fast; say nothing."""

    GO = "go"
    SLOW_DOWN = "slow_down"
    IGNORE = "ignore"


class _Bucket:
    """One person's pace: the virtual schedule of the generic cell rate algorithm (ITU-T I.371).

    ``full_at``: when the whole burst is there again. ``notified``: since then they heard that they go too fast.
    ``last``: the time of the newest thing; what came out of its order counts as sent then.
    """

    __slots__ = ("full_at", "last", "notified")

    def __init__(self) -> None:
        self.full_at = self.last = _LONG_AGO
        self.notified = False


class UserRateLimit:
    """The buckets of all people. ``per_second`` 0: no limit."""

    def __init__(self, *, per_second: int, burst: int) -> None:
        self.change(per_second=per_second, burst=burst)
        self._buckets: OrderedDict[tuple[int, bool], _Bucket] = OrderedDict()
        self._answered: OrderedDict[str, Answer] = OrderedDict()

    def change(self, *, per_second: int, burst: int) -> None:
        """Let another pace hold from now on; what somebody has used up stays used up."""
        self._every = timedelta(seconds=1 / per_second) if per_second else timedelta(0)
        self._burst = self._every * burst

    def __len__(self) -> int:
        return len(self._buckets)

    def ask(self, update: Update, *, key: str, sent_at: datetime, checked: bool) -> Answer:
        """May this update go on? The same ``key`` again gets the same answer, and counts once.

        ``checked``: a check-in runs for the sender, whose words may be an answer to it.
        """
        sender = update.effective_user
        if sender is None or _never_held(update, checked=checked):
            return Answer.GO
        if (known := self._answered.get(key)) is not None:
            return known
        # By the time at which it was sent, so that an outage makes nobody fast. A button tells no time: when it was
        # pressed is not known, and so presses are counted by themselves.
        press = update.callback_query is not None
        answer = self.count(sender.id, sent_at, press=press)
        self._answered[key] = answer
        if len(self._answered) > UPDATES:
            self._answered.popitem(last=False)
        return answer

    def count(self, person: int, at: datetime, *, press: bool = False) -> Answer:
        """One thing more by somebody, sent at that time."""
        bucket = self._bucket((person, press))
        bucket.last = now = max(bucket.last, at)
        if bucket.full_at <= now:
            bucket.full_at, bucket.notified = now, False
        if bucket.full_at + self._every - now <= self._burst or not self._every:
            bucket.full_at += self._every
            return Answer.GO
        first, bucket.notified = not bucket.notified, True
        return Answer.SLOW_DOWN if first else Answer.IGNORE

    def _bucket(self, key: tuple[int, bool]) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket())
        self._buckets.move_to_end(key)
        if len(self._buckets) > PEOPLE:
            self._buckets.popitem(last=False)
        return bucket


def _never_held(update: Update, *, checked: bool) -> bool:
    """Whether it goes on however fast it comes: an emergency, an answer to one, a place.

    So do the words of a person who works alone that ask for help; that they are well is heard before the pace is asked.
    """
    query, message = update.callback_query, update.message
    if query is not None:
        press = parse(query.data or "")
        return press is not None and press.action in NEVER_HELD
    if message is None:
        return True
    words = message.text or message.caption or ""
    return message.location is not None or calls_emergency(words) or (checked and cry_in(words))
