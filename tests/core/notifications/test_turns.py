"""Turns: a new emergency's first messages come before an older one's fiftieth, pins and copies at last (P5)."""

from collections.abc import Iterable

from msgspec.structs import replace

from core.notifications.notifications import Notification, TaskContext, Topic
from core.notifications.turns import CROWD, in_turn
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import EMERGENCY_POLICY, Cause
from core.vocabulary.places import Place
from core.vocabulary.words import Kind, Lane, Role
from tests.core.stages import ANA, BETO, NOON, RITA, person, staged

CROWDED = tuple(person(number, f"S{number}", Role.SUPERVISOR) for number in range(1000, 1060))
OFFERED = e.Offered(agent=ANA.id, until=NOON)


def climbed(cause: Cause = Cause.OPENED, step: int | None = 0) -> e.Escalated:
    """The alert is told to the whole crowd."""
    return e.Escalated(step=step, notified=tuple(one.id for one in CROWDED), cause=cause, next_at=NOON)


def told(number: int, *events: e.TaskEvent, shown: Iterable[Person] = ()) -> list[Notification]:
    """Notifications about an emergency at these events."""
    task = replace(staged(Kind.EMERGENCY), id=number, place=Place(-2.19, -79.88), policy=EMERGENCY_POLICY)
    for event in events:
        task = evolve(task, event, NOON)
    return list(in_turn(events, file_of(task, shown)))


def file_of(task: Task, shown: Iterable[Person] = ()) -> TaskContext:
    """The emergency as everybody knows it."""
    people = {one.id: one for one in (ANA, BETO, RITA, *CROWDED)}
    return TaskContext(
        task=task,
        people=people,
        group=-50,
        shown_in=tuple(one.destination for one in shown),
    )


def leaving(*said: list[Notification]) -> list[tuple[int, Notification]]:
    """The messages of several emergencies in the order in which they leave; which emergency's each is."""
    marked = [(one.turn, number, one) for number, all_of in enumerate(said) for one in all_of]
    return [(number, one) for _, number, one in sorted(marked, key=lambda entry: entry[:2])]


def test_p5_a_new_emergency_is_heard_before_an_older_ones_crowd() -> None:
    order = leaving(told(1, OFFERED, climbed()), told(2, OFFERED, climbed()))
    first = [one for number, one in order[:6] if number == 1]
    assert {one.to for one in first} >= {ANA.destination, CROWDED[0].destination}
    alerts = [number for number, one in order if one.reader in CROWDED and one.topic is Topic.CARD]
    assert alerts[: 2 * len(CROWDED)] == [0, 1] * len(CROWDED), "they take turns"


def test_p5_pins_wait_for_every_alert_but_those_of_whoever_may_go() -> None:
    said = told(1, OFFERED, climbed())
    last_alert = max(one.turn for one in said if one.topic is Topic.CARD)
    pins = {one.to: one.turn for one in said if one.topic is Topic.PIN}
    assert pins[ANA.destination] == 1
    assert all(pins[one.destination] > last_alert for one in CROWDED)


def test_p5_copies_of_a_broadcast_leave_last_and_its_first_at_once() -> None:
    copies = [one.turn for one in told(1, climbed(Cause.TIME, step=None)) if one.reader in CROWDED and one.notify]
    others = told(2, OFFERED, climbed())
    assert copies[0] == 0
    assert min(copies[1:]) > max(one.turn for one in others)


def test_a_broadcast_because_nobody_is_on_duty_is_no_copy() -> None:
    said = told(1, climbed(Cause.OPENED, step=None))
    assert max(one.turn for one in said if one.topic is Topic.CARD) < len(CROWDED)


def test_nobody_reads_what_stands_beside_a_card_before_the_card() -> None:
    task = replace(staged(Kind.EMERGENCY), policy=EMERGENCY_POLICY, step=len(EMERGENCY_POLICY.steps))
    broadcast = (climbed(Cause.TIME, step=None),)
    note = (e.Noted(text="tiene un arma"),)
    cards = {one.to: one.turn for one in in_turn(broadcast, file_of(task)) if one.topic is Topic.CARD}
    notes = {one.to: one.turn for one in in_turn(note, file_of(task, CROWDED)) if one.topic is Topic.NOTE}
    assert [to for to in notes if notes[to] <= cards.get(to, -1)] == []


def test_silent_changes_of_a_crowd_are_routine_and_behind_answers() -> None:
    said = told(1, OFFERED, e.Accepted(agent=ANA.id), shown=(ANA, *CROWDED))
    silent = [one for one in said if one.reader in CROWDED]
    assert [one.lane for one in silent] == [Lane.ACTION] * CROWD + [Lane.ROUTINE] * (len(CROWDED) - CROWD)
    assert all(one.turn > 0 for one in silent)
