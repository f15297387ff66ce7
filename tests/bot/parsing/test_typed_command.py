"""A command is read as people type it: its name ends where Telegram ends it, and signs around it say nothing."""

import pytest

from bot.features.loading import load_features
from bot.parsing.typed_command import command_in
from bot.transport.intake import calls_emergency
from bot.ui.command_names import command_ids
from bot.ui.emergency_names import is_emergency

load_features()

EMERGENCIES = {
    "/emergencia": "",
    "/emergencia!": "",
    "/emergencia!!! robo": "robo",
    "/emergencia: robo en la tienda": "robo en la tienda",
    "/emergencia, robo": "robo",
    "/emergencia…robo": "robo",
    "/emergencia.robo": "robo",
    "/emergencia-robo": "robo",
    "/emergencia\nrobo": "robo",
    "/emergencia\u200f robo": "robo",
    "\u200f/emergencia robo": "robo",
    "\u2068/emergencia\u2069 robo": "robo",
    "/emer\u200bgencia robo": "robo",
    "  /emergencia robo": "robo",
    "／emergencia robo": "robo",
    "/EMERGENCIA ROBO": "ROBO",
    "/Emergencia robo": "robo",
    "/emergéncia robo": "robo",
    "/emerge\u0301ncia robo": "robo",
    "/𝐞𝐦𝐞𝐫𝐠𝐞𝐧𝐜𝐢𝐚 robo": "robo",
    "/emergencia@gad_bot robo": "robo",
    "/emergencia@gad_bot! robo": "robo",
    "/emergencia🚨robo": "🚨robo",
    "🚨 /emergencia robo": "robo",
    "🚨🚨🚨/emergencia robo": "robo",
    "¡¡/emergencia robo": "robo",
    "/ emergencia robo": "robo",
    "//emergencia robo": "robo",
    "\\emergencia robo": "robo",
    "/emergencias robo": "robo",
    "/emrgencia robo": "robo",
    "/emegrencia robo": "robo",
    "/emergensia robo": "robo",
    "/emerjensia robo": "robo",
    "/hemergencia robo": "robo",
    "/emergenci": "",
    "/emerg": "",
    "/emergenciarobo": "",
    "/emergencia_robo": "",
    "/emergency fire": "fire",
    "/emergancy fire": "fire",
    "/urgencia robo": "robo",
    "/auxilio": "",
    "/SOS": "",
}
OTHERS = ("/nueva robo", "/tareas", "/estado", "/eme", "/ayuda", "/help", "/escalar T-1", "/emitir", "/equipo", "/menu")
WORDS = ("hola", "emergencia", "ayuda /emergencia", "1/2 emergencia", "http://x.com/emergencia", "", "/", "¿?", "//")


@pytest.mark.parametrize(("text", "words"), EMERGENCIES.items())
def test_an_emergency_is_never_asked_back(text: str, words: str) -> None:
    typed = command_in(text)
    assert typed is not None
    assert is_emergency(typed.name)
    assert typed.words == words
    assert calls_emergency(text)


@pytest.mark.parametrize("text", OTHERS)
def test_another_command_is_no_emergency(text: str) -> None:
    assert command_in(text) is not None
    assert not calls_emergency(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_are_no_command(text: str) -> None:
    assert command_in(text) is None


def test_a_priority_glued_to_the_name_keeps_its_sign() -> None:
    typed = command_in("/nueva!alta Ronda")
    assert typed is not None
    assert (typed.name, typed.words) == ("nueva", "!alta Ronda")


def test_no_other_command_is_taken_for_the_emergency() -> None:
    assert {command_ids()[name] for name in command_ids() if is_emergency(name)} == {"emergency"}
