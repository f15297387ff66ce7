"""Programs beside the phones: what they end is told to everybody who was alerted, and somebody answers for it."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from core.queries.tokens import ApiToken
from core.vocabulary.scopes import Scope
from storage.repositories import tokens
from tests.story.desk import OPERATOR, StoryDesk

PARK = (-2.1862, -79.8885)


async def asks(desk: StoryDesk, method: str, path: str, body: object = None, token: str = OPERATOR) -> tuple[int, Any]:
    """The answer that a program gets."""
    url = f"http://127.0.0.1:{desk.app.server.port}/api/v1{path}"
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.request(method, url, json=body, headers=headers) as answer:
        found = answer.status, await answer.json()
    await desk.settle()
    return found


@pytest.mark.parametrize(
    ("change", "hers", "told"),
    [
        ({"state": "cancelled"}, "la canceló en tu nombre", "Cancelada por"),
        ({"state": "completed"}, "la finalizó en tu nombre", "Finalizada por"),
        ({"acknowledged": True}, "dio el recibido en tu nombre", "se hizo cargo"),
    ],
)
async def test_whoever_was_alerted_hears_which_program_ended_it_and_in_whose_name(
    tmp_path: Path, change: dict[str, object], hers: str, told: str
) -> None:
    alerts: dict[str, int] = {}
    desk = StoryDesk(tmp_path, alerts=alerts)
    group = desk.telegram.add_group("Alertas", [desk.telegram.add_person("Jefa"), desk.bot])
    alerts["group_chat_id"] = group.id
    await desk.open()
    eva, sara, ana = await desk.supervisor("Eva Paz"), await desk.supervisor("Sara Luna"), await desk.supervisor("Ana")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo en la farmacia")
    for phone in (eva, sara, ana, juan):
        phone.reads_all()

    status, problem = await asks(desk, "PATCH", "/tasks/T-1", change)
    assert (status, problem["type"]) == (409, "urn:gad:problem:needs-person")
    for phone in (eva, sara, ana, juan):
        phone.sees_nothing()

    status, _ = await asks(desk, "PATCH", "/tasks/T-1", {**change, "on_behalf_of": "@ana"})
    assert status == 200
    ana.sees(hers, "(API)")
    for phone in (eva, sara, juan):
        phone.sees(told, "(API) en nombre de Ana")
    news = [message for message in desk.telegram.messages(group) if not message.deleted][-1]
    assert "(API) en nombre de Ana" in news.text
    await sara.says("/tarea T-1")
    await sara.presses("Historia")
    sara.sees("(API) en nombre de Ana")
    assert await desk.asks(
        "SELECT count(*) FROM event JOIN person ON person.id = event.by WHERE person.name = 'Ana' AND via LIKE 'api:%'"
    )
    for phone in (eva, sara, ana, juan):
        phone.reads_all()
    await desk.end()


@pytest.mark.parametrize(
    ("change", "hers"),
    [
        ({"relieved": "@beto"}, "relevó a Beto en tu nombre"),
        ({"seats": 1}, "dijo en tu nombre que vayan menos"),
        ({"state": "completed", "disposition": "resolved"}, "la finalizó en tu nombre"),
        ({"disposition": "false_alarm"}, "dijo en tu nombre cómo terminó"),
    ],
)
async def test_p9_whoever_is_said_to_have_changed_it_hears_which_program_said_so(
    desk: StoryDesk, change: dict[str, object], hers: str
) -> None:
    """A leaked token acts in Ana's name: she is rung, and nobody reads that it was she alone."""
    ana, sara = await desk.supervisor("Ana"), await desk.supervisor("Sara Luna")
    juan, beto, carla = [await desk.agent(name, at=PARK) for name in ("Juan Pérez", "Beto", "Carla")]
    await juan.says("/emergencia Robo")
    await beto.presses("Voy")
    assert (await asks(desk, "PATCH", "/tasks/T-1", {"seats": 2}))[0] == 200
    if "seats" not in change:
        await carla.presses("Voy")
    if hers.endswith("cómo terminó"):
        await beto.presses("Finalizar")
    for phone in (ana, sara, juan, beto, carla):
        phone.reads_all()
    status, problem = await asks(desk, "PATCH", "/tasks/T-1", change)
    assert (status, problem["type"]) == (409, "urn:gad:problem:needs-person")
    for phone in (ana, sara, juan, beto, carla):
        phone.sees_nothing()
    assert (await asks(desk, "PATCH", "/tasks/T-1", {**change, "on_behalf_of": "@ana"}))[0] == 200
    ana.sees(hers, "(API)")
    if "relieved" in change:
        juan.sees("(API) en nombre de Ana", "relevó a Beto")
        beto.sees("(API) en nombre de Ana", "relev")
    for phone in (ana, sara, juan, beto, carla):
        phone.reads_all()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"lat": 0, "lon": 0}, "Lugar dudoso: es un punto en medio del mar"),
        ({"lat": PARK[1], "lon": PARK[0]}, "¿Será -2.18620, -79.88850?"),
    ],
)
async def test_whoever_goes_reads_that_the_place_is_in_doubt(
    desk: StoryDesk, place: dict[str, float], words: str
) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    assert (await asks(desk, "POST", "/emergencies", {"title": "Robo", "place": place}))[0] == 201
    for phone in (sara, ana):
        phone.sees("Robo", words)
        phone.reads_all()
    assert (await asks(desk, "PATCH", "/tasks/T-1", {"place": {"lat": PARK[0], "lon": PARK[1]}}))[0] == 200
    ana.has("Robo").lacks("Lugar dudoso")
    for phone in (sara, ana):
        phone.reads_all()


async def test_what_a_program_does_alone_bears_the_name_of_its_token_and_not_the_desks(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    ana, beto = await desk.agent("Ana Mora", at=PARK), await desk.agent("Beto Salas", at=PARK)
    assert (await asks(desk, "POST", "/emergencies", {"title": "Robo"}))[0] == 201
    await ana.presses("Voy")
    for phone in (sara, ana):
        phone.sees("Robo").says("(API)").lacks("Reportó la central")
        phone.reads_all()
    assert (await asks(desk, "PATCH", "/tasks/T-1", {"seats": 2}))[0] == 200
    sara.sees("(API) pide refuerzo").lacks("la central pide")
    for phone in (sara, ana, beto):
        phone.reads_all()


async def test_whom_a_program_names_must_be_within_reach(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo")
    desk.telegram.block(sara.user, desk.bot)
    await desk.settle()
    status, problem = await asks(desk, "PATCH", "/tasks/T-1", {"state": "cancelled", "on_behalf_of": "sara"})
    assert (status, problem["type"]) == (409, "urn:gad:problem:unreachable")
    status, problem = await asks(desk, "PATCH", "/tasks/T-1", {"acknowledged": True, "on_behalf_of": "@juan"})
    assert (status, problem["type"]) == (403, "urn:gad:problem:above-role")
    for phone in (sara, juan):
        phone.reads_all()


async def test_routine_work_that_a_program_ends_bears_the_name_of_its_token(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await juan.says("/nueva Patrullaje zona norte")
    for phone in (sara, juan):
        phone.reads_all()
    status, _ = await asks(desk, "PATCH", "/tasks/T-1", {"state": "cancelled"})
    assert status == 200
    juan.sees("Cancelada por", "(API)").lacks("en nombre de")
    sara.reads_all()


async def test_p9_a_silent_alarm_is_not_there_for_programs(desk: StoryDesk) -> None:
    """Lists, codes, numbers and metrics are to the letter what they were before it; only its number is left out."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control clave")
    await juan.says("Girasol azul")
    before = await seen_by_a_program(desk)
    await juan.says("girasol azul")
    sara.sees("Alarma silenciosa")

    assert await seen_by_a_program(desk) == before
    nowhere = await asks(desk, "GET", "/tasks/T-99")
    for path in ("/tasks/T-1", "/tasks/t-000001"):
        status, problem = await asks(desk, "GET", path)
        assert (status, {**problem, "task": "T-000099"}) == nowhere
        for change in (
            {"note": "hola"},
            {"state": "cancelled"},
            {"acknowledged": True, "on_behalf_of": "sara"},
            {"seats": 3},
            {"disposition": "false_alarm", "on_behalf_of": "sara"},
            {"relieved": "juan", "on_behalf_of": "sara"},
            {"assignee": "juan"},
            {"reopened": True},
        ):
            status, problem = await asks(desk, "PATCH", path, change)
            assert (status, problem["type"]) == (404, "urn:gad:problem:unknown-task")
    await sara.presses("Recibido")
    await sara.presses("Cancelar tarea")
    assert await seen_by_a_program(desk) == before
    status, task = await asks(desk, "POST", "/tasks", {"title": "Ronda"})
    assert (status, task["code"]) == (201, "T-000002")
    for phone in (sara, juan):
        phone.reads_all()


async def test_a_program_that_is_told_of_duress_sees_the_alarm_and_its_use_is_kept_once_a_minute(
    desk: StoryDesk,
) -> None:
    """An answer in somebody's name rings those who were alerted, and never the one in danger."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    value = f"gad_{'x' * 43}"
    token = ApiToken(name="central", scopes=frozenset(Scope), created_by="root")
    await desk.app.store.write(lambda session: tokens.create(session, token, digest_of(value), desk.clock.now()))
    await juan.says("/control clave")
    await juan.says("Girasol azul")
    await juan.says("girasol azul")
    sara.sees("Alarma silenciosa")
    for phone in (sara, juan):
        phone.reads_all()

    status, listed = await asks(desk, "GET", "/tasks?kind=emergency", token=value)
    assert (status, [task["code"] for task in listed["tasks"]]) == (200, ["T-000001"])
    assert (await asks(desk, "GET", "/tasks/T-1", token=value))[0] == 200
    status, problem = await asks(desk, "PATCH", "/tasks/T-1", {"acknowledged": True}, value)
    assert (status, problem["type"]) == (409, "urn:gad:problem:needs-person")
    change = {"acknowledged": True, "on_behalf_of": "sara"}
    assert (await asks(desk, "PATCH", "/tasks/T-1", change, value))[0] == 200
    sara.sees("dio el recibido en tu nombre", "central (API)")
    juan.sees_nothing()

    used = "SELECT last_used FROM api_token WHERE name = 'central'"
    first = await desk.asks(used)
    assert first is not None
    desk.clock.advance(50)
    await asks(desk, "GET", "/tasks/T-1", token=value)
    assert await desk.asks(used) == first, "once a minute"
    desk.clock.advance(10)
    await asks(desk, "GET", "/tasks/T-1", token=value)
    await desk.app.token_use.written()
    assert await desk.asks(used) >= first + 60_000
    for phone in (sara, juan):
        phone.reads_all()


def digest_of(value: str) -> str:
    """The SHA-256 of a token, by which the desk knows it."""
    return sha256(value.encode()).hexdigest()


async def seen_by_a_program(desk: StoryDesk) -> list[Any]:
    """Everything that reading shows, metrics of tasks and alerts too."""
    paths = ("/tasks", "/tasks?state=open&kind=emergency&limit=1", "/tasks?state=closed", "/stats")
    found: list[Any] = [await asks(desk, "GET", path) for path in paths]
    url = f"http://127.0.0.1:{desk.app.server.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        lines = (await answer.text()).splitlines()
    return [*found, [line for line in lines if line.startswith(("gad_tasks", "gad_alerts", "gad_outbox"))]]
