"""Somebody's first emergency: which one it is when others of theirs end, and that an agent to spare is looked for."""

from pathlib import Path

import pytest

from core.desk.outcome import Refused
from core.desk.ports import Record
from core.rules.permissions import Caller, Program, via_program
from core.rules.timers import CHANGING, TimerKind
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import shares as s
from core.vocabulary.refusals import Reason
from storage.audit import record
from storage.repositories.shares import SharesOfSession
from tests.core.dispatch import Dispatch
from tests.support.outcomes import task_of


def earlier(dispatch: Dispatch, *tasks: Task) -> list[int]:
    """The number of others of its reporter before each."""
    return [dispatch.task(task).earlier for task in tasks]


async def test_who_has_one_left_has_a_first_one_again_whose_card_is_drawn_anew(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    sara, beto = dispatch.supervisor("Sara"), dispatch.agent("Beto")
    first, second = [await dispatch.calls(beto, words) for words in ("Robo", "Choque")]
    assert earlier(dispatch, first, second) == [0, 1]
    dispatch.reads(sara)
    version, changed = dispatch.task(second).version, dispatch.changed_at(second, sara)
    await dispatch.passes(1)
    await dispatch.does(sara, c.Cancel(task=first.id))
    assert (earlier(dispatch, second), dispatch.task(second).version) == ([0], version)
    assert dispatch.changed_at(second, sara) != changed, "it offers no end of all of them any more"
    assert isinstance(dispatch.history(second)[-1].event, s.Counted), "the record says it"

    await dispatch.does(sara, c.Undo(task=first.id))
    assert earlier(dispatch, first, second) == [1, 0], "whoever is first now stays so"


async def test_what_was_ended_together_comes_back_as_it_was(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    sara, beto = dispatch.supervisor("Sara"), dispatch.agent("Beto")
    first, second = [await dispatch.calls(beto, words) for words in ("Robo", "Choque")]
    for one in (first, second):
        await dispatch.does(sara, c.Cancel(task=one.id, others=True))
        await dispatch.does(sara, c.Undo(task=one.id, others=True))
        assert earlier(dispatch, first, second) == [0, 1]


async def test_a_report_that_was_taken_out_is_no_part_of_the_share(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    sara, beto = dispatch.supervisor("Sara"), dispatch.agent("Beto")
    first, second = [await dispatch.calls(beto, words) for words in ("Robo", "Choque")]
    joined = await dispatch.calls(beto, "Humo")
    number = next(one.event.number for one in dispatch.history(joined) if isinstance(one.event, s.ReportJoined))
    out = task_of(await dispatch.does(sara, s.TakeOut(task=joined.id, number=number)))
    assert out is not None
    for one in (first, second):
        await dispatch.does(sara, c.Cancel(task=one.id))
    assert earlier(dispatch, out, await dispatch.calls(beto, "Gritos")) == [0, 0]


async def test_a_report_that_more_than_a_thousand_events_came_after_is_taken_out_with_its_files_and_stays_its_authors(
    tmp_path: Path,
) -> None:
    dispatch = Dispatch(tmp_path)
    sara, beto = dispatch.supervisor("Sara"), dispatch.agent("Beto")
    for words in ("Robo", "Choque"):
        await dispatch.calls(beto, words)
    joined = await dispatch.calls(beto, "Humo negro " * 20)
    for file in ("humo", "llamas"):
        note = c.AddNote(task=joined.id, media="photo", attachment=file, more=True)
        await dispatch.does(beto, note)
    await dispatch.does(sara, c.AddNote(task=joined.id, media="photo", attachment="mapa", more=True))
    await dispatch.does(beto, c.AddNote(task=joined.id, text="Ya llegaron", media="photo", attachment="calle"))
    note_later = Record(at=dispatch.moment, event=e.Noted(text="…"), by=sara.id, via="telegram", task=joined.id)
    number = next(one.event.number for one in dispatch.history(joined) if isinstance(one.event, s.ReportJoined))
    dispatch.direct.run(lambda session: record.add(session, [note_later] * 1_000))
    assert not any(isinstance(one.event, s.ReportJoined) for one in dispatch.history(joined))

    out = task_of(await dispatch.does(sara, s.TakeOut(task=joined.id, number=number)))
    assert out is not None
    assert (out.title, out.reporter) == (("Humo negro " * 20)[:199] + "…", beto.id)
    notes = [(one.event, one.author) for one in dispatch.history(out) if isinstance(one.event, e.Noted)]
    assert [(note.attachment, author) for note, author in notes] == [
        (file, beto.id) for file in (None, "humo", "llamas")
    ]
    owners = dispatch.direct.connection.execute(
        "SELECT DISTINCT whose FROM event WHERE task = ? AND salt IS NOT NULL", (out.id,)
    )
    assert [row[0] for row in owners] == [beto.id], "whoever erases their own words erases these"

    again = await dispatch.does(sara, s.TakeOut(task=joined.id, number=number))
    assert isinstance(again, Refused)
    assert (again.refusal.reason, again.refusal.task) == (Reason.DUPLICATE, out.id)


async def test_a_programs_last_one_is_its_first(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    program = Caller(via=via_program(Program(name="sensores")), program=Program(name="sensores"))
    sara, opened = dispatch.supervisor("Sara"), []
    for words in ("Alarma 1", "Alarma 2"):
        command = c.OpenEmergency(title=words, sent_at=dispatch.moment)
        outcome = await dispatch.desk.execute(command, caller=program)
        opened.append(task_of(outcome))
    first, second = opened
    assert first is not None
    assert second is not None
    assert earlier(dispatch, first, second) == [0, 1]
    await dispatch.does(sara, c.Cancel(task=first.id))
    assert earlier(dispatch, second) == [0]


async def a_later_one_has_ana(dispatch: Dispatch) -> tuple[Task, int]:
    """Eva's second emergency asks the only agent, who has refused her first one."""
    eva = dispatch.supervisor("Eva")
    first, later = [await dispatch.calls(eva, words) for words in ("Humo", "Gritos")]
    ana = dispatch.agent("Ana", away=10)
    await dispatch.passes(45)
    await dispatch.does(ana, c.Decline(task=first.id))
    assert dispatch.person(ana).hold == later.id
    return later, ana.id


async def test_whose_becomes_first_gets_an_agent_of_anothers_later_one(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    later, ana = await a_later_one_has_ana(dispatch)
    beto, sara = dispatch.supervisor("Beto"), dispatch.supervisor("Sara")
    first = await dispatch.calls(beto, "Robo")
    assert dispatch.asked(first) == [ana]
    await dispatch.does(dispatch.by_id(ana), c.Decline(task=first.id))
    second = await dispatch.calls(beto, "Choque")
    assert (dispatch.asked(second), dispatch.by_id(ana).hold) == ([], later.id)
    await dispatch.does(sara, c.Cancel(task=first.id))
    assert dispatch.asked(second) == [ana]


async def test_p13_an_agent_to_spare_is_looked_for_again_soon_where_others_were_changing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = Dispatch(tmp_path)
    _, ana = await a_later_one_has_ana(dispatch)
    giving, seen = SharesOfSession.giving, [False, False, True]

    async def at_times(session: SharesOfSession) -> tuple[tuple[Task, ...], bool]:
        return await giving(session) if seen.pop(0) else ((), False)

    monkeypatch.setattr(SharesOfSession, "giving", at_times)
    first = await dispatch.calls(dispatch.supervisor("Beto"), "Robo")
    await dispatch.passes(2 * CHANGING.total_seconds() - 0.001)
    assert dispatch.asked(first) == []
    await dispatch.passes(0.001)
    assert dispatch.asked(first) == [ana]
    assert TimerKind.SPARE not in {timer.kind for timer in dispatch.pending(first)}


async def test_p13_an_agent_who_can_be_spared_later_is_found_at_the_next_search(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    later, ana = await a_later_one_has_ana(dispatch)
    sara = dispatch.supervisor("Sara")
    await dispatch.does(dispatch.by_id(ana), c.Accept(task=later.id))
    await dispatch.does(sara, c.Acknowledge(task=later.id))
    first = await dispatch.calls(dispatch.supervisor("Beto"), "Robo")
    await dispatch.passes(90)
    assert dispatch.asked(first) == [], "somebody is in charge of what she goes to"
    await dispatch.does(sara, c.Escalate(task=later.id))
    await dispatch.passes(45)
    assert dispatch.asked(first) == [ana]
