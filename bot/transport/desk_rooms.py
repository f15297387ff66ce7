"""Groups of the configuration: which they are, and the topic for alerts."""

from bot.config.schema import Alerts, Config
from core.rules.situation import Rules
from storage.engine.session import Session
from storage.queues import rooms


async def configure_topic(alerts: Alerts, session: Session) -> None:
    """A topic that the configuration names is the one; without any, that of ``/vincular`` stays."""
    if alerts.group_chat_id and alerts.group_topic_id:
        await rooms.set_topic(session, alerts.group_chat_id, alerts.group_topic_id)


def configured_rooms(config: Config, rules: Rules) -> frozenset[int]:
    """The groups that the configuration names as the desk's."""
    ladders = rules.policies.values()
    named = (target for ladder in ladders for step in ladder.steps for target in step.notify if isinstance(target, int))
    return frozenset({*config.access.groups, config.alerts.group_chat_id, *named} - {0})
