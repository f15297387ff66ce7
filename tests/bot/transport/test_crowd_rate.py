"""The rate at which a crowd is told."""

from bot.transport.rate_limits import crowd_rate


def test_a_crowd_gets_six_places_of_seven_and_never_none_of_a_limit() -> None:
    assert {rate: crowd_rate(rate) for rate in (28, 7, 1, 0)} == {28: 24, 7: 6, 1: 1, 0: 0}
