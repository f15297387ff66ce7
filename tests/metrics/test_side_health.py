"""Operators and load balancers see which part is unwell, soon, and whatever the part does."""

import asyncio
import logging
import time
from datetime import timedelta

import pytest

from metrics.health import REQUIRED, Health, PartHealth, Status
from tests.metrics.side import Side


async def well() -> PartHealth:
    return PartHealth(well=True)


async def unwell() -> PartHealth:
    return PartHealth(well=False, detail="no answer since 10:42")


async def broken() -> PartHealth:
    raise RuntimeError("a secret of the storage")


async def stuck() -> PartHealth:
    await asyncio.Event().wait()
    raise AssertionError


async def test_a_desk_that_is_well_says_so(side: Side) -> None:
    side.clock.advance(75)
    for path in ("/health", "/health/live", "/health/ready"):
        answer = await side.gets(path, Authorization="")
        assert (answer.status, answer.json["status"]) == (200, "well")
        assert answer.headers["Cache-Control"] == "no-store"
    page = (await side.gets("/health")).json
    assert (page["since"], page["uptime_seconds"]) == ("2026-03-02T17:00:00Z", 75)
    assert set(page["parts"]) == REQUIRED
    assert page["parts"]["storage"].items() >= {"well": True, "required": True, "detail": ""}.items()


@pytest.mark.parametrize("part", sorted(REQUIRED))
async def test_without_a_required_part_it_is_not_ready(closed_side: Side, part: str) -> None:
    closed_side.probes[part] = unwell
    await closed_side.open()
    ready = await closed_side.gets("/health/ready")
    assert (ready.status, ready.json) == (503, {"status": "down", "unwell": [part]})
    whole = await closed_side.gets("/health")
    assert (whole.status, whole.json["parts"][part]["detail"]) == (503, "no answer since 10:42")
    assert (await closed_side.gets("/health/live")).status == 200


@pytest.mark.parametrize("path", ["/health/ready", "/health"])
async def test_a_desk_that_closes_is_not_ready_whatever_its_parts_say(closed_side: Side, path: str) -> None:
    closed_side.probes["storage"] = stuck
    await closed_side.open()
    closed_side.server.close()
    for token in ("", None):
        answer = await closed_side.says("GET", path, token=token)
        assert (answer.status, answer.json) == (503, {"status": "down", "unwell": ["closing"]})
    assert (await closed_side.gets("/health/live")).status == 200, "it has work to finish"


async def test_telegram_may_be_away(closed_side: Side) -> None:
    closed_side.probes["telegram"] = unwell
    await closed_side.open()
    assert (await closed_side.gets("/health/ready")).status == 200
    whole = await closed_side.gets("/health")
    assert (whole.status, whole.json["status"]) == (200, "degraded")


async def test_load_balancers_may_ask_for_the_head_alone(side: Side) -> None:
    answer = await side.says("HEAD", "/health/ready", token=None)
    assert (answer.status, answer.body) == (200, b"")


async def test_a_probe_that_fails_or_hangs_is_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    probes = dict.fromkeys(REQUIRED, well) | {"storage": broken, "delivery": stuck, "intake": stuck}
    begun = time.monotonic()
    with caplog.at_level(logging.ERROR):
        report = await Health(probes, patience=timedelta(milliseconds=50)).report()
    # Both hang at the same time, so the report waits for one of them.
    assert time.monotonic() - begun < 1
    assert report.status is Status.DOWN
    assert {name: part.detail for name, part in report.parts.items() if not part.well} == {
        "storage": "it can't be asked; the log says why",
        "delivery": "no answer within 0.05 s",
        "intake": "no answer within 0.05 s",
    }
    assert "a secret of the storage" in caplog.text


async def test_those_who_ask_meanwhile_share_one_answer() -> None:
    asked, let_go = [], asyncio.Event()

    async def slow() -> PartHealth:
        asked.append(1)
        await let_go.wait()
        return PartHealth(well=True)

    health = Health(dict.fromkeys(REQUIRED, well) | {"storage": slow})
    first, second, third = (asyncio.create_task(health.report()) for _ in range(3))
    await asyncio.sleep(0)
    first.cancel()
    let_go.set()
    assert (await second).ready
    assert (await third).ready
    assert len(asked) == 1
    assert (await health.report()).ready
    assert len(asked) == 2


async def test_a_part_that_nobody_looks_after_is_not_well() -> None:
    report = await Health({"storage": well}).report()
    assert not report.ready
    assert report.parts["delivery"].detail == "nobody looks after it"
