"""Counting turns: when each begins by the clock, and whose it is where turns that nobody wants are skipped."""

from bisect import bisect_left
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import gcd, lcm

from msgspec import Struct

from core.vocabulary.civil import add_months
from core.vocabulary.rotas import DAY_MINUTES, Rotation, Window

_DAY = DAY_MINUTES * 60
_EVERY_DAY = tuple(range(7))


class Cycle(Struct, frozen=True):
    """Turns after which the pattern of wanted and unwanted ones begins anew.

    ``before[n]`` is how many of the first ``n`` are wanted; the last entry is all of them.
    """

    before: tuple[int, ...]

    @property
    def length(self) -> int:
        """The turns of a cycle, wanted or not."""
        return len(self.before) - 1

    @property
    def wanted(self) -> int:
        """The turns of a cycle in which somebody is wanted."""
        return self.before[-1]

    def until(self, number: int) -> int:
        """How many wanted turns lie before this one."""
        whole, rest = divmod(number, self.length)
        return whole * self.wanted + self.before[rest]


def wall_start(rotation: Rotation, number: int) -> datetime:
    """The time on the clock when a turn begins."""
    if rotation.months:
        return add_months(rotation.begins, number * rotation.months)
    return rotation.begins + number * rotation.length


def number_at(rotation: Rotation, wall: datetime) -> int:
    """Which turn it is when the clock shows this; below 0 before the first."""
    if not rotation.months:
        return (wall - rotation.begins) // rotation.length
    apart = (wall.year - rotation.begins.year) * 12 + wall.month - rotation.begins.month
    number = apart // rotation.months
    return number if wall_start(rotation, number) <= wall else number - 1


def hours_of(rotation: Rotation) -> tuple[Window, ...]:
    """The hours of the days on which somebody is wanted; none: always. A day counts from the hour of the first turn."""
    if rotation.windows or rotation.every == 1:
        return rotation.windows
    first = rotation.begins.hour * 60 + rotation.begins.minute
    return (Window(days=_EVERY_DAY, opens=first, closes=first),)


def wanted_on(rotation: Rotation, window: Window, day: datetime) -> bool:
    """Whether a window opens on this day."""
    return day.weekday() in window.days and (day.date() - rotation.begins.date()).days % rotation.every == 0


def place(rotation: Rotation, number: int) -> int:
    """The place in the order whose turn it is: a turn in which nobody is wanted is nobody's."""
    count = cycle_of(rotation).until(number) if _skips(rotation) else number
    return count % len(rotation.people)


def without_a_turn(rotation: Rotation) -> tuple[int, ...]:
    """People to whom no turn ever comes in which somebody is wanted: the order and the hours miss each other."""
    if _skips(rotation) or rotation.months or not hours_of(rotation):
        return ()
    before = cycle_of(rotation).before
    step = gcd(len(before) - 1, len(rotation.people))
    reached = {number % step for number in range(len(before) - 1) if before[number + 1] > before[number]}
    return tuple(person for number, person in enumerate(rotation.people) if number % step not in reached)


def turns_in_cycle(rotation: Rotation) -> int:
    """The length of the cycle that would have to be looked through, in turns."""
    return 1 if rotation.months or not hours_of(rotation) else _lengths(rotation)[1]


def cycle_of(rotation: Rotation) -> Cycle:
    """The cycle of a rotation with hours."""
    return _cycle(rotation.begins, rotation.length, hours_of(rotation), rotation.every)


def _skips(rotation: Rotation) -> bool:
    return rotation.skips and not rotation.months and bool(hours_of(rotation))


def _lengths(rotation: Rotation) -> tuple[int, int]:
    """Days after which the hours repeat, and turns after which hours and turns do."""
    days, turn = lcm(7, rotation.every), rotation.length // timedelta(seconds=1)
    return days, lcm(days * _DAY, turn) // turn


@lru_cache(maxsize=128)
def _cycle(begins: datetime, length: timedelta, windows: tuple[Window, ...], every: int) -> Cycle:
    shape = Rotation(id=0, people=(), begins=begins, length=length, windows=windows, every=every)
    days, turns = _lengths(shape)
    opened = _opened(shape, days)
    starts = [start for start, _ in opened]
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    first, turn = (begins - midnight) // timedelta(seconds=1), length // timedelta(seconds=1)

    def wanted(number: int) -> bool:
        start = (first + number * turn) % (days * _DAY)
        last = bisect_left(starts, start + turn) - 1
        return last >= 0 and opened[last][1] > start

    return Cycle(tuple(accumulate((wanted(number) for number in range(turns)), initial=0)))


def _opened(rotation: Rotation, days: int) -> list[tuple[int, int]]:
    """When somebody is wanted, in seconds after the midnight of the first day, over two cycles; touching hours are one.

    A turn that begins in the first cycle and is longer than one is within the two, or meets all hours anyway.
    """
    midnight = rotation.begins.replace(hour=0, minute=0, second=0, microsecond=0)
    found = sorted(
        (day * _DAY + window.opens * 60, day * _DAY + window.opens * 60 + window.lasts // timedelta(seconds=1))
        for day in range(-1, 2 * days)
        for window in hours_of(rotation)
        if wanted_on(rotation, window, midnight + timedelta(days=day))
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
