"""Anything at all answers in Telegram's place while an emergency goes out: nobody is blamed and nothing is dropped."""

import json
import random
from http import HTTPStatus
from pathlib import Path

import pytest

from emulator import Fault
from tests.story.desk import StoryDesk

STATUSES = [*(status.value for status in HTTPStatus if status.value >= 300), 299, 418, 499, 520, 530, 599]
PAGES = ["", "<html><h1>Forbidden</h1></html>", "Forbidden", "{", "[]", "null", "\x00\x01", "0", '"ok"', "{}" * 50]
HEADERS = {"Retry-After": "86400", "Location": "http://portal.example", "Content-Type": "text/html", "Via": "1.1 box"}
METHODS = (None, "send*", "sendMessage", "sendLocation", "editMessageText", "editMessageReplyMarkup")


def anything(dice: random.Random) -> str:
    """A body that is no verdict of Telegram's, though it may look like one."""
    like_a_verdict: dict[str, object] = {
        "ok": dice.choice([0, "false", None, [], True]),
        "error_code": dice.choice([403, 400, 429, 401, 404]),
        "description": "Forbidden: bot was blocked by the user",
        "parameters": {"retry_after": 36_000, "migrate_to_chat_id": -1001},
    }
    not_of_its_codes: dict[str, object] = {
        "ok": False,
        "error_code": dice.choice([0, 200, 302, 399, 600, "403", 403.5, None, -403]),
    }
    return dice.choice([*PAGES, json.dumps(like_a_verdict), json.dumps(not_of_its_codes), json.dumps({"ok": False})])


def answers(dice: random.Random, accounts: list[int]) -> list[Fault]:
    """Some such answers, to one person or to all, a few times each."""
    return [
        Fault(
            kind="proxy",
            code=dice.choice(STATUSES),
            body=anything(dice),
            headers=dict(dice.sample(sorted(HEADERS.items()), dice.randrange(3))),
            method=dice.choice(METHODS),
            chat_id=dice.choice([None, *accounts]),
            times=dice.randrange(1, 4),
            after=dice.randrange(3),
        )
        for _ in range(dice.randrange(1, 7))
    ]


@pytest.mark.parametrize("seed", range(6))
async def test_p13_no_answer_that_is_not_telegrams_marks_anybody_or_loses_anything(tmp_path: Path, seed: int) -> None:
    dice, desk = random.Random(seed), StoryDesk(tmp_path)
    await desk.open()
    sara, luis = await desk.supervisor("Sara Luna"), await desk.supervisor("Luis Vega")
    ana, juan = await desk.agent("Ana Mora", at=(-2.1885, -79.888)), await desk.agent("Juan Pérez")
    phones = [sara, luis, ana, juan]
    for fault in answers(dice, [phone.user.id for phone in phones]):
        desk.telegram.faults.add(fault)
    desk.telegram.say(juan.user, "/emergencia Robo")
    desk.telegram.say(ana.user, "/mistareas")
    await desk.passes(30)
    desk.telegram.faults.clear()
    await desk.passes(60)

    for phone in phones:
        phone.has("Robo")
    assert any("nada" in message.text.lower() or "T-0" in message.text for message in ana.messages)
    assert await desk.asks("SELECT count(*) FROM person WHERE reachable = 0") == 0
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state <> 3 AND ring = 1") == 0
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state = 4") == 0
    for phone in phones:
        phone.reads_all()
    await desk.end()
