"""How the process stands at a scrape: its loops, what is ill at its borders, its holds, the webhook, its disks."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from prometheus_client.metrics_core import GaugeMetricFamily, Metric


class HoldScope(StrEnum):
    """Scope of a hold that Telegram asked for."""

    BOT = "bot"
    CHAT = "chat"
    METHOD = "method"  # of one chat


class Webhook(Struct, frozen=True, kw_only=True):
    """The way from Telegram as it said last: updates that wait there, and when it failed to deliver one."""

    pending: int = 0
    last_error_at: datetime | None = None


class Backups(Struct, frozen=True, kw_only=True):
    """The newest backup (None: there is none), and how often one is made."""

    newest: datetime | None
    every: timedelta


class Disk(Struct, frozen=True, kw_only=True):
    """The disk under a folder, in bytes."""

    free: int
    size: int


class Process(Struct, frozen=True, kw_only=True):
    """The running process as only it knows itself. ``conditions``: since when each is ill, None while it is well."""

    lags: Mapping[str, timedelta] = {}
    last_good: Mapping[str, datetime] = {}
    conditions: Mapping[str, datetime | None] = {}
    holds: Mapping[HoldScope, int] = {}
    webhook: Webhook | None = None
    backups: Backups | None = None
    disks: Mapping[str, Disk] = {}
    limit: int = 0  # messages that may leave in a second; 0: none is kept


def of_process(process: Process, now: datetime) -> Iterator[Metric]:
    """The gauges of a process."""
    yield _labelled(
        "gad_loop_lag_seconds",
        "Seconds for which a loop has had no good round that it should have had",
        "loop",
        {loop: lag.total_seconds() for loop, lag in process.lags.items()},
    )
    yield _labelled(
        "gad_loop_last_good_timestamp_seconds",
        "When the last good round of a loop ended, in seconds since the epoch",
        "loop",
        {loop: at.timestamp() for loop, at in process.last_good.items()},
    )
    yield _labelled(
        "gad_condition_seconds",
        "Seconds for which something outside that may silence the desk has been ill, 0 while it is well",
        "condition",
        {
            condition: max((now - since).total_seconds(), 0.001) if since is not None else 0.0
            for condition, since in process.conditions.items()
        },
    )
    yield _labelled(
        "gad_holds",
        "Holds that Telegram asked for and that last, by what they cover: the bot, a chat, a method in a chat",
        "scope",
        {scope: float(process.holds.get(scope, 0)) for scope in HoldScope},
    )
    yield GaugeMetricFamily(
        "gad_messages_limit_per_second", "Messages that may leave in a second; 0: no limit is kept", process.limit
    )
    if process.webhook is not None:
        yield from _of_webhook(process.webhook)
    if process.backups is not None:
        yield from _of_backups(process.backups)
    yield from _of_disks(process.disks)


def _of_webhook(webhook: Webhook) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "gad_webhook_pending_updates", "Updates that wait at Telegram, when it was asked last", webhook.pending
    )
    yield GaugeMetricFamily(
        "gad_webhook_last_error_timestamp_seconds",
        "When Telegram could not deliver an update last, in seconds since the epoch; 0: never",
        webhook.last_error_at.timestamp() if webhook.last_error_at is not None else 0.0,
    )


def _of_backups(backups: Backups) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "gad_backup_last_timestamp_seconds",
        "When the newest backup was made, in seconds since the epoch; 0: there is none",
        backups.newest.timestamp() if backups.newest is not None else 0.0,
    )
    yield GaugeMetricFamily(
        "gad_backup_every_seconds", "How often a backup is made, in seconds", backups.every.total_seconds()
    )


def _of_disks(disks: Mapping[str, Disk]) -> Iterator[Metric]:
    free = {disk: float(each.free) for disk, each in disks.items()}
    yield _labelled("gad_disk_free_bytes", "Free bytes of the disk under a folder of the desk's", "folder", free)
    size = {disk: float(each.size) for disk, each in disks.items()}
    yield _labelled("gad_disk_size_bytes", "Bytes of the disk under a folder of the desk's", "folder", size)


def _labelled(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for of, value in values.items():
        family.add_metric([of], value)
    return family
