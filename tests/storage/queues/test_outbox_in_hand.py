"""A card whose older state is on its way to Telegram: the last state stays, and an answered alert rings no more."""

import pytest
from msgspec.structs import replace

from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import cards, outbox
from storage.queues.addressed_call import AddressedCall
from storage.schema.tables import OutboxRow
from tests.storage.queues.test_outbox import ANA, NOON, Outbox, words
from tests.support.databases import Direct

CARD = "task:1"
ALERT = AddressedCall(
    chat=ANA, lane=Lane.EMERGENCY, method="sendMessage", payload={"text": "alerta"}, card=CARD, notify=True
)
ANSWERED = replace(ALERT, lane=Lane.ACTION, payload={"text": "la tiene Sara"}, notify=False, superseded=True)
CHANGED = replace(ANSWERED, payload={"text": "va Beto"}, superseded=False)


@pytest.fixture
def box(direct: Direct) -> Outbox:
    return Outbox(direct)


def posts(box: Outbox, letter: AddressedCall) -> None:
    box.direct.run(lambda session: outbox.post(session, [letter], box.now))


def words_of(call: AddressedCall) -> str:
    return str(call.payload["text"])


def comes_back(box: Outbox, row: OutboxRow) -> None:
    """It could not be sent, and is due again at once."""
    box.direct.run(lambda session: outbox.retry(session, row, NOON, "500", uncertain=False))


def test_the_answer_leaves_after_the_alert_that_is_on_its_way(box: Outbox) -> None:
    posts(box, ALERT)
    (alert,) = box.takes(Lane.EMERGENCY)
    posts(box, ANSWERED)
    assert box.takes(Lane.ACTION) == [], "else the alert would be what stays"

    async def taken(session: Session) -> None:
        await outbox.sent(session, alert, box.now, box.now)
        await cards.keep(session, CARD, ANA, 12, "")

    box.direct.run(taken)
    (answer,) = box.takes(Lane.ACTION)
    assert words(answer) == "la tiene Sara"
    assert not answer.ring


def test_p3_an_alert_that_comes_back_after_its_answer_says_the_answer_and_does_not_ring(box: Outbox) -> None:
    posts(box, ALERT)
    (alert,) = box.takes(Lane.EMERGENCY)
    posts(box, ANSWERED)
    comes_back(box, alert)
    (once,) = box.takes(Lane.EMERGENCY)
    assert (words(once), once.ring) == ("la tiene Sara", 0)
    box.sent(once)
    assert box.takes(Lane.ACTION) == []


def test_an_alert_that_comes_back_after_a_change_still_rings(box: Outbox) -> None:
    posts(box, ALERT)
    (alert,) = box.takes(Lane.EMERGENCY)
    posts(box, CHANGED)
    comes_back(box, alert)
    (once,) = box.takes(Lane.EMERGENCY)
    assert (words(once), once.ring) == ("va Beto", 1)


def test_p2_a_newer_state_of_an_alert_that_may_be_there_already_says_that_it_comes_again(box: Outbox) -> None:
    """The process that was sending it died: Telegram may have it, and the card has changed since."""
    posts(box, ALERT)
    box.takes(Lane.EMERGENCY)
    box.direct.run(lambda session: outbox.reclaim(session, box.now, everything=True))
    posts(box, CHANGED)
    (again,) = box.takes(Lane.EMERGENCY)
    assert (words(again), again.ring, again.uncertain) == ("va Beto", 1, 1)


def test_whoever_may_have_got_an_alert_hears_that_it_is_answered_and_is_not_rung(box: Outbox) -> None:
    """Taken back, it would go on asking where it did arrive."""
    posts(box, ALERT)
    posts(box, replace(ALERT, card=pin_of(CARD), method="sendLocation"))
    box.takes(Lane.EMERGENCY)
    box.direct.run(lambda session: outbox.reclaim(session, box.now, everything=True))
    posts(box, ANSWERED)
    (notified,) = box.takes(Lane.EMERGENCY)
    assert (words(notified), notified.ring) == ("la tiene Sara", 0)
    box.sent(notified)
    assert box.takes(Lane.EMERGENCY) == [], "the pin is of no use any more"
    assert box.takes(Lane.ACTION) == []


def test_whoever_is_just_being_rung_hears_that_it_is_answered_though_a_second_ring_is_taken_back(box: Outbox) -> None:
    """The first ring is on its way: taken for never seen, it would arrive and go on asking."""
    posts(box, ALERT)
    (alert,) = box.takes(Lane.EMERGENCY)
    posts(box, replace(ALERT, payload={"text": "nadie responde"}))
    posts(box, ANSWERED)
    comes_back(box, alert)
    (notified,) = box.takes(Lane.EMERGENCY)
    assert (words(notified), notified.ring) == ("la tiene Sara", 0)
    box.sent(notified)
    assert box.takes(Lane.EMERGENCY) == []
    assert box.takes(Lane.ACTION) == []


def test_p3_a_newer_state_of_an_ordinary_card_that_may_be_there_already_is_sent_all_the_same(box: Outbox) -> None:
    """Nothing of the ordinary lane is sent again, but this was never sent."""
    box.posts("hola", card=CARD, notify=True)
    box.takes()
    box.direct.run(lambda session: outbox.reclaim(session, box.now, everything=True))
    box.posts("adiós", card=CARD)
    (newer,) = box.takes()
    assert (words(newer), newer.uncertain) == ("adiós", 0)


def test_p5_an_alert_waits_for_nothing_but_the_state_that_is_on_its_way(box: Outbox) -> None:
    """Behind an edit in hand comes the alert, before anything routine that waits in that line."""
    box.posts("hola", lane=Lane.ACTION, card=CARD)
    (edit,) = box.takes(Lane.ACTION)
    box.posts("otra", lane=Lane.ACTION)
    posts(box, ALERT)
    assert box.takes(Lane.EMERGENCY) == []
    box.sent(edit)
    (alert,) = box.takes(Lane.EMERGENCY)
    assert words(alert) == "alerta"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (replace(CHANGED, lane=Lane.ROUTINE), replace(ALERT, payload={"text": "otra vez"})),
        (replace(ALERT, turn=9), replace(ALERT, turn=2, payload={"text": "otra vez"})),
        (ALERT, CHANGED),
        (replace(CHANGED, lane=Lane.ROUTINE), CHANGED),
    ],
    ids=["more urgent", "an earlier turn", "less urgent", "of another lane"],
)
def test_whoever_dies_with_a_state_in_hand_leaves_the_newest_as_the_last_word(
    box: Outbox, older: AddressedCall, newer: AddressedCall
) -> None:
    posts(box, older)
    assert box.takes(older.lane)
    posts(box, newer)
    box.direct.run(lambda session: outbox.reclaim(session, box.now, everything=True))
    said = [text for lane in Lane for text in box.empties(lane)]
    assert said == [words_of(newer)]


def test_other_cards_and_other_chats_do_not_wait(box: Outbox) -> None:
    posts(box, ALERT)
    box.takes(Lane.EMERGENCY)
    posts(box, replace(ANSWERED, card="task:2"))
    posts(box, replace(ANSWERED, chat=8))
    assert len(box.takes(Lane.ACTION)) == 2
