"""``/congelar NAME WORD`` from any phone: somebody who lost theirs freezes their own access with a word of their own.

Whether it was the name or the word that was wrong is told to nobody, neither by the answer nor by its time.
"""

import asyncio
from secrets import token_bytes

from bot.conversation.registry import entry_command
from bot.conversation.turn import CommandTurn, EntryTurn
from bot.features.access.freeze import freeze_named
from bot.features.access.freeze_view import frozen_by_word_screen
from bot.parsing.mentions import username_in
from bot.ui.forms import said
from core.desk.outcome import Refused
from core.rules.permissions import Caller, caller_of
from core.state.duress import SALT_BYTES
from core.state.lost_word import LostWord, digest_of, opens
from core.state.person import Person
from core.vocabulary.access_commands import FreezeByWord
from core.vocabulary.account_events import Frozen
from core.vocabulary.lookalikes import looks
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role

NAMESAKES = 3  # people of one name whose words are looked at; so many digests are made for every guess
_HAVE_A_WORD = (Membership.ACTIVE, Membership.FROZEN)


@entry_command("freeze")
async def freeze_phone(turn: EntryTurn) -> None:
    """A supervisor freezes whom they name; anybody freezes their own access by their name and their word."""
    message, person = turn.update.effective_message, turn.person
    leads = turn.role is not None and turn.role >= Role.SUPERVISOR
    if leads and person is not None and message is not None:
        named = await freeze_named(CommandTurn(turn.arrival, person, message, turn.words))
        if named:
            return
    *name, word = turn.words.split() or [""]
    if not name:
        turn.say(said("freeze-how", turn.texts))
        return
    if message is not None:
        turn.remove(message)
    await _by_word(turn, " ".join(name), word)


async def _by_word(turn: EntryTurn, name: str, word: str) -> None:
    user = turn.update.effective_user
    if user is None:
        return
    held = await turn.queries.guesses_held(user.id, turn.now)
    if held is not None:  # before the digests: whoever goes on guessing costs the desk one reading a message
        await turn.refuse(Refusal(reason=Reason.WORD_HELD, at=held))
        return
    people = await _called(turn, name)
    kept = [await turn.queries.lost_word(one.id) for one in people]
    digests = await asyncio.to_thread(_digests, word, kept)
    command = FreezeByWord(account=user.id, people=tuple(one.id for one in people))
    for person, stored, digest in zip(people, kept, digests, strict=False):
        if stored is not None and opens(digest, stored, turn.now):
            command = FreezeByWord(account=user.id, people=command.people, person=person.id, digest=digest)
    inside = turn.person if turn.role is not None else None
    caller = caller_of(inside) if inside is not None else Caller(role=Role.AGENT, via="chat")
    outcome = await turn.services.desk.execute(command, caller=caller, key=turn.next_key())
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    elif any(isinstance(event, Frozen) for event in outcome.events):
        turn.say(frozen_by_word_screen(outcome.person, turn.texts))
    else:  # a wrong one, which others heard of
        await turn.refuse(Refusal(reason=Reason.WRONG_WORD))


def _digests(word: str, kept: list[LostWord | None]) -> list[bytes]:
    """One for each, and as many as ever are made where there are fewer: the time tells nothing."""
    salts = [one.salt if one is not None else token_bytes(SALT_BYTES) for one in kept]
    salts += [token_bytes(SALT_BYTES)] * (NAMESAKES - len(salts))
    return [digest_of(word, salt) for salt in salts]


async def _called(turn: EntryTurn, name: str) -> list[Person]:
    """People by just this name, user name, or number of their account: a few."""
    found: tuple[Person, ...]
    number = name.lstrip("+")
    if number.isascii() and number.isdigit() and len(number) < 18:
        known = await turn.queries.person_at(int(number))
        found = (known,) if known is not None else ()
    else:
        username = username_in(name)
        found = await turn.queries.people_called(f"@{username}" if username else name, active=False, most=20)
        found = tuple(one for one in found if username or looks(one.name) == looks(name))
    return [one for one in found if one.membership in _HAVE_A_WORD][:NAMESAKES]
