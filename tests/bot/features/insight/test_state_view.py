"""``/estado`` tells the numbers, and fits into one message whatever they are."""

from datetime import timedelta

import pytest
from msgspec import structs
from telegram.constants import MessageLimit

from bot.features.insight.state_view import state_screen
from bot.ui.process_status import ProcessStatus
from bot.ui.texts import Texts
from core.queries.queries import Board, Depth, ParkedCause
from core.vocabulary.desk_events import DeadLetterKind
from core.vocabulary.words import Availability, Lane, Priority, TaskState
from emulator.utf16 import units
from tests.bot.ui.people import ES, EVERY_LANGUAGE, NOW, labels, shown

FACTS = ProcessStatus(version="0.1.0", uptime=timedelta(hours=3), storage="ok", telegram="down", redis="off")
QUIET = Board(tasks={}, agents={}, unanswered=Depth(), outbox={}, inbox=Depth())


def board(count: int, age: timedelta) -> Board:
    depth = Depth(waiting=count, oldest=NOW - age)
    return Board(
        tasks={(state, priority): count for state in TaskState for priority in Priority},
        agents=dict.fromkeys(Availability, count),
        unanswered=depth,
        outbox=dict.fromkeys(Lane, depth),
        inbox=depth,
        parked_updates=count,
        parked_messages=count,
        causes=tuple(
            ParkedCause(kind=kind, cause=f"<{number}> " * 200, count=count)
            for number in range(9)
            for kind in DeadLetterKind
        ),
    )


@EVERY_LANGUAGE
def test_p11_it_fits_into_one_message_at_any_size(texts: Texts) -> None:
    process_status = ProcessStatus(
        version="9" * 5_000, uptime=timedelta(days=99_999), storage="down", telegram="down", redis="down"
    )
    screen = state_screen(board(2**63 - 1, timedelta(days=36_500)), process_status, texts, NOW)
    assert units(shown(screen)) < MessageLimit.MAX_TEXT_LENGTH


def test_what_was_set_aside_is_told_with_its_causes() -> None:
    causes = (
        ParkedCause(kind=DeadLetterKind.MESSAGE, cause="400 Bad Request: chat not found", count=3),
        ParkedCause(kind=DeadLetterKind.UPDATE, cause="ValueError: <b>", count=1),
    )
    text = shown(state_screen(structs.replace(QUIET, causes=causes), FACTS, ES, NOW))
    assert "3 × sin entregar: 400 Bad Request: chat not found\n· 1 × sin leer: ValueError: <b>" in text
    assert "otras causas" not in text
    many = tuple(structs.replace(causes[0], cause=f"{number}") for number in range(6))
    assert "otras causas" in shown(state_screen(structs.replace(QUIET, causes=many), FACTS, ES, NOW))


@EVERY_LANGUAGE
def test_a_quiet_desk_has_nothing_to_tell_but_that(texts: Texts) -> None:
    text = shown(state_screen(QUIET, FACTS, texts, NOW))
    assert texts("board-no-alerts") in text


def test_open_tasks_are_told_by_priority_and_state() -> None:
    tasks = {
        (TaskState.IN_PROGRESS, Priority.CRITICAL): 3,
        (TaskState.SCHEDULED, Priority.CRITICAL): 1,
        (TaskState.SCHEDULED, Priority.LOW): 120,
        (TaskState.COMPLETED, Priority.LOW): 9_999,
    }
    text = shown(
        state_screen(Board(tasks=tasks, agents={}, unanswered=Depth(), outbox={}, inbox=Depth()), FACTS, ES, NOW)
    )
    lines = text.splitlines()
    start = lines.index("Tareas abiertas: 124")
    assert lines[start + 1 : start + 4] == ["🔴 crítica: 1 programada · 3 en curso", "⚪ baja: 120 programadas", ""]


def test_an_emergency_to_which_nobody_goes_is_counted_as_searching() -> None:
    """Two wait from the start, and the helper of a third gave up."""
    critical = Priority.CRITICAL
    tasks = {(TaskState.SCHEDULED, critical): 2, (TaskState.IN_PROGRESS, critical): 3}
    searching = {(TaskState.SCHEDULED, critical): 2, (TaskState.IN_PROGRESS, critical): 1}
    text = shown(state_screen(structs.replace(QUIET, tasks=tasks, searching=searching), FACTS, ES, NOW))
    assert "🔴 crítica: 3 buscando agente · 2 en curso" in text.splitlines()


def test_agents_in_danger_are_counted() -> None:
    assert "🆘 con una emergencia abierta: 2" in shown(
        state_screen(structs.replace(QUIET, in_danger=2), FACTS, ES, NOW)
    )
    assert "🆘" not in shown(state_screen(QUIET, FACTS, ES, NOW))


@EVERY_LANGUAGE
def test_what_was_counted_no_further_says_so(texts: Texts) -> None:
    many = Depth(waiting=10_000, oldest=NOW, more=True)
    full = structs.replace(
        QUIET, unanswered=many, inbox=many, parked_updates=10_000, parked_messages=3, parked_more=True
    )
    text = shown(state_screen(full, FACTS, texts, NOW))
    assert text.count("10000+") == 3
    assert "3+" not in text


def test_what_waits_is_told_with_the_age_of_the_oldest() -> None:
    text = shown(state_screen(board(2, timedelta(minutes=14)), FACTS, ES, NOW))
    assert "Alertas sin recibir: 2 · la más antigua, hace 14 min" in text
    assert "emergencias: 2 · 14 min" in text
    assert "que nadie pudo leer: 2 · que no se pudieron entregar: 2" in text


def test_a_clock_that_runs_behind_shows_no_negative_age() -> None:
    text = shown(state_screen(board(1, timedelta(minutes=-5)), FACTS, ES, NOW))
    assert "-" not in text


@pytest.mark.parametrize("line", ["🟢 Base de datos", "🔴 Telegram: no responde", "⚪ Redis: no se usa"])
def test_each_part_says_how_it_is(line: str) -> None:
    assert line in shown(state_screen(QUIET, FACTS, ES, NOW)).splitlines()


def test_it_can_be_drawn_again() -> None:
    screen = state_screen(QUIET, FACTS, ES, NOW)
    assert labels(screen) == [["🔄 Actualizar"]]
    assert "10:42" in shown(screen)


@EVERY_LANGUAGE
def test_how_long_the_alerts_that_wait_take_is_said_where_it_is_more_than_a_moment(texts: Texts) -> None:
    def waiting(count: int, pace: int) -> str:
        alerts = {Lane.EMERGENCY: Depth(waiting=count, oldest=NOW)}
        return state_screen(structs.replace(QUIET, outbox=alerts), FACTS, texts, NOW, pace=pace).text

    assert "1 min 11 s" in waiting(2_000, 28)
    assert texts("round-shorter") in waiting(2_000, 28)
    for count, pace in ((20, 28), (2_000, 0)):
        assert texts("round-shorter") not in waiting(count, pace)


@EVERY_LANGUAGE
def test_how_long_an_alert_to_all_supervisors_of_this_desk_takes_is_said_before_there_is_one(texts: Texts) -> None:
    def calm(leaders: int, pace: int) -> str:
        return state_screen(QUIET, FACTS, texts, NOW, pace=pace, leaders=leaders).text

    assert "1 min 23 s" in calm(2_000, 24)
    assert texts("round-shorter") in calm(2_000, 24)
    for leaders, pace in ((20, 24), (2_000, 0)):
        assert texts("round-shorter") not in calm(leaders, pace)
