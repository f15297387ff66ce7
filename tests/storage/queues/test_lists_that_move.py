"""A list of alarms whose group becomes a supergroup: each alarm is told there, and counts as told when it was."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from core.vocabulary.words import Lane
from storage.engine.session import Query, Session
from storage.queues import alarm_lists, outbox
from storage.queues.handed_over import hand_over
from storage.schema.tables import OutboxRow
from tests.storage.queues.test_outbox import GROUP, SUPERGROUP, Outbox, words
from tests.support.databases import Direct

ALARMS = ["fire", "robbery", "flood"]
UNTOLD: Query[int] = Query.value(text("SELECT count(*) FROM outbox WHERE ended_at IS NULL"))


def composed(alarms: list[OutboxRow]) -> tuple[Mapping[str, Any], int]:
    """One message about all of them."""
    return {"chat_id": GROUP, "text": " + ".join(map(words, alarms))}, len(alarms)


@pytest.mark.parametrize("in_hand", [False, True])
def test_p3_a_list_whose_group_moves_is_told_at_the_new_id_alarm_by_alarm(direct: Direct, in_hand: bool) -> None:
    """It waits for another try while a message of another lane hears of the move; or it hears of it itself."""
    box = Outbox(direct)
    for number, alarm in enumerate(ALARMS):
        box.posts(alarm, chat=GROUP, lane=Lane.EMERGENCY, card=f"task:{number}", notify=True)
    (head,) = box.takes(Lane.EMERGENCY)
    listed = direct.run(lambda session: alarm_lists.join(session, head, box.now, composed))
    assert words(listed) == "fire + robbery + flood"
    later = box.now + timedelta(seconds=5)

    async def moves(session: Session) -> None:
        if in_hand:
            await alarm_lists.split(session, listed, box.now)
        else:
            await outbox.retry(session, listed, later, "502", uncertain=False)
        await alarm_lists.follow(session, GROUP, SUPERGROUP, box.now)

    direct.run(moves)
    said: list[str] = []
    box.now = later
    while rows := box.takes(Lane.EMERGENCY):
        assert {row.chat for row in rows} == {SUPERGROUP}
        assert [(row.method, row.ring) for row in rows] == [("sendMessage", 1)]
        said += map(words, rows)
        for row in rows:
            box.sent(row)
    assert said == ALARMS
    assert direct.run(lambda session: session.row(UNTOLD)) == 0


def test_p3_what_waits_for_a_former_account_goes_to_the_new_one(direct: Direct) -> None:
    """Alarms of a list one by one; a change of a message that the former account has is nothing for the new one."""
    box = Outbox(direct)
    for number, alarm in enumerate(ALARMS):
        box.posts(alarm, chat=GROUP, lane=Lane.EMERGENCY, card=f"task:{number}", notify=True)
    (head,) = box.takes(Lane.EMERGENCY)
    listed = direct.run(lambda session: alarm_lists.join(session, head, box.now, composed))
    box.posts("plan", chat=GROUP)
    later = box.now + timedelta(seconds=5)

    change = Query[None](text("UPDATE outbox SET method = 'editMessageText' WHERE rank = 3"))
    direct.run(lambda session: session.run(change))

    async def hands_over(session: Session) -> None:
        await outbox.retry(session, listed, later, "502", uncertain=False)
        await hand_over(session, GROUP, SUPERGROUP, box.now)

    direct.run(hands_over)
    box.now = later
    assert box.takes() == []
    said: list[str] = []
    while rows := box.takes(Lane.EMERGENCY):
        assert {row.chat for row in rows} == {SUPERGROUP}
        said += map(words, rows)
        for row in rows:
            box.sent(row)
    assert said == ALARMS
    assert direct.run(lambda session: session.row(UNTOLD)) == 0
