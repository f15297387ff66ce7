"""The rule of who is rung, held to its table in the documentation, and to what people hear."""

import re
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from core.notifications.notifications import TaskContext, task_notifications
from core.notifications.rung import Party, program_of, rung
from core.rules.permissions import Caller, Program, via_program
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.account_events import ReporterOut
from core.vocabulary.destinations import Destination
from core.vocabulary.dispositions import Disposed
from core.vocabulary.escalation_policy import Cause, Unreached
from core.vocabulary.kinds import Classified, Work
from core.vocabulary.maydays import MaydayHeard
from core.vocabulary.rounds import RoundCalled, RoundMarked, RoundWord
from core.vocabulary.words import AssignmentState, Kind, TaskState
from tests.core.dispatch import Dispatch
from tests.core.stages import ADA, ANA, BETO, CARLA, EVERYBODY, NOON, SARA, staged

PROGRAM = Program(name="monitoreo")
DOCS = Path(__file__).parents[3] / "docs" / "reliability.md"
ASKED = (e.Offered(agent=ANA.id, until=NOON), e.Offered(agent=BETO.id, until=NOON))
ONE = (e.Offered(agent=ANA.id, until=NOON),)
YES = (*ASKED, e.Accepted(agent=ANA.id), e.Released(agent=BETO.id), e.Started())
CHARGED = e.Acknowledged(person=SARA.id)
EMERGENCY = staged(Kind.EMERGENCY)
OPENED = e.Opened(
    kind=Kind.EMERGENCY, task_type=EMERGENCY.type, priority=EMERGENCY.priority, title="Robo", sent_at=NOON
)
REOPENED = r.Reopened(state=TaskState.SCHEDULED, anew=True, released=(ANA.id,), had=(ANA.id, SARA.id))
UNDONE = r.Reopened(state=TaskState.IN_PROGRESS, undone=True, had=(ANA.id, SARA.id))
BACK = r.DeclineUndone(agent=ANA.id, part=AssignmentState.EN_ROUTE)
OFFERED_AGAIN = r.DeclineUndone(agent=ANA.id, part=AssignmentState.OFFERED, until=NOON)

TURNS: dict[str, tuple[tuple[e.TaskEvent, ...], e.TaskEvent]] = {
    "it is reported": (ONE, OPENED),
    "it climbs": (ONE, e.Escalated(step=1, cause=Cause.TIME)),
    "it climbs because no agent is left": ((), e.Escalated(step=1, cause=Cause.NOBODY)),
    "an agent is asked": ((), ONE[0]),
    "an agent says *Voy*": (ASKED, e.Accepted(agent=ANA.id)),
    "an agent says *No puedo*": (ASKED, e.Declined(agent=ANA.id)),
    "the last who was asked says *No puedo*": (ONE, e.Declined(agent=ANA.id)),
    "who went says *No puedo*": (YES, e.Declined(agent=ANA.id, held=True)),
    "nobody answers in time": (ASKED, e.Expired(agent=ANA.id)),
    "the last who was asked does not answer": (ONE, e.Expired(agent=ANA.id)),
    "somebody who was to hear of it can be reached again": (ONE, e.Reached(person=SARA.id)),
    "who went is shut out": (YES, e.Vacated(agent=ANA.id, held=True)),
    "who was asked is shut out": (ASKED, e.Vacated(agent=ANA.id, held=False)),
    "the last who was asked is shut out": (ONE, e.Vacated(agent=ANA.id, held=False)),
    "who reported it is shut out": (ASKED, ReporterOut(person=SARA.id)),
    "who goes is relieved": (YES, e.Released(agent=ANA.id, held=True)),
    "an offer is withdrawn": (ASKED, e.Released(agent=BETO.id)),
    "an agent sets off": (YES, e.EnRoute(agent=ANA.id)),
    "an agent arrives": (YES, e.OnScene(agent=ANA.id)),
    "work begins": (YES, e.Started()),
    "work is paused": (YES, e.Paused()),
    "work goes on": (YES, e.Resumed()),
    "*Recibido*": (ASKED, CHARGED),
    "it is finished": ((*YES, CHARGED), e.Completed()),
    "it is cancelled": ((*YES, CHARGED), e.Cancelled()),
    "it was for want of an answer that came in time and was read late": (
        (*ASKED, CHARGED),
        e.Cancelled(in_time=True, had=(ANA.id, BETO.id)),
    ),
    "a program says *Recibido* in somebody's name": (ASKED, e.Acknowledged(person=SARA.id, program="monitoreo")),
    "a program finishes it in somebody's name": ((*YES, CHARGED), e.Completed(program="monitoreo")),
    "a program cancels it in somebody's name": (
        (*ASKED, CHARGED),
        e.Cancelled(program="monitoreo", had=(ANA.id, BETO.id)),
    ),
    "a program relieves who goes in somebody's name": (
        (*YES, CHARGED),
        e.Released(agent=ANA.id, held=True, program="monitoreo"),
    ),
    "a program says in somebody's name that fewer go": (YES, st.SeatsSet(seats=1, program="monitoreo")),
    "a program says in somebody's name how it ended": (YES, Disposed(disposition="resolved", program="monitoreo")),
    "it is reopened": ((*YES, CHARGED, e.Completed()), REOPENED),
    "its end is taken back": ((*YES, CHARGED, e.Completed()), UNDONE),
    "who went takes *No puedo* back": ((*YES, e.Declined(agent=ANA.id, held=True)), BACK),
    "who was asked takes *No puedo* back": ((*ASKED, e.Declined(agent=ANA.id)), OFFERED_AGAIN),
    "its place is corrected, nobody is in charge": (ASKED, e.Located(address="Mercado", anew=True)),
    "its place is corrected, somebody is in charge": ((*ASKED, CHARGED), e.Located(address="Mercado", anew=True)),
    "its place becomes known": (ASKED, e.Located(address="Mercado")),
    "a note": (ASKED, e.Noted(text="se oyen tiros")),
    "another title or priority": (ASKED, e.Revised(title="Otra")),
    "a climb goes on to the next page of its step": (ASKED, n.Notified(climb=1, cause=Cause.TIME, step=1, people=())),
    "a later report of its reporter joins it": (ASKED, s.ReportJoined(number=9, sent_at=NOON, text="otra")),
    "a report that had joined it is taken out": (ASKED, s.ReportTakenOut(number=9, into=10)),
    "another one of its reporter has ended": (ASKED, s.Counted(earlier=0)),
    "who is on scene is asked in a round": (YES, RoundCalled(people=(ANA.id,))),
    "who is on scene answers a round, or does not": (YES, RoundMarked(agent=ANA.id, word=RoundWord.WELL)),
    "who is on scene calls Mayday": (YES, MaydayHeard(agent=ANA.id, alarm=8)),
    "who goes asks for reinforcement": (YES, st.SeatsSet(seats=2, called=True)),
    "a supervisor changes how many go": (YES, st.SeatsSet(seats=2)),
    "somebody says how it ended": ((*YES, e.Completed()), Disposed(disposition="moved")),
    "somebody says what kind it is": (YES, Classified(work=Work(name="Robo"))),
    "an agent is in reserve": (YES, st.Reserved(agent=BETO.id)),
    "a step that reaches nobody is passed": (ASKED, e.Passed(step=0, why=Unreached.EMPTY)),
}


def after(task: Task, *events: e.TaskEvent) -> Task:
    for event in events:
        task = task if isinstance(event, e.Opened) else evolve(task, event, NOON)
    return task


def table() -> dict[str, set[str]]:
    """The documented table."""
    text = DOCS.read_text("utf-8").split("## Who is rung at which turn")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| ?(.*?) ?\|$", text, re.MULTILINE)
    return {turn: {one for one in who.split(", ") if one} for turn, who in rows if turn != "turn of an emergency"}


@pytest.mark.parametrize("turn", TURNS)
def test_who_is_rung_is_what_the_documentation_says(turn: str) -> None:
    before, event = TURNS[turn]
    task = after(staged(Kind.EMERGENCY, *before), event)
    assert {party.value for party in rung(event, task)} == table()[turn]


def test_whoever_took_part_in_a_drill_is_rung_at_its_end() -> None:
    task = replace(after(staged(Kind.EMERGENCY, *YES, CHARGED), e.Completed()), drill=True)
    assert {party.value for party in rung(e.Completed(), task)} == table()["a drill is over"]


def test_the_table_has_every_turn() -> None:
    assert set(table()) == {*TURNS, "a drill is over"}
    assert {type(event) for _, event in TURNS.values()} == set(get_args(e.TaskEvent))


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("caller", [None, *(each.id for each in EVERYBODY.values())])
def test_whoever_is_rung_is_of_these_parties_and_did_not_do_it(turn: str, caller: int | None) -> None:
    before, event = TURNS[turn]
    task = after(staged(Kind.EMERGENCY, *before), event)
    shown: tuple[Destination, ...] = (SARA.destination, ADA.destination)
    file = TaskContext(task=task, people=EVERYBODY, leaders=(SARA,), shown_in=shown, caller=caller)
    heard = {one.reader.id for one in task_notifications((event,), file) if one.notify and one.reader is not None}
    named: dict[Party, set[int | None]] = {
        Party.REPORTER: {task.reporter},
        Party.AGENT: {getattr(event, "agent", None)},
        Party.HELPERS: {part.agent for part in task.assignments if part.state.holds},
        Party.ASKED: {ANA.id, BETO.id},
        Party.IN_CHARGE: {task.acknowledged_by},
        Party.HAD: set(getattr(event, "had", ())),
        Party.RETURNED: {getattr(event, "person", None)},
        Party.ALERTED: {SARA.id, ADA.id},
        Party.SPEAKER: {caller},
    }
    expected = {one for party in rung(event, task) for one in named.get(party, set()) if one is not None}
    own = set() if isinstance(event, e.Opened | e.Reached) or program_of(event) else {caller}
    assert heard == expected - own
    spoken_for = {caller} if program_of(event) else set()
    assert CARLA.id not in heard - spoken_for, "who has no part in it hears nothing"


def speaking_for(dispatch: Dispatch, phone: Person) -> Caller:
    return replace(dispatch.caller(phone), via=via_program(PROGRAM), program=PROGRAM)


async def test_the_reporter_hears_when_the_helper_gives_up(dispatch: Dispatch) -> None:
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    dispatch.reads(rita)
    await dispatch.does(ana, c.Decline(task=task.id))
    assert any("Ana dijo que iba y ya no puede ir" in text for text in dispatch.reads(rita))


@pytest.mark.parametrize("program", [True, False])
async def test_whoever_took_charge_hears_that_it_was_cancelled(dispatch: Dispatch, program: bool) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    dispatch.reads(sara)
    caller = speaking_for(dispatch, rita) if program else dispatch.caller(rita)
    await dispatch.desk.execute(c.Cancel(task=task.id), caller=caller)
    await dispatch.delivers()
    assert any("Cancelada por" in text for text in dispatch.reads(sara)), "a coerced cancel is heard"
    assert any("en tu nombre" in text for text in dispatch.reads(rita)) == program


@pytest.mark.parametrize("program", [True, False])
@pytest.mark.parametrize("command", [c.Acknowledge, c.Complete, c.Cancel])
async def test_a_program_rings_the_unit_as_the_press_of_whom_it_speaks_for_does(
    dispatch: Dispatch, command: type[c.Acknowledge | c.Complete | c.Cancel], program: bool
) -> None:
    rita, tito = dispatch.agent("Rita"), dispatch.supervisor("Tito", unit=2)
    dispatch.direct.connection.execute("UPDATE person SET unit = 1 WHERE name = 'Rita'")
    task = await dispatch.calls(rita)
    nora = dispatch.supervisor("Nora", unit=1, on_duty=True)  # after the alert, and she has no card
    caller = speaking_for(dispatch, tito) if program else dispatch.caller(tito)
    await dispatch.desk.execute(command(task=task.id), caller=caller)
    await dispatch.delivers()
    assert any("Tito" in text for text in dispatch.reads(nora))


async def test_whoever_took_charge_hears_that_it_is_over(dispatch: Dispatch) -> None:
    sara, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    await dispatch.does(ana, c.Accept(task=task.id))
    dispatch.reads(sara)
    await dispatch.does(ana, c.Complete(task=task.id))
    assert any("Finalizada por Ana" in text for text in dispatch.reads(sara))


async def test_the_alerted_supervisor_hears_when_nobody_is_left_to_ask(dispatch: Dispatch) -> None:
    dispatch.admin("Marta")
    sara, rita = dispatch.supervisor("Sara", on_duty=True), dispatch.agent("Rita")
    ana = dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    assert dispatch.reads(sara)
    await dispatch.does(ana, c.Decline(task=task.id))
    assert any("No queda ningún agente" in text for text in dispatch.reads(sara))
