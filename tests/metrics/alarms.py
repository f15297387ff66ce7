"""Series that make each alarm fire, and series of a desk that is well, as promtool writes them.

A value each minute: ``0+1x60`` counts up, ``5x60`` stands still (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/).
"""

from collections.abc import Mapping

from msgspec import Struct

Series = Mapping[str, str]


class Case(Struct, frozen=True, kw_only=True):
    """One alarm: it has fired ``after`` so many minutes of these series, and keeps quiet with those."""

    alarm: str
    fires: Series
    quiet: Series
    after: int = 20


def _gauge(alarm: str, series: str, *, ill: object, well: object, after: int = 20) -> Case:
    return Case(alarm=alarm, fires={series: f"{ill}x200"}, quiet={series: f"{well}x200"}, after=after)


def _counter(alarm: str, series: str, *, ill: object, well: object = 0, after: int = 20) -> Case:
    """It counts so many a minute; what has counted long ago, and stands, is well."""
    return Case(alarm=alarm, fires={series: f"0+{ill}x200"}, quiet={series: f"7+{well}x200"}, after=after)


def _milestone(alarm: str, milestone: str, le: str, late: float) -> Case:
    """Ten emergencies a minute, of which this share is late."""
    labels = f'milestone="{milestone}",kind="emergency",priority="critical",instance="a"'
    count = f"gad_report_milestone_seconds_count{{{labels}}}"
    bucket = f'gad_report_milestone_seconds_bucket{{{labels},le="{le}"}}'
    return Case(
        alarm=alarm,
        fires={count: "0+10x200", bucket: f"0+{10 * (1 - late):g}x200"},
        quiet={count: "0+10x200", bucket: "0+10x200"},
    )


def _quantile(alarm: str, name: str, labels: str, *, ill: str, well: str, after: int = 40) -> Case:
    """All in the bucket of ``ill`` seconds, or all in that of ``well``."""

    def buckets(bound: str) -> Series:
        bounds = sorted({ill, well}, key=float)
        inside = {f'{name}_bucket{{{labels}le="{each}"}}': float(each) >= float(bound) for each in bounds}
        series = {each: "0+60x200" if holds else "0x200" for each, holds in inside.items()}
        return series | {f'{name}_bucket{{{labels}le="+Inf"}}': "0+60x200"}

    return Case(alarm=alarm, fires=buckets(ill), quiet=buckets(well), after=after)


_FREE, _SIZE = 'gad_disk_free_bytes{folder="storage"}', 'gad_disk_size_bytes{folder="storage"}'
_EVERY, _LAST = 'gad_backup_every_seconds{instance="a"}', 'gad_backup_last_timestamp_seconds{instance="a"}'
_LIMIT, _LEFT = 'gad_messages_limit_per_second{instance="a"}', 'gad_messages_total{lane="routine",outcome="taken"}'
_PENDING, _RECEIVED = 'gad_webhook_pending_updates{instance="a"}', 'gad_updates_received_total{instance="a"}'
_UP = 'up{job="gad",instance="a"}'

CASES = (
    _milestone("ToldLateFast", "told", "5.0", 0.02),
    _milestone("ToldLateSlow", "told", "5.0", 0.01),
    _milestone("ToldLateLong", "told", "5.0", 0.002),
    _milestone("AnsweredLateFast", "answered", "300.0", 0.2),
    _milestone("AnsweredLateSlow", "answered", "300.0", 0.1),
    _milestone("AnsweredLateLong", "answered", "300.0", 0.02),
    _gauge("DeskDown", _UP, ill=0, well=1, after=2),
    Case(
        alarm="DeskDown",
        fires={'up{job="other"}': "1x200"},
        quiet={_UP: "0x200", 'up{job="gad",instance="b"}': "1x200"},
        after=2,
    ),
    Case(
        alarm="ProcessDown",
        fires={_UP: "0x200", 'up{job="gad",instance="b"}': "1x200"},
        quiet={_UP: "1x200", 'up{job="other",instance="b"}': "0x200"},
    ),
    _counter("SilentEnd", "gad_silent_ends_total", ill=1),
    _gauge("AlertUnanswered", "gad_alerts_oldest_seconds", ill=301, well=299),
    _gauge("EmergencyWaits", "gad_emergency_wait_seconds", ill=11, well=9),
    _gauge("TimersLate", 'gad_timers_overdue_seconds{lane="emergency"}', ill=11, well=9),
    _gauge("TimersLate", 'gad_timers_overdue_seconds{lane="routine"}', ill=61, well=59),
    _gauge("LoopStopped", 'gad_loop_lag_seconds{loop="worker"}', ill=31, well=29),
    _gauge("JobStopped", 'gad_loop_lag_seconds{loop="backup"}', ill=3601, well=3000),
    _gauge("EmergencyMessagesWait", 'gad_outbox_oldest_seconds{lane="emergency"}', ill=31, well=29),
    _gauge("MessagesWait", 'gad_outbox_oldest_seconds{lane="routine"}', ill=601, well=599),
    _gauge("UpdatesWait", 'gad_inbox_oldest_seconds{lane="routine"}', ill=61, well=59),
    _gauge("WebhookDeaf", 'gad_condition_seconds{condition="updates"}', ill=61, well=0),
    Case(
        alarm="WebhookDeaf",
        fires={_PENDING: "3x200", _RECEIVED: "5x200"},
        quiet={_PENDING: "3x200", _RECEIVED: "5+1x200"},
    ),
    _gauge("HoldLong", 'gad_condition_seconds{condition="hold"}', ill=121, well=60),
    _gauge("ClockOff", 'gad_clock_offset_seconds{against="telegram"}', ill=-3, well=1.5),
    _gauge("PartUnwell", 'gad_part_well{part="redis"}', ill=0, well=1),
    _gauge("ReloadFailed", 'gad_reload_last_good{instance="a"}', ill=0, well=1),
    _gauge("NumbersUnreadable", "gad_numbers_read", ill=0, well=1),
    _quantile("StorageSlow", "gad_storage_seconds", 'unit="write",', ill="5.0", well="0.01"),
    _gauge("StorageLogGrows", "gad_storage_log_bytes", ill=300 * 2**20, well=16 * 2**20),
    _counter("StorageDeadlocks", "gad_storage_deadlocks_total", ill=1),
    _counter("StorageContended", "gad_storage_lock_wait_seconds_sum", ill=600, well=60),
    Case(alarm="DiskFilling", fires={_FREE: "9x200", _SIZE: "100x200"}, quiet={_FREE: "29x200", _SIZE: "100x200"}),
    Case(
        alarm="DiskFilling",
        fires={_FREE: "2900-10x200", _SIZE: "10000x200"},
        quiet={_FREE: "9000-10x200", _SIZE: "10000x200"},
        after=60,
    ),
    Case(alarm="DiskFull", fires={_FREE: "2x200", _SIZE: "100x200"}, quiet={_FREE: "4x200", _SIZE: "100x200"}),
    Case(
        alarm="BackupOld",
        fires={_LAST: "0x200", _EVERY: "600x200"},
        quiet={_LAST: "0+60x200", _EVERY: "600x200"},
        after=60,
    ),
    _counter("BackupFailed", 'gad_backups_total{result="failed"}', ill=1),
    _counter("UpdatesParked", "gad_updates_parked_total", ill=1),
    Case(
        alarm="MessagesParked",
        fires={'gad_parked{what="message",cause="400 Bad Request"}': "1x200"},
        quiet={'gad_parked{what="message",cause="403"}': "9x200", 'gad_parked{what="update",cause="x"}': "1x200"},
    ),
    Case(
        alarm="LimitNear",
        fires={_LIMIT: "28x200", _LEFT: "0+1500x200"},
        quiet={_LIMIT: "28x200", _LEFT: "0+600x200"},
    ),
    Case(
        alarm="LimitNear",
        fires={"process_open_fds": "900x200", "process_max_fds": "1024x200"},
        quiet={"process_open_fds": "90x200", "process_max_fds": "1024x200", _LIMIT: "0x200", _LEFT: "0+1500x200"},
    ),
    _counter("TelegramLimits", 'gad_messages_total{lane="routine",outcome="429"}', ill=1),
    _counter("SideServerFails", 'gad_http_requests_total{route="/api/v1/tasks",code="500"}', ill=1),
    Case(
        alarm="Restarts",
        fires={'process_start_time_seconds{job="gad"}': "0+60x200"},
        quiet={'process_start_time_seconds{job="gad"}': "60x200"},
    ),
    _quantile("SlowFirstCall", "gad_first_call_seconds", "", ill="5.0", well="0.01"),
)
