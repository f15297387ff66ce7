"""Lists: a line and a button each, and a way on that fits into a button."""

import pytest
from msgspec.structs import replace

from bot.features.tasks.assign_view import NEAREST, picker, team
from bot.features.tasks.history_view import history_screen, named_in
from bot.features.tasks.lists_view import Leaf, List, task_list
from bot.ui.buttons import Action, parse
from bot.ui.texts import Texts
from core.desk.ports import Record
from core.queries.queries import AgentLine, TaskPage, Which
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.escalation_policy import Cause, Unreached
from core.vocabulary.search_terms import words_of
from core.vocabulary.words import Availability, TaskState
from tests.bot.ui.people import ANA, ES, EVERY_LANGUAGE, NOW, SONIA, labels, said_by, shown
from tests.bot.ui.tasks import BETO, OPENED, PATROL, PEOPLE, ROBBERY, taken

TASKS = (replace(ROBBERY, id=14), taken(PATROL), replace(PATROL, id=12, state=TaskState.COMPLETED))
PAGE = TaskPage(tasks=TASKS, people=PEOPLE, after=12)
OPEN = Leaf(list=List.OPEN, owner=SONIA.id)


def test_a_line_says_code_title_state_and_who_has_it() -> None:
    screen = task_list(PAGE, OPEN, ES)
    lines = shown(screen).splitlines()
    assert lines[1] == "🚨🔴 T-000014 Robo en la farmacia · buscando agente"
    assert lines[2] == "📋🟡 T-000013 Patrullaje zona norte · programada · Ana Ruiz"
    assert labels(screen) == [["🚨 T-000014", "📋 T-000013", "📋 T-000012"], ["Más »"]]


def test_the_way_on_is_the_key_of_the_last_one() -> None:
    press = parse(said_by(task_list(PAGE, OPEN, ES), "Más »"))
    assert press is not None
    assert (press.action, press.words) == (Action.PAGE, ("abiertas", "2", "12"))
    last = task_list(replace(PAGE, after=None), replace(OPEN, after=40), ES)
    assert labels(last)[-1] == ["« Inicio"]


def test_an_empty_list_says_so() -> None:
    nothing = TaskPage(tasks=(), people={})
    for kind in (List.OPEN, List.TO_DO, List.FOUND):
        assert shown(task_list(nothing, Leaf(list=kind, owner=1, asked="robo"), ES)).count("\n") == 1


def test_the_history_offers_its_other_halves() -> None:
    screen = task_list(PAGE, Leaf(list=List.HISTORY, owner=1, asked=Which.ALL.value), ES)
    assert "Historial: todas" in shown(screen)
    assert labels(screen)[1:] == [["Activas", "Finalizadas"], ["Más »"]]


def test_a_search_that_no_button_can_carry_says_what_to_do() -> None:
    many = " ".join(words_of(" ".join(f"palabra{number}" for number in range(60))))
    screen = task_list(PAGE, Leaf(list=List.FOUND, owner=1, asked=many), ES)
    assert "busca con menos palabras" in shown(screen)
    assert "Más »" not in str(labels(screen))
    few = task_list(PAGE, Leaf(list=List.FOUND, owner=1, asked="robo farmacia"), ES)
    assert parse(said_by(few, "Más »")) is not None


@EVERY_LANGUAGE
@pytest.mark.parametrize("user_text", ["&" * 10_000, "x" * 10_000, "🚓" * 10_000, "مرحبا" * 2_000])
def test_a_page_fits_whatever_the_titles_are(user_text: str, texts: Texts) -> None:
    tasks = tuple(replace(taken(PATROL), id=i, title=user_text) for i in range(10))
    people = {i: replace(person, name=user_text) for i, person in PEOPLE.items()}
    screen = task_list(TaskPage(tasks=tasks, people=people, after=1), replace(OPEN, asked=user_text[:5]), texts)
    assert len(shown(screen).encode("utf-16-le")) / 2 < 4_096


def test_a_supervisor_chooses_by_distance_availability_and_open_tasks() -> None:
    agents = (
        AgentLine(person=ANA, distance=350.0, open_tasks=1),
        AgentLine(person=replace(BETO, availability=Availability.ON_TASK), open_tasks=3),
    )
    screen = picker(ROBBERY, agents, near=True, more=None, texts=ES)
    assert "🟢 Ana Ruiz · a 350 m · disponible · una tarea" in shown(screen)
    assert "🟠 Beto Salas · en tarea · 3 tareas" in shown(screen)
    assert labels(screen) == [["Ana Ruiz · 350 m"], ["Beto Salas"], ["Por nombre"]]
    assert said_by(screen, "Beto Salas") == "a:12:4:8"
    by_name = picker(ROBBERY, agents, near=False, more=8, texts=ES)
    assert labels(by_name)[-1] == ["Más cercanos", "Más »"]
    assert said_by(by_name, "Más cercanos") == f"asignar:12:4:{NEAREST}"


def test_a_name_on_a_button_is_no_html() -> None:
    nasty = AgentLine(person=replace(ANA, name="<b>Ana</b> & Cía"))
    assert labels(picker(ROBBERY, (nasty,), near=False, more=None, texts=ES))[0] == ["<b>Ana</b> & Cía"]


def test_the_team_tells_whom_no_message_reaches() -> None:
    screen = team((AgentLine(person=replace(ANA, reachable=False)),), replace(OPEN, list=List.TEAM), None, ES)
    assert "no recibe mensajes" in shown(screen)
    assert labels(screen) == [["👤 Ana Ruiz"]]


def record(event: e.AnyEvent, by: int | None = SONIA.id, reason: str = "") -> Record:
    return Record(at=NOW, event=event, by=by, via="chat", reason=reason, task=12)


def test_the_history_of_a_task_says_who_what_when_and_why() -> None:
    records = (
        record(OPENED),
        record(e.Offered(agent=ANA.id), by=None),
        record(e.Noted(text="La puerta está <rota>", media="photo", attachment="F")),
        record(e.Escalated(cause=Cause.BY_HAND), reason="nadie contesta"),
    )
    lines = shown(history_screen(ROBBERY, records, PEOPLE, ES, NOW)).splitlines()
    assert lines == [
        "🕘 Historia de T-000012",
        "10:42 Sonia Vera la reportó",
        "10:42 se le preguntó a Ana Ruiz",
        "10:42 📷 Sonia Vera: foto La puerta está <rota>",
        "10:42 Sonia Vera la escaló. Motivo: nadie contesta",
    ]
    assert named_in(records) == {SONIA.id, ANA.id}


@EVERY_LANGUAGE
def test_a_long_history_shows_its_end(texts: Texts) -> None:
    records = tuple(record(e.Noted(text=f"{number} " + "🚓ñ" * 5_000)) for number in range(300))
    text = shown(history_screen(ROBBERY, records, PEOPLE, texts, NOW))
    assert len(text.encode("utf-16-le")) / 2 < 4_096
    assert "299 " in text.splitlines()[-1]


def test_the_pages_of_a_broadcast_are_one_line_of_a_history() -> None:
    page = record(n.Notified(climb=3, cause=Cause.TIME, people=(ANA.id,)), by=None)
    taken_charge = record(e.Acknowledged(person=SONIA.id))
    records = (record(OPENED), *[page] * 80, taken_charge, *[page] * 80)
    lines = shown(history_screen(ROBBERY, records, PEOPLE, ES, NOW)).splitlines()
    assert lines[1:] == [
        "10:42 Sonia Vera la reportó",
        "10:42 se avisó a más personas del mismo paso",
        "10:42 Sonia Vera se hizo cargo",
        "10:42 se avisó a más personas del mismo paso",
    ]
    assert named_in(records) == {SONIA.id}


EVENTS: tuple[e.TaskEvent, ...] = (
    OPENED,
    e.Offered(agent=7),
    e.Accepted(agent=7),
    e.Declined(agent=7),
    e.Expired(agent=7),
    e.Released(agent=7),
    e.EnRoute(agent=7),
    e.OnScene(agent=7),
    e.Started(),
    e.Paused(),
    e.Resumed(),
    e.Completed(),
    e.Cancelled(),
    e.Acknowledged(),
    *(e.Escalated(cause=cause) for cause in Cause),
    e.Passed(step=0, why=Unreached.EMPTY),
    e.Noted(text="x"),
    e.Noted(media="voice", attachment="f"),
    e.Noted(media="document", attachment="f"),
    e.Located(address="x"),
    e.Revised(title="x"),
)


@EVERY_LANGUAGE
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_event_can_be_told(event: e.TaskEvent, texts: Texts) -> None:
    assert len(shown(history_screen(ROBBERY, (record(event, by=None),), {}, texts, NOW)).splitlines()) == 2
