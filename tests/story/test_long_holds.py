"""Holds that nobody should believe: hours that a server asks for silence neither the desk nor an alarm."""

import pytest

from bot.runtime.conditions import Condition
from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)


async def test_p13_pins_that_must_wait_for_hours_hold_back_no_message(desk: StoryDesk) -> None:
    """Four people get an emergency with a pin; a second one comes while the pins are refused."""
    sara, luis = await desk.supervisor("Sara Luna"), await desk.supervisor("Luis Vega")
    ana, juan = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Juan Pérez", at=PARK)
    people = (sara, luis, ana, juan)
    await desk.advance(60)
    pins = Fault("status", code=429, retry_after=18_053, method="sendLocation", times=None, lasts=6)
    desk.telegram.faults.add(pins)
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(4)
    for phone in (sara, luis, ana):
        phone.sees("Robo")
    assert "18053 s" in (await health(desk)).unwell["telegram"]
    began = desk.clock.now()
    desk.telegram.say(ana.user, "/emergencia Incendio")
    await desk.passes_until(
        lambda: all(any("Incendio" in message.text for message in phone.unread) for phone in (sara, luis)),
        "the second one is told",
    )
    assert (desk.clock.now() - began).total_seconds() < 8
    await desk.passes(60)
    pins_seen = [message for message in sara.unread if message.place is not None]
    assert pins_seen, "they come later"
    # Ana's pin went with the offer that she gave up: nothing tries it again, and its hold is over by itself.
    assert "18053 s" in (await health(desk)).unwell["telegram"]
    await luis.says("/estado")
    await desk.passes(60)
    assert await health(desk) == WELL
    for phone in people:
        phone.reads_all()


async def test_p13_an_hour_asked_for_by_every_send_ends_within_seconds_for_an_alarm(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    people = [await desk.agent(f"Agente {number}", at=NEAR) for number in range(4)]
    await desk.advance(60)
    desk.telegram.faults.add(Fault("status", code=429, retry_after=3_600, method="send*", times=None, lasts=6))
    for phone in people:
        desk.telegram.say(phone.user, "/disponible")
    await desk.passes(5)
    assert "3600 s" in (await health(desk)).unwell["telegram"]
    began = desk.clock.now()
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes_until(lambda: any("Robo" in message.text for message in sara.unread), "the alert goes out")
    assert (desk.clock.now() - began).total_seconds() <= 10
    await desk.passes(70)
    assert await health(desk) == WELL
    for phone in (sara, juan, *people):
        assert phone.unread
        phone.reads_all()


@pytest.mark.parametrize("code", [401, 404])
async def test_p13_a_method_that_telegram_does_not_know_holds_back_nothing_else(desk: StoryDesk, code: int) -> None:
    """An older Bot API server, or a filter of methods: the token is good, and getMe says so."""
    sara, luis = await desk.supervisor("Sara Luna"), await desk.supervisor("Luis Vega")
    ana, juan = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Juan Pérez", at=PARK)
    await desk.advance(60)
    desk.telegram.faults.add(Fault("status", code=code, method="sendLocation", times=None))
    for words in ("Robo", "Incendio"):
        began = desk.clock.now()
        desk.telegram.say(juan.user, f"/emergencia {words}")
        await desk.passes_until(
            lambda: all(any(words in message.text for message in phone.unread) for phone in (sara, luis)),  # noqa: B023
            "the supervisors are rung",
        )
        assert (desk.clock.now() - began).total_seconds() < 5
        await desk.passes(10)
        assert desk.app.conditions.trouble(Condition.IDENTITY) is None
        said = (await health(desk)).unwell["telegram"]
        assert str(code) in said
        assert "sendLocation" in said
        assert desk.app.conditions.trouble(Condition.HOLD) is not None
    desk.telegram.faults.clear()
    await desk.passes(10)
    await luis.says("/mistareas")
    assert await health(desk) == WELL
    for phone in (sara, luis, ana, juan):
        phone.reads_all()
