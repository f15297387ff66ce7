"""The way to Telegram: whether anything that is sent is answered by Telegram itself (P13)."""

from datetime import datetime, timedelta

from telegram.error import NetworkError

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.reasons import failure
from bot.transport.answers import Answer, Refused, no_answer
from bot.transport.api_call import PROBE, ApiCall
from bot.transport.channels import Channel
from core.desk.ports import OutgoingMessage
from storage.queues.addressed_call import AddressedCall
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow

# One failure is a bad moment; so many in a row, with no answer between them, are a broken way.
IN_A_ROW = 3
# Below the 10 s within which it is said, with a round of the delivery to spare.
UNANSWERED = timedelta(seconds=8)


class Way:
    """Says `Condition.SENDING` when sends fail and none is answered between them, or none is answered for 8 s.

    Any verdict of Telegram's proves the way, a refusal too; a 5xx or an odd code doesn't. It is well again with the
    first, or when nothing waits for it any more.
    """

    def __init__(self, conditions: Conditions, clock: Timepiece) -> None:
        self._conditions = conditions
        self._clock = clock
        self._under_way = 0
        self._since: datetime | None = None  # when the first send began that no answer has followed
        self._failures = 0
        self._ill = False

    def begins(self) -> None:
        """A send begins."""
        self._under_way += 1
        if self._since is None:
            self._since = self._clock.now()

    def answered(self) -> None:
        """Telegram answered a send."""
        self._under_way -= 1
        self._failures = 0
        self._since = self._clock.now() if self._under_way else None
        self._recovered()

    def failed(self, why: str) -> None:
        """A send came to nothing."""
        self._under_way -= 1
        self._failures += 1
        if self._failures >= IN_A_ROW:
            self._say(why)

    def said(self, refusal: str | None) -> None:
        """The last word to a message; None: it was taken."""
        self._conditions.refusal = refusal

    def left(self) -> None:
        """A send was given up, by a stop of the desk: it says nothing of the way."""
        self._under_way -= 1

    def look(self) -> datetime | None:
        """Say it when nothing has been answered for too long; when to look again, None while there is no need to."""
        if self._since is None or self._ill:
            return None
        due = self._since + UNANSWERED
        if self._clock.now() < due:
            return due
        self._say(f"no answer to any message for {UNANSWERED.total_seconds():.0f} s")
        return None

    def rests(self) -> None:
        """Nothing is under way, and nothing waits to be tried again."""
        self._failures, self._since = 0, None
        self._recovered()

    def _say(self, why: str) -> None:
        self._ill = True
        self._conditions.ill(Condition.SENDING, why)

    def _recovered(self) -> None:
        if self._ill:
            self._ill = False
            self._conditions.well(Condition.SENDING)


class WatchedChannel:
    """A channel whose way is watched."""

    def __init__(self, channel: Channel, way: Way) -> None:
        self._channel = channel
        self._way = way

    def render(self, message: OutgoingMessage) -> AddressedCall:
        """As the channel does."""
        return self._channel.render(message)

    def build_call(self, row: OutboxRow, shown: Shown | None) -> ApiCall | None:
        """As the channel does."""
        return self._channel.build_call(row, shown)

    async def send(self, call: ApiCall) -> Answer:
        """Hand it over; the errors are the channel's."""
        way = self._way
        way.begins()
        try:
            answer = await self._channel.send(call)
        except NetworkError as error:
            way.failed(no_answer(error))
            raise
        except Exception as error:
            way.failed(failure(error))
            raise
        except BaseException:
            way.left()
            raise
        said = f"{answer.code} {answer.description}" if isinstance(answer, Refused) else None
        if call.method != PROBE:
            way.said(said)
        if said is not None and isinstance(answer, Refused) and not answer.judges:
            way.failed(said)
        else:
            way.answered()
        return answer
