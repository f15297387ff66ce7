"""How much one person may send: a burst, then so much a second; said once; nobody pays for somebody else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.user_rate_limit import PEOPLE, Answer, UserRateLimit

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ANA, BETO = 7, 8


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def answers(user_rate_limit: UserRateLimit, count: int, *, at: float = 0, person: int = ANA) -> list[Answer]:
    """Answers to so many updates at one moment."""
    return [user_rate_limit.count(person, later(at)) for _ in range(count)]


def test_a_burst_goes_on_and_the_rest_is_answered_once() -> None:
    user_rate_limit = UserRateLimit(per_second=1, burst=20)
    assert answers(user_rate_limit, 23) == [Answer.GO] * 20 + [Answer.SLOW_DOWN] + [Answer.IGNORE] * 2
    assert answers(user_rate_limit, 2, at=1) == [Answer.GO, Answer.IGNORE], "one a second, and not a word more"
    assert answers(user_rate_limit, 21, at=30) == [Answer.GO] * 20 + [Answer.SLOW_DOWN], "after a calm it is told again"


@given(gaps=st.lists(st.floats(0, 3), max_size=200))
def test_nobody_is_let_past_their_share(gaps: list[float]) -> None:
    user_rate_limit, at, gone = UserRateLimit(per_second=2, burst=5), 0.0, []
    for gap in gaps:
        at += gap
        if user_rate_limit.count(ANA, later(at)) is Answer.GO:
            gone.append(at)
    for index, start in enumerate(gone):
        for number, end in enumerate(gone[index:]):
            assert number + 1 <= 5 + (end - start) * 2 + 0.001


@given(gaps=st.lists(st.floats(0.5, 9), max_size=60))
def test_who_keeps_to_the_pace_is_never_held(gaps: list[float]) -> None:
    user_rate_limit, at = UserRateLimit(per_second=2, burst=1), 0.0
    for gap in gaps:
        at += gap
        assert user_rate_limit.count(ANA, later(at)) is Answer.GO


def test_what_was_sent_long_ago_in_another_chat_counts_as_one_thing() -> None:
    user_rate_limit = UserRateLimit(per_second=1, burst=3)
    assert user_rate_limit.count(ANA, later(600)) is Answer.GO
    assert answers(user_rate_limit, 3, at=0) == [Answer.GO, Answer.GO, Answer.SLOW_DOWN]


def test_each_pays_for_themselves() -> None:
    user_rate_limit = UserRateLimit(per_second=1, burst=2)
    answers(user_rate_limit, 50)
    assert answers(user_rate_limit, 2, person=BETO) == [Answer.GO, Answer.GO]
    assert user_rate_limit.count(ANA, NOON, press=True) is Answer.GO, "what is pressed is counted by itself"


def test_a_thousand_people_at_once_all_go_on() -> None:
    user_rate_limit = UserRateLimit(per_second=1, burst=20)
    assert {user_rate_limit.count(person, NOON) for person in range(1_000)} == {Answer.GO}


@pytest.mark.parametrize("people", [PEOPLE + 500])
def test_it_remembers_no_more_people_than_it_has_room_for(people: int) -> None:
    user_rate_limit = UserRateLimit(per_second=1, burst=20)
    for person in range(people):
        user_rate_limit.count(person, NOON)
    assert len(user_rate_limit) == PEOPLE


def test_without_a_limit_nobody_is_held() -> None:
    assert set(answers(UserRateLimit(per_second=0, burst=1), 500)) == {Answer.GO}
