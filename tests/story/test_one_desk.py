"""A file belongs to one desk at a time: a second one on it would take the first one's work out of its hands."""

import asyncio
from pathlib import Path

import pytest

from storage.engine.store import StorageError
from storage.ops.file_lock import FileLock
from tests.story.process import field
from tests.support.databases import url_of
from tests.support.desks.process import DeskProcess


def test_whoever_comes_second_is_refused_until_the_first_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ops.file_lock.PATIENCE", 0.0)
    url = url_of(tmp_path / "var" / "gad.db")
    first, second = FileLock(url), FileLock(url)
    first.take()
    with pytest.raises(StorageError, match=r"^storage\.url: a desk runs on \S+gad.db already, and a file has one$"):
        second.take()
    first.leave()
    second.take()
    second.leave()

    blocked = FileLock(url_of(tmp_path / "var" / "gad.db-desk" / "gad.db"))
    with pytest.raises(StorageError, match=r"^storage\.url: \S+ can't be used \(a file stands where"):
        blocked.take()


def test_a_server_is_everybodys() -> None:
    for _ in range(2):
        FileLock("postgresql+asyncpg://nowhere/gad").take()


@pytest.mark.slow
async def test_p1_a_second_desk_on_the_same_file_ends_in_one_line_and_the_first_goes_on(tmp_path: Path) -> None:
    async with field(tmp_path) as scene:
        ana, _ = await scene.enrol(agent=["Ana Mora"], supervisor=["Marta Solís"])
        await scene.open()
        second = DeskProcess(tmp_path, scene.settings)

        await second.begin(stderr=asyncio.subprocess.PIPE)
        scene.telegram.say(ana, "/emergencia Robo")
        assert await second.ends() == 69
        assert (await second.says()).startswith("gad: storage.url: a desk runs on ")
        await scene.rest()

        assert not [text for _, text in scene.sent if "(reenvío)" in text]
        await scene.kill()
        await scene.open()  # whoever died holds nothing
        scene.telegram.say(ana, "/emergencia Fuego")
        await scene.rest()
        assert scene.asks("SELECT count(*) FROM task") == [(2,)]
