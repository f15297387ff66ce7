"""Messages that notifications about a person become."""

import pytest
from msgspec.structs import replace

from bot.features.loading import load_features
from bot.notifications.person import person_message
from bot.transport.rendering import render
from core.notifications.notifications import Notification, Topic
from core.notifications.person_context import PersonContext
from core.state.person import Person
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.words import Lane, Membership, Role
from storage.queues.addressed_call import AddressedCall
from tests.bot.ui.people import ANA, ES, MARTA, NEWCOMER, NOW, SONIA

load_features()
OUT = replace(ANA, membership=Membership.DISABLED)


def call(topic: Topic, event: e.PersonEvent, person: Person, *, notify: bool = True) -> AddressedCall | None:
    file = PersonContext(person=person, caller=MARTA, at=NOW)
    to = PersonDestination(555)
    notification = Notification(to=to, topic=topic, lane=Lane.ACTION, reader=SONIA, notify=notify, event=event)
    message = person_message(notification, file, ES, NOW)
    return render(message) if message is not None else None


def test_a_request_is_a_card_that_is_heard() -> None:
    sent = call(Topic.ACCESS, e.AccessRequested(name="Iván"), NEWCOMER)
    assert sent is not None
    assert (sent.chat, sent.card, sent.notify, sent.lane) == (555, "access:9", True, Lane.ACTION)
    assert "reply_markup" in sent.payload


@pytest.mark.parametrize(("event", "person"), [(e.Admitted(role=Role.AGENT), ANA), (e.Rejected(), OUT)])
def test_the_card_of_a_request_that_was_decided_changes_in_place(event: e.PersonEvent, person: Person) -> None:
    sent = call(Topic.ACCESS, event, person, notify=False)
    assert sent is not None
    assert (sent.card, sent.notify) == ("access:7", False)
    assert "Marta Solís, 10:42" in sent.payload["text"]
    assert "reply_markup" not in sent.payload


@pytest.mark.parametrize("event", [e.Promoted(role=Role.ADMIN), e.Disabled()])
def test_what_becomes_of_somebody_later_leaves_the_decided_request_alone(event: e.PersonEvent) -> None:
    assert call(Topic.ACCESS, event, ANA, notify=False) is None


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
    sent = call(Topic.MEMBERSHIP, event, person)
    assert sent is not None
    assert sent.card is None
    assert words in sent.payload["text"]


def test_the_menu_follows_the_role() -> None:
    def menu(person: Person) -> set[str]:
        sent = call(Topic.MENU, e.Promoted(role=person.role), person, notify=False)
        assert sent is not None
        return {line["command"] for line in sent.payload["commands"]}

    assert "estado" in menu(MARTA)
    assert "estado" not in menu(ANA)
    assert menu(OUT) == {"start", "ayuda"}


def test_supervisors_hear_of_a_chat_that_fell_silent() -> None:
    sent = call(Topic.SILENCED, r.Silenced(), replace(ANA, reachable=False))
    assert sent is not None
    assert "Ana Ruiz" in sent.payload["text"]


def test_nobody_hears_of_a_silent_stranger() -> None:
    assert call(Topic.SILENCED, r.Silenced(), NEWCOMER) is None


def test_a_notification_about_a_task_is_not_for_this_desk() -> None:
    with pytest.raises(ValueError, match="about a task"):
        call(Topic.CARD, r.Heard(), ANA)
