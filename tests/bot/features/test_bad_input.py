"""Bad input of any kind gets one clear sentence, and nothing changes."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.registry import commands_for
from bot.features.loading import load_features
from bot.ui.buttons import Action
from bot.ui.command_names import names_of
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.words import Role
from tests.bot.features.room import GROUP, Room

ABOUT_A_TASK = ("tarea", "finalizar", "nota", "asignar", "escalar")


async def desk(room: Room) -> tuple[Person, Person]:
    """Sara and Ana; T-1 is Sara's own and open, T-2 is closed."""
    sara, ana = await room.person("Sara", Role.SUPERVISOR), await room.person("Ana")
    await room.says(sara, "/nueva Ronda @sara")
    await room.says(sara, "/nueva Otra @sara")
    await room.says(sara, "/finalizar T-2")
    await room.reads(ana)
    return sara, ana


async def task(room: Room, number: int = 1) -> Task:
    file = await room.queries.task_file(number)
    assert file is not None
    return file.task


@pytest.mark.parametrize("name", ABOUT_A_TASK)
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "¿Cuál? Toca una tarea"),
        ("hola", "«hola» no es un código de tarea"),
        ("<b>x</b>", "«<b>x</b>» no es un código de tarea"),
        ("مرحبا", "no es un código de tarea"),
        ("x" * 4_000, "no es un código de tarea"),
        ("T-999 @sara motivo", "No existe la tarea T-000999"),
    ],
)
async def test_a_command_about_no_task_says_how_it_is_written(room: Room, name: str, words: str, answer: str) -> None:
    sara, _ = await desk(room)
    alone = words.partition(" ")[0] if name in ("tarea", "finalizar") else words
    (no,) = await room.says(sara, f"/{name} {alone}".strip())
    assert answer in no.text
    assert len(no.text) < 200


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/tarea T-1 y más", "Envía solo el código, por ejemplo: /tarea T-000123"),
        ("/finalizar T-1 " + "ya " * 200, "500"),
        ("/finalizar T-2", "La tarea T-000002 ya está finalizada"),
        ("/escalar T-1", "Falta el motivo"),
        ("/escalar T-2 no contestan", "ya está finalizada"),
        (f"/escalar T-1 {'x' * 2_000}", "envíalo en 500 caracteres"),
        ("/asignar T-1 beto", "Falta a quién"),
        ("/asignar T-1 @nadie", "No conozco a @nadie"),
        ("/asignar T-2 @ana", "ya está finalizada"),
        ("/asignar T-2", "ya está finalizada"),
        ("/asignar T-1 @ana @sara", "Nombra a una sola persona"),
        ("/asignar T-1 @sara", "Ya lo tomó Sara, 12:00."),
        ("/buscar", "¿Qué busco?"),
        ("/historial " + "ayer " * 500, "No conozco «ayer ayer"),
    ],
)
async def test_what_can_not_be_done_is_said_in_one_sentence(room: Room, text: str, answer: str) -> None:
    sara, _ = await desk(room)
    before = await task(room)
    (no,) = await room.says(sara, text)
    assert answer in no.text
    assert await task(room) == before


@pytest.mark.parametrize("text", ["/asignar T-1 @ana", "/escalar T-1 ya", "/tareas", "/equipo"])
async def test_p9_an_agent_does_not_do_what_is_a_supervisors(room: Room, text: str) -> None:
    _, ana = await desk(room)
    before = await task(room)
    (no,) = await room.says(ana, text)
    assert no.text == "Eso solo lo hace quien tiene el rol de supervisor: pídelo a alguien que lo tenga."
    assert await task(room) == before


@pytest.mark.parametrize("text", ["/tarea T-1", "/finalizar T-1", "/nota T-1 hola"])
async def test_p9_an_agent_does_not_touch_what_is_not_theirs(room: Room, text: str) -> None:
    _, ana = await desk(room)
    before = await task(room)
    (no,) = await room.says(ana, text)
    assert no.text.startswith("La tarea T-000001 no es tuya")
    assert await task(room) == before


ANY_WORDS = st.text(max_size=60) | st.sampled_from(
    ["T-1", "t-2 hola", "T-1 @sara", "@sara !alta Ronda", "!x", "activas", "-0.1, -78.1", "99.9 99.9", "x" * 4_000]
)
NUMBERS = st.integers(-3, 9) | st.integers() | st.sampled_from(["", "x", "si", "omitir", "cerca", "abiertas"])
PRESSES = st.builds(
    lambda action, words: ":".join([action, *map(str, words)])[:64],
    st.sampled_from(Action),
    st.lists(NUMBERS, max_size=5),
)


def message_parts() -> st.SearchStrategy[dict[str, Any]]:
    """Parts that a message may bring besides words (https://core.telegram.org/bots/api#message)."""
    file = {"file_id": "F", "file_unique_id": "u"}
    place = st.builds(lambda lat, lon: {"latitude": lat, "longitude": lon}, st.floats(-200, 200), st.floats(-400, 400))
    entity = st.builds(
        lambda offset, length: {"type": "text_mention", "offset": offset, "length": length, "user": USER},
        st.integers(0, 80),
        st.integers(1, 80),
    )
    return st.one_of(
        st.builds(lambda where: {"location": where}, place),
        st.builds(lambda where: {"location": where, "forward_origin": HIDDEN}, place),
        st.just({"photo": [file | {"width": 1, "height": 1}], "media_group_id": "a"}),
        st.just({"photo": []}),
        st.just({"voice": file | {"duration": 1}}),
        st.just({"document": file}),
        st.just({"dice": {"emoji": "🎲", "value": 3}}),
        st.builds(lambda text, more: {"text": text, "entities": more}, ANY_WORDS, st.lists(entity, max_size=3)),
    )


USER = {"id": 5, "is_bot": False, "first_name": "X"}
HIDDEN = {"type": "hidden_user", "date": 1, "sender_user_name": "?"}


@st.composite
def acts(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """Things that one person does, one after another."""
    load_features()
    names = st.sampled_from([name for entry in commands_for(Role.ADMIN) for name in names_of(entry.id)])
    commands = st.builds(lambda name, words: ("say", f"/{name} {words}"), names, ANY_WORDS)
    one = st.one_of(
        commands,
        st.tuples(st.just("say"), ANY_WORDS),
        st.tuples(st.just("press"), PRESSES),
        st.tuples(st.just("send"), message_parts()),
        st.tuples(st.just("tap"), st.integers(0, 30)),
    )
    return draw(st.lists(one, min_size=1, max_size=12))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts(), st.sampled_from(Role), st.booleans())
async def test_whatever_anybody_does_nothing_breaks_and_every_text_fits(
    room: Room, done: list[tuple[str, Any]], role: Role, here: bool
) -> None:
    """``tap`` presses a button that is really there; an exception, or a text that Telegram refuses, fails."""
    who = await room.person("Ana", role)
    chat = None if here else GROUP
    seen: list[str] = []
    for kind, what in done:
        match kind:
            case "say":
                messages = await room.says(who, what or "…", chat=chat)
            case "press":
                messages = await room.presses(who, what, chat=chat)
            case "send":
                messages = await room.sends(who, chat=chat, **what)
            case _:
                messages = await room.presses(who, seen[what % len(seen)], chat=chat) if seen else []
        for message in messages:
            seen += message.buttons.values()
            assert len(message.text.encode("utf-16-le")) // 2 <= 4_096
