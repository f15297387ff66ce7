"""Freezing: who may put whom out at once, and what an administrator makes of it (P14)."""

import pytest
from msgspec.structs import replace

from core.rules.guesses import AT_PERSON, HELD_FOR, OF_ACCOUNT, WITHIN, Guesses, one_more
from core.rules.situation import Word
from core.state.lost_word import BEFORE_IT, LostWord, after, digest_of, fit, opens
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary.words import Membership, Role
from tests.core.stages import ADA, ANA, BETO, NOON, SARA, answer

FREEZE = ac.Freeze(person=ANA.id)
FROZEN = replace(ANA, membership=Membership.FROZEN)
BOSS = replace(ADA, id=90, account=900)


@pytest.mark.parametrize(
    ("caller", "agent", "expected"),
    [
        (SARA, ANA, "frozen"),
        (SARA, replace(SARA, id=91, account=910), "frozen"),
        (SARA, BOSS, "-above-role"),
        (ADA, BOSS, "frozen"),
        (ADA, SARA, "frozen"),
        (BETO, ANA, "-above-role"),
        (SARA, SARA, "-self"),
        (ADA, ADA, "-self"),
        (SARA, FROZEN, "-already-frozen"),
        (SARA, replace(ANA, membership=Membership.DISABLED), "-out-already"),
        (SARA, replace(ANA, membership=Membership.PENDING), "-out-already"),
        (SARA, None, "-unknown-person"),
    ],
)
def test_p9_who_may_freeze_whom(caller: Person, agent: Person | None, expected: str) -> None:
    assert answer(caller, FREEZE, None, agent=agent) == expected


def test_p14_the_last_administrator_is_frozen_by_nobody() -> None:
    assert answer(ADA, FREEZE, None, agent=BOSS, last=True) == "-last-admin"
    assert answer(None, FREEZE, None, agent=BOSS, last=True) == "-last-admin"


def test_an_administrator_confirms_or_lifts_it_once() -> None:
    for command, frozen, other in (
        (c.Disable(person=ANA.id), "disabled", "-already"),
        (ac.Thaw(person=ANA.id), "thawed", "-not-frozen"),
        (ac.RemindFreeze(person=ANA.id), "freeze_reminded", "-not-frozen"),
        (ac.CallFrozen(person=ANA.id, words="x" * 999), "frozen_called", "-not-frozen"),
    ):
        out = replace(ANA, membership=Membership.DISABLED)
        assert [answer(ADA, command, None, agent=agent) for agent in (FROZEN, out)] == [frozen, other]
        assert answer(SARA, command, None, agent=FROZEN) == "-above-role"


def test_nobody_is_raised_or_let_in_while_they_are_frozen() -> None:
    for command, expected in (
        (c.Promote(person=ANA.id, role=Role.SUPERVISOR), "-disabled"),
        (c.Admit(person=ANA.id, role=Role.AGENT), "-already"),
        (c.Admit(person=ANA.id, role=Role.AGENT, again=True), "-already"),
        (c.Reject(person=ANA.id), "-already"),
    ):
        assert answer(ADA, command, None, agent=FROZEN) == expected


SAID = ac.FreezeByWord(account=5, people=(ANA.id,), person=ANA.id, digest=b"x")


@pytest.mark.parametrize(
    ("word", "agent", "last", "expected"),
    [
        (Word.RIGHT, ANA, False, "frozen"),
        (Word.RIGHT, ADA, False, "frozen"),
        (Word.RIGHT, ADA, True, "-last-freeze"),
        (Word.RIGHT, FROZEN, False, "-already-frozen"),
        (Word.RIGHT, replace(ANA, membership=Membership.DISABLED), False, "-wrong-word"),
        (Word.RIGHT, replace(ANA, membership=Membership.FORGOTTEN), False, "-wrong-word"),
        (Word.WRONG, None, False, "-wrong-word"),
        (Word.WRONG, ANA, False, "-wrong-word"),
        (Word.TOLD, ANA, False, "lost_word_tried"),
        (Word.HELD, None, False, "-word-held"),
    ],
)
def test_p14_a_word_of_ones_own_freezes_from_any_account(
    word: Word, agent: Person | None, last: bool, expected: str
) -> None:
    for caller in (None, BETO, ANA, FROZEN):
        assert answer(caller, SAID, None, agent=agent, word=word, last=last) == expected


def test_everybody_sets_their_own_word_alone() -> None:
    for caller, expected in ((ANA, "lost_word_set"), (BETO, "-above-role"), (ADA, "-above-role")):
        assert answer(caller, ac.SetLostWord(person=ANA.id, salt=b"", digest=b""), None, agent=ANA) == expected


def test_a_word_is_one_word_that_is_not_in_the_name() -> None:
    for unfit in ("sesam", "abre sésamo", "ana ruiz", "x" * 41):
        assert not fit(unfit, "Ana Ruiz"), unfit
    assert fit("sésamo", "Ana Ruiz")
    assert not fit("anamora", "Anamora Ruiz")


def test_the_word_before_counts_some_days_more_and_no_longer() -> None:
    """A thief with the phone sets another one; its owner knows the old one."""
    salt = b"s" * 16
    old, new = (LostWord(salt=salt, digest=digest_of(word, salt)) for word in ("sésamo", "ladrón"))
    kept = after(old, new, NOON)
    assert opens(digest_of("SESAMO", salt), kept, NOON)
    assert opens(digest_of("ladron", salt), kept, NOON)
    assert not opens(digest_of("sésamo", salt), kept, NOON + BEFORE_IT)
    assert not opens(digest_of("otra", salt), kept, NOON)
    assert not opens(b"", kept, NOON)
    assert not opens(b"", new, NOON)
    assert after(None, new, NOON) == new
    assert after(new, new, NOON) == new
    assert after(kept, new, NOON) == kept, "the same word once more"


def test_a_thief_who_sets_two_words_in_a_row_locks_the_owner_out_no_sooner() -> None:
    salt = b"s" * 16
    old, new, newer = (LostWord(salt=salt, digest=digest_of(word, salt)) for word in ("sésamo", "ladrón", "ganzúa"))
    later = NOON + BEFORE_IT / 2
    kept = after(after(old, new, NOON), newer, later)
    assert [opens(one.digest, kept, later) for one in (old, new, newer)] == [True, False, True]
    assert not opens(old.digest, kept, NOON + BEFORE_IT)
    assert opens(newer.digest, after(kept, new, NOON + BEFORE_IT), NOON + BEFORE_IT), "the week begins anew"


@pytest.mark.parametrize("limit", [OF_ACCOUNT, AT_PERSON])
def test_wrong_guesses_are_held_for_a_bounded_time_and_counted_anew(limit: int) -> None:
    counted = Guesses()
    for number in range(limit):
        assert not counted.held(NOON), number
        counted = one_more(counted, limit, NOON)
    assert counted.held(NOON)
    later = NOON + HELD_FOR
    assert not counted.held(later)
    assert one_more(counted, limit, later).wrong == 1
    assert one_more(Guesses(wrong=limit - 1, since=NOON), limit, NOON + WITHIN).wrong == 1
