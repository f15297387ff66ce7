"""A night in which the clock is set wrong and right again: nobody waits longer for it, and nothing comes twice."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.state.task import Task
from core.vocabulary import events as e
from storage.repositories import set_back
from storage.repositories.set_back import Work
from tests.core.dispatch import PARK, Dispatch
from tests.support.databases import Direct

T = TypeVar("T")
HOUR = 3600.0
A_MOMENT = timedelta(seconds=2)


class Runs:
    """The store's side of a database that runs each unit at once."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct

    async def write(self, work: Work[T]) -> T:
        return self._direct.run(work)

    async def read(self, work: Work[T]) -> T:
        return self._direct.run(work)


class Night(Dispatch):
    """A dispatch whose clock is ``wrong`` by so many seconds; ``true`` is the time that has passed in truth."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.wrong = 0.0

    @property
    def true(self) -> datetime:
        return self.moment - timedelta(seconds=self.wrong)

    async def jumps(self, seconds: float) -> None:
        """Somebody sets the clock; the desk takes it over and acts as its timekeeper does."""
        self.moment += timedelta(seconds=seconds)
        self.wrong += seconds
        if seconds < 0:
            by = timedelta(seconds=-seconds)
            await set_back.bring_forward(Runs(self.direct), self.rules, self.moment, by, seen=True)
        await self.fires()


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


async def test_p13_an_hour_ahead_and_set_right_holds_no_emergency_up(night: Night) -> None:
    night.supervisor("Sara", on_duty=True)
    juan = night.agent("Juan", away=10)
    night.agent("Ana", away=20)
    await night.jumps(HOUR)
    task = await night.calls(juan)
    before = [(timer.kind, timer.due_at - night.moment) for timer in night.pending(task)]
    await night.passes(10)
    await night.jumps(-HOUR)
    after = [(timer.kind, timer.due_at - night.moment) for timer in night.pending(task)]
    assert after == [(kind, left - timedelta(seconds=10)) for kind, left in before]


async def test_p8_what_was_set_by_the_right_clock_keeps_its_time(night: Night) -> None:
    night.supervisor("Sara", on_duty=True)
    juan = night.agent("Juan", away=10)
    night.agent("Ana", away=20)
    task = await night.calls(juan)
    before = night.pending(task)
    await set_back.bring_forward(Runs(night.direct), night.rules, night.moment, timedelta(seconds=30), seen=False)
    assert night.pending(task) == before


steps = st.lists(
    st.tuples(
        st.sampled_from(["passes", "passes", "jumps", "jumps", "calls", "moves"]),
        st.floats(-2 * HOUR, 2 * HOUR) | st.floats(-120, 120),
        st.integers(0, 3),
    ),
    min_size=4,
    max_size=14,
)


def longest(night: Night, task: Task) -> timedelta:
    """The longest pause that its ladder and its offers may make."""
    policy = night.task(task).policy
    assert policy is not None
    pauses = [later.after - former.after for former, later in zip(policy.steps, policy.steps[1:], strict=False)]
    repeat = policy.broadcast_every or timedelta(0)
    return max([night.rules.offer_timeout, policy.steps[0].after, repeat, *pauses])


class Heard:
    """When each emergency was last heard of, in true time."""

    def __init__(self, night: Night) -> None:
        self._night = night
        self._known: dict[int, int] = {}
        self._last: dict[int, datetime] = {}
        self._ended: dict[int, int] = {}
        self.expired: list[tuple[int, int, datetime]] = []

    def expires(self, task: Task) -> None:
        """Note whose offers ran out since the last look, in true time: a clock that is set back says an hour twice."""
        ended = [one for one in self._night.history(task) if isinstance(one.event, e.Expired)]
        wrong = timedelta(seconds=self._night.wrong)
        for one in ended[self._ended.get(task.id, 0) :]:
            assert isinstance(one.event, e.Expired)
            self.expired.append((task.id, one.event.agent, one.at - wrong))
        self._ended[task.id] = len(ended)

    def listens(self, task: Task) -> None:
        """No sound came later than the pause after the one before it; and none is missing by now."""
        night, most = self._night, longest(self._night, task)
        sounds = [one for one in night.history(task) if isinstance(one.event, e.Opened | e.Offered | e.Escalated)]
        for sound in sounds[self._known.get(task.id, 0) :]:
            at = sound.at - timedelta(seconds=night.wrong)
            assert at - self._last.get(task.id, at) <= most + A_MOMENT
            self._last[task.id] = at
        self._known[task.id] = len(sounds)
        assert night.true - self._last[task.id] <= most + A_MOMENT


@settings(max_examples=40, deadline=None)
@given(steps)
@example([("calls", 0.0, 0), ("passes", 90.0, 0), ("jumps", -90.0, 0), ("passes", 45.0, 0)])
async def test_p13_whatever_is_done_to_the_clock_no_emergency_is_silent_for_longer_than_its_pause(
    steps: list[tuple[str, float, int]],
) -> None:
    """In true time, while nobody answers; and each offer runs out once."""
    with TemporaryDirectory() as folder:
        night = Night(Path(folder))
        people = [night.agent(f"Agente {number}", away=10.0 * number) for number in range(3)]
        night.supervisor("Sara", on_duty=True)
        tasks: list[Task] = []
        heard = Heard(night)
        for what, seconds, who in steps:
            match what:
                case "passes":
                    await night.passes(abs(seconds) % 200)
                case "jumps":
                    await night.jumps(seconds)
                case _ if len(tasks) < 3:
                    tasks.append(await night.calls(people[who % 3], f"Robo {len(tasks)}", place=PARK))
                case _:
                    night.moves(people[who % 3])
            for task in tasks:
                heard.listens(task)
                heard.expires(task)
        assert len(heard.expired) == len(set(heard.expired))
        night.direct.close()
