"""A crowd of supervisors is told page by page: each once, nobody forgotten, and never more than one page in a unit."""

from datetime import timedelta

import pytest

from core.rules.situation import Rules
from core.state.directory import PAGE
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.escalation_policy import EscalationPolicy, EscalationTarget, step_of
from core.vocabulary.words import Priority
from tests.core.dispatch import Dispatch
from tests.support.outcomes import task_of

CROWD = 3 * PAGE + 5
TARGETS = tuple(target for target in EscalationTarget if target is not EscalationTarget.ASSIGNEE)


@pytest.fixture
def crowd(dispatch: Dispatch) -> list[Person]:
    """Supervisors of a ladder that tells all of them at once."""
    steps = (step_of(timedelta(0), EscalationTarget.SUPERVISORS), step_of(timedelta(hours=1), EscalationTarget.ADMINS))
    policy = EscalationPolicy(steps=steps, broadcast_every=timedelta(hours=1))
    dispatch.rules = Rules(policies={Priority.CRITICAL: policy})
    dispatch.open()
    return [dispatch.supervisor(f"S{number:03}") for number in range(CROWD)]


async def fires_all(dispatch: Dispatch) -> int:
    """Every page that is due, each in a unit of its own; how many units it took."""
    units = 0
    while await dispatch.fires():
        units += 1
        assert units < 100, "it never ends"
        dispatch.moment += timedelta(milliseconds=1)
    return units


async def test_p3_a_crowd_is_told_of_an_alert_page_by_page_and_each_of_them_once(
    dispatch: Dispatch, crowd: list[Person]
) -> None:
    rita = dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    told = [person for person in crowd if dispatch.reads(person)]
    assert len(told) == PAGE, "the first page in the transaction of the alert"
    await dispatch.fires()
    dispatch.direct.reopen()  # a process dies between two pages
    dispatch.open()
    await fires_all(dispatch)
    late = [person for person in crowd if len(dispatch.reads(person)) == 1]
    assert {p.id for p in told} | {p.id for p in late} == {p.id for p in crowd}
    assert len(late) == CROWD - PAGE, "nobody is told twice"
    assert dispatch.told(task) == {person.id for person in crowd}
    assert dispatch.task(task).notified == CROWD


async def test_whoever_was_not_told_yet_is_left_in_peace_when_somebody_answers(
    dispatch: Dispatch, crowd: list[Person]
) -> None:
    rita = dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    first = next(person for person in crowd if dispatch.reads(person))
    await dispatch.does(first, c.Acknowledge(task=task.id))
    await fires_all(dispatch)
    assert len(dispatch.told(task)) == PAGE
    assert sum(bool(dispatch.reads(person)) for person in crowd) < PAGE


async def test_p4_whoever_was_not_told_yet_is_told_when_the_answer_is_taken_back(
    dispatch: Dispatch, crowd: list[Person]
) -> None:
    rita, beto, ada = dispatch.agent("Rita"), dispatch.agent("Beto", away=100.0), dispatch.admin("Ada")
    task = await dispatch.calls(rita)
    await dispatch.does(beto, c.Accept(task=task.id))
    await fires_all(dispatch)
    told = [person for person in crowd if dispatch.reads(person)]
    assert len(told) == PAGE
    await dispatch.does(beto, c.Decline(task=task.id))
    assert dispatch.reads(ada), "the next step"
    await fires_all(dispatch)
    late = [person for person in crowd if len(dispatch.reads(person)) == 1]
    assert len(late) >= CROWD - PAGE, "the rest of the step before"
    assert {person.id for person in (*told, *late)} == {person.id for person in crowd}
    await dispatch.passes(1)
    turns = dispatch.direct.connection.execute("SELECT turn FROM outbox").fetchall()
    assert min(row["turn"] for row in turns) >= 0, "no page of an older climb goes before a first alert"
    waits = dispatch.direct.connection.execute("SELECT kind FROM timer WHERE kind IN ('notify', 'show')").fetchall()
    assert not waits, "nothing is put off for ever"


async def test_whoever_is_told_late_hears_who_escalated_it(dispatch: Dispatch, crowd: list[Person]) -> None:
    rita, ada, last = dispatch.agent("Rita"), dispatch.admin("Ada"), crowd[-1]
    task = await dispatch.calls(rita)
    await fires_all(dispatch)
    for step in ("the administrators", "everybody"):
        for person in (*crowd, ada):
            dispatch.reads(person)
        await dispatch.does(last, c.Escalate(task=task.id))
        await fires_all(dispatch)
        assert "Escalada por S079" in dispatch.reads(ada)[0], step
    read = {person.name: dispatch.reads(person) for person in crowd}
    assert read.pop(last.name) == [], "nobody is rung for what they did themselves"
    assert all(len(texts) == 1 and "Escalada por S079" in texts[0] for texts in read.values())


async def test_every_card_of_a_crowd_shows_the_end_and_a_note_reaches_them_all(
    dispatch: Dispatch, crowd: list[Person]
) -> None:
    rita = dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    await fires_all(dispatch)
    for person in crowd:
        dispatch.reads(person)
    await dispatch.does(rita, c.AddNote(task=task.id, text="se oyen tiros"))
    await fires_all(dispatch)
    notes = dispatch.direct.connection.execute("SELECT chat FROM outbox WHERE card IS NULL").fetchall()
    assert sorted(row["chat"] for row in notes) == [person.account for person in crowd], "the note, once"
    await dispatch.does(rita, c.Cancel(task=task.id))
    await fires_all(dispatch)
    shown = {dispatch.shown(task, person) for person in crowd}
    assert all("cancelada" in text.lower() for text in shown)


async def test_a_new_task_that_waits_for_an_agent_is_told_to_a_crowd(dispatch: Dispatch, crowd: list[Person]) -> None:
    rita = dispatch.agent("Rita")
    await dispatch.does(rita, c.OpenTask(title="Ronda", sent_at=dispatch.moment))
    assert sum(bool(dispatch.reads(person)) for person in crowd) == PAGE
    await fires_all(dispatch)
    assert sum(bool(dispatch.reads(person)) for person in crowd) == CROWD - PAGE


async def test_the_whole_unit_is_rung_when_another_units_supervisor_answers(dispatch: Dispatch) -> None:
    tito = dispatch.supervisor("Tito", unit=2, on_duty=True)
    unit = [dispatch.supervisor(f"S{number:03}", unit=1, on_duty=True) for number in range(CROWD)]
    off_duty = dispatch.supervisor("Sonia", unit=1)
    opening = c.OpenEmergency(title="Robo", sent_at=dispatch.moment, unit=1)
    task = task_of(await dispatch.does(dispatch.admin("Ada"), opening))
    assert task is not None
    await fires_all(dispatch)
    for person in (*unit, off_duty):
        dispatch.reads(person)
    await dispatch.does(tito, c.Acknowledge(task=task.id))
    assert sum(bool(dispatch.reads(person)) for person in unit) == PAGE, "the first page with the answer itself"
    dispatch.direct.reopen()  # a process dies between two pages
    dispatch.open()
    heard = await heard_later(dispatch, unit)
    assert heard == dict.fromkeys((person.id for person in unit[PAGE:]), 1)
    assert dispatch.reads(off_duty) == []


async def heard_later(dispatch: Dispatch, people: list[Person]) -> dict[int, int]:
    """How often each of them is rung by the pages that follow, where they are."""
    await fires_all(dispatch)
    rung = {person.id: len(dispatch.reads(person)) for person in people}
    return {person: times for person, times in rung.items() if times}
