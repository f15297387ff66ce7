"""What asking the limits costs: microseconds a call, with the chats of a busy minute in memory.

python scripts/bench/limits.py
"""

import time
from collections.abc import Callable

from bot.channel.limits import Limits
from core.words import Lane

CALLS = 200_000


def busy() -> tuple[Limits, float]:
    """A minute at full speed, a third of it in groups."""
    limits = Limits()
    now = 0.0
    for number in range(28 * 60):
        now = number / 27
        limits.start(-number if number % 3 == 0 else number, Lane.ROUTINE, now)
    return limits, now


def cost(call: Callable[[int], object]) -> float:
    """Microseconds of one call."""
    started = time.perf_counter()
    for number in range(CALLS):
        call(number)
    return (time.perf_counter() - started) / CALLS * 1e6


def main() -> None:
    limits, now = busy()
    lifted = Limits.lifted()
    calls: dict[str, Callable[[int], object]] = {
        "ready_at, emergency": lambda n: limits.ready_at(n - CALLS // 2, Lane.EMERGENCY, now),
        "ready_at, routine": lambda n: limits.ready_at(n - CALLS // 2, Lane.ROUTINE, now),
        "start, a chat each": lambda n: limits.start(n, Lane.ROUTINE, now + n / 27),
        "start, a group each": lambda n: limits.start(-n, Lane.ROUTINE, now + (CALLS + n) / 27),
        "ready_at, lifted": lambda n: lifted.ready_at(n, Lane.ROUTINE, now),
    }
    for name, call in calls.items():
        print(f"{name:22}{cost(call):6.2f} µs")


if __name__ == "__main__":
    main()
