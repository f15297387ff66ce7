"""Failures are told to people and operators in words: the class of the error is in the log alone."""

import re

import pytest
from aiohttp import ClientSession

from bot.conversation import registry
from bot.conversation.registry import RoleCommand
from bot.conversation.turn import CommandTurn
from bot.runtime.reasons import OWN_FAULT
from core.vocabulary.words import Role
from tests.story.desk import OPERATOR, StoryDesk

CLASS = re.compile(r"\w*(?:Error|Exception|Oddity|NotSent|Unknown|Disconnected)\b")


class Oddity(Exception):
    """An error that nobody has words for."""


async def read_by_operators(desk: StoryDesk) -> str:
    """The health page with its details, and the metrics."""
    url = f"http://127.0.0.1:{desk.app.server.port}"
    async with ClientSession(headers={"Authorization": f"Bearer {OPERATOR}"}) as session:
        pages = [await (await session.get(f"{url}{path}")).text() for path in ("/health", "/metrics")]
    return "\n".join(pages)


async def test_a_message_that_the_desk_fails_at_is_told_in_words(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(turn: CommandTurn) -> None:
        raise Oddity("so")

    monkeypatch.setitem(registry._commands, "mytasks", RoleCommand(id="mytasks", role=Role.AGENT, handler=fails))
    alba, ana = await desk.admin("Alba Paz"), await desk.agent("Ana Mora")
    await ana.says("/mistareas")
    await desk.passes(20)
    ana.reads_all()
    assert not CLASS.search(alba.sees(OWN_FAULT).text)
    await alba.says("/estado")
    assert not CLASS.search(alba.sees(OWN_FAULT).text)
    assert not CLASS.search(await read_by_operators(desk))
    assert not CLASS.search(str(await desk.asks("SELECT error FROM inbox WHERE error IS NOT NULL")))
