"""Long polling.

https://core.telegram.org/bots/api#getupdates
"""

from msgspec import Raw, Struct
from telegram.constants import PollingLimit

from emulator.errors import conflict
from emulator.methods.registry import Call, method

_LONGEST = 50.0


class GetUpdates(Struct):
    """``timeout`` in seconds; like ``limit`` it is brought into its range, not refused."""

    offset: int = 0
    limit: int = int(PollingLimit.MAX_LIMIT)
    timeout: float = 0
    allowed_updates: list[str] | None = None


@method("getUpdates")
async def get_updates(call: Call, params: GetUpdates) -> Raw:
    """The oldest updates, at once or when one comes. A second poller ends the first one's wait with 409.

    Raises:
        ApiError: 409 while a webhook is set.
    """
    bot, queue = call.bot, call.bot.updates
    if bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    queue.end_wait(conflict("terminated by other getUpdates request; make sure that only one bot instance is running"))
    if params.allowed_updates is not None:
        queue.allowed = params.allowed_updates
    if params.offset:
        queue.confirm(params.offset)
    if not queue and params.timeout > 0:
        await queue.wait(min(params.timeout, _LONGEST))
    limit = min(max(params.limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)
    return Raw(b"[%b]" % b",".join(update.json() for update in queue.read(limit)))
