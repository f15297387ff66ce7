"""``gad``, in a process that kills itself: ``python -m tests.chaos.victim WAY POINT MOMENT PASS run --config ...``.

It dies at the PASS-th time that it comes by the point. Nothing of the desk knows that it is there.
"""

import asyncio
import functools
import inspect
import itertools
import os
import random
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from bot.cli.main import main
from tests.chaos.points import Moment, Point, points

A_MOMENT = 0.003  # seconds: within that, what was asked for has begun


def lay(point: Point, moment: Moment, passes: int) -> None:
    """From now on the point kills the process."""
    module, _, path = point.target.partition(":")
    *holders, name = path.split(".")
    holder: Any = functools.reduce(getattr, holders, import_module(module))
    acts, coming_by = getattr(holder, name), itertools.count(1)

    def at_last(*args: Any, **kwargs: Any) -> bool:
        return point.concerns(*args, **kwargs) and next(coming_by) == passes

    dies = _async(acts, moment, at_last) if inspect.iscoroutinefunction(acts) else _plain(acts, moment, at_last)
    setattr(holder, name, functools.wraps(acts)(dies))


def _async(acts: Callable[..., Any], moment: Moment, at_last: Callable[..., bool]) -> Callable[..., Any]:
    async def dies(*args: Any, **kwargs: Any) -> Any:
        last = at_last(*args, **kwargs)
        if last and moment == "before":
            die()
        if last and moment == "within":
            under_way = asyncio.ensure_future(acts(*args, **kwargs))
            await asyncio.sleep(random.random() * A_MOMENT)
            die()
            return await under_way
        answer = await acts(*args, **kwargs)
        if last:
            die()
        return answer

    return dies


def _plain(acts: Callable[..., Any], moment: Moment, at_last: Callable[..., bool]) -> Callable[..., Any]:
    def dies(*args: Any, **kwargs: Any) -> Any:
        last = at_last(*args, **kwargs)
        if last and moment == "before":
            die()
        answer = acts(*args, **kwargs)
        if last:
            die()
        return answer

    return dies


def die() -> None:
    """As if the plug was pulled."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    way, name, moment, number, *sys.argv[1:] = sys.argv[1:]
    lay(points(way)[name], cast(Moment, moment), int(number))
    main()
