"""A task's card: the same task, each time in the eyes of somebody else."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.cards.card import card
from bot.ui.buttons import parse
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.notifications.notifications import TaskContext
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.words import AssignmentState, Priority, Role, TaskState
from tests.bot.ui.people import ANA, ES, EVERY_LANGUAGE, NOW, SONIA, labels, shown
from tests.bot.ui.tasks import BETO, JUAN, OPENED, PARK, PATROL, PEOPLE, ROBBERY, file_of, seen_at, taken


def seen_by(reader: Person | None, task: Task = ROBBERY, event: e.AnyEvent | None = None) -> Screen:
    return card(file_of(task), reader, ES, NOW, event=event)


def test_an_offer_says_what_where_how_far_and_who_reported_it() -> None:
    screen = seen_by(ANA, event=e.Offered(agent=ANA.id))
    lines = shown(screen).splitlines()
    assert lines[0] == "🚨 EMERGENCIA: te necesitan"
    text = shown(screen)
    for words in ("Robo en la farmacia", "T-000012", "crítica", "-2.18620, -79.88850", "350 m", "Juan Pérez, 10:42"):
        assert words in text
    assert labels(screen) == [["Voy", "No puedo"]]


@pytest.mark.parametrize("state", [AssignmentState.OFFERED, AssignmentState.EXPIRED, AssignmentState.DECLINED])
@pytest.mark.parametrize("hold", [None, ROBBERY.id, 99])
def test_a_card_that_speaks_of_voy_has_it_whatever_else_the_agent_was_asked(
    state: AssignmentState, hold: int | None
) -> None:
    asked = replace(ROBBERY, assignments=tuple(replace(part, state=state) for part in ROBBERY.assignments))
    [first, *_] = labels(seen_by(replace(ANA, hold=hold), asked))
    assert first[0] == "Voy"


def test_an_agent_does_not_read_who_else_was_asked() -> None:
    assert "Beto" not in shown(seen_by(ANA))


def test_every_button_carries_the_task_and_the_version_that_it_was_drawn_for() -> None:
    for reader in (ANA, SONIA, JUAN, None):
        for row in seen_by(reader).buttons:
            for button in row:
                press = parse(button.data)
                assert press is not None
                assert press.number(0) == 12
                assert button.text == "Historia" or press.number(1) == 4


def test_an_old_position_is_said_to_be_old() -> None:
    file = TaskContext(task=ROBBERY, people=PEOPLE)
    screen = card(file, seen_at(ANA, PARK, minutes=4), ES, NOW)
    assert "350 m de ti (según tu ubicación, 10:38)" in shown(screen)


def test_the_place_says_its_age_when_it_is_the_reporters_last_one() -> None:
    task = replace(ROBBERY, seen_at=NOW - timedelta(minutes=6))
    for people in (PEOPLE, PEOPLE | {JUAN.id: seen_at(JUAN, PARK, minutes=0)}):
        screen = card(TaskContext(task=task, people=people), SONIA, ES, NOW)
        assert "(según su ubicación, 10:36)" in shown(screen), "wherever the reporter is by now"


def test_an_emergency_that_came_late_says_when_it_was_sent() -> None:
    late = replace(ROBBERY, sent_at=NOW - timedelta(minutes=14))
    assert "Enviada hace 14 min al llegar. ¿Sigue activa?" in shown(seen_by(SONIA, late))
    hours_later = card(file_of(late), SONIA, ES, NOW + timedelta(hours=3))
    assert "Enviada hace 14 min al llegar" in shown(hours_later), "a text that stays says nothing that ages"
    assert "Enviada hace" not in shown(seen_by(SONIA))


def test_the_others_read_who_took_it_and_have_nothing_left_to_press() -> None:
    screen = seen_by(BETO, taken(ROBBERY))
    assert "Lo tomó Ana Ruiz, 10:42" in shown(screen)
    assert "Juan" not in shown(screen)
    assert labels(screen) == []


def test_a_task_of_ones_own_has_the_buttons_of_its_state() -> None:
    emergency, work = taken(ROBBERY), taken(PATROL)
    assert labels(seen_by(ANA, emergency)) == [
        ["En camino", "Llegué"],
        ["Nota"],
        ["Finalizar"],
        ["🆘 Pido refuerzo"],
        ["Historia"],
        ["No puedo"],
    ]
    assert labels(seen_by(ANA, taken(ROBBERY, state=AssignmentState.ON_SCENE)))[0] == ["Nota"]
    assert labels(seen_by(ANA, work))[1] == ["Iniciar", "Nota"]
    assert labels(seen_by(ANA, replace(work, state=TaskState.IN_PROGRESS)))[1] == ["Nota", "Pausar"]
    assert labels(seen_by(ANA, replace(work, state=TaskState.PAUSED)))[1] == ["Reanudar", "Nota"]


def test_no_button_turns_into_its_opposite_in_the_same_place() -> None:
    work = taken(PATROL)
    rows = [
        labels(seen_by(ANA, replace(work, state=state)))
        for state in (TaskState.SCHEDULED, TaskState.IN_PROGRESS, TaskState.PAUSED, TaskState.IN_PROGRESS)
    ]
    pressed = ("Iniciar", "Pausar", "Reanudar")
    for before, after, label in zip(rows, rows[1:], pressed, strict=False):
        row = next(i for i, row in enumerate(before) if label in row)
        assert after[row][before[row].index(label)] == "Nota"


def test_a_supervisor_sees_who_was_asked_what_they_said_and_that_nobody_took_charge() -> None:
    answers = (
        Assignment(agent=ANA.id, state=AssignmentState.DECLINED, since=NOW, distance=350.0),
        Assignment(agent=BETO.id, state=AssignmentState.EXPIRED, since=NOW),
    )
    screen = seen_by(SONIA, replace(ROBBERY, assignments=answers, escalations=1), e.Escalated(cause=Cause.NOBODY))
    text = shown(screen)
    assert text.splitlines()[0] == "🚨 No queda ningún agente a quien preguntar"
    for words in (
        "Ana Ruiz (a 350 m): no puede, 10:42",
        "Beto Salas: no respondió, 10:42",
        "Nadie la tiene",
        "Escalada una vez",
        "Nadie ha dicho «Recibido»",
    ):
        assert words in text
    assert labels(screen)[:2] == [["Recibido", "Asignar"], ["Escalar", "Cancelar tarea"]]


def test_a_group_reads_what_supervisors_read_and_writes_no_notes() -> None:
    assert shown(seen_by(None)) == shown(seen_by(SONIA))
    assert labels(seen_by(None)) == [["Recibido", "Asignar"], ["Escalar", "Cancelar tarea"], ["Historia"]]


def test_an_alert_in_hand_says_whose_it_is_and_since_when() -> None:
    held = replace(taken(ROBBERY, state=AssignmentState.EN_ROUTE), acknowledged_by=SONIA.id, acknowledged_at=NOW)
    screen = seen_by(None, held)
    assert "La tiene Ana Ruiz desde las 10:42 · en camino" in shown(screen)
    assert "Recibido: Sonia Vera, 10:42" in shown(screen)
    assert "Recibido" not in str(labels(screen))


def test_a_reporter_reads_that_the_alert_is_out_and_what_is_missing() -> None:
    screen = seen_by(JUAN, replace(ROBBERY, place=None), OPENED)
    text = shown(screen)
    assert text.splitlines()[0] == "🚨 Alerta enviada"
    assert "Falta el lugar" in text
    assert "Ana Ruiz (a 350 m): sin respuesta aún" in text
    assert labels(screen) == [["Escalar", "Cancelar tarea"], ["📍 Decir el lugar"], ["Nota", "Historia"]]


def test_a_closed_task_says_how_it_ended_and_takes_notes_or_begins_again() -> None:
    closed = replace(taken(ROBBERY), state=TaskState.COMPLETED, closed_at=NOW)
    screen = card(file_of(closed, caller=ANA), JUAN, ES, NOW, event=e.Completed())
    assert shown(screen).splitlines()[0] == "🏁 Finalizada por Ana Ruiz"
    assert "Finalizada, 10:42" in shown(screen)
    assert labels(screen) == [["🔁 Reabrir"], ["Nota", "Historia"]]
    assert labels(seen_by(ANA, closed)) == [["Nota"], ["Historia"]], "who had it does not reopen it"


def test_no_thumb_slips_from_ending_it_to_giving_it_back() -> None:
    """*Finalizar* and *No puedo* are neither in one row nor in rows that touch, whoever holds the phone."""
    for task in (ROBBERY, PATROL):
        for state in (AssignmentState.ACCEPTED, AssignmentState.EN_ROUTE, AssignmentState.ON_SCENE):
            for stage in (TaskState.SCHEDULED, TaskState.IN_PROGRESS):
                for holder in (ANA, replace(ANA, role=Role.SUPERVISOR)):
                    rows = labels(seen_by(holder, replace(taken(task, state=state), state=stage)))
                    places = {label: number for number, row in enumerate(rows) for label in row}
                    assert places["No puedo"] - places["Finalizar"] >= 2


def test_what_the_desk_itself_or_a_program_did_is_the_desks() -> None:
    cancelled = replace(PATROL, state=TaskState.CANCELLED, closed_at=NOW)
    assert "Cancelada por la central" in shown(seen_by(ANA, cancelled, e.Cancelled()))


def test_yesterday_is_said_with_its_day() -> None:
    old = replace(PATROL, sent_at=NOW - timedelta(days=3))
    assert "27 feb" in shown(seen_by(JUAN, old))


NASTY = (
    "<b>negrita</b> & <script>",
    "&" * 10_000,
    "x" * 10_000,
    "🚓" * 10_000,
    "مرحبا بالعالم " * 500,
    "\u202eal revés\u202d " * 500,
    "a\nb\n" * 2_000,
    "{ $who } { -term }",
)


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    "user_text", NASTY, ids=["html", "signs", "long", "emoji", "arabic", "reversed", "lines", "fluent"]
)
def test_whatever_was_typed_is_shown_as_typed_and_fits(user_text: str, texts: Texts) -> None:
    people = {i: replace(person, name=user_text) for i, person in PEOPLE.items()}
    many = tuple(Assignment(agent=i, state=AssignmentState.DECLINED, since=NOW) for i in range(60, 160))
    people |= {i: replace(BETO, id=i, name=user_text) for i in range(60, 160)}
    task = replace(ROBBERY, title=user_text, address=user_text, assignments=(*many, *ROBBERY.assignments))
    for reader in (*(people[i] for i in PEOPLE), None):
        for event in (None, e.Accepted(agent=ANA.id), e.Escalated(cause=Cause.BY_HAND)):
            screen = card(TaskContext(task=task, people=people, caller=ANA.id), reader, texts, NOW, event=event)
            text = shown(screen)
            assert 0 < len(text.encode("utf-16-le")) / 2 < 4_096
            assert not set("\u202a\u202b\u202c\u202d\u202e") & set(text)
            assert text.count("\u2068") == text.count("\u2069")
            assert " ".join(user_text.split())[:7].replace("\u202e", "") in text


@EVERY_LANGUAGE
@pytest.mark.parametrize("priority", Priority)
@pytest.mark.parametrize("state", TaskState)
def test_every_state_and_priority_has_a_card(texts: Texts, priority: Priority, state: TaskState) -> None:
    for part in AssignmentState:
        task = replace(
            PATROL,
            priority=priority,
            state=state,
            closed_at=NOW if state.closed else None,
            assignments=(Assignment(agent=ANA.id, state=part, since=NOW),),
        )
        for reader in (ANA, SONIA, JUAN, None):
            assert texts(f"priority-{priority.name.lower()}") in shown(card(file_of(task), reader, texts, NOW))


@pytest.mark.parametrize("state", [TaskState.SCHEDULED, TaskState.IN_PROGRESS])
def test_an_emergency_to_which_nobody_goes_looks_for_an_agent(state: TaskState) -> None:
    """Somebody went and can't any more: it is *en curso* for nobody."""
    again = replace(ROBBERY, state=state)
    assert "buscando agente" in shown(seen_by(SONIA, again))
    assert "en curso" not in shown(seen_by(SONIA, again))
    assert "en curso" in shown(seen_by(SONIA, replace(taken(ROBBERY), state=TaskState.IN_PROGRESS)))


def test_work_that_was_given_back_is_in_nobodys_hands() -> None:
    begun = replace(PATROL, state=TaskState.IN_PROGRESS, assignments=())
    assert "sin asignar" in shown(card(file_of(begun), SONIA, ES, NOW))
    assert "programada" in shown(card(file_of(replace(begun, state=TaskState.SCHEDULED)), SONIA, ES, NOW))


def test_two_cards_name_one_distance_whenever_they_were_drawn() -> None:
    """Ana has moved since she was asked: what stood on the first card stands on the second."""
    people = PEOPLE | {ANA.id: seen_at(ANA, PARK, minutes=0)}
    assert "Ana Ruiz (a 350 m)" in shown(seen_by(SONIA))
    assert "Ana Ruiz (a 350 m)" in shown(card(TaskContext(task=ROBBERY, people=people), SONIA, ES, NOW))


@pytest.mark.parametrize(("minutes", "words"), [(9 * 60 + 37, "desde la 01:05"), (60, "desde las 09:42")])
def test_one_oclock_has_its_own_article(minutes: int, words: str) -> None:
    since = NOW - timedelta(minutes=minutes)
    part = replace(taken(ROBBERY).assignments[0], agent=ANA.id, state=AssignmentState.ACCEPTED, since=since)
    assert words in shown(seen_by(SONIA, replace(ROBBERY, assignments=(part,))))
