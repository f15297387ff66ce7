"""The words by which the database knows a silent alarm are those in which it is stored."""

from pathlib import Path

import pytest
from msgspec import json

from core.queries.emergency_waits import WaitingFor
from core.rules.permissions import DESK
from core.vocabulary import commands as c
from core.vocabulary.alarms import Alarm, Trigger
from storage.repositories.emergency_waits import emergency_waits
from storage.repositories.silent import IS_SILENT
from storage.schema.tables import table
from storage.schema.task_tables import TaskRow
from tests.core.dispatch import Dispatch


@pytest.mark.parametrize("trigger", [Trigger.DURESS, Trigger.HELP])
async def test_p9_what_programs_see_of_waits_has_no_silent_alarm(tmp_path: Path, trigger: Trigger) -> None:
    dispatch = Dispatch(tmp_path)
    ana = dispatch.agent("Ana")
    dispatch.supervisor("Sara", on_duty=True)
    command = c.OpenEmergency(title="", sent_at=dispatch.moment, alarm=Alarm(trigger=trigger, person=ana.id))
    await dispatch.desk.execute(command, caller=DESK)
    every = dispatch.direct.run(emergency_waits)
    assert every.keys() == {WaitingFor.MESSAGE, WaitingFor.TIMER}
    seen = dispatch.direct.run(lambda session: emergency_waits(session, silent=False))
    assert seen == ({} if trigger is Trigger.DURESS else every)
    dispatch.direct.connection.execute("DELETE FROM timer")
    dispatch.direct.connection.execute("UPDATE outbox SET state = 3")
    assert dispatch.direct.run(emergency_waits).keys() == {WaitingFor.NO_TIMER}
    seen = dispatch.direct.run(lambda session: emergency_waits(session, silent=False))
    assert bool(seen) == (trigger is Trigger.HELP)
    dispatch.direct.close()


@pytest.mark.parametrize("trigger", Trigger)
def test_it_is_known_by_how_it_is_stored(trigger: Trigger) -> None:
    alarm = Alarm(trigger=trigger, person=7)
    stored, condition = json.encode(alarm).decode(), str(IS_SILENT.compile())
    sign = condition.partition(" = '")[2].rstrip("'")
    assert stored.startswith(sign) == alarm.silent
    (index,) = (one for one in table(TaskRow).indexes if one.name == "task_silent")
    assert str(index.dialect_options["sqlite"]["where"]) == condition.replace("task.", "")
