"""Screens of coming in."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.features.access import access_view
from bot.ui.texts import Texts
from core.state.person import Person
from core.vocabulary.words import Membership, Role
from tests.bot.ui.people import ANA, EN, ES, EVERY_LANGUAGE, MARTA, NEWCOMER, NOW, labels, said_by, shown

OUT = replace(ANA, membership=Membership.DISABLED)
WAITING = replace(ANA, membership=Membership.PENDING)


@EVERY_LANGUAGE
@pytest.mark.parametrize("stranger", [None, WAITING, OUT])
def test_p9_a_stranger_learns_nothing_but_how_to_ask_for_access(stranger: Person | None, texts: Texts) -> None:

    screen = access_view.stranger_screen(stranger, texts)
    assert not screen.buttons
    commands = {word.strip(".,") for word in shown(screen).split() if word.startswith("/")}
    assert commands <= {"/start"}


def test_somebody_unknown_is_told_how_to_ask() -> None:
    assert "/start" in shown(access_view.stranger_screen(None, ES))


def test_a_request_is_answered_with_one_of_four_buttons() -> None:
    screen = access_view.request_screen(NEWCOMER, (), ES)
    assert labels(screen) == [["Agente", "Supervisor"], ["Administrador"], ["Rechazar"]]
    assert said_by(screen, "Supervisor") == "admitir:9:2"
    assert said_by(screen, "Rechazar") == "rechazar:9"


def test_a_name_with_html_is_shown_as_it_was_typed() -> None:
    assert "Iván <b>Paz</b> & Cía · @ivan" in shown(access_view.request_screen(NEWCOMER, (), ES))


def test_a_decided_request_says_who_did_what_and_when() -> None:
    screen = access_view.decided_screen(ANA, MARTA, NOW, ES)
    assert not screen.buttons
    for piece in ("Ana Ruiz", "agente", "Marta Solís", "10:42"):
        assert piece in shown(screen)


def test_a_request_that_was_turned_down_says_by_whom() -> None:
    assert "no entra. Lo decidió Marta Solís, 10:42" in shown(access_view.decided_screen(OUT, MARTA, NOW, ES))


@pytest.mark.parametrize("by", [None, ANA])
def test_whoever_came_in_with_an_invitation_was_decided_by_nobody(by: Person | None) -> None:

    assert "ya entró con el rol de agente, 10:42" in shown(access_view.decided_screen(ANA, by, NOW, ES))


@pytest.mark.parametrize(
    ("person", "why"), [(ANA, "ya entró"), (OUT, "ya se le negó"), (WAITING, "todavía espera respuesta")]
)
def test_a_late_press_says_why_nothing_changed(person: Person, why: str) -> None:
    text = shown(access_view.unchanged_screen(person, None, None, ES))
    assert text.startswith("Nada cambió")
    assert why in text


@EVERY_LANGUAGE
@pytest.mark.parametrize("role", Role)
def test_a_welcome_names_the_person_and_the_role(role: Role, texts: Texts) -> None:
    text = shown(access_view.welcome_screen(replace(ANA, role=role), texts))
    assert "Ana Ruiz" in text
    assert texts(f"role-{role.name.lower()}") in text
    assert f"/{texts.command('help')}" in text


def test_whoever_is_shut_out_loses_the_keyboard_too() -> None:
    for rejected in (True, False):
        assert access_view.shut_out_screen(rejected=rejected, texts=EN).drop_keys


def test_an_invitation_has_the_link_and_its_end() -> None:
    screen = access_view.invitation_screen("gad_bot", "t0ken-_", Role.AGENT, NOW + timedelta(days=1), ES)
    assert "https://t.me/gad_bot?start=t0ken-_" in shown(screen)
    assert "/start t0ken-_" in shown(screen)
    assert "3 mar 10:42" in shown(screen)
