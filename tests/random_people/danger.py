"""Offers of the record against who was in danger at that moment: nobody is asked while an emergency is their own."""

from __future__ import annotations

from collections.abc import Iterator

from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from tests.random_people.traces import Traces


def asked_in_danger(traces: Traces) -> Iterator[str]:
    """Offers by the desk to somebody who reported an open emergency, or is lost in one."""
    in_danger: dict[int, set[int]] = {}
    closed: dict[int, set[int]] = {}
    for task, _, event in traces.happenings:
        match event:
            case e.Opened() if traces.tasks[task].urgent:
                alarm = event.alarm
                in_danger[task] = {one for one in (event.reporter, alarm.person if alarm else None) if one is not None}
            case e.Completed() | e.Cancelled():
                closed[task] = in_danger.pop(task, set())
            case r.Reopened():
                in_danger[task] = closed.pop(task, set())
            case e.Offered(by_hand=False) if traces.tasks[task].urgent:
                own = [other for other, people in in_danger.items() if event.agent in people]
                if own:
                    yield f"agent {event.agent} is asked to go to task {task} while task {own[0]} is their own"
            case _:
                pass
