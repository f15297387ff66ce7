"""Answers that say nothing of the group, of the bot, or of a press: each is taken for what it is, and no more (P13)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import Answer, Refused, Taken
from bot.transport.group_watch import GroupWatch
from bot.transport.holds import Holds
from bot.transport.identity import Identity
from bot.transport.mass_content import MassContent, Verdict
from bot.transport.pauses import UNREADABLE, pause_after
from bot.transport.pressed import pressed_in
from bot.transport.request import AiohttpRequest
from bot.transport.server_dates import date_in
from bot.transport.truncate import fit
from core.vocabulary.words import Lane
from tests.story.clock import MovedClock

GROUP, SUPERGROUP = -50, -1_000_050
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ME = {"id": 1, "is_bot": True, "first_name": "GAD", "username": "gad_bot"}


class Says(AiohttpRequest):
    """Telegram's answers, one after the other, to whatever is asked."""

    def __init__(self, *answers: Answer | NetworkError) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[Mapping[str, Any]] = []

    async def call(self, url: str, payload: Mapping[str, Any] | bytes, **_: Any) -> Answer:
        self.asked.append(payload if not isinstance(payload, bytes) else {})
        answer = self.answers.pop(0)
        if isinstance(answer, NetworkError):
            raise answer
        return answer


MOVED = Refused(code=400, description="upgraded", migrate_to=SUPERGROUP)
MEMBER, MUTE = Taken({"status": "member"}), Taken({"status": "restricted", "can_send_messages": False})
LOOKS: dict[str, tuple[tuple[Answer | NetworkError, ...], str | None]] = {
    "a member": ((MEMBER,), None),
    "moved and a member": ((MOVED, MEMBER), None),
    "left": ((Taken({"status": "left"}),), "the bot is not in it"),
    "banned": ((Taken({"status": "kicked"}),), "the bot is not in it"),
    "mute": ((MUTE,), "the bot may not write in it"),
    "not found": ((Refused(code=400, description="chat not found"),), "400 chat not found"),
    "forbidden": ((Refused(code=403, description="kicked"),), "403 kicked"),
}
UNSAID: dict[str, tuple[Answer | NetworkError, ...]] = {
    "no way": (NetworkError("down"),),
    "too fast": (Refused(code=429, description="wait"),),
    "no member": (Taken("yes"),),
    "moved and no way": (MOVED, NetworkError("down")),
}


def watch(conditions: Conditions, *answers: Answer | NetworkError, group: int = GROUP) -> tuple[GroupWatch, Says]:
    says = Says(*answers)
    return GroupWatch(says, "http://telegram", ExtBot("1:BOT"), group, conditions), says


@pytest.fixture
def conditions() -> Conditions:
    return Conditions(MovedClock())


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bot, "id", 1)
    monkeypatch.setattr(Bot, "username", "gad_bot")
    monkeypatch.setattr(Bot, "first_name", "GAD")


@pytest.mark.parametrize(("answers", "why"), LOOKS.values(), ids=LOOKS)
async def test_p13_a_group_that_is_closed_to_the_bot_is_said_and_again_when_it_opens(
    answers: tuple[Answer | NetworkError, ...], why: str | None, conditions: Conditions
) -> None:
    group, says = watch(conditions, *answers, MEMBER)
    await group.look()
    trouble = conditions.trouble(Condition.GROUP)
    assert (trouble.why if trouble else None) == (f"group {GROUP}: {why}" if why else None)
    assert [call["chat_id"] for call in says.asked] == [GROUP, SUPERGROUP][: len(says.asked)]
    await group.look()
    assert conditions.trouble(Condition.GROUP) is None


@pytest.mark.parametrize("answers", UNSAID.values(), ids=UNSAID)
@pytest.mark.parametrize("closed", [True, False])
async def test_p13_an_answer_that_says_nothing_of_the_group_leaves_it_as_it_was(
    answers: tuple[Answer | NetworkError, ...], closed: bool, conditions: Conditions
) -> None:
    group, _ = watch(conditions, MUTE if closed else MEMBER, *answers)
    await group.look()
    await group.look()
    assert (conditions.trouble(Condition.GROUP) is not None) is closed


async def test_where_no_group_is_configured_nothing_is_asked(conditions: Conditions) -> None:
    group, says = watch(conditions, group=0)
    await group.look()
    assert says.asked == []


NAMELESS: dict[str, tuple[Answer | NetworkError, str]] = {
    "no way": (NetworkError("down"), "down"),
    "no account": (Taken(True), "an answer that is no account"),
    "refused": (Refused(code=401, description="Unauthorized"), "401 Unauthorized"),
    "not there": (Refused(code=404, description="Not Found"), "404 Not Found"),
    "ill": (Refused(code=500, description="oops"), "500 oops"),
}


@pytest.mark.parametrize(("answer", "why"), NAMELESS.values(), ids=NAMELESS)
async def test_p13_only_a_refused_token_is_blamed_on_the_token(
    answer: Answer | NetworkError, why: str, conditions: Conditions
) -> None:
    begun: list[None] = []

    async def initialize() -> None:
        begun.append(None)

    identity = Identity(Says(answer, Taken(ME)), "http://telegram", ExtBot("1:BOT"), conditions, initialize)
    assert not await identity.ask()
    assert why in (identity.why or "")
    token = isinstance(answer, Refused) and answer.code in (401, 404)
    assert (conditions.trouble(Condition.IDENTITY) is not None) is token
    assert not begun
    assert await identity.ask()
    assert not identity.why
    assert conditions.trouble(Condition.IDENTITY) is None
    assert begun


async def test_a_bot_that_can_not_begin_says_why(conditions: Conditions) -> None:
    async def initialize() -> None:
        raise NetworkError("half way")

    identity = Identity(Says(Taken(ME)), "http://telegram", ExtBot("1:BOT"), conditions, initialize)
    assert not await identity.ask()
    assert identity.why is not None
    assert "half way" in identity.why


SENDER = {"id": 7, "is_bot": False, "first_name": "Ana"}
CHAT = {"chat": {"id": -50}, "message_id": 3, "date": 9}
LINK, VOY = {"text": "Mapa", "url": "http://x"}, {"text": "Voy", "callback_data": "v:1"}
NO_PRESSES: list[Any] = [None, "x", {}, {"from": "Ana"}, {"from": {}}, {"from": {"id": "seven"}}]


@pytest.mark.parametrize("query", NO_PRESSES, ids=range(len(NO_PRESSES)))
def test_a_press_that_names_nobody_is_none(query: object) -> None:
    assert pressed_in({"callback_query": query}) is None


@pytest.mark.parametrize(
    ("message", "shown", "stands"),
    [
        (CHAT | {"reply_markup": {"inline_keyboard": [[LINK, VOY]]}}, ("v:1",), True),
        (CHAT | {"reply_markup": {"inline_keyboard": [[LINK], "x", [5]]}}, (), False),
        (CHAT | {"reply_markup": {"inline_keyboard": "x"}}, (), False),
        (CHAT | {"reply_markup": 5}, (), False),
        (CHAT | {"date": 0}, None, False),
    ],
    ids=["on it", "not on it", "no rows", "no keyboard", "too old to be read"],
)
def test_a_press_stands_where_its_button_is_on_the_message(
    message: object, shown: tuple[str, ...] | None, stands: bool
) -> None:
    press = pressed_in({"callback_query": {"id": "1", "from": SENDER, "data": "v:1", "message": message}})
    assert press is not None
    assert (press.shown, press.stands, press.chat, press.private) == (shown, stands, -50, False)


@pytest.mark.parametrize("message", [None, "x", {"message_id": 3}, {"chat": 5}], ids=range(4))
def test_a_press_without_a_chat_is_its_senders(message: object) -> None:
    press = pressed_in({"callback_query": {"id": "1", "from": SENDER, "data": 5, "message": message}})
    assert press is not None
    assert (press.chat, press.data, press.stands) == (7, "", True)


def test_an_answer_that_can_not_be_read_is_waited_for_longer_each_time() -> None:
    pauses = [pause_after(tries, Lane.EMERGENCY, unreadable=True) for tries in range(5)]
    assert pauses == [*UNREADABLE, UNREADABLE[-1], UNREADABLE[-1]]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("Sun, 01 Nov 2026 12:00:00 GMT", NOON.timestamp()), ("soon", None), ("Sun, " * 100, None), ("", None)],
    ids=["a date", "no date", "too long", "empty"],
)
def test_a_date_is_read_as_servers_write_it(header: str, seconds: float | None) -> None:
    assert date_in(header) == seconds


def test_a_text_is_cut_by_what_is_read_and_not_by_its_tags() -> None:
    assert fit("<b>" + "a" * 8 + "</b>", 8) == ("<b>" + "a" * 8 + "</b>", "")
    kept, rest = fit("<b>uno <i>dos</i></b> tres cuatro cinco", 12)
    assert kept.count("<b>") == kept.count("</b>")
    assert rest


def test_p13_a_hold_is_lifted_by_a_probe_and_by_nothing_that_left_before() -> None:
    holds, key = Holds(), (7, "")
    assert not holds.lift(key), "there is none"
    holds.hold(key, 100.0)
    assert not holds.lift(key), "it left before"
    holds.start(key, 50.0)
    assert holds.lift(key)
    assert key not in holds


def test_p13_of_ten_thousand_suspects_the_oldest_is_doubted_anew(
    conditions: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.transport.mass_content.MOST", 2)
    judge, no = MassContent(conditions), Refused(code=400, description="can't parse")
    for message in (1, 2, 3):
        assert judge.judge(message, 7, "sendMessage", no) is Verdict.OPEN
    assert [judge.refusals(message) for message in (1, 2, 3)] == [0, 1, 1]
