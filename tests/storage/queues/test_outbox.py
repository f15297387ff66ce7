"""The outbox: a card's newest state takes the place of the one that has not left, and what was rung for still rings."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import json

from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import chat_migrations, outbox
from storage.queues.addressed_call import AddressedCall
from storage.schema.tables import OutboxRow
from tests.support.databases import Direct
from tests.support.exchanges import Exchanges

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
ANA, GROUP, SUPERGROUP = 7, -50, -100_050


class Outbox:
    """The outbox in plain words; ``now`` is moved by hand."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        self.now = NOON

    def posts(
        self,
        text: str,
        *,
        chat: int = ANA,
        lane: Lane = Lane.ROUTINE,
        card: str | None = None,
        notify: bool = False,
        turn: int = 0,
    ) -> None:
        """One more letter."""
        payload = {"chat_id": chat, "text": text}
        letter = AddressedCall(
            chat=chat, lane=lane, method="sendMessage", payload=payload, card=card, notify=notify, turn=turn
        )
        self.direct.run(lambda session: outbox.post(session, [letter], self.now))

    def takes(self, lane: Lane = Lane.ROUTINE) -> list[OutboxRow]:
        """Messages that may leave now."""
        return self.direct.run(lambda session: outbox.take(session, lane, self.now, LEASE, 100))

    def sent(self, row: OutboxRow) -> None:
        """Telegram took it."""
        self.direct.run(lambda session: outbox.sent(session, row, self.now, self.now))

    def empties(self, lane: Lane = Lane.ROUTINE) -> list[str]:
        """Everything of a lane in the order in which it leaves."""
        said: list[str] = []
        while rows := self.takes(lane):
            said += map(words, rows)
            for row in rows:
                self.sent(row)
        return said


def words(row: OutboxRow) -> str:
    return str(json.decode(row.payload)["text"])


@pytest.fixture
def box(direct: Direct) -> Outbox:
    return Outbox(direct)


def test_p5_a_lower_turn_leaves_first_in_its_chat_and_over_all_chats(box: Outbox) -> None:
    for text, chat, turn in (
        ("pin", ANA, 9),
        ("crowd", 8, 2),
        ("crowd again", 8, 2),
        ("alert", ANA, 0),
        ("second", 9, 1),
    ):
        box.posts(text, chat=chat, lane=Lane.EMERGENCY, turn=turn)

    assert [words(row) for row in box.takes(Lane.EMERGENCY)] == ["alert", "second", "crowd", "pin"]


def test_a_head_of_a_later_turn_that_goes_back_waits_for_the_lower_one(box: Outbox) -> None:
    box.posts("pin", lane=Lane.EMERGENCY, turn=9)
    [pin] = box.takes(Lane.EMERGENCY)
    box.posts("alert", lane=Lane.EMERGENCY)
    box.posts("another alert", lane=Lane.EMERGENCY)
    assert box.takes(Lane.EMERGENCY) == [], "the chat's message is in flight"
    box.direct.run(lambda session: outbox.postpone(session, pin, NOON))

    assert box.empties(Lane.EMERGENCY) == ["alert", "another alert", "pin"]


def test_the_newest_state_of_a_card_leaves_at_the_earliest_of_its_turns(box: Outbox) -> None:
    box.posts("again", card="task:1", lane=Lane.EMERGENCY, notify=True, turn=7)
    box.posts("news", card="task:1", lane=Lane.EMERGENCY, notify=True, turn=2)
    box.posts("other", chat=8, lane=Lane.EMERGENCY, turn=5)

    assert box.empties(Lane.EMERGENCY) == ["news", "other"]


def test_in_a_chat_messages_of_a_lane_leave_in_order_and_lanes_apart(box: Outbox) -> None:
    for text in ("one", "two", "three"):
        box.posts(text)
    box.posts("fire", lane=Lane.EMERGENCY)
    box.posts("beside", chat=8)

    assert [words(row) for row in box.takes()] == ["one", "beside"]
    assert box.empties(Lane.EMERGENCY) == ["fire"]


def test_the_next_one_waits_for_the_moment_that_its_chat_may_have_it(box: Outbox) -> None:
    box.posts("one")
    box.posts("two")
    (one,) = box.takes()
    later = box.now + timedelta(seconds=1)
    box.direct.run(lambda session: outbox.sent(session, one, box.now, later))

    assert box.takes() == []
    assert box.direct.run(outbox.next_due) == 1793534401000
    box.now = later
    assert box.empties() == ["two"]


def test_the_newest_state_of_a_card_leaves_in_the_place_of_the_older_one(box: Outbox) -> None:
    box.posts("first state", card="task:1")
    box.posts("something else")
    box.posts("second state", card="task:1")
    box.posts("third state", card="task:1")
    box.posts("another card", card="task:2")

    assert box.empties() == ["third state", "something else", "another card"]


def test_what_was_rung_for_still_rings_in_the_words_of_the_newest_state(box: Outbox) -> None:
    box.posts("offered", card="task:1", notify=True)
    box.posts("taken", card="task:1")
    (row,) = box.takes()
    assert (words(row), row.ring) == ("taken", 1)


@pytest.mark.parametrize("first", [Lane.EMERGENCY, Lane.ROUTINE])
def test_p5_a_card_leaves_in_the_most_urgent_lane_that_any_of_its_states_asked_for(box: Outbox, first: Lane) -> None:
    second = Lane.ROUTINE if first is Lane.EMERGENCY else Lane.EMERGENCY
    box.posts("old", card="task:1", lane=first)
    box.posts("behind", lane=Lane.ROUTINE)
    box.posts("new", card="task:1", lane=second)

    assert box.empties(Lane.EMERGENCY) == ["new"]
    assert box.empties(Lane.ROUTINE) == ["behind"]


def test_a_state_that_is_on_its_way_is_not_called_back(box: Outbox) -> None:
    box.posts("old", card="task:1")
    (leaving,) = box.takes()
    box.posts("new", card="task:1")
    assert box.takes() == [], "the chat's next one waits"
    box.sent(leaving)
    assert box.empties() == ["new"]


@pytest.mark.parametrize("uncertain", [None, False, True])
def test_a_state_that_comes_back_goes_on_in_the_words_of_the_newer_one(box: Outbox, uncertain: bool | None) -> None:
    box.posts("old", card="task:1", notify=True)
    (leaving,) = box.takes()
    box.posts("between")
    box.posts("new", card="task:1")
    if uncertain is None:
        box.direct.run(lambda session: outbox.postpone(session, leaving, box.now))
    else:
        box.direct.run(lambda session: outbox.retry(session, leaving, box.now, "502", uncertain=uncertain))

    (row,) = box.takes()
    assert (words(row), row.ring, row.uncertain, row.attempts) == ("new", 1, 0, 0), "new words were never sent"
    box.sent(row)
    assert box.empties() == ["between"]


def test_what_may_have_arrived_says_so_when_it_is_tried_again(box: Outbox) -> None:
    box.posts("one", lane=Lane.EMERGENCY)
    (row,) = box.takes(Lane.EMERGENCY)
    box.direct.run(lambda session: outbox.retry(session, row, box.now, "no answer", uncertain=True))
    (again,) = box.takes(Lane.EMERGENCY)
    assert (again.uncertain, again.attempts, again.error) == (1, 1, "no answer")

    assert box.direct.run(lambda session: outbox.reclaim(session, box.now, everything=True)) == 1
    (after_a_death,) = box.takes(Lane.EMERGENCY)
    assert after_a_death.uncertain == 1


def test_to_be_put_off_is_not_a_try(box: Outbox) -> None:
    box.posts("one")
    (row,) = box.takes()
    box.direct.run(lambda session: outbox.postpone(session, row, box.now + timedelta(seconds=5)))
    box.now += timedelta(seconds=5)
    (row,) = box.takes()
    assert (row.attempts, row.uncertain) == (0, 0)


def test_what_nobody_takes_is_kept_with_its_reason(box: Outbox) -> None:
    box.posts("one")
    box.posts("two")
    (row,) = box.takes()
    box.direct.run(lambda session: outbox.park(session, row, box.now, "403"))

    assert box.empties() == ["two"]
    (kept,) = box.direct.connection.execute("SELECT * FROM outbox WHERE state = 4").fetchall()
    assert (json.decode(kept["payload"])["text"], kept["error"]) == ("one", "403")
    assert box.direct.run(lambda session: outbox.prune(session, box.now + LEASE, 9)) == 1, (
        "only what was sent is forgotten"
    )


def test_a_group_that_moved_gets_its_messages_at_its_new_id(box: Outbox) -> None:
    box.posts("before", chat=GROUP, card="task:1")
    (row,) = box.takes()
    box.direct.run(lambda session: chat_migrations.note(session, GROUP, SUPERGROUP))
    box.direct.run(lambda session: outbox.repost(session, row, SUPERGROUP, box.now))
    box.posts("after", chat=GROUP, card="task:2")

    (before,) = box.takes()
    assert (before.chat, json.decode(before.payload)["chat_id"]) == (SUPERGROUP, SUPERGROUP)
    box.sent(before)
    assert box.empties() == ["after"]


def test_p3_what_waits_for_a_group_that_moves_goes_along_and_is_not_said_after_what_is_newer(box: Outbox) -> None:
    box.posts("before", chat=GROUP)
    box.posts("older", chat=GROUP, card="task:1")
    box.posts("last", chat=GROUP)
    box.direct.run(lambda session: outbox.follow(session, GROUP, SUPERGROUP, box.now))
    box.posts("newer", chat=GROUP, card="task:1")

    (before,) = box.takes()
    assert (before.chat, json.decode(before.payload)["chat_id"]) == (SUPERGROUP, SUPERGROUP)
    box.sent(before)
    assert box.empties() == ["newer", "last"]


def test_p2_what_a_moved_group_gets_at_its_new_id_it_gets_once_though_nobody_heard_that_it_was_put_there(
    box: Outbox,
) -> None:
    box.posts("before", chat=GROUP)
    (row,) = box.takes()
    for _ in range(2):
        box.direct.run(lambda session: outbox.repost(session, row, SUPERGROUP, box.now))
    assert box.empties() == ["before"]


def test_a_card_is_known_where_it_is_about_to_be_shown(box: Outbox) -> None:
    box.posts("one", card="task:1")
    box.posts("one", card="task:1", chat=8)
    box.posts("no card", chat=9)
    rows = box.direct.connection.execute("SELECT chat FROM card WHERE card = 'task:1' ORDER BY chat").fetchall()
    assert [row["chat"] for row in rows] == [ANA, 8]


@pytest.mark.parametrize("readers", [2, 20])
def test_p11_while_their_chats_are_locked_readers_of_a_card_are_looked_for_together(
    box: Outbox, readers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One exchange, where no older state waits and where each reader has one: what is met says what becomes of it."""
    calls = [
        AddressedCall(chat=chat, lane=Lane.ACTION, method="sendMessage", payload={"text": "T-1"}, card="task:1")
        for chat in range(1, readers + 1)
    ]
    waited: list[int] = []

    async def posts(session: Session) -> None:
        exchanges = Exchanges(monkeypatch, session)
        await outbox.post(session, calls, NOON)
        waited.append(exchanges.waited)

    box.direct.run(posts)
    box.direct.run(posts)
    assert waited == [1, 1]
    assert box.empties(Lane.ACTION) == ["T-1"] * readers
