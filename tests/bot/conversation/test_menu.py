"""The menu behind Telegram's button: by role, within Telegram's limits."""

import re

import pytest
from telegram.constants import BotCommandLimit

from bot.conversation.menu import ORDER, menu_commands, menu_message, stranger_menu
from bot.features.loading import load_features
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.words import Lane, Role
from tests.bot.ui.people import EN, ES, EVERY_LANGUAGE

load_features()
ANA = PersonDestination(700)


@EVERY_LANGUAGE
@pytest.mark.parametrize("role", [None, *Role])
def test_a_menu_keeps_telegrams_limits(role: Role | None, texts: Texts) -> None:
    lines = render(menu_message(role, texts, to=ANA, lane=Lane.ROUTINE)).payload["commands"]
    assert 0 < len(lines) <= BotCommandLimit.MAX_COMMAND_NUMBER
    for line in lines:
        assert re.fullmatch(r"[a-z0-9_]+", line["command"])
        assert BotCommandLimit.MIN_COMMAND <= len(line["command"]) <= BotCommandLimit.MAX_COMMAND
        assert BotCommandLimit.MIN_DESCRIPTION <= len(line["description"]) <= BotCommandLimit.MAX_DESCRIPTION


def test_a_menu_is_one_persons_own() -> None:
    call = render(menu_message(Role.AGENT, ES, to=ANA, lane=Lane.ROUTINE))
    assert (call.method, call.payload["scope"]) == ("setMyCommands", {"type": "chat", "chat_id": 700})


def test_each_role_has_what_the_one_below_has() -> None:
    agent, supervisor, admin = ({entry.id for entry in menu_commands(role)} for role in Role)
    assert agent < supervisor < admin


def test_p9_a_stranger_sees_how_to_ask_for_access_and_nothing_else() -> None:
    assert {name for name, _ in stranger_menu(ES)} == {"start", "ayuda"}
    assert {name for name, _ in stranger_menu(EN)} == {"start", "help"}


def test_whoever_is_in_has_no_use_for_start() -> None:
    assert "start" not in {entry.id for entry in menu_commands(Role.ADMIN)}


def test_an_emergency_comes_first_and_every_command_has_its_place() -> None:
    names = [entry.id for entry in menu_commands(Role.ADMIN)]
    assert names == [name for name in ORDER if name != "start"]
    assert names[0] == "emergency"
