"""Flood control: 30 in a second, 1 a second in a private chat with a burst, 20 a minute in a group."""

import pytest
import telegram as ptb
from hypothesis import given
from hypothesis import strategies as st

from emulator import ApiError, Bot, Fault, Group, Person, Server, Telegram
from emulator.flood import Flood
from tests.emulator.by_hand import Clock, answer_of


@pytest.fixture
def group(world: Telegram, bot: Bot, ana: Person) -> Group:
    world.flood.enabled = True
    return world.add_group("Supervisores", [ana, bot])


def retry_after(flood: Flood, chat: int, count: int = 1) -> int | None:
    """Seconds that the 429 names; None when the messages pass."""
    try:
        flood.charge(1, chat, count)
    except ApiError as refusal:
        return refusal.parameters.retry_after if refusal.parameters else 0
    return None


async def test_a_groups_twenty_first_message_waits(
    api: ptb.Bot, server: Server, world: Telegram, clock: Clock, group: Group
) -> None:
    for n in range(20):
        clock.advance(0.5)
        await api.send_message(group.id, f"m{n}")
    status, answer = await answer_of(server, "sendMessage", json={"chat_id": group.id, "text": "m20"})
    assert (status, answer["parameters"]["retry_after"]) == (429, 51)
    assert answer["description"] == "Too Many Requests: retry after 51"
    clock.advance(51)
    await api.send_message(group.id, "m20")


async def test_edits_count_and_refused_calls_do_not(
    api: ptb.Bot, server: Server, world: Telegram, clock: Clock, group: Group
) -> None:
    sent = await api.send_message(group.id, "tablero")
    for n in range(50):
        await answer_of(server, "sendMessage", json={"chat_id": group.id, "text": ""})
        if n < 19:
            await sent.edit_text(f"tablero {n}")
    status, _ = await answer_of(
        server, "editMessageText", json={"chat_id": group.id, "message_id": sent.message_id, "text": "z"}
    )
    assert status == 429


async def test_a_private_chat_takes_a_burst_then_one_a_second(clock: Clock) -> None:
    flood = Flood(clock)
    assert [retry_after(flood, 7) for _ in range(4)] == [None] * 3 + [1]
    clock.advance(1)
    assert [retry_after(flood, 7) for _ in range(2)] == [None, 1]
    clock.advance(10)
    assert retry_after(flood, 7, count=3) is None
    assert retry_after(flood, 7, count=2) == 2


async def test_steps_of_exactly_a_second_meet_a_message_that_was_long_on_its_way(clock: Clock) -> None:
    flood = Flood(clock)
    flood.jitter = 0.02
    assert [retry_after(flood, 7) for _ in range(3)] == [None] * 3
    refused = 0
    for _ in range(20):
        clock.advance(1.0)
        refused += retry_after(flood, 7) is not None
    assert refused == flood.refused > 0


async def test_no_more_than_thirty_in_any_second(clock: Clock) -> None:
    flood = Flood(clock)
    for chat in range(30):
        clock.advance(0.01)
        assert retry_after(flood, chat + 1) is None
    assert retry_after(flood, 99) == 1
    clock.advance(0.735)
    assert [retry_after(flood, 100 + n) for n in range(4)] == [None, None, None, 1]


@given(st.lists(st.tuples(st.floats(0, 30), st.sampled_from([-1, -2])), max_size=200))
def test_a_group_never_gets_more_than_twenty_in_a_minute(messages: list[tuple[float, int]]) -> None:
    clock = Clock()
    start, flood = clock.time, Flood(clock)
    passed: list[tuple[float, int]] = []
    for at, chat in sorted(messages):
        clock.time = start + at
        if retry_after(flood, chat) is None:
            passed.append((at, chat))
    for at, chat in passed:
        window = [other for other, where in passed if where == chat and at <= other < at + 60]
        assert len(window) <= 20


async def test_limits_can_be_switched_off(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.flood.enabled = False
    for n in range(40):
        await api.send_message(juan.id, str(n))


async def test_a_fault_is_no_message(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    world.flood.enabled, world.flood.private_burst = True, 1
    world.faults.add(Fault("status", code=502))
    with pytest.raises(ptb.error.NetworkError):
        await api.send_message(juan.id, "x")
    await api.send_message(juan.id, "x")
