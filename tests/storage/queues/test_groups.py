"""How the desk stands in a group: it is known, a guest for a while, or there by nobody's word."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.queues import chat_migrations, rooms
from storage.queues.rooms import Guest, Room
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
GROUP, SUPERGROUP, OTHER = -50, -1_000_050, -60


def standing(direct: Direct, chat: int, *configured: int) -> Room:
    return direct.run(lambda session: rooms.standing(session, chat, frozenset(configured)))


def test_a_configured_group_is_known_and_another_is_not(direct: Direct) -> None:
    assert standing(direct, GROUP, GROUP) == Room(known=True)
    assert standing(direct, OTHER, GROUP) == Room(known=False)


def test_a_configured_group_is_known_when_it_has_become_a_supergroup(direct: Direct) -> None:
    direct.run(lambda session: chat_migrations.note(session, GROUP, SUPERGROUP))
    assert standing(direct, SUPERGROUP, GROUP) == Room(known=True)
    assert standing(direct, SUPERGROUP, OTHER) == Room(known=False)


@pytest.mark.parametrize("until", [None, NOON + timedelta(hours=1)], ids=["for good", "for an hour"])
def test_a_guest_is_told_once_and_until_when(until: datetime | None, direct: Direct) -> None:
    guest = Guest(until=until, told=True)
    direct.run(lambda session: rooms.set_guest(session, OTHER, guest))
    assert standing(direct, OTHER, GROUP) == Room(known=False, guest=guest)
