"""The API's part of the authorisation matrix (P9): every address has its row, and wants a token that is known."""

from typing import Any

from metrics.api.endpoint import Endpoint
from metrics.api.table import ENDPOINTS
from tests.metrics.side import Side
from tests.project.imports import ROOT

TABLE = (ROOT / "docs" / "authorisation.md").read_text("utf-8").partition("\n## The API\n")[2]
UNKNOWN = {"": "without a token", "Bearer nobody-knows-this-one": "with an unknown one"}


def test_every_address_has_its_row() -> None:
    rows = [line for line in TABLE.split("\n") if line.startswith("| `")]
    assert rows == [f"| `{one.method} {one.path}` | `{one.scope}` | 401 | 401 | 403 |" for one in ENDPOINTS]


async def test_p9_every_address_of_the_api_wants_a_token(side: Side) -> None:
    code = await side.opens()
    events = await side.events()
    for one in ENDPOINTS:
        for header, how in UNKNOWN.items():
            answer = await side.says(*address(one, code), {"title": "Robo"}, token=None, Authorization=header)
            assert (answer.status, answer.kind) == (401, "application/problem+json"), (one.path, how)
            assert b"Patrullaje" not in answer.body
    assert await side.events() == events


def address(one: Endpoint[Any, Any], code: str) -> tuple[str, str]:
    return one.method, one.path.replace("{code}", code)
