"""Each language has its own names for the commands; all of them work, and a reader sees those of their language."""

import re

import pytest
from telegram.constants import BotCommandLimit

from bot.conversation.registry import command_named, commands_for
from bot.features.access.help_view import unknown_screen
from bot.features.loading import load_features
from bot.transport.intake import calls_emergency
from bot.ui.command_names import command_ids, names_in, names_of
from bot.ui.texts import Texts
from core.vocabulary.words import Role
from tests.bot.ui.catalogues import LANGUAGES, entries
from tests.bot.ui.people import EN, ES, EVERY_LANGUAGE

load_features()

NAMED = re.compile(r"(?<![<\w/])/([a-z]\w*)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_name_that_telegram_takes(language: str) -> None:
    names = names_in(language)
    assert names.keys() == {entry.id for entry in commands_for(Role.ADMIN)}
    for name in names.values():
        assert re.fullmatch(r"[a-z0-9_]+", name)
        assert BotCommandLimit.MIN_COMMAND <= len(name) <= BotCommandLimit.MAX_COMMAND


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_works_whatever_the_language_of_the_desk(language: str) -> None:
    for command, name in names_in(language).items():
        for word in (name, name.upper()):
            entry = command_named(word)
            assert entry is not None
            assert entry.id == command


def test_the_english_name_is_the_commands_id() -> None:
    assert all(command == name for command, name in names_in("en").items())


@EVERY_LANGUAGE
def test_a_text_names_commands_in_its_own_language(texts: Texts) -> None:
    """The menu, the help, the hints, the refusals: every message of the catalogue, as it is shown."""
    own, every = set(names_in(texts.language).values()), command_ids().keys()
    foreign = [
        f"{key}: /{name}"
        for key, (entry, *_) in entries(texts.language).items()
        for name in NAMED.findall(texts(key, **dict.fromkeys(entry.variables, "x")))
        if name in every and name not in own
    ]
    assert not foreign


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_takes_the_names_from_where_they_stand(language: str) -> None:
    """A command that gets another name is called so everywhere."""
    written = [
        f"{key}: /{name}"
        for key, (entry, *_) in entries(language).items()
        for name in NAMED.findall(entry.text)
        if name in command_ids()
    ]
    assert not written


def test_a_word_that_is_nearly_a_command_is_answered_in_the_readers_language() -> None:
    assert "/guardia" in unknown_screen("guardi", "oncall", ES).text
    assert "/oncall" in unknown_screen("guardi", "oncall", EN).text


def test_p5_an_emergency_is_known_by_its_name_in_every_language() -> None:
    for name in names_of("emergency"):
        assert calls_emergency(f"/{name}@gad_bot herido")
    assert not calls_emergency("/mistareas")
