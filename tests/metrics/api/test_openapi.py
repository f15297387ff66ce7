"""The description of the API is valid, and says what is answered."""

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.state.task import id_of
from metrics.api.openapi import CODE_PATTERN, ETAG_PATTERN
from metrics.api.reading import read_version
from metrics.api.table import ENDPOINTS
from metrics.problems import ProblemError
from tests.metrics.side import Side


async def test_the_description_is_valid_and_open_to_everybody(side: Side) -> None:
    answer = await side.gets("/openapi.json", Authorization="")
    assert (answer.status, answer.kind) == (200, "application/json")
    OpenAPIV31SpecValidator(answer.json).validate()


async def test_it_names_every_address_and_nothing_else(side: Side) -> None:
    paths: dict[str, dict[str, Any]] = (await side.gets("/openapi.json")).json["paths"]
    described = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert described == {(one.method, one.path) for one in ENDPOINTS}
    assert len(described) == 7


async def test_every_post_takes_a_key_and_every_address_says_what_it_does(side: Side) -> None:
    paths: dict[str, dict[str, Any]] = (await side.gets("/openapi.json")).json["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            headers = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
            assert ("Idempotency-Key" in headers) == (method == "post"), path
            assert operation["summary"], path
            assert operation["description"], path


async def test_every_address_says_which_scope_it_wants(side: Side) -> None:
    paths: dict[str, dict[str, Any]] = (await side.gets("/openapi.json")).json["paths"]
    for one in ENDPOINTS:
        assert paths[one.path][one.method.lower()]["security"] == [{"token": [one.scope.value]}]


async def test_it_shows_what_a_query_may_ask(side: Side) -> None:
    listing = (await side.gets("/openapi.json")).json["paths"]["/api/v1/tasks"]["get"]
    assert [one["name"] for one in listing["parameters"]] == ["state", "kind", "after", "limit"]
    nearest = (await side.gets("/openapi.json")).json["paths"]["/api/v1/agents/nearest"]["get"]
    assert [one["name"] for one in nearest["parameters"] if one["required"]] == ["lat", "lon"]


@pytest.mark.parametrize("code", ["T-000123", "t-1", "7", "T-", "x", "T-12a", "T-1234567890123456"])
def test_the_pattern_of_a_code_takes_just_what_the_address_takes(code: str) -> None:
    assert bool(re.search(CODE_PATTERN, code)) == (id_of(code) is not None)


@pytest.mark.parametrize("version", ['"7"', "*", ' "12" ', "7", '""', '"1", "2"', 'W/"1"'])
def test_the_pattern_of_a_version_takes_just_what_the_header_takes(version: str) -> None:
    try:
        read_version(version)
        taken = True
    except ProblemError:
        taken = False
    assert (version == "*" or bool(re.search(ETAG_PATTERN, version))) == taken
