"""The edges of what is taken and sent: no secret, no earth, nobody's list, a repetition that is not wanted."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec import json
from telegram.error import NetworkError

from bot.runtime.conditions import Conditions
from bot.transport import callback_answers
from bot.transport.alarm_list import LONGEST, AlarmList
from bot.transport.answers import Answer, Taken, Unreadable
from bot.transport.api_call import ApiCall, build_call
from bot.transport.callback_answers import PressAnswerer
from bot.transport.channels import address_on
from bot.transport.holds import WHOLE_BOT, Holds
from bot.transport.intake import move_of
from bot.transport.mass_refusal import PEOPLE, MassRefusal
from bot.transport.request import AiohttpRequest
from bot.transport.telegram_channel import TelegramChannel
from bot.transport.webhook import Webhook
from bot.ui.epoch import Epoch
from bot.ui.texts import Texts
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Lane
from metrics.process import HoldScope
from storage.queues.addressed_call import BRIEF
from storage.schema.tables import OutboxRow
from tests.story.clock import MovedClock

TEXTS = Texts("es", ZoneInfo("America/Guayaquil"))
ANA = 7


class Yes(AiohttpRequest):
    """A Telegram that says yes to everything, with this result."""

    def __init__(self, result: object = True) -> None:
        super().__init__()
        self.result = result
        self.pressed: list[str] = []

    async def call(self, url: str, payload: Any, **_: Any) -> Answer:
        if isinstance(payload, dict):
            self.pressed.append(payload["callback_query_id"])
        return Taken(self.result)


def row(
    number: int, lane: Lane = Lane.EMERGENCY, *, chat: int = ANA, uncertain: int = 0, brief: str | None = None
) -> OutboxRow:
    """An alarm as it waits to leave."""
    said = {"chat_id": chat, "text": "Robo", BRIEF: f"Robo {number}" if brief is None else brief}
    return OutboxRow(
        id=number,
        line=f"{chat}:{int(lane)}",
        rank=int(lane),
        state=2,
        due_at=0,
        attempts=0,
        created_at=0,
        chat=chat,
        method="sendMessage",
        payload=json.encode(said).decode(),
        card=task_card(number),
        ring=1,
        uncertain=uncertain,
    )


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(None, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(("latitude", "moved"), [(-2.19, True), (95.0, False)], ids=["on earth", "off it"])
def test_only_a_step_on_earth_moves_somebody(latitude: float, moved: bool) -> None:
    spot = {"latitude": latitude, "longitude": -79.9, "live_period": 60}
    step = {"from": {"id": ANA}, "date": 1, "edit_date": 2, "location": spot}
    assert (move_of({"update_id": 1, "edited_message": step}) is not None) is moved


async def test_p7_a_press_is_answered_once_as_long_as_it_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callback_answers, "REMEMBERED", 2)
    says = Yes()
    answerer = PressAnswerer(says, "http://telegram")
    answered = [answerer.answer({"callback_query": {"id": number}}) for number in ("a", "b", "b", "c", "a")]
    assert answered == [True, True, False, True, True], "the first one is forgotten by then, and asks again"


def test_p6_holds_are_counted_by_what_they_cover() -> None:
    holds = Holds()
    for key in (WHOLE_BOT, (ANA, ""), (ANA, "sendMessage")):
        holds.hold(key, 5.0)
    assert holds.count(0.0) == dict.fromkeys((HoldScope.BOT, HoldScope.CHAT, HoldScope.METHOD), 1)
    holds.forget(5.0)
    assert len(holds) == 0


def test_p13_a_refusal_that_was_doubted_is_believed_when_others_were_reached_since() -> None:
    clock = MovedClock()
    refusals = MassRefusal(Conditions(clock), clock)
    assert [refusals.believed(account) for account in range(1, PEOPLE + 2)] == [True] * (PEOPLE - 1) + [False] * 2
    clock.advance(1)
    refusals.taken(99)
    assert refusals.believed(PEOPLE), "it comes again although somebody else was reached"


def test_a_routine_message_that_may_be_there_is_not_sent_again_and_an_alarm_is() -> None:
    assert build_call(row(1, Lane.ROUTINE, uncertain=1), None, "(reenvío)", Epoch()) is None
    again = build_call(row(1, uncertain=1), None, "(reenvío)", Epoch())
    assert again is not None
    assert "(reenvío)" in json.decode(again.payload)["text"]


LISTS: dict[str, tuple[list[OutboxRow], int | None]] = {
    "three": ([row(1), row(2), row(3)], 3),
    "another channel": ([row(n, chat=address_on(1, ANA)) for n in (1, 2, 3)], None),
    "the third has no words": ([row(1), row(2), row(3, brief="")], None),
    "the fourth has no room": ([row(1), row(2), row(3), row(4, brief="x" * LONGEST)], 3),
}


@pytest.mark.parametrize(("rows", "joined"), LISTS.values(), ids=LISTS)
def test_p5_alarms_are_joined_as_far_as_a_list_can_say_them(rows: list[OutboxRow], joined: int | None) -> None:
    composed = AlarmList(TEXTS).compose(rows)
    assert (composed[1] if composed else None) == joined


@pytest.mark.parametrize("result", [True, {}, {"message_id": 0}], ids=["yes", "nothing", "no number"])
async def test_p3_a_yes_without_its_message_is_no_yes(result: object) -> None:
    channel = TelegramChannel(Yes(result), "http://telegram", "(reenvío)")
    call = ApiCall(method="sendMessage", payload=b"{}", digest="", repeatable=False, tail="")
    with pytest.raises((Unreadable, NetworkError)):
        await channel.send(call)
