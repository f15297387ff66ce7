"""A machine whose clock was an hour ahead and is set right: what the desk wrote meanwhile is due in time (P13)."""

import pytest

from bot.runtime.conditions import Condition
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)
HOUR, MINUTE, OFFER_TIMEOUT = 3600, 60, 45


def read_all(*phones: Phone) -> None:
    for phone in phones:
        phone.reads_all()


async def reported(desk: StoryDesk) -> tuple[Phone, Phone]:
    """An emergency, reported while the clock is an hour ahead; its first step has rung."""
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    desk.clock.is_set(HOUR)
    await desk.settle()
    read_all(*desk.phones)
    await juan.says("/emergencia Robo").at(*PARK)
    sara.sees("Robo")
    read_all(*desk.phones)
    return sara, marta


async def due_in(desk: StoryDesk) -> float:
    """Seconds until the emergency's next due time."""
    first = await desk.asks("SELECT min(due_at) FROM timer WHERE urgent = 1")
    return float(first) / 1000 - desk.clock.now().timestamp()


@pytest.mark.parametrize("closed", [False, True])
async def test_p13_the_ladder_climbs_at_its_times_though_the_clock_goes_back_an_hour(
    desk: StoryDesk, closed: bool
) -> None:
    sara, marta = await reported(desk)
    before = await due_in(desk)
    if closed:
        await desk.close()
    desk.clock.is_set(-HOUR)
    if closed:
        await desk.open(settled=False)
    await desk.settle()
    # A desk that was closed knows the jump from what it wrote last: nothing is further ahead than its own pause.
    assert await due_in(desk) <= (OFFER_TIMEOUT if closed else before + 1)
    for _ in range(10):
        await desk.passes(MINUTE)
    marta.sees("nadie ha respondido", "Robo")
    assert any("AVISO A TODOS" in str(message.text) for message in sara.unread)
    assert desk.app.conditions.trouble(Condition.WAITING) is None
    read_all(*desk.phones)


async def test_p8_what_climbed_by_the_wrong_clock_climbs_no_second_time(desk: StoryDesk) -> None:
    await reported(desk)
    desk.clock.is_set(-HOUR)
    await desk.settle()
    await desk.passes(10 * MINUTE)
    climbs = await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%\"escalated\"%'")
    same = await desk.asks(
        "SELECT count(*) FROM (SELECT DISTINCT body, at FROM event WHERE body LIKE '%\"escalated\"%') AS once"
    )
    assert climbs == same > 1
    read_all(*desk.phones)


async def test_whoever_works_alone_is_asked_when_they_expect_it(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez", at=PARK)
    desk.clock.is_set(HOUR)
    await desk.settle()
    await juan.says("/control 30")
    juan.reads_all()
    desk.clock.is_set(-HOUR)
    await desk.settle()
    await desk.passes(29 * MINUTE)
    juan.sees_nothing()
    await desk.passes(2 * MINUTE)
    juan.sees("¿Estás bien?")


async def test_a_place_that_was_seen_in_the_wrong_hour_gives_way_to_the_next(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    desk.clock.is_set(HOUR)
    await desk.settle()
    await ana.says("/disponible").at(*PARK)
    desk.clock.is_set(-HOUR)
    await desk.settle()
    await desk.passes(MINUTE)
    await ana.says("/disponible").at(*NEAR)
    assert await desk.asks("SELECT lat FROM person WHERE seen_at > 0") == pytest.approx(NEAR[0])
    read_all(*desk.phones)
