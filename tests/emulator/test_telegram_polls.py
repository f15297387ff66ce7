"""Polls and dice: what Telegram takes, and what it refuses."""

from typing import Any

import pytest
import telegram as ptb
from telegram.error import BadRequest

from emulator import Person, Server, Telegram
from tests.emulator.by_hand import Clock, refusal_of


async def test_a_poll_is_asked_and_stopped(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_poll(juan.id, "¿Turno?", ["Día", "Noche"], is_anonymous=False, open_period=60)
    assert sent.poll is not None
    assert [option.text for option in sent.poll.options] == ["Día", "Noche"]
    assert (sent.poll.type, sent.poll.is_anonymous, sent.poll.is_closed) == ("regular", False, False)
    stopped = await api.stop_poll(juan.id, sent.message_id)
    assert stopped.is_closed
    kept = world.messages(juan)[-1].wire.poll
    assert kept is not None
    assert kept.is_closed
    with pytest.raises(BadRequest, match="already been closed"):
        await api.stop_poll(juan.id, sent.message_id)
    other = await api.send_message(juan.id, "hola")
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await api.stop_poll(juan.id, other.message_id)


async def test_a_quiz_keeps_its_answer(server: Server, api: ptb.Bot, juan: Person) -> None:
    sent = await api.send_poll(juan.id, "¿Cuál?", ["a", "b"], type="quiz", correct_option_ids=[1], explanation="es b")
    assert sent.poll is not None
    assert (sent.poll.correct_option_ids, sent.poll.explanation) == ((1,), "es b")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": [{"text": "x"}] * 13}, "poll can't have more than 12 options"),
        ({"options": [{"text": ""}]}, "poll option text must be non-empty"),
        ({"options": [{"text": "😀" * 51}]}, "poll options length must not exceed 100"),
        ({"type": "exam"}, "unsupported poll type specified"),
        ({"type": "quiz"}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_id": 2}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_ids": [1, 0]}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_ids": [0, 1]}, "wrong correct option ID specified"),
        ({"explanation": "a\nb\nc\nd"}, "message is too long"),
        ({"open_period": 4}, "wrong poll open period specified"),
        ({"close_date": int(Clock()()) + 3_000_000}, "wrong poll open period specified"),
        ({"open_period": 5, "close_date": 9}, "open_period and close_date can't be used together"),
    ],
)
async def test_polls_that_telegram_does_not_take(
    server: Server, world: Telegram, juan: Person, wrong: dict[str, Any], why: str
) -> None:
    right = {"chat_id": juan.id, "question": "¿Turno?", "options": [{"text": "Día"}, {"text": "Noche"}]}
    before = len(world.messages(juan))
    assert await refusal_of(server, "sendPoll", right | wrong) == why
    assert len(world.messages(juan)) == before


async def test_a_channel_takes_anonymous_polls_alone(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    channel = world.add_channel("Avisos", [juan, world.first_bot()])
    with pytest.raises(BadRequest, match="Non-anonymous polls"):
        await api.send_poll(channel.id, "¿Turno?", ["Día"], is_anonymous=False)
    await api.send_poll(channel.id, "¿Turno?", ["Día"])


@pytest.mark.parametrize(("emoji", "most"), [("🎲", 6), ("🎯", 6), ("🎳", 6), ("🏀", 5), ("⚽", 5), ("🎰", 64)])
async def test_a_dice_stops_somewhere(api: ptb.Bot, juan: Person, emoji: str, most: int) -> None:
    sent = await api.send_dice(juan.id, emoji=emoji)
    assert sent.dice is not None
    assert sent.dice.emoji == emoji
    assert 1 <= sent.dice.value <= most


async def test_what_does_not_roll_is_no_dice(api: ptb.Bot, juan: Person) -> None:
    with pytest.raises(BadRequest, match="Wrong dice emoji"):
        await api.send_dice(juan.id, emoji="🚒")
