"""Freezes, as administrators hear of them: all of them, page by page, but for whom it is about (P14)."""

import pytest
from msgspec.structs import replace

from core.notifications.notifications import Topic
from core.notifications.person_context import PersonContext
from core.notifications.person_notifications import person_notifications
from core.state.crowd import Circle, Crowd, Page, Rest
from core.vocabulary import events as e
from core.vocabulary.account_events import FreezeReminded, Frozen, FrozenCalled, LostWordTried, Thawed
from core.vocabulary.words import Role
from tests.core.stages import ADA, person

NORA = person(9, "Nora")
OWN = (Topic.MEMBERSHIP, Topic.MENU)  # for the person alone
ASKED = [Frozen(), FreezeReminded(), FrozenCalled(words="ayuda"), LostWordTried(account=7, tries=5)]


@pytest.mark.parametrize("event", ASKED)
def test_p14_of_a_freeze_the_other_administrators_hear_page_by_page(event: e.PersonEvent) -> None:
    chief, rest = replace(NORA, role=Role.ADMIN), Rest(crowd=Crowd(circle=Circle.ADMINS), after=ADA.id)
    file = PersonContext(person=chief, leaders=Page(people=(ADA, chief), rest=rest))
    found = {one.reader: one.rest for one in person_notifications((event,), file) if one.topic not in OWN}
    kept = Rest(crowd=Crowd(circle=Circle.ADMINS, but=frozenset({chief.id})), after=ADA.id)
    assert found == ({ADA: kept, chief: None} if isinstance(event, LostWordTried) else {ADA: kept})


def test_p14_a_freeze_that_was_answered_changes_both_cards_page_by_page() -> None:
    asked, called = (
        Page(people=(ADA,), rest=Rest(crowd=Crowd(circle=Circle.SHOWN, card=card))) for card in ("asked", "called")
    )
    file = PersonContext(person=NORA, freeze_shown_to=asked, call_shown_to=called)
    found = [one for one in person_notifications((Thawed(),), file) if one.topic not in OWN]
    assert [(one.to, one.topic, one.notify, one.rest) for one in found] == [
        (ADA.destination, Topic.FREEZE, False, asked.rest),
        (ADA.destination, Topic.FROZEN_CALL, False, called.rest),
    ]
