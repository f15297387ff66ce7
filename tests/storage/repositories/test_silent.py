"""The words by which the database knows a silent alarm are those in which it is stored."""

import pytest
from msgspec import json

from core.vocabulary.alarms import Alarm, Trigger
from storage.repositories.silent import IS_SILENT
from storage.schema.tables import table
from storage.schema.task_tables import TaskRow


@pytest.mark.parametrize("trigger", Trigger)
def test_it_is_known_by_how_it_is_stored(trigger: Trigger) -> None:
    alarm = Alarm(trigger=trigger, person=7)
    stored, condition = json.encode(alarm).decode(), str(IS_SILENT.compile())
    sign = condition.partition(" = '")[2].rstrip("'")
    assert stored.startswith(sign) == alarm.silent
    (index,) = (one for one in table(TaskRow).indexes if one.name == "task_silent")
    assert str(index.dialect_options["sqlite"]["where"]) == condition.replace("task.", "")
