"""The tools of every turn, built from the configuration."""

from collections.abc import Callable
from datetime import timedelta

from bot.config.rules import rules_of
from bot.config.schema import Config
from bot.conversation.arrival import Services
from bot.conversation.user_rate_limit import UserRateLimit
from bot.features.access.press_words import PressWords
from bot.transport.desk_rooms import configured_rooms
from bot.ui.epoch import Epoch
from bot.ui.process_status import ProcessStatus
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.queries.queries import Queries


def build_services(
    config: Config,
    *,
    desk: Desk,
    queries: Queries,
    texts: Texts,
    process_status: Callable[[], ProcessStatus],
    epoch: Epoch,
    correction: Callable[[], timedelta],
) -> Services:
    """The tools; one person's pace is counted in this process alone."""
    rules, limit = rules_of(config), config.user_rate_limit
    return Services(
        desk=desk,
        queries=queries,
        texts=texts,
        rules=rules,
        process_status=process_status,
        user_rate_limit=UserRateLimit(per_second=limit.per_second, burst=limit.burst),
        press_words=PressWords(texts, epoch),
        epoch=epoch,
        correction=correction,
        rooms=configured_rooms(config, rules),
        privacy=config.privacy,
        pace=config.delivery.per_second,
    )
