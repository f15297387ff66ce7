"""Lists that are read to their end, and the desk in numbers."""

import asyncio
from typing import Any

import pytest

from core.vocabulary.places import Place
from core.vocabulary.scopes import Scope
from core.vocabulary.words import Role
from tests.metrics.side import QUITO, Side


async def follow(side: Side, path: str | None) -> list[list[dict[str, Any]]]:
    """All pages from this address on."""
    pages = []
    while path is not None:
        answer = await side.gets(path)
        assert answer.status == 200, answer.body
        pages.append(answer.json["tasks"])
        path = answer.json["next"]
    return pages


async def test_pages_follow_one_another_to_the_end(side: Side) -> None:
    codes = [await side.opens(f"Ronda {number}") for number in range(7)]
    pages = await follow(side, "/api/v1/tasks?limit=3")
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [task["code"] for page in pages for task in page] == codes[::-1]


async def test_what_is_opened_meanwhile_moves_no_page(side: Side) -> None:
    codes = [await side.opens(f"Ronda {number}") for number in range(4)]
    first = (await side.gets("/api/v1/tasks?limit=2")).json
    await side.opens("Otra")
    second = (await side.gets(first["next"])).json
    assert [task["code"] for task in first["tasks"] + second["tasks"]] == codes[::-1]


async def test_each_of_a_crowd_that_lists_at_once_finds_what_they_had_opened_before(side: Side) -> None:
    async def opens_and_lists(number: int) -> None:
        code = await side.opens(f"Ronda {number}")
        assert code in {task["code"] for task in (await side.gets("/api/v1/tasks?limit=100")).json["tasks"]}

    await asyncio.gather(*(opens_and_lists(number) for number in range(40)))


async def test_programs_that_list_at_once_see_no_more_than_each_may(side: Side) -> None:
    await side.opens(place={"lat": QUITO.lat, "lon": QUITO.lon})
    blind = await side.grants(Scope.READ)
    seeing = await side.grants(Scope.READ, Scope.POSITIONS, name="mapa")
    asked = [blind, seeing] * 20
    pages = await asyncio.gather(*(side.says("GET", "/api/v1/tasks", token=token) for token in asked))
    shown = [page.json["tasks"][0].get("place") is not None for page in pages]
    assert shown == [False, True] * 20


async def test_a_list_may_be_of_a_state_and_of_a_kind(side: Side) -> None:
    codes = [await side.opens(f"Ronda {number}") for number in range(3)]
    await side.patches(codes[0], state="cancelled")
    emergency = (await side.posts("/api/v1/emergencies", {"title": "Robo"})).json["code"]

    async def listed(query: str) -> list[str]:
        return [task["code"] for page in await follow(side, f"/api/v1/tasks?limit=1&{query}") for task in page]

    assert await listed("state=closed") == [codes[0]]
    assert await listed("state=open") == [emergency, codes[2], codes[1]]
    assert await listed("state=open&kind=task") == [codes[2], codes[1]]
    assert await listed("kind=emergency") == [emergency]


async def test_an_empty_desk_has_an_empty_list(side: Side) -> None:
    assert (await side.gets("/api/v1/tasks")).json == {"tasks": [], "next": None}


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "state=perdida", "kind=otra", "after=ayer", "after=T-1%00", "offset=20"],
)
async def test_a_query_says_what_it_may_not_ask(side: Side, query: str) -> None:
    answer = await side.gets(f"/api/v1/tasks?{query}")
    assert (answer.status, answer.kind) == (422, "application/problem+json")
    assert answer.json["detail"].startswith("The query: ")


async def test_the_nearest_available_agents_come_first(side: Side) -> None:
    near = await side.hires("Ana", place=Place(lat=-0.181, lon=-78.47))
    far = await side.hires("Beto", place=Place(lat=-0.3, lon=-78.47))
    lost = await side.hires("Carla")
    await side.hires("Sara", Role.SUPERVISOR, place=QUITO)
    answer = await side.gets("/api/v1/agents/nearest?lat=-0.18&lon=-78.47")
    assert [one["agent"]["id"] for one in answer.json["agents"]] == [near.id, far.id, lost.id]
    first, _, last = answer.json["agents"]
    assert first["distance"] == pytest.approx(110.6, abs=0.5)
    assert first["seen_at"] == "2026-03-02T17:00:00Z"
    assert (last["distance"], last["place"]) == (None, None)
    only = await side.gets("/api/v1/agents/nearest?lat=-0.18&lon=-78.47&limit=1")
    assert [one["agent"]["id"] for one in only.json["agents"]] == [near.id]


async def test_a_place_that_is_too_old_no_longer_says_where_somebody_is(side: Side) -> None:
    await side.hires("Ana", place=QUITO)
    side.clock.advance(side.desk.rules.location_max_age.total_seconds() + 1)
    (agent,) = (await side.gets("/api/v1/agents/nearest?lat=-0.18&lon=-78.47")).json["agents"]
    assert (agent["distance"], agent["place"]) == (None, {"lat": -0.18, "lon": -78.47})


@pytest.mark.parametrize("query", ["", "lat=1", "lat=91&lon=0", "lat=0&lon=-181", "lat=nan&lon=0", "lat=0&lon=inf"])
async def test_nobody_is_near_what_is_not_on_the_earth(side: Side, query: str) -> None:
    assert (await side.gets(f"/api/v1/agents/nearest?{query}")).status == 422


async def test_the_desk_in_numbers(side: Side) -> None:
    await side.hires("Sara", Role.SUPERVISOR)
    await side.hires("Beto")
    done = await side.opens(priority=2)
    await side.patches(done, state="completed")
    await side.posts("/api/v1/emergencies", {"title": "Robo"})
    stats = (await side.gets("/api/v1/stats")).json
    assert stats["tasks"] == [
        {"state": "completed", "priority": 2, "count": 1},
        {"state": "scheduled", "priority": 5, "count": 1},
    ]
    assert stats["agents"] == {"available": 1, "on_task": 0, "off_duty": 0, "unavailable": 0}
    assert stats["alerts"] == {"waiting": 1, "oldest": "2026-03-02T17:00:00Z", "more": False}
    assert stats["outbox"]["emergency"]["waiting"] == 2
    assert stats["inbox"] == {"waiting": 0, "oldest": None, "more": False}
    assert stats["parked"] == {"updates": 0, "messages": 0, "more": False}
