"""Answers of Redis, read as the limits need them: another program at its address, or one between, answers too (P13)."""

from collections.abc import Awaitable
from typing import Any

from redis.exceptions import InvalidResponse


async def answered(asked: Awaitable[Any]) -> Any:
    """Wait for what the server says.

    Raises:
        RedisError: the server can't be asked, or says what can't be read.
    """
    try:
        return await asked
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidResponse from error


def read_place(answer: object) -> tuple[int, int, int, int, str, int]:
    """Whether a message may leave, after how many microseconds, and what Redis keeps, as the script says it.

    Raises:
        InvalidResponse: it is not the script's.
    """
    match answer:
        case [int(granted), int(after), int(urgent_after), int(after_that), str(memory), int(held)]:
            return granted, after, urgent_after, after_that, memory, held
        case _:  # the open set of what stands at that address
            raise InvalidResponse


def read_counts(answer: object) -> tuple[int, list[str], list[list[str]]]:
    """How many processes there are, what Redis remembers, and what it has of each group.

    Raises:
        InvalidResponse: it answers something else.
    """
    match answer:
        case [_, _, int(processes), list(memory), *there]:
            groups = [group for group in there if isinstance(group, list)]
            if len(groups) == len(there):
                return processes, memory, groups
        case _:  # as above
            pass
    raise InvalidResponse
