"""A desk whose clock is wrong knows it from Telegram's answers, though nobody writes."""

from email.utils import formatdate
from pathlib import Path

import pytest

from bot.runtime.conditions import Condition
from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.test_webhook import pushed_to

QUIET = 61  # seconds: telegram.watch_every, and a moment


def trouble(desk: StoryDesk) -> str | None:
    """The words that say what is wrong with the clock, None while it is well."""
    known = desk.app.conditions.trouble(Condition.CLOCK)
    return known.why if known is not None else None


@pytest.mark.parametrize(("by", "words"), [(90, "90 s ahead of Telegram's"), (-90, "90 s behind Telegram's")])
async def test_in_a_quiet_night_by_webhook_a_wrong_clock_is_seen_and_the_right_one_too(
    tmp_path: Path, by: int, words: str
) -> None:
    async with pushed_to(tmp_path) as desk:
        await desk.passes(QUIET)
        assert trouble(desk) is None
        desk.clock.is_set(by)
        await desk.passes(QUIET)
        await desk.until(lambda: trouble(desk) is not None, "the clock is seen to be wrong")
        assert words in (trouble(desk) or "")
        desk.clock.is_set(-by)
        await desk.passes(QUIET)
        await desk.until(lambda: trouble(desk) is None, "it is seen to be right")


@pytest.mark.parametrize(("code", "body"), [(502, "<h1>Bad Gateway</h1>"), (200, "<h1>It works!</h1>"), (403, "no")])
async def test_the_date_of_a_proxys_own_page_moves_nothing(tmp_path: Path, code: int, body: str) -> None:
    async with pushed_to(tmp_path) as desk:
        wrong = {"Date": formatdate(desk.clock.seconds() + 3600, usegmt=True)}
        page = desk.telegram.faults.add(Fault("proxy", code=code, body=body, headers=wrong, times=None))
        calls = len(desk.telegram.calls)
        await desk.passes(3 * QUIET)
        assert len(desk.telegram.calls) == calls, "all that answered was the proxy"
        assert trouble(desk) is None
        assert desk.app.clock_watch.correction.total_seconds() == 0
        desk.telegram.faults.remove(page)
        await desk.passes(QUIET)
        assert trouble(desk) is None
