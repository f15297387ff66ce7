"""Random updates of every kind: no handler fails, no update is set aside, the intake goes on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, Message, User

from bot.conversation import registry
from bot.features.loading import load_features
from bot.ui.buttons import Action
from bot.ui.command_names import names_of
from core.vocabulary.words import Role
from emulator import Group
from tests.story import anything
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

load_features()
COMMANDS = sorted({name for entry in registry.commands_for(Role.ADMIN) for name in names_of(entry.id)} | {"nada"})
SPACES = st.sampled_from((" ", "@gad_bot ", "\n", "@otro_bot ", ""))
LINES = """/nueva Ronda norte !alta
/nueva Ronda sur @ana
/nueva
/emergencia Robo
/emergencia
/fuera
/disponible
/turno inicio
/control 30
/tarea 1
/finalizar 1
/nota 1 visto
/asignar 1 @ana
/escalar 2 nadie
/tareas
/cancelar
/equipo
/guardia
/unidades
/usuarios
/historial todas
/buscar ronda
/invitar agente
/estado
/start""".splitlines()
texts = st.one_of(
    st.sampled_from(LINES),
    st.builds("/{}{}{}".format, st.sampled_from(COMMANDS), SPACES, st.sampled_from(anything.WORDS)),
    st.sampled_from(anything.WORDS),
    st.text(max_size=30),
)
arguments = st.lists(st.sampled_from(("1", "2", "0", "-1", "x", "agente", "9" * 30, "")), max_size=3)
presses = st.builds(lambda action, rest: ":".join((action, *rest)), st.sampled_from(sorted(Action)), arguments)


@st.composite
def updates(draw: st.DrawFn) -> tuple[str, int, bool, int, str]:
    """Kind, sender, whether they are in a group, the rest, and the words of an update."""
    common = st.sampled_from(("message", "message", "callback_query"))
    kind = draw(common | st.sampled_from(sorted(anything.kinds())))
    words = draw(st.just("") | presses if kind == "callback_query" else texts)
    seed = draw(st.integers(min_value=0, max_value=2**32))
    return kind, draw(st.integers(min_value=0, max_value=3)), draw(st.booleans()), seed, words


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[tuple[StoryDesk, list[Phone], Group]]:
    """An open desk with one person of each role, a stranger, and a group of them all."""
    desk = StoryDesk(tmp_path, user_rate_limit={"per_second": 0}, delivery={"per_second": 0})
    desk.telegram.flood.enabled = False
    await desk.open()
    members = [await desk.agent("Ana Mora"), await desk.supervisor("Sara Luna"), await desk.admin("Marta Solís")]
    people = [*members, desk.stranger("Iván Paz")]
    group, _ = desk.group("Guardia", *people)
    yield desk, people, group
    await desk.close()
    for phone in desk.phones:
        phone.reads_all()
    await desk.end()


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@given(batch=st.lists(updates(), min_size=1, max_size=4))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_p1_no_update_that_the_library_knows_fails(
    town: tuple[StoryDesk, list[Phone], Group], batch: list[tuple[str, int, bool, int, str]]
) -> None:
    desk, people, group = town
    for kind, who, cluster, seed, words in batch:
        sender = people[who].user
        user = User(id=sender.id, first_name=sender.first_name, is_bot=False)
        chat = Chat(id=group.id, type="group", title="Guardia") if cluster else Chat(id=sender.id, type="private")
        said = words or (a_button(people[who], Random(seed)) if kind == "callback_query" else "")
        desk.telegram.deliver(anything.update(kind, content(kind, user, chat, Random(seed), said)))
    await desk.settle()
    failed = "SELECT count(*) FROM inbox WHERE state = 4 OR attempts > 0"
    assert await desk.asks(failed) == 0, await desk.asks("SELECT max(error) FROM inbox")
    assert not desk.app.crew.failing("poller")
    assert not desk.app.crew.failing("worker")
    desk.clock.advance(1)


def a_button(phone: Phone, chance: Random) -> str:
    """One that the desk has shown to this person, fresh or old."""
    shown = [button.data or "" for m in phone.messages for row in m.keyboard or () for button in row]
    return chance.choice(shown) if shown else ""


def content(kind: str, user: User, chat: Chat, chance: Random, words: str) -> Any:
    """A message or a press by this person with these words in it; anything at all of the other kinds."""
    now = datetime.fromtimestamp(1_772_470_800, UTC)
    message: dict[str, Any] = {"message_id": chance.randint(1, 10**6), "date": now, "chat": chat, "from_user": user}
    if chance.random() < 0.7:
        message["text"] = words
    cls = anything.kinds()[kind]
    if cls is Message:
        return anything.thing(Message, chance, **message)
    if cls is CallbackQuery:
        below = anything.thing(Message, chance, depth=1, **message)
        data = words if chance.random() < 0.9 else None
        number = str(chance.getrandbits(60))
        return anything.thing(CallbackQuery, chance, id=number, from_user=user, data=data, message=below)
    return anything.thing(cls, chance)


FIELDS = ("id", "from", "chat", "message", "text", "date", "data", "location", "edit_date", "entities", "x")
garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), below, max_size=5),
    max_leaves=12,
)


@given(raw=st.dictionaries(st.sampled_from(sorted(anything.kinds())), garbage, max_size=2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_p1_no_json_whatever_stops_the_intake(
    town: tuple[StoryDesk, list[Phone], Group], raw: dict[str, Any]
) -> None:
    """Unreadable updates are set aside after their tries; the next text that somebody sends is answered."""
    desk, (ana, *_), _ = town
    ana.reads_all()
    desk.telegram.deliver(raw)
    desk.telegram.say(ana.user, "/ayuda")
    await desk.settle()
    ana.sees("Lo que puedes hacer")
    assert not desk.app.crew.failing("poller")
    assert not desk.app.crew.failing("worker")
    await desk.advance(7)
