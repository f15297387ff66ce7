"""Programs can tell a drill from the real thing, and no statistics count it."""

from core.rules.permissions import caller_of
from core.vocabulary import commands as c
from core.vocabulary.words import Role
from tests.metrics.side import Side


async def test_a_drill_says_that_it_is_one_and_is_in_no_number(side: Side) -> None:
    marta = await side.hires("Marta", Role.ADMIN)
    opening = c.OpenEmergency(title="Simulacro", sent_at=side.clock.now(), drill=True)
    await side.desk.execute(opening, caller=caller_of(marta))

    assert (await side.gets("/api/v1/tasks/T-000001")).json["drill"] is True
    (listed,) = (await side.gets("/api/v1/tasks")).json["tasks"]
    assert listed["drill"] is True
    stats = (await side.gets("/api/v1/stats")).json
    assert stats["tasks"] == []
    assert stats["alerts"] == {"waiting": 0, "oldest": None, "more": False}
