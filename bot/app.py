"""The composition root: builds every part, starts them in order and stops them in the reverse order."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime

import uvloop
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.channel.aftermath import Aftermath
from bot.channel.delivery import Delivery, Watch
from bot.channel.intake import ALLOWED_UPDATES, Intake
from bot.channel.limits import Limits
from bot.channel.poller import Poller
from bot.channel.presses import PressAnswerer
from bot.channel.request import AiohttpRequest
from bot.channel.webhook import Webhook
from bot.clock import SystemClock, Timepiece
from bot.config import Config
from bot.facts import Facts, Pulse
from bot.handlers import catalogue  # noqa: F401 - declares every command and button
from bot.health import probes
from bot.housekeeping import calendar
from bot.logs import set_up_logging
from bot.routes import add_routes
from bot.supervision import Crew
from bot.timekeeper import Timekeeper
from bot.turn import Office
from bot.views.composer import Composer
from bot.views.menu import stranger_menu
from bot.views.texts import Texts
from bot.worker import Worker
from core.desk import Desk
from core.situation import Rules
from metrics.instruments import Instruments
from metrics.server import SideServer
from storage import inbox, outbox
from storage.library import SqlLibrary
from storage.migrate import upgrade
from storage.session import Session
from storage.store import LedgerUnits, Store

log = logging.getLogger(__name__)


def rules_of(config: Config) -> Rules:
    """The numbers that the desk decides by."""
    return Rules(
        offer_to=config.dispatch.offer_to,
        offer_timeout=config.dispatch.offer_timeout,
        location_max_age=config.dispatch.location_max_age,
        twin_window=config.dispatch.twin_window,
        invitation_life=config.access.invitation_life,
        admins=frozenset(config.access.admins),
    )
