"""A silent alarm is told one by one to those who can help, and by no way to the person in danger."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.queries.queries import Which
from core.rules.situation import Rules
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary.alarms import Trigger
from core.vocabulary.escalation_policy import EscalationPolicy, EscalationStep
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Priority
from storage.repositories import lists
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import refusal_of

GROUP, OTHER_GROUP = -500, -600
LADDER = EscalationPolicy(
    steps=(
        EscalationStep(after=timedelta(0), written=(str(OTHER_GROUP),)),
        EscalationStep(after=timedelta(minutes=1), written=("supervisors",)),
        EscalationStep(after=timedelta(minutes=2), written=("admins",)),
    ),
    broadcast_every=timedelta(minutes=1),
)


@pytest.fixture
def dispatch(tmp_path: Path) -> Iterator[Dispatch]:
    desk = Dispatch(tmp_path, rules=Rules(policies={Priority.CRITICAL: LADDER}), group=GROUP)
    yield desk
    desk.direct.close()


async def threatened(dispatch: Dispatch, who: Person) -> Task:
    """They answer their check-in with the duress word."""
    await dispatch.does(who, cc.SetDuressWord(person=who.id, salt=b"1", digest=b"2"))
    await dispatch.does(who, cc.StartCheckIn(person=who.id, every=timedelta(minutes=30)))
    await dispatch.does(who, cc.AnswerCheckIn(person=who.id, duress=True))
    return last_task(dispatch)


def last_task(dispatch: Dispatch) -> Task:
    page = dispatch.direct.run(lambda session: lists.of_all(session, Which.ALL, None, None, 1))
    return page.tasks[0]


async def test_p4_groups_hear_nothing_and_people_everything(dispatch: Dispatch) -> None:
    sara, ada = dispatch.supervisor("Sara"), dispatch.admin("Ada")
    juan, ana = dispatch.agent("Juan", away=0), dispatch.agent("Ana", away=100)
    task = await threatened(dispatch, juan)

    assert task.alarm is not None
    assert (task.alarm.trigger, task.alarm.person, task.reporter) == (Trigger.DURESS, juan.id, None)
    assert dispatch.asked(task) == [ana.id]
    await dispatch.passes(600)
    assert {person for notified in dispatch.notified(task) for person in notified} == {sara.id, ada.id}
    assert dispatch.reads(sara)
    assert dispatch.reads(ada)
    assert dispatch.reads(GROUP) == dispatch.reads(OTHER_GROUP) == []
    assert all("Control" in text for text in dispatch.reads(juan))


async def test_p9_a_supervisor_in_danger_is_never_told(dispatch: Dispatch) -> None:
    sara, raul = dispatch.supervisor("Sara"), dispatch.supervisor("Raúl")
    task = await threatened(dispatch, sara)
    await dispatch.passes(600)
    assert all(sara.id not in notified for notified in dispatch.notified(task))
    assert dispatch.reads(raul)
    assert all("Control" in text for text in dispatch.reads(sara))
    for command in (c.Acknowledge(task=task.id), c.Cancel(task=task.id), c.AddNote(task=task.id, text="?")):
        outcome = await dispatch.does(sara, command)
        refusal = refusal_of(outcome)
        assert refusal is not None
        assert refusal.reason is Reason.UNKNOWN_TASK


async def test_p7_nobody_sends_the_person_in_danger(dispatch: Dispatch) -> None:
    """Not the desk, with nobody else free; not a supervisor by hand."""
    sara, juan = dispatch.supervisor("Sara"), dispatch.agent("Juan", away=0)
    task = await threatened(dispatch, juan)
    await dispatch.passes(300)
    assert dispatch.asked(task) == []
    outcome = await dispatch.does(sara, c.Assign(task=task.id, agent=juan.id))
    refusal = refusal_of(outcome)
    assert refusal is not None
    assert refusal.reason is Reason.ENDANGERED
    assert dispatch.person(juan).hold is None


async def test_what_they_report_themselves_is_another_emergency(dispatch: Dispatch) -> None:
    """``/emergencia`` without a word, seconds later, is not taken for the same report."""
    juan = dispatch.agent("Juan", away=0)
    task = await threatened(dispatch, juan)
    own = await dispatch.calls(juan, "", place=PARK)
    assert own.id != task.id


async def test_an_alarm_of_an_earlier_word_counts_for_a_new_one(dispatch: Dispatch) -> None:
    """Set anew while the first alarm is open: said again, that one climbs; closed, there is a second."""
    sara, juan = dispatch.supervisor("Sara"), dispatch.agent("Juan", away=0)
    first = await threatened(dispatch, juan)
    assert (await threatened(dispatch, juan)).id == first.id
    assert dispatch.task(first).escalations == first.escalations + 1
    await dispatch.does(sara, c.Cancel(task=first.id))
    assert (await threatened(dispatch, juan)).id != first.id


async def test_the_record_says_who_did_what(dispatch: Dispatch) -> None:
    juan = dispatch.agent("Juan", away=0)
    task = await threatened(dispatch, juan)
    assert {record.by for record in dispatch.history(task)} == {None}
    await dispatch.does(juan, cc.NeedHelp(person=juan.id))
    assert dispatch.history(last_task(dispatch))[0].by == juan.id
