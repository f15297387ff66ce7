"""Problems: a program gets problem details (RFC 9457) for any failure, and the inside stays inside."""

import logging
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import TaskState
from metrics.api.reading import LARGEST_BODY
from metrics.api.refusals import refused
from storage.engine.session import Query
from tests.metrics.side import TOKEN, Side

TASKS = "/api/v1/tasks"
OFF = "The API is off: there is no token. gad tokens create makes one."


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Basic dXNlcjpwYXNz", "Token abc"])
async def test_p9_without_a_token_nobody_gets_in(side: Side, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = await side.says("GET", TASKS, token=None, **headers)
    assert (answer.status, answer.kind) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="gad"'


@pytest.mark.parametrize("token", ["wrong", TOKEN + "x", TOKEN.upper(), "ñandú"])
async def test_p9_nor_with_a_token_that_is_not_known(side: Side, token: str) -> None:
    answer = await side.says("POST", TASKS, {"title": "Rondar"}, token=token)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="gad", error="invalid_token"'
    assert not await side.events()


async def test_p9_the_digest_of_a_token_is_no_token(side: Side) -> None:
    assert (await side.says("GET", TASKS, token=side.tokens[0])).status == 401


@pytest.mark.parametrize("path", [TASKS, "/api/v1/stats", "/api/v1/agents/nearest", f"{TASKS}/T-000001"])
async def test_p9_without_any_token_configured_the_api_is_off(closed_side: Side, path: str) -> None:
    closed_side.tokens = []
    await closed_side.open()
    for token in (None, TOKEN, ""):
        answer = await closed_side.says("GET", path, token=token)
        assert (answer.status, answer.json["detail"]) == (404, OFF)
    assert (await closed_side.gets("/health/live")).status == 200


async def test_the_scheme_may_be_written_in_any_case(side: Side) -> None:
    assert (await side.says("GET", TASKS, token=None, Authorization=f"bearer {TOKEN}")).status == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"title": "\xff"}', 400),
        (b'{"title": "\\ud800 sola"}', 400),
        (b'{"title": "a", "priority": ' + b"[" * 50_000, 422),
        (b"[]", 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"title": ""}', 422),
        (b'{"title": "   "}', 422),
        (b'{"title": "\\u000f\\u200b"}', 422),
        (b'{"title": "con \\u0000"}', 422),
        (b'{"title": 7}', 422),
        (b'{"title": "a", "priority": 6}', 422),
        (b'{"title": "a", "priority": "alta"}', 422),
        (b'{"title": "a", "type": "siesta"}', 422),
        (b'{"title": "a", "place": {"lat": 91, "lon": 0}}', 422),
        (b'{"title": "a", "place": {"lat": 1e400, "lon": 0}}', 422),
        (b'{"title": "a", "place": {"lat": 0}}', 422),
        (b'{"title": "a", "assignee": 99999999999999999999}', 422),
        (b'{"title": "a", "owner": "beto"}', 422),
        (b'{"title": "%s"}' % (b"a" * 201), 422),
        (b'{"title": "%s"}' % (b"a" * LARGEST_BODY), 413),
    ],
)
async def test_a_body_that_is_not_as_declared_changes_nothing(side: Side, body: bytes, status: int) -> None:
    answer = await side.posts(TASKS, body)
    assert (answer.status, answer.kind) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert not await side.events()


async def test_a_detail_says_where(side: Side) -> None:
    answer = await side.posts(TASKS, {"title": "Rondar", "place": {"lat": "norte", "lon": 0}})
    assert answer.json == {
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "The body: Expected `float`, got `str` - at `$.place.lat`.",
    }


async def test_a_body_comes_as_json(side: Side) -> None:
    body = b'{"title": "Rondar"}'
    assert (await side.posts(TASKS, body, Content_Type="text/plain")).status == 415
    assert (await side.posts(TASKS, body, Content_Type="application/json; charset=utf-8")).status == 201


async def test_a_body_is_as_its_headers_say(side: Side) -> None:
    assert (await side.posts(TASKS, b"no gzip", Content_Encoding="gzip")).status == 400


@pytest.mark.parametrize("pieces", [20, 300])
async def test_a_long_body_in_pieces_is_too_long_as_well(side: Side, pieces: int) -> None:
    async with side.session.post(
        TASKS, data=_in_pieces(pieces), headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    ) as response:
        assert response.status == 413


async def _in_pieces(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b" " * 5_000


async def test_addresses_that_are_none(side: Side) -> None:
    nowhere = await side.gets("/api/v1/missions")
    assert (nowhere.status, nowhere.json["detail"]) == (404, "Nothing is at /api/v1/missions.")
    assert nowhere.kind == "application/problem+json"


async def test_methods_that_are_not_taken(side: Side) -> None:
    answer = await side.says("DELETE", f"{TASKS}/T-000001")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, PATCH")
    assert answer.kind == "application/problem+json"


async def test_what_fails_inside_stays_inside(side: Side, caplog: pytest.LogCaptureFixture) -> None:
    await side.store.write(lambda session: session.run(Query(text("ALTER TABLE task RENAME TO missing"))))
    with caplog.at_level(logging.ERROR, "metrics.problems"):
        answer = await side.gets(TASKS)
    assert (answer.status, answer.kind) == (500, "application/problem+json")
    assert b"no such table" not in answer.body
    assert "no such table" in caplog.text


async def test_a_fault_that_every_request_meets_is_said_once_a_minute_and_counted_between(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    await side.store.write(lambda session: session.run(Query(text("ALTER TABLE task RENAME TO missing"))))
    with caplog.at_level(logging.ERROR, "metrics.problems"):
        for asked in (3, 2, 1):
            for _ in range(asked):
                assert (await side.gets(TASKS)).status == 500
            side.clock.advance(61)
        assert (await side.gets(f"{TASKS}/T-000001")).status == 500
    said = [record.getMessage() for record in caplog.records if record.exc_info]
    assert said == [
        f"GET {TASKS} failed",
        f"GET {TASKS} failed, and 2 times more since the last time",
        f"GET {TASKS} failed, and 1 times more since the last time",
        f"GET {TASKS}/T-000001 failed",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_a_problem(reason: Reason) -> None:
    problem = refused(Refusal(reason=reason, task=7, state=TaskState.PAUSED)).problem
    assert problem.type == f"urn:gad:problem:{reason.value}"
    assert 400 <= problem.status < 500
    assert problem.task == "T-000007"
