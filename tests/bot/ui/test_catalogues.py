"""The catalogues: both languages say the same things, all that the code asks for and nothing else."""

from collections.abc import Iterable, Sequence
from enum import Enum

import pytest
from telegram.constants import BotCommandLimit

from bot.conversation.registry import commands_for
from bot.features.loading import load_features
from core.queries.queries import Which
from core.rules.drills import Result
from core.vocabulary.alarms import Trigger
from core.vocabulary.escalation_policy import Cause, EscalationTarget, Unreached
from core.vocabulary.refusals import Reason
from core.vocabulary.words import (
    AssignmentState,
    Availability,
    Kind,
    Lane,
    Membership,
    Priority,
    Role,
    TaskState,
    TaskType,
)
from emulator.markup.html import parse_html
from tests.bot.ui.catalogues import ANYTHING, LANGUAGES, WORKED_OUT, calls, entries, joined, strings

FAMILIES: Sequence[tuple[str, Iterable[Enum]]] = (
    ("refusal", Reason),
    ("state", TaskState),
    ("type", TaskType),
    ("availability", Availability),
    ("assignment", AssignmentState),
    ("which", Which),
    ("sign", Kind),
    ("person", Membership),
    ("alarm", Trigger),
    ("drill", Result),
    ("availability-sign", Availability),
)
# As above, with hyphens inside the word.
HYPHENATED: Sequence[tuple[str, Iterable[Enum]]] = (
    ("target", EscalationTarget),
    ("because-climbed", Cause),
    ("plan-passed", Unreached),
)
NAMED: Sequence[tuple[str, Iterable[Enum]]] = (
    ("role", Role),
    ("priority", Priority),
    ("board-lane", Lane),
    ("welcome", Role),
    ("button-admit", Role),
    ("button-make", Role),
)


def test_both_languages_have_the_same_messages() -> None:
    first, *others = LANGUAGES
    assert others
    for other in others:
        assert entries(first).keys() == entries(other).keys()


def test_a_message_takes_the_same_values_in_every_language() -> None:
    spanish = entries("es")
    differing = [
        f"{language}: {key}"
        for language in LANGUAGES
        for key, (entry, *_) in entries(language).items()
        if key in spanish and entry.variables != spanish[key][0].variables
    ]
    assert not differing


def test_the_same_message_stands_in_the_same_file_in_every_language() -> None:
    spanish = entries("es")
    strayed = [
        f"{language}/{entry.file}: {key}"
        for language in LANGUAGES
        for key, (entry, *_) in entries(language).items()
        if key in spanish and entry.file != spanish[key][0].file
    ]
    assert not strayed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_stands_in_one_place(language: str) -> None:
    twice = {key: [entry.file for entry in found] for key, found in entries(language).items() if len(found) > 1}
    assert not twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_code_asks_for_is_there(language: str) -> None:
    keys = entries(language)
    missing = [f"{call.where} {call.key.pattern}" for call in calls() if not any(map(call.key.fullmatch, keys))]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_message_needs_is_given(language: str) -> None:
    lacking = [
        f"{call.where} {call.key.pattern} needs {sorted(entry.variables - call.given)}"
        for call in calls()
        if WORKED_OUT not in call.key.pattern and ANYTHING not in call.given
        for entry in entries(language).get(call.key.pattern.replace("\\", ""), [])
        if entry.variables - call.given
    ]
    assert not lacking


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_there_that_the_code_does_not_ask_for(language: str) -> None:
    unused = [
        key
        for key in entries(language)
        if key not in strings() and not any(pattern.fullmatch(key) for pattern in joined())
    ]
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_desk_has_its_words(language: str) -> None:
    wanted = {f"{family}-{one.value}" for family, members in FAMILIES for one in members}
    wanted |= {f"{family}-{one.name.lower()}" for family, members in NAMED for one in members}
    wanted |= {f"{family}-{one.value.replace('_', '-')}" for family, members in HYPHENATED for one in members}
    missing = sorted(wanted - entries(language).keys())
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_line_in_the_menu(language: str) -> None:
    load_features()
    lines = {key: entry for key, (entry, *_) in entries(language).items() if key.startswith("command-")}
    assert lines.keys() == {f"command-{entry.id}" for entry in commands_for(Role.ADMIN)}
    for key, entry in lines.items():
        line = entry.text.split("=", 1)[1].partition("\n")[0].strip()
        assert BotCommandLimit.MIN_DESCRIPTION <= len(line) <= BotCommandLimit.MAX_DESCRIPTION, key
        assert not set("<>&{\n") & set(line), f"{key} is not plain text"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_html_that_telegram_takes(language: str) -> None:
    for found in entries(language).values():
        for entry in found:
            parse_html(entry.text.replace("{ $", "").replace(" }", ""))
