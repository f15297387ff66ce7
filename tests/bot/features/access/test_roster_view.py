"""``/usuarios``: lists and a person's page."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from telegram.constants import InlineKeyboardButtonLimit

from bot.features.access.roster_view import (
    Group,
    disable_screen,
    group_of,
    person_screen,
    roster_screen,
    unknown_person_screen,
)
from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from tests.bot.ui.people import ANA, ES, MARTA, NEWCOMER, NOW, SONIA, labels, said_by, shown

OUT = replace(ANA, membership=Membership.DISABLED)
FROZEN = replace(ANA, membership=Membership.FROZEN)


@pytest.mark.parametrize(
    ("person", "group"),
    [
        (ANA, Group.AGENTS),
        (SONIA, Group.SUPERVISORS),
        (MARTA, Group.ADMINS),
        (NEWCOMER, Group.PENDING),
        (OUT, Group.OUT),
        (FROZEN, Group.FROZEN),
    ],
)
def test_everybody_stands_in_one_list(person: Person, group: Group) -> None:
    assert group_of(person) is group
    assert person.membership is group.membership
    assert person.role in group.roles


def test_a_page_has_a_button_for_each_person_and_the_way_to_the_other_lists() -> None:
    screen = roster_screen(Group.AGENTS, (ANA, replace(ANA, id=8, name="Beto")), first=True, more=True, texts=ES)
    assert labels(screen) == [
        ["👤 Ana Ruiz"],
        ["👤 Beto"],
        ["Más »"],
        ["Supervisores", "Admins"],
        ["Pendientes", "Congelados", "Sin acceso"],
    ]
    assert said_by(screen, "Más »") == "gente:agentes:8"


def test_an_empty_list_says_so() -> None:
    screen = roster_screen(Group.PENDING, (), first=True, more=False, texts=ES)
    assert "No hay nadie aquí" in shown(screen)
    assert len(screen.buttons) == 2


def test_the_page_of_an_agent_says_who_they_are() -> None:
    seen = Position(place=Place(-2.18, -79.89), at=NOW - timedelta(minutes=3))
    ana = replace(ANA, position=seen, hold=12, availability=Availability.ON_TASK, reachable=False)
    text = shown(person_screen(ana, NOW, ES))
    for piece in (
        "Ana Ruiz · @ana",
        "agente",
        "en tarea",
        "Última ubicación, 10:39",
        "T-000012",
        "Bloqueó el bot",
        "700",
    ):
        assert piece in text


def test_the_page_offers_the_other_roles_and_the_way_out() -> None:
    assert labels(person_screen(ANA, NOW, ES)) == [
        ["→ Supervisor", "→ Administrador"],
        ["Quitar acceso"],
        ["🧊 Congelar"],
        ["« Lista"],
    ]


def test_whoever_waits_is_let_in_or_turned_down_from_the_page() -> None:
    screen = person_screen(NEWCOMER, NOW, ES)
    assert labels(screen) == [["→ Agente", "→ Supervisor", "→ Administrador"], ["Rechazar"], ["« Lista"]]
    assert said_by(screen, "→ Agente") == "rol:9:1:pending"


def test_whoever_is_out_is_let_in_again_from_the_page() -> None:
    screen = person_screen(OUT, NOW, ES)
    assert labels(screen) == [["→ Agente", "→ Supervisor", "→ Administrador"], ["« Lista"]]
    assert said_by(screen, "→ Supervisor") == "rol:7:2:disabled"


def test_whoever_is_frozen_stays_out_or_comes_back_from_the_page() -> None:
    screen = person_screen(FROZEN, NOW, ES)
    assert "Acceso congelado" in shown(screen)
    assert labels(screen) == [["⛔ Confirmar la baja", "Descongelar"], ["« Lista"]]
    assert said_by(screen, "Descongelar") == "descongelar:7:ficha"


def test_a_double_tap_on_the_way_out_shuts_nobody_out() -> None:
    """The button in the place of the first press is *No*."""
    page, question = person_screen(ANA, NOW, ES), disable_screen(ANA, ES)
    row = next(number for number, texts in enumerate(labels(page)) if texts == ["Quitar acceso"])
    assert question.buttons[row][0].data == "persona:7"
    assert said_by(question, "Sí, sin acceso") == "baja:7:active:si"


@given(name=st.text(min_size=1, max_size=100), id_=st.integers(1, 2**53), role=st.sampled_from(Role))
def test_any_name_makes_a_page_that_telegram_takes(name: str, id_: int, role: Role) -> None:
    person = replace(ANA, name=name, id=id_, role=role)
    screens = [
        person_screen(person, NOW, ES),
        disable_screen(person, ES),
        roster_screen(Group.AGENTS, (person,), first=False, more=True, texts=ES),
        unknown_person_screen(name, ES),
    ]
    for screen in screens:
        assert shown(screen)
        for button in (button for row in screen.buttons for button in row):
            assert button.text.strip()
            assert len(button.data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
