"""A card that was drawn for somebody else says what the reader's own would."""

from itertools import product

import pytest

from bot.cards.alike import AlikeCards
from bot.cards.card import card
from core.notifications.notifications import TaskContext
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.words import Kind, Role
from tests.bot.ui.people import ES
from tests.core.stages import ADA, ANA, BETO, EVERYBODY, NOON, SARA, person, staged

CROWD = (*EVERYBODY.values(), person(90, "Otra", Role.SUPERVISOR), person(91, "Otro"), person(92, "Más", Role.ADMIN))
CLIMBED = e.Escalated(step=0, notified=(SARA.id, ADA.id), cause=Cause.TIME, next_at=NOON)
TURNS: tuple[tuple[e.TaskEvent, ...], ...] = (
    (CLIMBED,),
    (e.Offered(agent=ANA.id, until=NOON), e.Offered(agent=BETO.id, until=NOON), CLIMBED),
    (e.Offered(agent=ANA.id, until=NOON), e.Accepted(agent=ANA.id), e.Acknowledged(person=SARA.id)),
)


@pytest.mark.parametrize(("kind", "events"), list(product(Kind, TURNS)))
def test_each_reader_sees_what_their_own_card_would_say(kind: Kind, events: tuple[e.TaskEvent, ...]) -> None:
    task = staged(kind, *events)
    file = TaskContext(task=task, people={one.id: one for one in CROWD})
    alike = AlikeCards()

    for reader, event in product((None, *CROWD), (None, events[-1])):
        assert alike.card(file, reader, ES, NOON, event=event) == card(file, reader, ES, NOON, event=event)
