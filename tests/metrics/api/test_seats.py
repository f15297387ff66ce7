"""Seats over the API: how many go, changed and relieved by name; kinds of work by their name."""

import pytest

from core.rules.situation import Rules
from core.vocabulary.kinds import Work, WorkKind
from core.vocabulary.places import Place
from core.vocabulary.words import Role
from tests.metrics.side import Side

PARK = Place(lat=-2.1862, lon=-79.8885)
HERE = {"lat": PARK.lat, "lon": PARK.lon}


async def test_p12_an_emergency_is_opened_with_the_seats_that_it_needs(side: Side) -> None:
    for name in ("Ana", "Beto", "Carla", "Dani", "Eva"):
        await side.hires(name, place=PARK)
    answer = await side.posts("/api/v1/emergencies", {"title": "Incendio", "place": HERE, "seats": 2})
    assert (answer.status, answer.json["seats"], answer.json["missing"]) == (201, 2, 2)
    assert len(answer.json["assignments"]) == 4, "as many as missing, and two more as for one"


async def test_p12_more_seats_are_asked_for_at_once_and_fewer_go_down_to_those_who_go(side: Side) -> None:
    people = [await side.hires(name, place=PARK) for name in ("Ana", "Beto", "Carla", "Dani", "Eva")]
    opened = await side.posts("/api/v1/emergencies", {"title": "Incendio", "place": HERE})
    code = opened.json["code"]
    more = await side.patches(code, seats=3)
    assert (more.status, more.json["seats"], len(more.json["assignments"])) == (200, 3, 5)
    assert (await side.patches(code, seats=1)).status == 409, "in nobody's name"
    sara = await side.hires("Sara", Role.SUPERVISOR)
    fewer = await side.patches(code, seats=1, on_behalf_of=sara.id)
    offered = [part for part in fewer.json["assignments"] if part["state"] == "offered"]
    assert (fewer.status, fewer.json["seats"]) == (200, 1)
    assert len(offered) <= len(people)
    same = await side.patches(code, seats=1, on_behalf_of=sara.id)
    assert same.status == 409


@pytest.mark.parametrize("seats", [0, -1, 21, 10_000])
async def test_p12_a_number_of_seats_that_no_task_has_is_one_problem_and_changes_nothing(
    side: Side, seats: int
) -> None:
    code = await side.opens()
    for answer in (
        await side.posts("/api/v1/emergencies", {"title": "Incendio", "seats": seats}),
        await side.posts("/api/v1/tasks", {"title": "Ronda", "seats": seats}),
        await side.patches(code, seats=seats),
    ):
        assert answer.status == 422
        assert "seats" in answer.json["detail"]
    assert (await side.gets(f"/api/v1/tasks/{code}")).json["version"] == 1


async def test_p12_one_of_the_crew_is_relieved_by_name_and_nobody_else(side: Side) -> None:
    sara = await side.hires("Sara", Role.SUPERVISOR)
    beto = await side.hires("Beto")
    code = await side.opens(seats=2, assignee=beto.id)
    going = await side.patches(code, state="in_progress", on_behalf_of=beto.id)
    assert going.json["missing"] == 1
    relieved = await side.patches(code, relieved="@beto", on_behalf_of=sara.id)
    assert relieved.status == 200
    assert {part["state"] for part in relieved.json["assignments"]} == {"released"}
    nobody = await side.patches(code, relieved=beto.id, on_behalf_of=sara.id)
    assert nobody.status == 409


async def test_a_kind_is_said_by_its_name_and_an_unknown_one_changes_nothing(side: Side) -> None:
    side.desk.rules = Rules(kinds=(WorkKind(work=Work(name="Incendio", emoji="🔥"), seats=3),))
    code = (await side.posts("/api/v1/emergencies", {"title": "Vengan"})).json["code"]
    said = await side.patches(code, work="incendio")
    assert (said.status, said.json["work"], said.json["seats"]) == (200, "Incendio", 3)
    unknown = await side.patches(code, work="Vals")
    assert (unknown.status, unknown.json["type"]) == (422, "urn:gad:problem:kind")
    work = await side.posts("/api/v1/tasks", {"title": "Revisar", "work": "Incendio"})
    assert (work.json["work"], work.json["seats"]) == ("Incendio", 3)
    assert (await side.posts("/api/v1/tasks", {"title": "Revisar", "work": "Vals"})).status == 422
