"""Numbers of the running process: what an operator reads of its borders, its loops and its disks."""

from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.scraped import scraped


async def test_a_running_desk_says_how_it_stands(desk: StoryDesk) -> None:
    samples = await scraped(desk)
    for there in (
        "gad_webhook_pending_updates",
        "gad_loop_last_good_timestamp_seconds{loop=worker}",
        "gad_loop_lag_seconds{loop=milestones}",
        "gad_timers_overdue_seconds{lane=emergency}",
        "gad_people_unreachable",
    ):
        assert there in samples
    assert samples["gad_condition_seconds{condition=hold}"] == samples["gad_holds{scope=bot}"] == 0
    assert samples["gad_telegram_calls_total{method=getMe,status=taken}"] >= 1
    assert samples["gad_storage_seconds_count{unit=write}"] > 0
    assert samples["gad_messages_limit_per_second"] == 28


async def test_a_pause_that_telegram_asks_for_is_seen_for_as_long_as_it_lasts(desk: StoryDesk) -> None:
    """A 429 to one chat is one hold, one call and one try of that code; a chat's own pace is none."""
    ana = await desk.agent("Ana Mora")
    before = await scraped(desk)
    desk.telegram.faults.add(Fault(kind="status", code=429, retry_after=30, method="sendMessage"))
    desk.telegram.say(ana.user, "/ayuda")
    await desk.settle()
    held = await scraped(desk)
    refused = "gad_telegram_calls_total{method=sendMessage,status=429}"
    assert held[refused] - before[refused] == 1
    assert sum(held[f"gad_holds{{scope={scope}}}"] for scope in ("bot", "chat", "method")) == 1
    await desk.passes(40)
    ana.reads_all()
    after = await scraped(desk)
    assert sum(after[f"gad_holds{{scope={scope}}}"] for scope in ("bot", "chat", "method")) == 0
    assert after[refused] == held[refused]
