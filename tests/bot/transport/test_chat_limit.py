"""The limit of a chat: three messages at once, one of them for an emergency alone, and then one a second."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transport.rate_limits import Limits, Rates
from core.vocabulary.words import Lane
from emulator.flood import Flood
from tests.bot.transport.test_rate_limits import ANA, GROUP, Message, Sent, lanes, send
from tests.emulator.by_hand import Clock


@settings(deadline=None)
@given(st.lists(st.builds(Message, st.floats(0, 10), st.sampled_from([ANA, GROUP]), lanes), max_size=40))
def test_p6_beyond_its_burst_a_chat_gets_one_a_second(messages: list[Message]) -> None:
    sent = send(Limits(), messages)

    for chat in (ANA, GROUP):
        starts = [each.at for each in sent if each.message.chat == chat]
        for first, start in enumerate(starts):
            for more, later in enumerate(starts[first:], 1):
                assert more <= 3 + (later - start) / 1.03 + 1e-9


def test_p6_two_messages_to_a_chat_leave_at_once_and_the_third_is_kept_for_an_emergency() -> None:
    sent = send(Limits(), [*[Message(0, ANA, Lane.ROUTINE)] * 3, Message(0.1, ANA, Lane.EMERGENCY)])

    routine = [each.at for each in sent if each.message.lane is Lane.ROUTINE]
    assert routine[1] < 0.1 < 1.0 < routine[2]
    assert sent[2] == Sent(0.1, Message(0.1, ANA, Lane.EMERGENCY))


def test_p6_three_emergencies_of_a_chat_leave_at_once_and_the_fourth_more_than_a_second_later() -> None:
    sent = send(Limits(), [Message(0, ANA, Lane.EMERGENCY)] * 4)

    assert sent[2].at == 0
    assert sent[3].at == pytest.approx(1.03)


def test_p6_a_message_that_was_long_on_its_way_is_counted_when_it_arrived() -> None:
    limits = Limits()
    limits.start(ANA, Lane.EMERGENCY, 0.0)
    limits.answered(ANA, 0.4)
    for _ in range(2):
        limits.start(ANA, Lane.EMERGENCY, 0.4)

    assert limits.ready_at(ANA, Lane.EMERGENCY, 0.4) == pytest.approx(1.43)


def test_p6_where_one_message_is_all_that_a_chat_takes_at_once_routine_ones_have_it_too() -> None:
    sent = send(Limits(Rates(chat_burst=1)), [Message(0, ANA, Lane.ROUTINE)] * 2)

    assert [each.at for each in sent] == pytest.approx([0, 1.03])


def test_p6_a_server_that_takes_three_at_once_never_refuses_however_long_each_is_on_its_way() -> None:
    clock = Clock()
    flood, limits = Flood(clock), Limits()
    flood.jitter, start = 0.02, clock.time
    for left in send(limits, [Message(n * 0.3, ANA, Lane(1 + n % 3)) for n in range(200)]):
        clock.time = start + left.at
        flood.charge(1, ANA)
    assert flood.refused == 0
