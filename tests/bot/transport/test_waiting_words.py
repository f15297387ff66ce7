"""Words that wait for the storage: whose sender is told, and when."""

from typing import Any

import pytest

from bot.runtime.outage import Outage
from bot.transport.intake import is_urgent
from bot.transport.waiting_words import MOST, WaitingWords, spoken_in
from storage.engine.errors import StorageError
from tests.story.clock import MovedClock


def said(words: str = "/emergencia", number: int = 1, chat: int = 7, **more: Any) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": words, **more}}


class Town:
    """Words on a clock that is moved, and what the storage does."""

    def __init__(self, *, alone: bool = True) -> None:
        self.clock = MovedClock()
        self.outage = Outage(self.clock)
        self.words = WaitingWords(self.clock, is_urgent, self.outage, alone=alone)

    def told(self, *seconds: float) -> list[float]:
        """Those moments, so many seconds from the last one, at which somebody is to be told."""
        moments = []
        for pause in seconds:
            self.clock.advance(pause)
            if self.words.overdue():
                moments.append(pause)
        return moments


def test_a_silence_is_told_after_two_seconds_whoever_else_may_keep_the_words() -> None:
    town = Town(alone=False)
    town.words.asked([said()])
    assert town.told(1.9, 0.1) == [0.1]


def test_what_was_refused_here_may_have_been_kept_elsewhere() -> None:
    """Telegram brings it again, to any process: only a fresh refusal says that it waits still."""
    town = Town(alone=False)
    town.words.asked([said()])
    town.words.refused([said()])
    assert town.told(2.5, 30) == []
    town.words.asked([said()])
    assert town.told(0.2) == [], "it has just come again, and may be kept this time"
    town.words.refused([said()])
    assert town.told(0) == [0]


def test_a_refusal_is_told_after_two_seconds_where_nobody_else_can_keep_the_words() -> None:
    town = Town()
    town.words.asked([said()])
    town.words.refused([said()])
    assert town.told(1.9, 0.1) == [0.1]


def test_whoever_writes_into_a_known_outage_is_told_at_the_first_refusal() -> None:
    town = Town()
    town.words.refused([said("hola", 1)])
    town.clock.advance(5)
    town.words.refused([said("hola", 2, chat=8)])
    assert [wait.chat for wait in town.words.overdue()] == [7, 8]
    town.words.refused([said("/emergencia", 3, chat=9)])
    assert [wait.chat for wait in town.words.overdue()] == [9, 7, 8], "emergencies first"


@pytest.mark.parametrize(("trouble", "told"), [(None, []), ("storage: disk full", [0.1])])
def test_an_emergency_that_is_kept_and_not_handled_is_told_only_where_the_storage_is_why(
    trouble: str | None, told: list[float]
) -> None:
    """A desk with much to do is no storage that is away."""
    town = Town()
    town.words.asked([said()])
    town.words.kept([said()], new=True)
    town.clock.advance(1.9)
    if trouble is not None:
        town.outage.refused(StorageError(trouble))
    assert town.told(0.1) == told
    town.words.handled(said())
    assert town.told(2.0) == []


def test_a_desk_that_waits_for_itself_is_slow_and_its_storage_is_not_away() -> None:
    """Others' commits go on; what an emergency says has to be on disk all the same."""
    town = Town()
    town.words.taken(said())
    town.words.asked([said("hola", 2)])
    for _ in range(5):
        town.outage.kept()
        assert town.told(1.0) == []
    assert town.told(1.9, 0.2) == [0.2], "nothing is kept any more"
    for number in (1, 2):
        town.words.handled(said(number=number))
    town.words.asked([said(number=3)])
    town.outage.kept()
    assert town.told(1.9, 0.2) == [0.2]


@pytest.mark.parametrize(
    ("words", "new", "alone"), [("hola", True, True), ("/emergencia", False, True), ("/emergencia", True, False)]
)
def test_what_is_kept_and_not_waited_for_is_forgotten(words: str, new: bool, alone: bool) -> None:
    town = Town(alone=alone)
    town.words.asked([said(words)])
    town.words.kept([said(words)], new=new)
    assert not len(town.words)


def test_what_never_comes_again_is_forgotten_and_so_is_the_oldest_of_a_flood() -> None:
    town = Town(alone=False)
    town.words.refused(said(number=number) for number in range(MOST + 5))
    assert len(town.words) == MOST
    town.clock.advance(61)
    town.words.overdue()
    assert not len(town.words)


def test_a_clock_that_was_set_back_makes_nobody_wait_for_longer() -> None:
    town = Town()
    town.words.asked([said()])
    town.clock.is_set(-3600)
    town.words.overdue()
    assert town.told(2.0) == [2.0]


def test_a_clock_that_was_set_forward_makes_nobody_hear_that_they_wait() -> None:
    """A machine that slept and is set right in the middle: the words have waited for as long as they have."""
    town = Town()
    town.words.asked([said()])
    town.clock.is_set(8 * 3600)
    assert not town.words.overdue()
    assert town.words.longest.total_seconds() == 0
    assert town.told(2.0) == [2.0]


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (said("hola"), (7, None)),
        (said("hola", chat=-7), (None, None)),
        (said("/emergencia", chat=-7), (-7, None)),
        (said("/emergencia", chat=-7, is_topic_message=True, message_thread_id=12), (-7, 12)),
        (said("/emergencia", chat=-7, message_thread_id=12), (-7, None)),
        (said("", location={"latitude": 1.0, "longitude": 2.0}), (7, None)),
        (said("", location={"latitude": 1.0, "longitude": 2.0, "live_period": 60}), (None, None)),
        ({"update_id": 1, "edited_message": {"chat": {"id": 7}, "text": "/emergencia"}}, (None, None)),
        ({"update_id": 1, "callback_query": {"id": "5", "message": {"chat": {"id": -7}}}}, (-7, None)),
        ({"update_id": 1, "message": {"chat": {"id": "7"}, "text": "hola"}}, (None, None)),
        ({"update_id": 1}, (None, None)),
    ],
)
def test_whoever_spoke_is_told_where_they_spoke(raw: dict[str, Any], where: tuple[int | None, int | None]) -> None:
    assert spoken_in(raw) == where
