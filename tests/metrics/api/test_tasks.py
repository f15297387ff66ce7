"""Programs open tasks, follow them and change them, and the chats hear of it."""

import pytest
from msgspec import json

from core.vocabulary.words import Role
from metrics.api.changes import ASPECT_OF_FIELD, Aspect
from metrics.api.requests import TaskChange
from tests.metrics.side import OTHER_TOKEN, QUITO, Side


async def test_a_task_that_a_program_opens_is_pushed_to_the_chats(side: Side) -> None:
    boss = await side.hires("Sara", Role.SUPERVISOR)
    answer = await side.posts("/api/v1/tasks", {"title": "Patrullaje zona norte", "priority": 4})
    assert answer.status == 201
    assert answer.headers["Location"] == "/api/v1/tasks/T-000001"
    assert answer.headers["ETag"] == '"1"'
    assert answer.json == {
        "code": "T-000001",
        "kind": "task",
        "type": "patrol",
        "work": None,
        "priority": 4,
        "title": "Patrullaje zona norte",
        "state": "scheduled",
        "version": 1,
        "opened_at": "2026-03-02T17:00:00Z",
        "sent_at": "2026-03-02T17:00:00Z",
        "reporter": None,
        "place": None,
        "address": None,
        "assignments": [],
        "seats": 1,
        "missing": 1,
        "acknowledged_at": None,
        "acknowledged_by": None,
        "escalations": 0,
        "notes": 0,
        "closed_at": None,
        "disposition": None,
        "drill": False,
        "alarm": None,
        "about": None,
    }
    assert await side.letters() == [(boss.account, "Opened T-000001")]


async def test_the_record_says_which_program_did_it_and_why(side: Side) -> None:
    code = await side.opens()
    await side.patches(code, state="cancelled", reason="Falsa alarma")
    events = await side.events()
    assert [(event["by"], event["reason"]) for event in events] == [(None, ""), (None, "Falsa alarma")]
    assert all(event["via"] == f"api:{side.tokens[0][:12]}" for event in events)


async def test_whoever_is_to_do_it_is_named_by_id_or_by_user_name(side: Side) -> None:
    beto = await side.hires("Beto")
    by_name = await side.posts("/api/v1/tasks", {"title": "Rondar", "assignee": "@beto"})
    by_id = await side.posts("/api/v1/tasks", {"title": "Rondar", "assignee": beto.id})
    for answer in (by_name, by_id):
        (part,) = answer.json["assignments"]
        assert part["agent"] == {"id": beto.id, "name": "Beto", "username": "beto"}
        assert part["state"] == "offered"


@pytest.mark.parametrize("assignee", ["@nadie", 4711])
async def test_nobody_can_be_asked_who_is_not_there(side: Side, assignee: object) -> None:
    answer = await side.posts("/api/v1/tasks", {"title": "Rondar", "assignee": assignee})
    assert (answer.status, answer.json["type"]) == (422, "urn:gad:problem:unknown-person")
    assert not await side.events()


async def test_an_emergency_alerts_supervisors_and_asks_the_nearest(side: Side) -> None:
    boss = await side.hires("Sara", Role.SUPERVISOR)
    beto = await side.hires("Beto", place=QUITO)
    body = {"title": "Robo en curso", "place": {"lat": -0.181, "lon": -78.47}}
    answer = await side.posts("/api/v1/emergencies", body)
    assert answer.status == 201
    assert (answer.json["kind"], answer.json["priority"]) == ("emergency", 5)
    (part,) = answer.json["assignments"]
    assert part["agent"]["name"] == "Beto"
    assert part["distance"] == pytest.approx(110.6, abs=0.5)
    assert {chat for chat, _ in await side.letters()} == {boss.account, beto.account}


async def test_an_emergency_needs_no_words_and_no_place(side: Side) -> None:
    assert (await side.posts("/api/v1/emergencies", {})).status == 201
    long = await side.posts("/api/v1/emergencies", {"title": "Auxilio " * 500})
    assert long.status == 201
    assert (len(long.json["title"]), long.json["notes"]) == (200, 1)


async def test_a_task_lives_through_the_api_from_start_to_end(side: Side) -> None:
    await side.hires("Beto")
    code = await side.opens()
    life: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"assignee": "beto"}, {"version": 2}),
        ({"title": "Patrullaje zona sur", "priority": 3}, {"title": "Patrullaje zona sur", "priority": 3}),
        ({"place": {"lat": -0.2, "lon": -78.5}, "address": "Parque"}, {"address": "Parque"}),
        ({"address": "Plaza"}, {"address": "Plaza", "place": {"lat": -0.2, "lon": -78.5}}),
        ({"note": "Llevar linterna"}, {"notes": 1}),
        ({"state": "in_progress"}, {"state": "in_progress"}),
        ({"state": "paused"}, {"state": "paused"}),
        ({"state": "in_progress"}, {"state": "in_progress"}),
        ({"state": "completed"}, {"state": "completed", "closed_at": "2026-03-02T17:00:00Z"}),
    ]
    for change, shows in life:
        answer = await side.patches(code, **change)
        assert answer.status == 200, (change, answer.body)
        assert {name: answer.json[name] for name in shows} == shows
        assert (await side.gets(f"/api/v1/tasks/{code}")).json == answer.json


async def test_a_program_takes_charge_of_an_alert_in_somebodys_name(side: Side) -> None:
    sara = await side.hires("Sara", Role.SUPERVISOR)
    code = (await side.posts("/api/v1/emergencies", {"title": "Robo"})).json["code"]
    taken = await side.patches(code, acknowledged=True, on_behalf_of="@sara")
    assert taken.json["acknowledged_at"] == "2026-03-02T17:00:00Z"
    assert taken.json["acknowledged_by"] == {"id": sara.id, "name": "Sara", "username": "sara"}
    again = await side.patches(code, acknowledged=True, on_behalf_of=sara.id)
    assert (again.status, again.json["type"]) == (409, "urn:gad:problem:acknowledged")
    assert again.json["at"] == "2026-03-02T17:00:00Z"


async def test_a_program_takes_its_own_end_back_and_reopens_what_is_closed(side: Side) -> None:
    await side.hires("Sara", Role.SUPERVISOR)
    code = (await side.posts("/api/v1/emergencies", {"title": "Robo"})).json["code"]
    assert (await side.patches(code, undone=True)).json["type"] == "urn:gad:problem:not-your-act"
    assert (await side.patches(code, state="cancelled", on_behalf_of="sara")).json["state"] == "cancelled"
    other = await side.says("PATCH", f"/api/v1/tasks/{code}", {"undone": True}, token=OTHER_TOKEN)
    assert (other.status, other.json["type"]) == (409, "urn:gad:problem:not-your-act")
    back = await side.patches(code, undone=True)
    assert (back.status, back.json["state"], back.json["closed_at"]) == (200, "scheduled", None)
    assert (await side.patches(code, reopened=True)).json["type"] == "urn:gad:problem:already"
    assert (await side.patches(code, state="cancelled", on_behalf_of="sara")).json["state"] == "cancelled"
    again = await side.patches(code, reopened=True, reason="Volvió")
    assert (again.status, again.json["state"], again.json["closed_at"]) == (200, "scheduled", None)


async def test_what_the_desk_refuses_says_why_in_a_form_that_programs_read(side: Side) -> None:
    code = await side.opens()
    assert (await side.patches(code, state="cancelled")).status == 200
    answer = await side.patches(code, state="in_progress")
    assert answer.kind == "application/problem+json"
    assert answer.json == {
        "type": "urn:gad:problem:closed",
        "title": "The task is closed",
        "status": 409,
        "detail": "The task is cancelled.",
        "task": code,
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "Say what to change"),
        ({"reason": "Por nada"}, "Say what to change"),
        ({"state": "paused", "note": "Pausa"}, "One change at a time: state, note are 2."),
        (
            {"title": "Otra", "priority": 2, "assignee": "beto"},
            "One change at a time: title, priority, assignee are 2.",
        ),
    ],
)
async def test_one_request_makes_one_change(side: Side, change: dict[str, object], says: str) -> None:
    await side.hires("Beto")
    code = await side.opens()
    answer = await side.patches(code, **change)
    assert answer.status == 422
    assert says in answer.json["detail"]
    assert (await side.gets(f"/api/v1/tasks/{code}")).json["version"] == 1


async def test_a_change_that_is_meant_for_another_version_is_not_made(side: Side) -> None:
    code = await side.opens()
    first = await side.gets(f"/api/v1/tasks/{code}")
    await side.patches(code, note="Alguien llegó antes")
    path, change = f"/api/v1/tasks/{code}", {"title": "Otra"}
    late = await side.says("PATCH", path, change, If_Match=first.headers["ETag"])
    assert (late.status, late.json["type"]) == (412, "urn:gad:problem:stale")
    assert (await side.says("PATCH", path, change, If_Match='"2"')).status == 200
    assert (await side.says("PATCH", path, {"note": "Sea como sea"}, If_Match="*")).status == 200
    assert (await side.says("PATCH", path, change, If_Match="seven")).status == 400


@pytest.mark.parametrize("code", ["T-000099", "T-99999999999999999999", "nueva", "T-1'--", "%F0%9F%9A%93"])
async def test_a_task_that_is_not_there_is_not_found(side: Side, code: str) -> None:
    for answer in (await side.gets(f"/api/v1/tasks/{code}"), await side.patches(code, note="Hola")):
        assert (answer.status, answer.kind) == (404, "application/problem+json")


async def test_a_code_is_found_however_it_is_written(side: Side) -> None:
    await side.opens()
    for code in ("T-000001", "t-1", "1"):
        assert (await side.gets(f"/api/v1/tasks/{code}")).json["code"] == "T-000001"


async def test_p2_the_same_key_again_changes_nothing_and_gets_the_same_answer(side: Side) -> None:
    body = {"title": "Rondar", "priority": 2}
    first = await side.posts("/api/v1/tasks", body, Idempotency_Key="k-1")
    await side.patches(first.json["code"], title="Rondar de noche")
    again = await side.posts("/api/v1/tasks", b'{"priority": 2,  "title": "Rondar"}', Idempotency_Key="k-1")
    assert (again.status, again.body) == (first.status, first.body)
    assert len((await side.gets("/api/v1/tasks")).json["tasks"]) == 1


async def test_p2_a_refusal_is_an_answer_too(side: Side) -> None:
    beto = await side.hires("Beto")
    await side.posts("/api/v1/emergencies", {"title": "Robo"})
    body = {"title": "Rondar", "assignee": beto.id + 1}
    first = await side.posts("/api/v1/tasks", body, Idempotency_Key="k-1")
    await side.hires("Lola")
    again = await side.posts("/api/v1/tasks", body, Idempotency_Key="k-1")
    assert (first.status, again.status) == (422, 422)


async def test_p2_a_key_stands_for_one_request_alone(side: Side) -> None:
    await side.posts("/api/v1/tasks", {"title": "Rondar"}, Idempotency_Key="k-1")
    other = await side.posts("/api/v1/tasks", {"title": "Vigilar"}, Idempotency_Key="k-1")
    elsewhere = await side.posts("/api/v1/emergencies", {"title": "Rondar"}, Idempotency_Key="k-1")
    for answer in (other, elsewhere):
        assert (answer.status, answer.json["type"]) == (422, "urn:gad:problem:key-reused")
    assert len(await side.events()) == 1


async def test_p2_each_program_has_keys_of_its_own(side: Side) -> None:
    await side.posts("/api/v1/tasks", {"title": "Rondar"}, Idempotency_Key="k-1")
    other = await side.posts("/api/v1/tasks", {"title": "Rondar"}, token=OTHER_TOKEN, Idempotency_Key="k-1")
    assert (other.status, other.json["code"]) == (201, "T-000002")


async def test_without_a_key_each_request_is_one(side: Side) -> None:
    assert [await side.opens("Rondar"), await side.opens("Rondar")] == ["T-000001", "T-000002"]


@pytest.mark.parametrize("key", ["", "x" * 256, "clave ñ"])
async def test_a_key_that_is_none_is_refused(side: Side, key: str) -> None:
    answer = await side.posts("/api/v1/tasks", {"title": "Rondar"}, Idempotency_Key=key)
    assert (answer.status, await side.events()) == (400, [])


def test_every_field_of_a_change_belongs_to_one_command() -> None:
    assert set(ASPECT_OF_FIELD) == set(TaskChange.__struct_fields__) - {"reason", "on_behalf_of"}
    assert set(ASPECT_OF_FIELD.values()) == set(Aspect)


async def test_p5_two_hundred_from_one_token_are_two_emergencies_and_what_joined_the_first(side: Side) -> None:
    await side.hires("Sara", Role.SUPERVISOR)
    answers = [await side.posts("/api/v1/emergencies", {"title": f"Falsa {number}"}) for number in range(20)]
    assert [answer.status for answer in answers] == [201, 201, *[200] * 18]
    assert [answer.json["opened"] for answer in answers] == [True, True, *[False] * 18]
    assert {answer.json["code"] for answer in answers[2:]} == {answers[0].json["code"]}
    assert (answers[-1].json["joined"], answers[-1].json["notes"]) == (18, 18)
    bodies = [json.decode(event["body"]) for event in await side.events()]
    joined = [body["text"] for body in bodies if body["type"] == "report_joined"]
    assert joined == [f"Falsa {number}" for number in range(2, 20)], "nothing is dropped"
