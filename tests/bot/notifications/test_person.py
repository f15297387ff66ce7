"""Messages that notifications about a person become."""

import pytest
from msgspec.structs import replace

from bot.features.loading import load_features
from bot.notifications.person import person_letter
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, PersonContext, Topic
from core.state.person import Person
from core.vocabulary import events as e
from core.vocabulary.words import Lane, Membership, Role
from tests.bot.ui.people import ANA, ES, MARTA, NEWCOMER, NOW, SONIA

load_features()
OUT = replace(ANA, membership=Membership.DISABLED)


def letter(topic: Topic, event: e.PersonEvent, person: Person, *, ring: bool = True) -> OutgoingMessage | None:
    file = PersonContext(person=person, caller=MARTA, at=NOW)
    notice = Notification(chat=555, topic=topic, lane=Lane.ACTION, reader=SONIA, ring=ring, event=event)
    return person_letter(notice, file, ES, NOW)


def test_a_request_is_a_card_that_rings() -> None:
    sent = letter(Topic.ACCESS, e.AccessRequested(name="Iván"), NEWCOMER)
    assert sent is not None
    assert (sent.chat, sent.card, sent.ring, sent.lane) == (555, "access:9", True, Lane.ACTION)
    assert "reply_markup" in sent.payload


@pytest.mark.parametrize(("event", "person"), [(e.Admitted(role=Role.AGENT), ANA), (e.Rejected(), OUT)])
def test_the_card_of_a_request_that_was_decided_changes_in_place(event: e.PersonEvent, person: Person) -> None:
    sent = letter(Topic.ACCESS, event, person, ring=False)
    assert sent is not None
    assert (sent.card, sent.ring) == ("access:7", False)
    assert "Marta Solís, 10:42" in sent.payload["text"]
    assert "reply_markup" not in sent.payload


@pytest.mark.parametrize("event", [e.Promoted(role=Role.ADMIN), e.Disabled()])
def test_what_becomes_of_somebody_later_leaves_the_decided_request_alone(event: e.PersonEvent) -> None:
    assert letter(Topic.ACCESS, event, ANA, ring=False) is None


@pytest.mark.parametrize(
    ("event", "person", "words"),
    [
        (e.Admitted(role=Role.AGENT), ANA, "estás dentro"),
        (e.Promoted(role=Role.SUPERVISOR), replace(ANA, role=Role.SUPERVISOR), "Tu rol cambió"),
        (e.Rejected(), OUT, "no fue aceptada"),
        (e.Disabled(), OUT, "cerró tu acceso"),
    ],
)
def test_the_person_hears_what_was_decided(event: e.PersonEvent, person: Person, words: str) -> None:
    sent = letter(Topic.MEMBERSHIP, event, person)
    assert sent is not None
    assert sent.card is None
    assert words in sent.payload["text"]


def test_the_menu_follows_the_role() -> None:
    def menu(person: Person) -> set[str]:
        sent = letter(Topic.MENU, e.Promoted(role=person.role), person, ring=False)
        assert sent is not None
        return {line["command"] for line in sent.payload["commands"]}

    assert "estado" in menu(MARTA)
    assert "estado" not in menu(ANA)
    assert menu(OUT) == {"start", "ayuda"}


def test_supervisors_hear_of_a_chat_that_fell_silent() -> None:
    sent = letter(Topic.SILENCED, e.Silenced(), replace(ANA, reachable=False))
    assert sent is not None
    assert "Ana Ruiz" in sent.payload["text"]


def test_nobody_hears_of_a_silent_stranger() -> None:
    assert letter(Topic.SILENCED, e.Silenced(), NEWCOMER) is None


def test_a_notice_about_a_task_is_not_for_this_desk() -> None:
    with pytest.raises(ValueError, match="about a task"):
        letter(Topic.CARD, e.Heard(), ANA)
