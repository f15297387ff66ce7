"""Telegram's limits are kept and emergencies go first, on a clock that only the tests move."""

from collections import deque
from collections.abc import Iterable
from itertools import pairwise
from math import inf
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transport.holds import LONGEST_HOLD, PROBE
from bot.transport.rate_limits import AT_ONCE, Limits
from core.vocabulary.words import Lane

SLOT = 1 / 27
MINUTE = 60.0
ANA, GROUP = 1, -1


class Message(NamedTuple):
    """Wants to leave from ``at`` on."""

    at: float
    chat: int
    lane: Lane


class Sent(NamedTuple):
    at: float
    message: Message

    @property
    def waited(self) -> float:
        return self.at - self.message.at


def send(limits: Limits, messages: Iterable[Message], *, late: Iterable[float] = ()) -> list[Sent]:
    """A sender that holds its candidates in order; it wakes up ``late`` by so much, in turn."""
    coming = deque(sorted(messages, key=lambda message: message.at))
    waiting: dict[Lane, list[Message]] = {lane: [] for lane in Lane}
    lateness = iter(late)
    sent: list[Sent] = []
    now = 0.0
    while coming or any(waiting.values()):
        while coming and coming[0].at <= now:
            message = coming.popleft()
            waiting[message.lane].append(message)
        going, wake = the_next(limits, waiting, now)
        if going is None:
            now = min(wake, coming[0].at if coming else inf) + next(lateness, 0.0)
        else:
            limits.start(going.chat, going.lane, now)
            waiting[going.lane].remove(going)
            sent.append(Sent(now, going))
    return sent


def the_next(limits: Limits, waiting: dict[Lane, list[Message]], now: float) -> tuple[Message | None, float]:
    """The candidate that goes now, or else when to ask again."""
    wake = inf
    for lane, messages in waiting.items():
        if messages and (at := limits.ready_at(None, lane, now)) > now:
            wake = min(wake, at)
            continue
        for message in messages:
            at = limits.ready_at(message.chat, lane, now)
            if at <= now:
                return message, now
            wake = min(wake, at)
    return None, wake


def backlog(count: int, *, lane: Lane = Lane.ROUTINE, at: float = 0.0, first_chat: int = 1000) -> list[Message]:
    """Messages that all want to leave at once, each to a chat of its own."""
    return [Message(at, first_chat + number, lane) for number in range(count)]


def the_most_within(seconds: float, starts: list[float]) -> int:
    """The fullest window that begins with a start and ends just before ``seconds`` later."""
    return max((sum(at <= other < at + seconds for other in starts) for at in starts), default=0)


chats = st.sampled_from([ANA, 2, 3, GROUP, -2, *range(100, 130)])
lanes = st.sampled_from(Lane)
traffic = st.lists(st.builds(Message, st.floats(0, 5), chats, lanes), max_size=150)
lateness = st.lists(st.floats(0, 0.02), max_size=150)


@settings(deadline=None)
@given(traffic, lateness)
def test_p6_no_second_and_no_minute_of_a_group_holds_more_than_its_limit(
    messages: list[Message], late: list[float]
) -> None:
    sent = send(Limits(), messages, late=late)

    assert len(sent) == len(messages), "everything leaves in the end"
    assert the_most_within(1.0, [each.at for each in sent]) <= 28
    for group in (GROUP, -2):
        assert the_most_within(MINUTE, [each.at for each in sent if each.message.chat == group]) <= 20


def test_p6_a_groups_21st_message_waits_for_its_minute() -> None:
    sent = send(Limits(), [Message(0, GROUP, Lane.EMERGENCY)] * 21)

    assert sent[19].at < 20
    assert MINUTE <= sent[20].at < MINUTE + 2


def test_p6_a_standing_backlog_uses_the_limit_though_every_wake_up_is_late() -> None:
    sent = send(Limits(), backlog(900), late=[0.003] * 900)

    assert 899 / (sent[-1].at - sent[0].at) >= 0.95 * 28


def test_p5_an_emergency_behind_900_routine_messages_leaves_in_the_next_slot() -> None:
    for step in range(100):
        came = 3 + step * 0.0137
        emergency = Message(came, ANA, Lane.EMERGENCY)

        sent = send(Limits(), [*backlog(900), emergency])

        assert next(each.waited for each in sent if each.message == emergency) <= SLOT


@settings(deadline=None)
@given(st.floats(0, 5), st.integers(1, 60), lateness)
def test_p5_many_emergencies_take_every_slot_until_the_last_one_left(
    came: float, count: int, late: list[float]
) -> None:
    emergencies = backlog(count, lane=Lane.EMERGENCY, at=came, first_chat=5000)

    sent = send(Limits(), [*backlog(200), *emergencies], late=late)

    assert the_most_within(1.0, [each.at for each in sent]) <= 28
    waits = sorted(each.waited for each in sent if each.message.lane is Lane.EMERGENCY)
    for place, waited in enumerate(waits):
        seconds, slots = divmod(place, 28)
        assert waited <= 1.03 * seconds + (slots + 2) * SLOT + sum(late)


@settings(deadline=None)
@given(st.floats(0, 5), st.integers(1, 60), lateness)
def test_p6_a_crowds_alerts_are_spread_beyond_the_first_ten(came: float, count: int, late: list[float]) -> None:
    emergencies = backlog(count, lane=Lane.EMERGENCY, at=came, first_chat=5000)

    starts = [each.at for each in send(Limits(), [*backlog(40), *emergencies], late=late)]

    assert the_most_within(0.1, starts) <= AT_ONCE + 4
    for jitter in (0.03, 0.06):  # some arrive so much later than others: a server that takes 30 refuses none
        assert the_most_within(1.0 - jitter, starts) <= 28
        assert the_most_within(1.0 + jitter, starts) <= 30


def test_p6_two_clumps_never_meet_in_a_second() -> None:
    starts = [each.at for each in send(Limits(), backlog(300, lane=Lane.EMERGENCY))]

    later = [after - before for before, after in pairwise(starts[AT_ONCE - 1 :])]
    assert min(later) >= 0.9 / 28 - 0.001
    assert 299 / (starts[-1] - starts[0]) >= 0.96 * 28


def test_presses_and_answers_have_four_places_a_second_while_alerts_flood_and_routine_waits() -> None:
    limits, now, left = Limits(), 0.0, dict.fromkeys(Lane, 0)
    while now < 10:
        order = (Lane.ACTION, Lane.EMERGENCY) if limits.owes else (Lane.EMERGENCY, Lane.ACTION, Lane.ROUTINE)
        lane = next((lane for lane in order if limits.ready_at(None, lane, now) <= now), None)
        if lane is None:
            now += 0.001
            continue
        limits.start(int(now * 1e6), lane, now)
        left[lane] += 1

    assert left[Lane.ACTION] >= 38, left
    assert left[Lane.EMERGENCY] >= 225, left
    assert left[Lane.ROUTINE] == 0, left


def test_p5_a_chat_full_of_routine_has_room_for_an_emergency() -> None:
    routine = [Message(0, ANA, Lane.ROUTINE)] * 20
    emergency = Message(7.5, ANA, Lane.EMERGENCY)

    sent = send(Limits(), [*routine, emergency])

    assert next(each.waited for each in sent if each.message == emergency) == 0


def test_p5_a_group_full_of_edits_has_room_for_an_emergency() -> None:
    edits = [Message(0, GROUP, Lane.ACTION)] * 40
    emergencies = [Message(30, GROUP, Lane.EMERGENCY)] * 2

    sent = send(Limits(), [*edits, *emergencies])

    assert [each.waited for each in sent if each.message.lane is Lane.EMERGENCY] == [0, 0]


@settings(deadline=None)
@given(traffic, st.floats(0, 40))
def test_p6_one_chats_hold_delays_no_other(messages: list[Message], until: float) -> None:
    others = [message for message in messages if message.chat != ANA]
    held = Limits()
    held.hold_chat(ANA, 50.0)
    held.hold_chat(ANA, until)

    sent = send(held, messages)

    assert [each for each in sent if each.message.chat != ANA] == send(Limits(), others)
    for each in sent:
        if each.message.chat == ANA:
            first = PROBE if each.message.lane is Lane.EMERGENCY else 50
            assert each.at >= first, "a shorter hold ends no longer one"


@settings(deadline=None)
@given(st.floats(0, 1e12), st.floats(0, 100), st.sampled_from([None, ANA]), st.sampled_from(["", "sendMessage"]))
def test_p13_no_hold_is_believed_for_longer_than_a_minute_and_an_emergency_probes_it(
    until: float, now: float, chat: int | None, method: str
) -> None:
    limits = Limits()
    if chat is None:
        limits.hold_all(until)
    else:
        limits.hold_chat(chat, until, method)

    assert limits.ready_at(ANA, Lane.EMERGENCY, now, "sendMessage") <= now + PROBE
    assert limits.ready_at(ANA, Lane.ROUTINE, now, "sendMessage") <= now + LONGEST_HOLD
    assert limits.ready_at(ANA, Lane.ROUTINE, now + LONGEST_HOLD, "sendMessage") == now + LONGEST_HOLD


def test_p13_a_hold_of_one_method_holds_no_other() -> None:
    limits = Limits()
    limits.hold_chat(ANA, 18_053.0, "sendLocation")

    assert limits.ready_at(ANA, Lane.ROUTINE, 1.0, "sendMessage") == 1.0
    assert limits.ready_at(ANA, Lane.EMERGENCY, 1.0, "sendLocation") == 1.0 + PROBE
    assert limits.ready_at(2, Lane.ROUTINE, 1.0, "sendLocation") == 1.0


def test_p13_one_emergency_probes_a_hold_and_ends_it_for_all_when_it_is_taken() -> None:
    limits = Limits()
    limits.hold_all(18_053.0)
    assert limits.ready_at(None, Lane.ROUTINE, 0.0) == LONGEST_HOLD
    limits.lift(ANA, "sendMessage")
    assert limits.ready_at(None, Lane.ROUTINE, 0.0) == LONGEST_HOLD, "what left before it proves nothing"

    limits.start(ANA, Lane.EMERGENCY, PROBE, "sendMessage")
    assert limits.ready_at(2, Lane.EMERGENCY, PROBE) == 2 * PROBE, "one probes at a time"
    limits.lift(ANA, "sendMessage")

    assert limits.ready_at(2, Lane.EMERGENCY, PROBE) == PROBE
    assert limits.ready_at(2, Lane.ROUTINE, PROBE + 1) == PROBE + 1


def test_p6_a_hold_of_the_bot_holds_every_lane_until_it_ends() -> None:
    limits = Limits()
    limits.hold_all(5.0)
    limits.hold_all(2.0)

    sent = send(limits, [Message(1, lane, lane) for lane in Lane])

    assert [each.message.lane for each in sent] == [Lane.EMERGENCY, Lane.ACTION, Lane.ROUTINE]
    assert sent[0].at == 5.0


def test_p5_a_backlog_leaves_evenly() -> None:
    sent = send(Limits(), backlog(200))

    gaps = [later.at - earlier.at for earlier, later in pairwise(sent)]
    assert gaps == pytest.approx([SLOT] * len(gaps), abs=SLOT / 3), "no clump for an emergency to wait behind"


def test_a_hundred_thousand_chats_are_forgotten_when_they_are_idle() -> None:
    limits = Limits()
    for number in range(100_000):
        now = number / 28
        limits.start(number if number % 2 else -number, Lane.ROUTINE, now)
        limits.hold_chat(number, now + 1)

    assert len(limits._chats) <= 28 * 2
    assert len(limits._groups) <= 28 * 62
    assert len(limits._held) <= 28 * 2


def test_p5_a_clock_that_is_set_back_stops_nothing() -> None:
    limits = Limits()
    limits.hold_all(7200.0)
    send(limits, [Message(7200, GROUP, Lane.EMERGENCY)] * 20)

    assert limits.ready_at(GROUP, Lane.EMERGENCY, 3600.0) == 3600.0


def test_lifted_limits_hold_nothing_back_but_what_a_429_named() -> None:
    limits = Limits.lifted()
    limits.hold_chat(2, 3.0)

    sent = send(limits, [*([Message(0, ANA, Lane.ROUTINE)] * 1000), Message(0, 2, Lane.ROUTINE)])

    assert [each.at for each in sent] == [0.0] * 1000 + [3.0]
