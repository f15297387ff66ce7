"""The composition root: builds every part, starts them in order and stops them in the reverse order."""

import time
from datetime import datetime

from telegram.ext import ExtBot

from bot.cluster import Cluster
from bot.config.live import LiveConfig
from bot.config.schema import Config
from bot.conversation.canary import Canary
from bot.conversation.context import build_application
from bot.conversation.menu import stranger_menu
from bot.conversation.worker import Worker
from bot.features.access.press_words import PressWords
from bot.features.loading import load_features
from bot.health import probes, status
from bot.jobs.admin_notices import AdminNotices
from bot.jobs.backups import Backups
from bot.jobs.calendar import Calendar
from bot.jobs.clock_watch import ClockWatch
from bot.jobs.guests import Guests
from bot.jobs.leases import Leases
from bot.jobs.opening import open_storage
from bot.jobs.poster import Poster
from bot.jobs.reloads import Reloads
from bot.jobs.retention import add_sweep
from bot.jobs.timers import Timekeeper
from bot.jobs.token_use import TokenUse
from bot.jobs.watchman import Watchman
from bot.notifications.composer import Composer
from bot.observers import Observers
from bot.routes import add_routes
from bot.runtime.backlog import Backlog
from bot.runtime.clock import SystemClock, Timepiece
from bot.runtime.conditions import Conditions
from bot.runtime.outage import Outage
from bot.runtime.supervisor import Crew
from bot.services import build_services
from bot.transport.alarm_list import AlarmList
from bot.transport.callback_answers import PressAnswerer
from bot.transport.channels import NONE, Channels, Others
from bot.transport.group_watch import GroupWatch
from bot.transport.identity import Identity
from bot.transport.intake import Intake, is_urgent
from bot.transport.outage_notice import OutageNotice
from bot.transport.poller import Poller
from bot.transport.proxy import proxy_of
from bot.transport.rate_limits import Limits
from bot.transport.request import AiohttpRequest
from bot.transport.send_results import SendResults
from bot.transport.sender import Delivery
from bot.transport.telegram_channel import TelegramChannel
from bot.transport.telegram_watch import TelegramWatch
from bot.transport.waiting_words import WaitingWords
from bot.transport.way import WatchedChannel, Way
from bot.transport.webhook import Webhook
from bot.transport.webhook_watch import WebhookWatch
from bot.ui.epoch import Epoch
from bot.ui.texts import Texts
from core.desk.desk import Desk
from metrics.server import SideServer
from metrics.tokens import Programs
from storage.engine.store import Store
from storage.ops.file_lock import FileLock
from storage.repositories.queries import SqlQueries
from storage.repositories.unit_of_work import StoreUnitOfWork


class OpenDesk:
    """A desk, its channels (``others`` beside Telegram) and its side server; no ``clock`` or ``limits``: real ones."""

    def __init__(
        self, config: Config, *, clock: Timepiece | None = None, limits: Limits | None = None, others: Others = NONE
    ) -> None:
        self.live = LiveConfig(config)
        self.clock = clock or SystemClock()
        self.conditions = Conditions(self.clock)
        self.texts = Texts(config.language, config.timezone)
        self.outage = Outage(self.clock)
        self.store = Store(config.storage.url, self.outage)
        self.file_lock, self.token_use = FileLock(config.storage.url), TokenUse(self.store, self.clock)
        self.base_url = f"{config.telegram.api_base_url}/bot{config.telegram.token.get_secret_value()}"
        self.request = AiohttpRequest(proxy=proxy_of(config.telegram))
        self.way, self.epoch = Way(self.conditions, self.clock), Epoch()
        telegram = TelegramChannel(self.request, self.base_url, self.texts("resent"), self.epoch)
        self.channels = Channels(WatchedChannel(telegram, self.way), others)
        self.queries = SqlQueries(self.store)
        self.observers = Observers(self)
        self.desk = Desk(
            units=self.observers.watched(StoreUnitOfWork(self.store, self.channels.render, self.observers.committed)),
            clock=self.clock,
            composer=Composer(self.texts),
            rules=self.live.rules,
            group=config.alerts.group_chat_id or None,
            posted=self._posted,
        )
        self.cluster = Cluster(config, self.clock, self._ring, self.conditions, shared=self.store.shared, limits=limits)
        self._poster = Poster(self.store, self.clock, self.texts, self.channels.render, self._posted)
        self._build_channel(self.cluster.limits)
        self._build_worker()
        self.timekeeper = Timekeeper(self.store, self.desk, self.clock, self.backlog)
        self.leases = Leases(self.store, self.clock, self._freed)
        self.crew = Crew(self.clock, self.conditions, self.outage)
        notices, held = AdminNotices(self._poster, self.conditions), self.backlog.catches_up
        self.watchman = Watchman(self.clock, self.conditions, self.crew, self.outage, self.queries, notices, held)
        self._build_server()
        self._calendar = Calendar(self.clock, self.crew)
        add_sweep(self._calendar, self.store, self.clock, self.live)
        self.backups = Backups(self.live, self._poster, self.observers.instruments.backups.ended)
        self.backups.add_to(self._calendar)

    def _build_channel(self, limits: Limits) -> None:
        ask, measured = (self.request, self.base_url), self.observers.instruments.clocks.measured
        self.presses = PressAnswerer(*ask)
        words, telegram = PressWords(self.texts, self.epoch), self.config.telegram
        alone = telegram.mode == "polling" or not self.store.shared
        self.waiting = waiting = WaitingWords(self.clock, is_urgent, self.outage, alone=alone)
        self.outage_notice = OutageNotice(*ask, self.presses, waiting, self.clock, limits=limits, texts=self.texts)
        self.intake = Intake(
            self.store, self.clock, self.presses, waiting, self._arrived, self._posted, words, self._meet, telegram.bot
        )
        self.clock_watch = clocks = ClockWatch(self.store, self.clock, self.conditions, measured, self.request.dates)
        self.backlog: Backlog = Backlog(self.clock, pushed=telegram.mode == "webhook")
        self.webhook_watch = watch = WebhookWatch(*ask, telegram, self.clock, self.conditions, self.intake)
        self.poller = Poller(*ask, self.intake, self.clock, self.conditions, watch, self.backlog, clocks.heard)
        self.outage_notice.behind = self.poller.behind if telegram.mode == "polling" else None
        self.send_results = SendResults(
            store=self.store,
            desk=self.desk,
            clock=self.clock,
            limits=limits,
            texts=self.texts,
            render=self.channels.render,
            give_up_after=lambda: self.config.delivery.give_up_after,
            conditions=self.conditions,
            channels=self.channels,
            doubted=self._meet,
            posted=self._posted,
        )
        self.delivery = Delivery(
            store=self.store,
            channels=self.channels,
            clock=self.clock,
            limits=limits,
            send_results=self.send_results,
            lease=self.config.delivery.lease,
            in_flight=self.config.delivery.in_flight,
            watch=self.observers.delivery,
            way=self.way,
            compose=AlarmList(self.texts).compose,
        )

    def _build_worker(self) -> None:
        config = self.config
        bot: ExtBot[None] = ExtBot(
            token=config.telegram.token.get_secret_value(),
            base_url=f"{config.telegram.api_base_url}/bot",
            request=self.request,
            get_updates_request=AiohttpRequest(proxy=proxy_of(config.telegram)),
        )
        self.application = build_application(bot)
        load_features()
        add_routes(self.application)
        self._build_watch(bot)
        self.services = build_services(
            self.live,
            desk=self.desk,
            queries=self.queries,
            texts=self.texts,
            process_status=lambda: status(self, self.opened_at),
            epoch=self.epoch,
            correction=lambda: self.clock_watch.correction,
        )
        self.guests = Guests(self._poster, lambda: self.live.rooms)
        self.worker = Worker(
            store=self.store,
            application=self.application,
            services=self.services,
            presses=self.presses,
            waiting=self.waiting,
            clock=self.clock,
            posted=self._posted,
            render=self.channels.render,
            watch=self.observers.work,
            intake=config.intake,
            canary=Canary(self.store, self.clock, config.intake.canary),
        )

    def _build_watch(self, bot: ExtBot[None]) -> None:
        self.identity = Identity(self.request, self.base_url, bot, self.conditions, self.application.initialize)
        self.telegram_watch = TelegramWatch(
            identity=self.identity,
            webhook=self.webhook_watch,
            group=GroupWatch(self.request, self.base_url, bot, self.config.alerts.group_chat_id, self.conditions),
            bot=bot,
            menu=stranger_menu(self.texts),
            every=lambda: self.config.telegram.watch_every,
            clock=self.clock,
            met=self._met,
        )

    def _met(self) -> None:
        """Telegram knows the bot: work begins."""
        self.crew.start("worker", self.worker.run)
        if self.config.telegram.mode == "polling":
            self.crew.start("poller", self.poller.run)

    @property
    def config(self) -> Config:
        """The configuration that holds now."""
        return self.live.now

    def _took(self) -> None:
        """A new configuration holds; what was made of the old one is made anew, all else reads it where it is used."""
        limit, self.desk.rules = self.config.user_rate_limit, self.live.rules
        self.services.user_rate_limit.change(per_second=limit.per_second, burst=limit.burst)

    def _posted(self) -> None:
        self.delivery.in_flight.bell.set()
        self.timekeeper.bell.set()
        self.cluster.tell()

    def _meet(self) -> None:
        self.telegram_watch.bell.set()

    def _freed(self) -> None:
        self.worker.in_flight.bell.set()
        self.delivery.in_flight.bell.set()

    def _arrived(self, updates: int) -> None:
        self.observers.instruments.updates.received(updates)
        self.worker.in_flight.bell.set()
        self.cluster.tell()

    def _ring(self) -> None:
        """Wake every loop: another process has work for this one, or it is time to look."""
        self._freed()
        self.timekeeper.bell.set()

    def _build_server(self) -> None:
        self.reloads = Reloads(self.live, self._took, self.observers.instruments.reloads.ended)
        config, secret = self.config, self.config.telegram.webhook_secret.get_secret_value()
        webhook = Webhook(self.intake, secret).answer if config.telegram.mode == "webhook" else None
        self.server = SideServer(
            host=config.server.host,
            port=config.server.port,
            desk=self.desk,
            queries=self.queries,
            instruments=self.observers.instruments,
            probes=probes(self),
            programs=Programs(digests=self.live.api_tokens, limits=self.cluster.token_limits, used=self.token_use),
            webhook=webhook,
            public=config.server.public,
            clock=self.clock,
        )

    async def start(self) -> None:
        """Start storage first, then the side server, then the channel; Telegram is met whenever it answers."""
        self.file_lock.take()
        await open_storage(self.config, self.store, self.desk, self.epoch, self.clock, self.clock_watch)
        self.opened_at: datetime = self.clock.now()
        await self.request.initialize()
        await self.server.start()
        await self.delivery.remember()
        self.crew.start("delivery", self.delivery.run)
        self.crew.start("reach", self.send_results.reach.run)
        self.crew.start("timekeeper", self.timekeeper.run)
        for name, loop in (("leases", self.leases), ("guests", self.guests), ("clock", self.clock_watch)):
            self.crew.start(name, loop.run)
        self.crew.start("telegram", self.telegram_watch.run)
        self.crew.start("milestones", self.observers.milestones.run)
        self.crew.start("watchman", self.watchman.run)
        self.cluster.start(self.crew, self.worker.canary)
        self._calendar.start()

    async def stop(self) -> None:
        """Take nothing more, finish the work in flight within ``shutdown_grace``, and let go of the rest."""
        end = time.monotonic() + self.config.shutdown_grace.total_seconds()
        self._calendar.stop()
        await self.crew.stop("watchman", "telegram", "poller", "timekeeper", "leases", "reach")
        for in_flight in (self.worker.in_flight, self.delivery.in_flight):
            await in_flight.finish(end - time.monotonic())
        await self.crew.stop()
        await self.outage_notice.stop()
        await self.server.stop()
        await self.token_use.written()
        await self.observers.stop()
        await self.application.shutdown()
        await self.request.shutdown()
        await self.cluster.stop()
        await self.store.stop()
        self.file_lock.leave()

    @property
    def idle(self) -> bool:
        """Whether no work is in flight."""
        return (self.worker.in_flight.idle and self.delivery.in_flight.idle and self.presses.idle) and (
            self.timekeeper.idle and self.send_results.reach.idle
        )
