"""Answers that were sent in time and read late count: the desk's own absence is nobody's silence (P8)."""

import asyncio

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone, Seen

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)
MINUTE = 60


async def asked(desk: StoryDesk, juan: Phone) -> Seen:
    """Juan works alone, and it is the time of his check-in."""
    await juan.says("/control 30")
    juan.reads_all()
    await desk.advance(30 * MINUTE)
    return juan.sees("¿Estás bien?")


@pytest.mark.parametrize("away", [150, 8 * 3600])
async def test_p8_who_answered_in_time_is_not_alarmed_about(desk: StoryDesk, away: float) -> None:
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    question = await asked(desk, juan)
    await desk.close()
    desk.clock.advance(60)
    await question.presses("Estoy bien")
    desk.clock.advance(away - 60)
    await desk.open()
    juan.reads_all()
    sara.sees_nothing()
    ana.sees_nothing()


async def test_p8_behind_hundreds_of_messages_the_answer_is_in_time(desk: StoryDesk) -> None:
    sara, juan, beto = await desk.supervisor("Sara"), await desk.agent("Juan", at=PARK), await desk.agent("Beto")
    question = await asked(desk, juan)
    await desk.close()
    for _ in range(250):
        desk.telegram.say(beto.user, "hola")
    await question.presses("Estoy bien")
    desk.clock.advance(10 * MINUTE)
    await desk.open()
    for phone in (juan, beto):
        phone.reads_all()
    sara.sees_nothing()


@pytest.mark.parametrize(("sent_after", "in_time"), [(60, True), (145, False)])
async def test_p8_words_that_were_in_time_and_read_after_the_alarm_take_it_back(
    desk: StoryDesk, sent_after: int, in_time: bool
) -> None:
    """Telegram gave them late: their own date counts, and everybody who was rung hears it."""
    sara, juan, ana = (
        await desk.supervisor("Sara Luna"),
        await desk.agent("Juan Pérez", at=PARK),
        await desk.agent("Ana Mora", at=NEAR),
    )
    await asked(desk, juan)
    await desk.passes(150)
    for phone in (sara, ana):
        phone.sees("Juan Pérez")
    await sara.says("/tareas")  # on time: what comes late is no clock that is wrong
    for phone in (sara, ana):
        phone.reads_all()
    late = {
        "message_id": 9001,
        "date": int(desk.clock.now().timestamp()) - 150 + sent_after,
        "chat": {"id": juan.user.id, "type": "private", "first_name": "Juan"},
        "from": {"id": juan.user.id, "is_bot": False, "first_name": "Juan", "last_name": "Pérez", "username": "juan"},
        "text": "estoy bien",
    }
    desk.bot.updates.put_raw({"message": late})
    await desk.settle()
    for phone in (sara, ana):
        if in_time:
            phone.sees("Juan Pérez contestó a tiempo", "Cancelada")
        else:
            phone.sees_nothing()
    words = await desk.asks("SELECT count(*) FROM event WHERE reason = 'contestó a tiempo'")
    assert bool(words) is in_time
    for phone in desk.phones:
        phone.reads_all()


async def test_p8_an_outage_of_telegram_makes_nobody_silent(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    question = await asked(desk, juan)
    desk.clock.advance(105)
    await desk.telegram_goes()
    await desk.until(lambda: desk.app.poller.trouble is not None, "the desk notices")
    desk.telegram.press(juan.user, question.message, "Estoy bien")
    desk.clock.advance(18)
    await desk.telegram_comes_back()
    await desk.passes_until(lambda: desk.app.poller.trouble is None, "Telegram is read again")
    await desk.settle()
    juan.reads_all()
    sara.sees_nothing()


async def test_p8_a_yes_that_waited_at_telegram_is_a_yes(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    await desk.agent("Beto Salas", at=PARK)
    await sara.says("/emergencia Robo").at(*PARK)
    offer = ana.sees("Robo")
    await desk.close()
    await offer.presses("Voy")
    desk.clock.advance(5 * MINUTE)
    await desk.open()
    assert await desk.asks("SELECT count(*) FROM assignment WHERE state = 'accepted'") == 1
    assert await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%\"expired\"%'") == 0
    for phone in desk.phones:
        phone.reads_all()


async def test_p4_an_emergency_waits_half_a_minute_for_telegram_and_no_longer(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    await sara.says("/emergencia Robo").at(*PARK)
    sara.reads_all()
    before = await desk.asks("SELECT count(*) FROM event")
    await desk.close()
    await desk.telegram_goes()
    desk.clock.advance(10 * MINUTE)
    await desk.open(settled=False)
    desk.clock.advance(29)
    await desk.until(lambda: desk.app.timekeeper.idle, "the timekeeper has looked")
    assert await desk.asks("SELECT count(*) FROM event") == before
    desk.clock.advance(2)
    async with asyncio.timeout(10):
        while await desk.asks("SELECT count(*) FROM event") == before:  # noqa: ASYNC110 - a commit sets no event here
            await asyncio.sleep(0.002)
    await desk.telegram_comes_back()
    await desk.passes_until(lambda: desk.app.poller.last_good is not None, "Telegram is read again")
    await desk.settle()
    sara.reads_all()
