"""State of a chat that survives a restart: the messages of its cards, and the form being filled in."""

from datetime import UTC, datetime

from storage.queues import cards
from storage.repositories import forms
from storage.repositories.forms import Form
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ANA, GROUP = 7, -50


def test_a_card_is_one_message_in_each_chat(direct: Direct) -> None:
    direct.run(lambda session: cards.expect(session, "task:1", ANA))
    expected = direct.run(lambda session: cards.find(session, "task:1", ANA))
    assert expected is not None
    assert expected.message_id is None, "it is on its way"

    direct.run(lambda session: cards.keep(session, "task:1", ANA, 33, "aa"))
    direct.run(lambda session: cards.expect(session, "task:1", ANA))
    direct.run(lambda session: cards.keep(session, "task:1", GROUP, 44, "aa"))
    shown = direct.run(lambda session: cards.find(session, "task:1", ANA))
    assert shown is not None
    assert (shown.message_id, shown.digest) == (33, "aa"), "to expect a newer state forgets nothing"

    direct.run(lambda session: cards.keep(session, "task:1", ANA, 55, "bb"))
    direct.run(lambda session: cards.drop(session, "task:1", GROUP))
    assert [*map(tuple, direct.connection.execute("SELECT card, chat FROM card").fetchall())] == [("task:1", ANA)]
    assert direct.run(lambda session: cards.find(session, "task:1", GROUP)) is None


def test_a_person_has_one_form_in_a_chat(direct: Direct) -> None:
    begun = Form(kind="nueva", step="title", data={"type": "patrol", "place": [-2.19, -79.88]})
    elsewhere = Form(kind="nota", step="text", data={"task": 3})
    direct.run(lambda session: forms.keep(session, 1, ANA, begun, NOON))
    direct.run(lambda session: forms.keep(session, 1, GROUP, elsewhere, NOON))
    assert direct.run(lambda session: forms.find(session, 1, ANA)) == begun
    assert direct.run(lambda session: forms.find(session, 2, ANA)) is None, "somebody else's"

    going_on = Form(kind="nueva", step="priority", data=begun.data | {"title": "Ronda <b>norte</b> 🌧"})
    direct.run(lambda session: forms.keep(session, 1, ANA, going_on, NOON))
    assert direct.run(lambda session: forms.find(session, 1, ANA)) == going_on

    direct.run(lambda session: forms.drop(session, 1, ANA))
    assert direct.run(lambda session: forms.find(session, 1, ANA)) is None
    assert direct.run(lambda session: forms.find(session, 1, GROUP)) == elsewhere
