"""Tokens with a name: each opens what its scopes say, until its end, within its limit, and not once it is revoked."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from core.vocabulary.scopes import UNNAMED, Scope
from metrics.api.endpoint import Endpoint
from metrics.api.table import ENDPOINTS
from storage.repositories import tokens
from tests.metrics.side import QUITO, Side

NEAREST = "/api/v1/agents/nearest?lat=-0.18&lon=-78.47"
BODIES: dict[tuple[str, str], dict[str, object]] = {
    ("POST", "/api/v1/tasks"): {"title": "Ronda"},
    ("POST", "/api/v1/emergencies"): {"title": "Robo"},
    ("PATCH", "/api/v1/tasks/{code}"): {"note": "Hola"},
}


async def calls(side: Side, one: Endpoint[Any, Any], token: str) -> Any:
    path = NEAREST if one.path in NEAREST else one.path.replace("{code}", "T-1")
    return await side.says(one.method, path, BODIES.get((one.method, one.path)), token=token)


async def test_p9_no_address_answers_a_token_without_its_scope(side: Side) -> None:
    """Each scope alone, and all but the one, at each address."""
    await side.opens()
    named = {scope: await side.grants(scope, name=scope) for scope in Scope}
    others = {scope: await side.grants(*(set(Scope) - {scope}), name=f"not-{scope}") for scope in Scope}
    for one, scope in product(ENDPOINTS, Scope):
        for token, may in ((named[scope], one.scope is scope), (others[scope], one.scope is not scope)):
            before = len(await side.events())
            answer = await calls(side, one, token)
            assert (answer.status < 300) == may, (one.path, one.method, scope)
            if not may:
                assert (answer.status, answer.json["type"]) == (403, "urn:gad:problem:scope")
                assert answer.json["scope"] == one.scope
                assert f'scope="{one.scope}"' in answer.headers["WWW-Authenticate"]
                assert len(await side.events()) == before


async def test_places_are_shown_to_positions_alone(side: Side) -> None:
    await side.hires("Beto", place=QUITO)
    reads = await side.grants(Scope.READ, Scope.REPORT, name="blind")
    sees = await side.grants(Scope.READ, Scope.REPORT, Scope.POSITIONS, name="map")
    body = {"title": "Robo", "place": {"lat": -0.181, "lon": -78.47}}
    for token, shown in ((reads, False), (sees, True)):
        opened = await side.posts("/api/v1/emergencies", body, token=token)
        code = opened.json["code"]
        one = await side.says("GET", f"/api/v1/tasks/{code}", token=token)
        (listed, *_) = (await side.says("GET", "/api/v1/tasks?limit=1", token=token)).json["tasks"]
        for task in (opened.json, one.json, listed):
            assert (task["place"] is not None) == shown
            assert all((part["distance"] is not None) == shown for part in task["assignments"])


async def test_p14_a_revoked_token_opens_nothing_at_the_next_request(side: Side) -> None:
    token = await side.grants(Scope.READ)
    assert (await side.says("GET", "/api/v1/stats", token=token)).status == 200
    await side.store.write(lambda session: tokens.revoke(session, "radio", "root", side.clock.now()))
    answer = await side.says("GET", "/api/v1/stats", token=token)
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="gad", error="invalid_token"')
    assert not await side.store.write(lambda session: tokens.revoke(session, "radio", "root", side.clock.now()))
    kept = [(event["via"], event["body"]) for event in await side.events()]
    assert [via for via, _ in kept] == ["cli", "cli"]
    assert ['"token_created"' in kept[0][1], '"token_revoked"' in kept[1][1]] == [True, True]
    assert token not in str(kept)


async def test_a_token_is_over_at_its_end(side: Side) -> None:
    token = await side.grants(Scope.READ, expires_at=side.clock.now() + timedelta(days=90))
    side.clock.advance(90 * 86_400 - 1)
    assert (await side.says("GET", "/api/v1/stats", token=token)).status == 200
    side.clock.advance(1)
    assert (await side.says("GET", "/api/v1/stats", token=token)).status == 401


async def test_each_token_has_a_limit_of_its_own(side: Side) -> None:
    slow, other = await side.grants(Scope.READ, calls=2, seconds=60), await side.grants(Scope.READ, name="other")
    codes = [(await side.says("GET", "/api/v1/stats", token=slow)).status for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    refused = await side.says("GET", "/api/v1/stats", token=slow)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert (await side.says("GET", "/api/v1/stats", token=other)).status == 200
    side.clock.advance(int(refused.headers["Retry-After"]))
    assert (await side.says("GET", "/api/v1/stats", token=slow)).status == 200


async def test_an_emergency_is_never_refused_by_a_limit(side: Side) -> None:
    token = await side.grants(Scope.REPORT, calls=2, seconds=60)
    codes = [(await side.posts("/api/v1/tasks", {"title": f"Ronda {n}"}, token=token)).status for n in range(3)]
    assert codes == [201, 201, 429]
    heard = [await side.posts("/api/v1/emergencies", {"title": f"Robo {n}"}, token=token) for n in range(4)]
    assert [(one.status, one.json["opened"]) for one in heard] == [(201, True)] * 2 + [(200, False)] * 2
    assert (await side.posts("/api/v1/tasks", {"title": "Ronda"}, token=token)).status == 429


async def test_what_it_does_is_recorded_under_its_name(side: Side) -> None:
    token = await side.grants(Scope.REPORT, name="monitoreo")
    await side.posts("/api/v1/tasks", {"title": "Ronda"}, token=token)
    assert (await side.events())[-1]["via"] == "api:monitoreo"
    assert side.used == ["monitoreo"]


@pytest.mark.parametrize("value", ["gad_", "gad_x", "gad_" + "x" * 44, "GAD_" + "x" * 43, "gad_" + "x" * 43])
async def test_what_is_none_is_unknown(side: Side, value: str) -> None:
    await side.grants(Scope.READ)
    assert (await side.says("GET", "/api/v1/stats", token=value)).status == 401


async def test_the_details_of_health_and_a_token_at_the_metrics_want_the_scope_for_it(side: Side) -> None:
    reads, watches = await side.grants(Scope.READ), await side.grants(Scope.METRICS, name="watch")
    assert "parts" not in (await side.says("GET", "/health", token=reads)).json
    assert "parts" in (await side.says("GET", "/health", token=watches)).json
    codes = [(await side.says("GET", "/metrics", token=token)).status for token in (None, watches, reads)]
    assert codes == [200, 200, 403]


async def test_the_api_is_on_with_a_token_of_the_database_alone(closed_side: Side) -> None:
    closed_side.tokens = []
    await closed_side.open()
    token = await closed_side.grants(Scope.READ)
    assert (await closed_side.says("GET", "/api/v1/stats", token=token)).status == 200
    assert (await closed_side.says("GET", "/api/v1/stats", token=None)).status == 401


def test_a_token_of_the_configuration_has_every_scope_but_that_of_silent_alarms() -> None:
    assert set(Scope) - UNNAMED == {Scope.DURESS}
