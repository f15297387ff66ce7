"""Presses and links that somebody made up: whatever is in them, they open no door and touch nobody's work."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.ui.buttons import Action
from core.vocabulary.words import Role
from storage.engine.session import Query
from tests.bot.features.room import GROUP
from tests.bot.features.walk import TITLE, Walk

OFTEN = settings(
    max_examples=120,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NUMBERS = st.integers(-2, 9) | st.integers() | st.sampled_from(["", "x", "si", "omitir", "~k3f9z2", "1.0", "٣", "0x1"])
DATA = st.builds(
    lambda action, words: ":".join([action, *map(str, words)]), st.sampled_from(Action), st.lists(NUMBERS, max_size=5)
) | st.text(max_size=40)
PAYLOADS = st.text(max_size=64) | st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
_let_in: Query[int] = Query.value(text("SELECT count(*) FROM person WHERE membership = 'active'"))
_digest: Query[str] = Query.value(text("SELECT max(digest) FROM invitation"))


@OFTEN
@given(data=DATA, private=st.booleans())
async def test_p9_no_data_of_a_button_touches_the_task_of_another(walk: Walk, data: str, private: bool) -> None:
    told = await walk.tries(walk.people[Role.AGENT], data[:64], None if private else GROUP)
    assert TITLE not in " ".join(told)
    assert (await walk.state())[1] == walk.before[1]


async def let_in(walk: Walk) -> int | None:
    return await walk.room.store.read(lambda session: session.row(_let_in))


@OFTEN
@given(payload=PAYLOADS)
async def test_p9_no_link_that_nobody_made_lets_anybody_in(walk: Walk, payload: str) -> None:
    before = await let_in(walk)
    await walk.tries(walk.strangers[-1], f"/start {payload}", None)
    assert await let_in(walk) == before


async def test_p9_what_the_database_keeps_of_an_invitation_opens_no_door(walk: Walk) -> None:
    await walk.room.says(walk.people[Role.ADMIN], "/invitar agente")
    digest, before = await walk.room.store.read(lambda session: session.row(_digest)), await let_in(walk)
    assert digest
    await walk.tries(walk.strangers[-1], f"/start {digest}", None)
    assert await let_in(walk) == before
