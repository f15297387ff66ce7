"""Reads whether a word that was said freezes somebody, and counts the wrong ones in the same transaction."""

from datetime import datetime

from msgspec.structs import replace

from core.desk.ports import Repository
from core.desk.who_stays import load_last
from core.rules.guesses import AT_PERSON, OF_ACCOUNT, TOLD_AT, Guesses, one_more
from core.rules.situation import Situation, Word
from core.state.lost_word import opens
from core.state.person import Person
from core.vocabulary import access_commands as ac


async def load_word(repository: Repository, command: ac.FreezeByWord, bare: Situation, now: datetime) -> Situation:
    """The situation of a word; while guesses of an account or at a person are held, none is looked at.

    A hold of the account is said. One at a person reads as a wrong word, or it would tell that there is such a person.
    """
    account, at = f"account:{command.account}", {f"person:{one}": one for one in command.people}
    found = await repository.guesses((account, *at))
    mine = found.get(account, Guesses())
    if mine.held(now):
        return replace(bare, word=Word.HELD, word_at=mine.until)
    person = await repository.person(command.person) if command.person is not None else None
    waits = person is not None and found.get(f"person:{person.id}", Guesses()).held(now)
    if person is not None and not waits and await _right(repository, command, person, now):
        return await load_last(repository, replace(bare, agent=person, word=Word.RIGHT), now)
    await repository.keep_guesses(account, one_more(mine, OF_ACCOUNT, now), now)
    told: tuple[int, int] | None = None
    for key, one in at.items():
        before = found.get(key, Guesses())
        if before.held(now):
            continue
        after = one_more(before, AT_PERSON, now)
        await repository.keep_guesses(key, after, now)
        if after.wrong in (TOLD_AT, AT_PERSON):
            told = told or (one, after.wrong)
    if told is None:
        return bare
    return replace(bare, agent=await repository.person(told[0]), word=Word.TOLD, tries=told[1])


async def _right(repository: Repository, command: ac.FreezeByWord, person: Person, now: datetime) -> bool:
    """Whether it is still the word of that person: they may have set another one meanwhile."""
    kept = await repository.lost_word(person.id)
    return kept is not None and opens(command.digest, kept, now)
