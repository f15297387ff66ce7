"""Questions about several values at once, with few statements however many values there are."""

from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, bindparam

from storage.engine.session import Query, Session

R = TypeVar("R")


class Many(Generic[R]):
    """A query about several values: one statement for each power of two of them.

    ``make`` is given the places of the values, for an ``IN``.
    """

    def __init__(self, make: Callable[[list[BindParameter[Any]]], Query[R]]) -> None:
        self._query = cache(lambda places: make([bindparam(f"of_{place}") for place in range(places)]))

    def ask(self, session: Session, those: Sequence[int | str], **values: Any) -> Awaitable[list[R]]:
        """Ask about those, at least one; the last one more than once, up to a power of two."""
        places = 1 << (len(those) - 1).bit_length()
        filled = (*those, *[those[-1]] * (places - len(those)))
        return session.ask(self._query(places), **{f"of_{place}": one for place, one in enumerate(filled)}, **values)
