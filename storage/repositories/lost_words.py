"""Words that freeze their owners' access, on disk: of each only what can't be read; and wrong guesses at them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from core.rules.guesses import WITHIN, Guesses
from core.state.lost_word import LostWord
from storage.engine.locks import of_guess
from storage.engine.session import Query, Session, const
from storage.schema.instants import from_ms, maybe_from_ms, maybe_ms, to_ms
from storage.schema.lost_word_tables import GuessRow, LostWordRow
from storage.schema.rows import col
from storage.schema.tables import table

# So long after the first of them, wrong guesses count no more.
KEPT = 2 * WITHIN

_word, _guess = table(LostWordRow), table(GuessRow)
_mine = col(LostWordRow.person) == bindparam("who")
_find = Query(select(_word).where(_mine), LostWordRow)
_new = insert(_word).values({column.name: bindparam(column.name) for column in _word.columns})
_keep = Query(
    _new.on_conflict_do_update(
        index_elements=["person"],
        set_={name: _new.excluded[name] for name in ("salt", "digest", "was", "was_until")},
    )
)
_drop = Query(delete(_word).where(_mine))
_drop_guesses = Query(delete(_guess).where(col(GuessRow.whose) == bindparam("of")))
_guesses = Query(select(_guess).where(col(GuessRow.whose) == bindparam("of")), GuessRow)
_counted = insert(_guess).values({column.name: bindparam(column.name) for column in _guess.columns})
_count = Query(
    _counted.on_conflict_do_update(
        index_elements=["whose"], set_={name: _counted.excluded[name] for name in ("wrong", "since", "held")}
    )
)
_old = (
    select(col(GuessRow.whose))
    .where(col(GuessRow.since) < bindparam("before"))
    .limit(const(100))
    .with_for_update(skip_locked=True)  # who counts one more at this moment is not waited for
)
_forget = Query(delete(_guess).where(col(GuessRow.whose).in_(_old)))


async def find(session: Session, person: int) -> LostWord | None:
    """The stored word of a person."""
    row = await session.row(_find, who=person)
    if row is None:
        return None
    return LostWord(
        salt=bytes.fromhex(row.salt),
        digest=bytes.fromhex(row.digest),
        was=bytes.fromhex(row.was) if row.was is not None else None,
        was_until=maybe_from_ms(row.was_until),
    )


async def keep(session: Session, person: int, word: LostWord) -> None:
    """Keep a word in the place of the one before."""
    await session.lock(of_guess(f"person:{person}"))
    await session.run(
        _keep,
        person=person,
        salt=word.salt.hex(),
        digest=word.digest.hex(),
        was=word.was.hex() if word.was is not None else None,
        was_until=maybe_ms(word.was_until),
    )


async def drop(session: Session, person: int) -> None:
    """Forget the word of somebody who is out for good."""
    await session.lock(of_guess(f"person:{person}"))
    await session.run(_drop, who=person)


async def erase(session: Session, person: int, account: int) -> None:
    """Delete what is kept of somebody whose data are erased: their word, and wrong guesses of theirs or at it."""
    keys = (f"person:{person}", f"account:{account}")
    await session.lock(*map(of_guess, keys))
    await session.run(_drop, who=person)
    for key in keys:
        await session.run(_drop_guesses, of=key)


async def guesses(session: Session, whose: Iterable[str]) -> dict[str, Guesses]:
    """Wrong guesses, which nobody else counts until the end of the transaction."""
    asked = tuple(whose)
    await session.lock(*map(of_guess, asked))
    found: dict[str, Guesses] = {}
    for one in asked:
        row = await session.row(_guesses, of=one)
        if row is not None:
            found[one] = Guesses(wrong=row.wrong, since=from_ms(row.since), until=maybe_from_ms(row.held))
    return found


async def forget_guesses(session: Session, before: datetime) -> None:
    """Delete up to a hundred that count no more."""
    await session.run(_forget, before=to_ms(before))


async def held(session: Session, account: int, now: datetime) -> datetime | None:
    """Until when the guesses of an account are held; None: they are not."""
    row = await session.row(_guesses, of=f"account:{account}")
    until = maybe_from_ms(row.held) if row is not None else None
    return until if until is not None and now < until else None


async def count(session: Session, whose: str, counted: Guesses, now: datetime) -> None:
    """Keep how many there were, and forget what counts no more."""
    await forget_guesses(session, now - KEPT)
    since = counted.since if counted.since is not None else now
    await session.run(_count, whose=whose, wrong=counted.wrong, since=to_ms(since), held=maybe_ms(counted.until))
