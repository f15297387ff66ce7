"""Bodies and headers at the webhook that are none: answered with a 4xx or kept, and the desk goes on."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from tests.story.desk import StoryDesk
from tests.story.test_webhook import HEADER, SECRET, pushed_to

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
LIKELY = st.fixed_dictionaries(
    {"update_id": st.integers(-(2**70), 2**70) | JSON},
    optional={"message": JSON, "callback_query": JSON, "my_chat_member": JSON, "edited_message": JSON},
)
BODIES = (
    st.binary(max_size=60)
    | JSON.map(encode)
    | LIKELY.map(encode)
    | st.integers(1, 40_000).map(lambda depth: b'{"update_id": 5, "message": ' + b"[" * depth)
    | st.just(b'{"update_id": 7, "message": {"text": "\xff\xfe"}}')
)
HEADERS = st.dictionaries(
    st.sampled_from(["Content-Type", "Content-Encoding", "X-Forwarded-For", "Accept"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20).map(str.strip),
    max_size=2,
)


@pytest.fixture
async def pushed(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    async with pushed_to(tmp_path) as desk:
        yield desk


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=BODIES, headers=HEADERS, secret=st.sampled_from([SECRET, SECRET, SECRET, None]))
async def test_whatever_is_pushed_is_no_fault_of_the_desk(
    pushed: StoryDesk, body: bytes, headers: dict[str, str], secret: str | None
) -> None:
    known = {HEADER: secret} if secret is not None else {}
    url = f"http://127.0.0.1:{pushed.app.server.port}/telegram/webhook"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers | known) as answer:
        if secret is None:
            assert answer.status in (400, 401, 429)
        else:
            assert answer.status in (200, 400, 413, 415), (answer.status, body)
    assert not pushed.app.crew.failing("worker")


async def test_after_all_that_was_pushed_people_are_answered(pushed: StoryDesk) -> None:
    ana = await pushed.agent("Ana Mora")
    url = f"http://127.0.0.1:{pushed.app.server.port}/telegram/webhook"
    async with aiohttp.ClientSession() as session:
        for body in (b"", b"null", b"[]", b"{}", b'{"update_id": "x"}', b'{"update_id": 905, "message": []}'):
            async with session.post(url, data=body, headers={HEADER: SECRET}) as answer:
                assert answer.status in (200, 400)
    await ana.says("/ayuda")
    ana.sees("Lo que puedes hacer")
