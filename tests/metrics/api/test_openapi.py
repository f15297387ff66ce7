"""The description of the API is valid, and says what is answered."""

from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from metrics.api.table import ENDPOINTS
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


async def test_it_shows_what_a_query_may_ask(side: Side) -> None:
    listing = (await side.gets("/openapi.json")).json["paths"]["/api/v1/tasks"]["get"]
    assert [one["name"] for one in listing["parameters"]] == ["state", "kind", "after", "limit"]
    nearest = (await side.gets("/openapi.json")).json["paths"]["/api/v1/agents/nearest"]["get"]
    assert [one["name"] for one in nearest["parameters"] if one["required"]] == ["lat", "lon"]
