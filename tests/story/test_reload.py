"""The configuration is read again while the desk runs: whole or not at all, and for what comes next."""

import logging
import os
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from bot.config.source import load
from tests.story.desk import GROUPS, OPERATOR, TOKEN, StoryDesk
from tests.story.health import WELL, health
from tests.story.scraped import scraped
from tests.story.test_programs import asks

PARK = (-2.1862, -79.8885)
SOONER = """
[[escalation.critica]]
after = "0s"
notify = ["supervisors"]
[[escalation.critica]]
after = "60s"
notify = ["admins"]
"""
BROKEN = {
    "no TOML": ("[telegram", "config.toml"),
    "an unknown key": ("[dispatch]\nofer_to = 3", "did you mean offer_to"),
    "a wrong value": ("[dispatch]\noffer_to = 0", "dispatch.offer_to"),
    "an emergency without a ladder": ("[escalation]\ncritica = []", "at least one step"),
    "one good and one bad change": ('[log]\nlevel = "debug"\n[backup]\nkeep = "x"', "backup.keep"),
    "tables without an end": (f"x = {'[' * 5_000}", "nested too deeply"),
}


class Reloaded:
    """The configuration's file of a desk that runs."""

    def __init__(self, desk: StoryDesk, folder: Path) -> None:
        self._desk = desk
        self._file = folder / "config.toml"

    async def reads(self, more: str = "", *, token: str = OPERATOR, top: str = "", telegram: str = "") -> None:
        """The file has what the desk was opened with, and more; it is read again."""
        config = self._desk.app.config
        await self.is_written(
            f"""{top}
[telegram]
token = "{TOKEN}"
api_base_url = "{config.telegram.api_base_url}"
{telegram}
[storage]
url = "{config.storage.url}"
[audit]
key_file = "{config.audit.key_file}"
erased_file = "{config.audit.erased_file}"
[redis]
url = "{config.redis.url}"
[server]
port = 0
api_tokens = ["{sha256(token.encode()).hexdigest()}"]
[access]
groups = {GROUPS}
{more}"""
        )

    async def is_written(self, text: str) -> None:
        """The file has these words alone; it is read again."""
        self._file.write_text(text, "utf-8")
        await self.again()

    async def again(self) -> None:
        """It is read as it is."""
        await self._desk.app.reloads.reload(partial(load, self._file))


@pytest.fixture
def file(desk: StoryDesk, tmp_path: Path) -> Reloaded:
    return Reloaded(desk, tmp_path)


async def test_a_changed_ladder_holds_for_the_next_alert_and_not_for_the_one_that_runs(
    desk: StoryDesk, file: Reloaded
) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    await file.reads(SOONER)
    for phone in (sara, marta, juan):
        phone.reads_all()
    await desk.advance(110)
    marta.sees_nothing()
    await desk.advance(10)
    marta.sees("Nadie ha respondido", "Robo")
    await marta.presses("Recibido")

    ana = await desk.agent("Ana Mora", at=PARK)
    await ana.says("/emergencia Incendio")
    for phone in (sara, marta, juan, ana):
        phone.reads_all()
    await desk.advance(60)
    marta.sees("Nadie ha respondido", "Incendio")
    for phone in (sara, marta, juan, ana):
        phone.reads_all()


async def test_a_token_that_was_taken_out_is_refused_at_the_next_request(desk: StoryDesk, file: Reloaded) -> None:
    assert (await asks(desk, "GET", "/tasks"))[0] == 200
    await file.reads(token="another-one")
    assert (await asks(desk, "GET", "/tasks"))[0] == 401
    assert (await asks(desk, "GET", "/tasks", token="another-one"))[0] == 200


@pytest.mark.parametrize("mistake", BROKEN)
async def test_a_file_with_a_mistake_changes_nothing_and_health_names_it(
    desk: StoryDesk, file: Reloaded, caplog: pytest.LogCaptureFixture, mistake: str
) -> None:
    written, said = BROKEN[mistake]
    before = desk.app.config
    await file.reads(SOONER if written.startswith("x") else written, top=written if written.startswith("x") else "")
    assert desk.app.config is before
    assert said in (await health(desk)).unwell["configuration"]
    assert [record.levelname for record in caplog.records if "was not reloaded" in record.message] == ["ERROR"]
    numbers = await scraped(desk)
    assert (numbers["gad_reload_last_good"], numbers["gad_reloads_total{result=refused}"]) == (0, 1)
    assert (await health(desk)).ready, "it goes on with the old one"

    await file.reads(SOONER)
    assert await health(desk) == WELL
    numbers = await scraped(desk)
    assert (numbers["gad_reload_last_good"], numbers["gad_reloads_total{result=taken}"]) == (1, 1)


async def test_a_file_that_is_gone_or_has_no_token_changes_nothing(desk: StoryDesk, file: Reloaded) -> None:
    before = desk.app.config
    await file.again()
    assert "no such file" in (await health(desk)).unwell["configuration"]
    await file.is_written("[dispatch]\noffer_to = 5")
    assert "telegram.token" in (await health(desk)).unwell["configuration"]
    assert desk.app.config is before


async def test_a_file_that_hangs_holds_up_nothing(desk: StoryDesk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "hangs")
    await desk.app.reloads.reload(partial(load, tmp_path / "hangs"), timedelta(milliseconds=10))
    assert "could not be read within" in (await health(desk)).unwell["configuration"]


async def test_what_wants_a_restart_is_named_and_stays_as_it_was(
    desk: StoryDesk, file: Reloaded, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await file.reads("[dispatch]\noffer_to = 5\n[delivery]\nper_second = 5", top='language = "en"')
    assert (desk.app.config.dispatch.offer_to, desk.app.config.delivery.per_second) == (5, 28)
    assert desk.app.config.language == "es"
    said = [record.getMessage() for record in caplog.records if record.name == "bot.jobs.reloads"]
    assert said == [
        "the configuration was reloaded; changed: dispatch.offer_to",
        "changed and in use only after a restart: language, delivery.per_second",
    ]
    assert (await scraped(desk))["gad_reload_waiting_keys"] == 2
    await file.reads("[dispatch]\noffer_to = 5")
    assert (await scraped(desk))["gad_reload_waiting_keys"] == 0, "the file is as the desk again"


async def test_the_pace_of_a_person_changes_at_once(desk: StoryDesk, file: Reloaded) -> None:
    await file.reads("[user_rate_limit]\nburst = 2")
    pace, now = desk.app.services.user_rate_limit, desk.clock.now()
    assert [pace.count(7, now).value for _ in range(4)] == ["go", "go", "slow_down", "ignore"]
