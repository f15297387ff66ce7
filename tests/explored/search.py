"""Breadth first: every ledger that so many acts lead to, each once, by the shortest way."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import partial
from itertools import chain

from msgspec import Struct

from tests.explored.desk import Endless, Explored, begun
from tests.explored.ledger import Ledger
from tests.explored.moves import acts
from tests.explored.promises import Silence, broken, twice

Way = tuple[str, ...]
SOME = 64  # ledgers of one turn of a process


class Found(Struct, frozen=True):
    """A ledger with the way to it, and what is broken there."""

    key: bytes
    ledger: Ledger
    way: Way
    broken: tuple[str, ...] = ()


class Result(Struct, frozen=True, kw_only=True):
    """The result of a search: ledgers by depth, acts that were tried, seconds, and shortest ways to what is broken."""

    ledgers: tuple[int, ...]
    acts: int
    seconds: float
    broken: tuple[Found, ...]
    whole: bool


def search(
    depth: int,
    emergencies: int,
    *,
    seconds: float = float("inf"),
    processes: int = 1,
    say: Callable[[str], None] = lambda line: None,
) -> Result:
    """Search to this depth, or until so many seconds are over; it ends with the depth at which something is broken."""
    started, first = time.monotonic(), begun()
    seen, edge = {first.key()}, [Found(first.key(), first, ())]
    counts, tried, wrong, whole = [1], 0, list[Found](), True
    with ProcessPoolExecutor(processes) if processes > 1 else nullcontext() as pool:
        for level in range(1, depth + 1):
            after: list[Found] = []
            for some, number in _turns(pool, edge, emergencies):
                tried += number
                wrong += (found for found in some if found.broken)
                fresh = {found.key: found for found in some if found.key not in seen}
                seen |= fresh.keys()
                after += fresh.values()
                if time.monotonic() - started > seconds:
                    whole = False
                    break
            edge = after
            counts.append(len(edge))
            say(f"{level} acts: {len(edge):,} more ledgers, {tried:,} acts in {time.monotonic() - started:.0f} s")
            if wrong or not whole or not edge:
                break
    return Result(
        ledgers=tuple(counts), acts=tried, seconds=time.monotonic() - started, broken=tuple(wrong), whole=whole
    )


def _turns(pool: ProcessPoolExecutor | None, edge: list[Found], emergencies: int) -> Iterator[tuple[list[Found], int]]:
    """Follow these ledgers, some at a time; here where there is no pool."""
    parts = [edge[start : start + SOME] for start in range(0, len(edge), SOME)]
    follow = partial(expanded, emergencies=emergencies)
    if pool is None:
        yield from map(follow, parts)
        return
    turns = [pool.submit(follow, part) for part in parts]
    try:
        for turn in turns:
            yield turn.result()
    finally:
        for turn in turns:
            turn.cancel()


def expanded(some: list[Found], emergencies: int) -> tuple[list[Found], int]:
    """Ledgers that one more act leads to from each of these, without the same ones; how many acts that took."""
    return asyncio.run(_expanded(some, emergencies))


async def _expanded(some: list[Found], emergencies: int) -> tuple[list[Found], int]:
    silence, keys, after, tried = Silence(), set[bytes](), list[Found](), 0
    for found in some:
        for act in acts(found.ledger, emergencies):
            tried += 1
            explored = Explored(found.ledger)
            way = (*found.way, act.words)
            try:
                await act.happen(explored)
            except (AssertionError, Endless) as error:
                after.append(Found(b"", found.ledger, way, (str(error),)))
                continue
            ledger = explored.ledger.copy()
            key = ledger.key()
            if key in keys or key == found.key:
                continue
            keys.add(key)
            wrong = chain(broken(ledger), await silence.broken(ledger), await twice(explored, act))
            after.append(Found(key, ledger, way, tuple(wrong)))
    return after, tried


def told(result: Result) -> Iterator[str]:
    """Lines about what is broken, with the acts that lead there: the first few."""
    for found in result.broken[:5]:
        yield "; ".join(found.broken)
        yield from (f"  {number}. {act}" for number, act in enumerate(found.way, 1))
