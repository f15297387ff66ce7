"""The short form of `scripts/chaos.py`: a few deaths on each kind of desk."""

from pathlib import Path

import pytest

from tests.chaos.campaign import campaign
from tests.chaos.site import Fate, Intake, Storage, site

# At random; on disk and Telegram not told; done and the answer not kept; committed and nobody told; sent, not marked.
DEATHS = [
    None,
    Fate("receive", "after", 4),
    Fate("settle", "before", 4),
    Fate("commit", "after", 20),
    Fate("send", "after", 6),
]
ON_POSTGRESQL = [pytest.param(way, "postgresql", marks=pytest.mark.outgrown) for way in ("polling", "webhook")]


@pytest.mark.parametrize(("intake", "storage"), [("polling", "sqlite"), ("webhook", "sqlite"), *ON_POSTGRESQL])
async def test_p1_p2_p3_p10_whenever_the_plug_is_pulled_all_is_done_once_and_everybody_is_told(
    tmp_path: Path, intake: Intake, storage: Storage
) -> None:
    async with site(tmp_path, intake, storage) as scene:
        await scene.enrol(agents=6, supervisors=2)
        died, counts = await campaign(scene, DEATHS, seed=3, rate=20)
    assert [count for count in counts if count.broken] == []
    assert (died.anywhere, died.at_points, died.late) == (1, 4, 0)
    assert next(count.number for count in counts if "emergencies imply" in count.what) > 0
