"""Random requests: the answer is a 2xx or a problem, and never the server's fault."""

from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.vocabulary.words import Priority, TaskType
from tests.metrics.side import Side

NUMBERS = st.integers() | st.floats(allow_nan=False) | st.sampled_from([0, 1, 2**63, -1, 91, 181])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PLACES = st.fixed_dictionaries({"lat": NUMBERS | VALUES, "lon": NUMBERS | VALUES})
LIKELY = {
    "title": st.text(max_size=250),
    "type": st.sampled_from(TaskType),
    "priority": st.sampled_from(Priority) | NUMBERS,
    "place": PLACES,
    "address": st.text(max_size=250),
    "assignee": NUMBERS | st.text(max_size=40) | st.sampled_from(["beto", "@sara"]),
    "state": st.sampled_from(["scheduled", "in_progress", "paused", "completed", "cancelled"]),
    "note": st.text(max_size=100),
    "acknowledged": st.booleans(),
    "reopened": st.booleans(),
    "undone": st.booleans(),
    "reason": st.text(max_size=50),
}
BODIES = st.fixed_dictionaries({}, optional=LIKELY) | st.dictionaries(st.sampled_from([*LIKELY]), VALUES) | VALUES
ADDRESSES = st.sampled_from(
    [
        ("POST", "/api/v1/tasks"),
        ("POST", "/api/v1/emergencies"),
        ("PATCH", "/api/v1/tasks/1"),
        ("PATCH", "/api/v1/tasks/2"),
    ]
)
OFTEN = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@OFTEN
@given(address=ADDRESSES, body=BODIES | st.binary(max_size=40), key=st.none() | st.sampled_from(["a", "b"]))
async def test_no_body_is_the_servers_fault(
    side: Side, address: tuple[str, str], body: object, key: str | None
) -> None:
    if not await side.events():
        await side.hires("Beto")
        await side.hires("Sara")
        await side.opens()
    headers = {"Idempotency_Key": key} if key is not None else {}
    answer = await side.says(*address, b"null" if body is None else body, **headers)
    assert answer.status in (200, 201, 400, 404, 409, 412, 422), answer.body
    assert (answer.kind == "application/problem+json") == (answer.status >= 400)


@OFTEN
@given(
    path=st.sampled_from(["tasks", "tasks/T-000001", "agents/nearest", "stats"]) | st.text(max_size=20).map(quote),
    query=st.dictionaries(
        st.sampled_from(["state", "kind", "after", "limit", "lat", "lon"]) | st.text(max_size=5),
        st.text(max_size=20) | NUMBERS.map(str),
        max_size=4,
    ),
)
async def test_no_address_is_the_servers_fault(side: Side, path: str, query: dict[str, str]) -> None:
    asked = "&".join(f"{quote(name)}={quote(value)}" for name, value in query.items())
    answer = await side.gets(f"/api/v1/{path}?{asked}")
    assert answer.status in (200, 404, 422), answer.body
    assert (answer.kind == "application/problem+json") == (answer.status >= 400)
