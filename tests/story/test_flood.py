"""Somebody sends more than can be answered: it is said once, the rest is passed over, and an emergency never is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.engine.session import Query, Session
from storage.queues.queue import State
from storage.schema.tables import InboxRow, table
from tests.story.desk import StoryDesk

PARK = (-2.1885, -79.8880)
_inbox = table(InboxRow)
_unfinished = Query.value(select(func.count()).select_from(_inbox).where(_inbox.c.state != int(State.DONE)))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    """A desk that takes two things at once from one person."""
    story = StoryDesk(tmp_path, user_rate_limit={"burst": 2})
    await story.open()
    yield story
    await story.end()


async def left_over(desk: StoryDesk) -> int:
    """Updates that are not handled."""

    async def unit(session: Session) -> int:
        return await session.row(_unfinished) or 0

    return await desk.app.store.read(unit)


async def test_who_goes_too_fast_hears_it_once(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await desk.advance(60)
    for number in range(12):
        desk.telegram.say(ana.user, f"/tarea T-{number + 1}")
    await desk.settle()

    ana.sees("T-000001")
    ana.sees("T-000002")
    ana.sees("Vas muy rápido")
    ana.sees_nothing()
    assert await left_over(desk) == 0, "what was passed over is handled"

    await desk.advance(60)
    await ana.says("/tarea T-3")
    ana.sees("T-000003")


async def test_an_emergency_is_never_too_fast(desk: StoryDesk) -> None:
    marta, ana = await desk.supervisor("Marta Solís"), await desk.agent("Ana Mora", at=PARK)
    juan = await desk.agent("Juan Pérez")
    for _ in range(9):
        desk.telegram.say(juan.user, "/mistareas")
    desk.telegram.say(juan.user, "/emergencia Robo en el parque")
    await desk.settle()
    juan.reads_all()

    ana.sees("Robo en el parque", "¿Puedes ir?")
    marta.sees("Robo en el parque")
    await juan.is_at(*PARK)
    juan.sees("el lugar ya está en")
    await ana.presses("Voy")
    marta.reads_all()
    ana.reads_all()
    juan.sees("Ana Mora")
    juan.reads_all()


async def test_strangers_are_held_too(desk: StoryDesk) -> None:
    ivan = desk.stranger("Iván Paz")
    for _ in range(6):
        desk.telegram.say(ivan.user, "hola")
    await desk.settle()
    ivan.sees("Envía /start")
    ivan.sees("Envía /start")
    ivan.sees("Vas muy rápido")
    ivan.sees_nothing()


async def test_talk_in_a_group_is_nobodys_flood(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await desk.advance(60)
    group, (there,) = desk.group("Turno noche", ana)
    for number in range(9):
        desk.telegram.say(ana.user, f"ya voy {number}", chat=group)
    await desk.settle()
    there.sees_nothing()


async def test_a_thousand_people_at_once_are_all_served(tmp_path: Path) -> None:
    """And one who floods at the same time takes nothing from them."""
    desk = StoryDesk(tmp_path, delivery={"per_second": 0})
    desk.telegram.flood.enabled = False
    await desk.open()
    ana = await desk.agent("Ana Mora")
    await desk.advance(60)
    phones = [desk.stranger(f"Vecino {number}") for number in range(1_000)]
    for number, phone in enumerate(phones):
        desk.telegram.say(phone.user, "hola")
        if number % 10 == 0:
            desk.telegram.say(ana.user, f"/tarea T-{number + 1}")
    await desk.settle()

    assert await left_over(desk) == 0
    for phone in phones:
        phone.sees("Envía /start")
        phone.sees_nothing()
    answers = [message.text for message in ana.unread]
    assert sum("T-000" in text for text in answers) == 20, "the burst that everybody has"
    assert sum("Vas muy rápido" in text for text in answers) == 1
    ana.reads_all()
    await desk.end()


async def test_a_check_in_frees_nobody_from_the_pace_but_its_answers_are_always_heard(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await desk.advance(60)
    await ana.says("/control 30")
    ana.reads_all()
    await desk.advance(60)
    for number in range(12):
        desk.telegram.say(ana.user, f"/tarea T-{number + 1}")
    desk.telegram.say(ana.user, "estoy bien")
    desk.telegram.say(ana.user, "auxilio, me siguen")
    await desk.settle()

    ana.sees("T-000001")
    ana.sees("T-000002")
    ana.sees("Vas muy rápido")
    ana.sees("Anotado", "12:32")
    ana.sees("¿Es una emergencia?", "la alerta sale ya")
    ana.sees_nothing()
