"""The group of the configuration for alerts, and its topic."""

from bot.config.schema import Alerts
from storage.engine.session import Session
from storage.queues import rooms


async def configure_topic(alerts: Alerts, session: Session) -> None:
    """A topic that the configuration names is the one; without any, that of ``/vincular`` stays."""
    if alerts.group_chat_id and alerts.group_topic_id:
        await rooms.set_topic(session, alerts.group_chat_id, alerts.group_topic_id)
