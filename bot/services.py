"""The tools of every turn, built from the configuration."""

from collections.abc import Callable
from datetime import timedelta

from bot.config.live import LiveConfig
from bot.conversation.arrival import Services
from bot.conversation.user_rate_limit import UserRateLimit
from bot.features.access.press_words import PressWords
from bot.transport.rate_limits import crowd_rate
from bot.ui.epoch import Epoch
from bot.ui.process_status import ProcessStatus
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.queries.queries import Queries


def build_services(
    live: LiveConfig,
    *,
    desk: Desk,
    queries: Queries,
    texts: Texts,
    process_status: Callable[[], ProcessStatus],
    epoch: Epoch,
    correction: Callable[[], timedelta],
) -> Services:
    """The tools; one person's pace is counted in this process alone."""
    limit = live.now.user_rate_limit
    return Services(
        desk=desk,
        queries=queries,
        texts=texts,
        process_status=process_status,
        user_rate_limit=UserRateLimit(per_second=limit.per_second, burst=limit.burst),
        press_words=PressWords(texts, epoch),
        epoch=epoch,
        correction=correction,
        live=live,
        pace=crowd_rate(live.now.delivery.per_second),
    )
