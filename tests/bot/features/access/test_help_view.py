"""Help by role, and what is said to words that nobody understood."""

import pytest

from bot.conversation.menu import menu_commands
from bot.features.access.help_view import help_screen, unknown_screen
from bot.features.emergency.call_view import hint_screen
from bot.features.loading import load_features
from bot.ui.texts import Texts
from core.vocabulary.words import Role
from tests.bot.ui.people import ES, EVERY_LANGUAGE, shown

load_features()


@EVERY_LANGUAGE
@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_commands_of_their_role_and_no_others(role: Role, texts: Texts) -> None:
    text = shown(help_screen(role, menu_commands(role), texts))
    lines = {line.split()[0] for line in text.splitlines() if line.startswith("/")}
    assert lines == {f"/{texts.command(entry.id)}" for entry in menu_commands(role)}
    assert (f"/{texts.command('users')}" in lines) is (role is Role.ADMIN)


def test_commands_stand_under_the_role_that_brings_them() -> None:
    text = shown(help_screen(Role.ADMIN, menu_commands(Role.ADMIN), ES))
    own, administer = text.index("Tu trabajo"), text.index("Administrar")
    assert own < text.index("/disponible") < administer < text.index("/estado")


def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    assert shown(unknown_screen("estdo", "status", ES)) == "No conozco /estdo. ¿Quisiste decir /estado?"


def test_an_unknown_command_is_shown_as_it_was_typed_and_not_at_its_length() -> None:
    text = shown(unknown_screen("<b>" + "x" * 10_000, None, ES))
    assert "/<b>xxx" in text
    assert len(text) < 120


@EVERY_LANGUAGE
def test_a_hint_has_a_button_for_each_thing_that_may_be_meant(texts: Texts) -> None:
    screen = hint_screen(7, 41, (), texts)
    assert [button.data for row in screen.buttons for button in row] == ["sos:7", "llevar:7:tarea"]
    assert screen.reply_to == 41
