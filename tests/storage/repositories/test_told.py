"""People who were told of an alert, and by which of its climbs."""

from datetime import UTC, datetime
from functools import partial

from storage.repositories import told
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PEOPLE, CLIMBS = (1, 2, 3), (4, 6, 8)


def test_a_late_page_of_an_older_climb_takes_nobody_from_a_newer_one(direct: Direct) -> None:
    for climb, people in ((6, (1, 2)), (4, (2, 3)), (8, (1,))):
        direct.run(partial(told.note, task=9, climb=climb, people=people, now=NOON))
    asked = [[partial(told.was_told, task=9, climb=climb, person=person) for climb in CLIMBS] for person in PEOPLE]
    assert [[direct.run(ask) for ask in asks] for asks in asked] == [
        [False, False, True],
        [False, True, False],
        [True, False, False],
    ]
