"""Telegram's bad days: a revoked token, a second poller, errors, lost answers.

Nothing is lost; a message that may be there twice says so.
"""

from collections.abc import AsyncIterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bot.runtime.conditions import Condition
from bot.transport.request import AiohttpRequest
from core.rules.permissions import caller_of
from core.vocabulary import commands as c
from emulator import Fault
from tests.story.desk import TOKEN, StoryDesk
from tests.story.health import health
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)


@pytest.fixture
async def patient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StoryDesk]:
    """A desk that waits a fifth of a second for an answer, and not twenty seconds."""
    monkeypatch.setattr("bot.app.AiohttpRequest", partial(AiohttpRequest, read_timeout=0.2))
    story = StoryDesk(tmp_path)
    await story.open()
    yield story
    await story.end()


def sends(desk: StoryDesk, phone: Phone) -> list[int | None]:
    """Result of each message to a chat: the error's code, None when Telegram took it."""
    calls = [call for call in desk.telegram.calls if call.chat_id == phone.user.id and call.method == "sendMessage"]
    return [call.error_code for call in calls]


async def trouble(desk: StoryDesk, *, ready: bool = True) -> str:
    """Detail of `/health` about Telegram, which may be away for a while; "" when all is well.

    A desk whose token is refused, or that has not met Telegram yet, does nothing and is not ready.
    """
    said = await health(desk)
    assert said.ready is ready
    return said.unwell.get("telegram", "")


async def test_p1_a_revoked_token_is_waited_out(desk: StoryDesk) -> None:
    """401 to everything: the desk stays up, says so, and goes on by itself when the token is good again."""
    ana = await desk.agent("Ana Mora")
    assert await trouble(desk) == ""
    desk.telegram.faults.add(Fault(kind="status", code=401, times=None))
    desk.telegram.say(ana.user, "/fuera")
    await desk.until(lambda: desk.app.poller.trouble is not None, "the poller is refused")
    assert (await trouble(desk, ready=False)).startswith("401")

    desk.telegram.faults.clear()
    await desk.advance(15)
    ana.sees("Estás fuera de servicio")
    await ana.says("/disponible")
    ana.sees("Estás disponible")
    assert await trouble(desk) == ""


async def test_p13_a_token_that_a_message_finds_refused_is_asked_about_at_once(
    desk: StoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether the token is to blame is getMe's to say; it is ill until Telegram knows it again."""
    ana = await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind="status", code=401, method="sendMessage"))
    desk.telegram.faults.add(Fault(kind="status", code=401, method="getMe"))
    await ana.says("/fuera")
    await desk.advance(15)

    ana.sees("Estás fuera de servicio")
    assert "identity is ill: telegram.token: Telegram refuses it (401" in caplog.text
    assert desk.app.conditions.trouble(Condition.IDENTITY) is None


async def test_p1_a_desk_that_opens_with_a_bad_token_waits_for_a_good_one(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await desk.close()
    desk.telegram.say(ana.user, "/fuera")
    desk.telegram.faults.add(Fault(kind="status", code=401, times=None))
    await desk.open(settled=False)
    await desk.until(lambda: desk.app.identity.why is not None, "Telegram is met")
    assert await trouble(desk, ready=False) != ""

    desk.telegram.faults.clear()
    await desk.advance(2)
    ana.sees("Estás fuera de servicio")


async def test_p1_an_expired_token_is_said_once_in_the_operators_log(
    desk: StoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """By intake and by delivery, however often it is tried; never with the token in it."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault(kind="status", code=401, times=None))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.until(lambda: desk.app.poller.trouble is not None, "the poller is refused")
    for _ in range(10):
        tries = len(desk.telegram.calls)
        desk.clock.advance(11)
        await desk.until(lambda: len(desk.telegram.calls) > tries and desk.app.idle, "it is tried again")  # noqa: B023
    said = [record.getMessage() for record in caplog.records if "401" in record.getMessage()]
    assert [line.split(":")[0] for line in said if not line.startswith("waiting")] == ["identity is ill"]
    assert "telegram.token: Telegram refuses it (401 Unauthorized)" in caplog.text
    assert TOKEN not in caplog.text
    assert (await trouble(desk, ready=False)).startswith("401")

    desk.telegram.faults.clear()
    await desk.advance(31)
    await desk.advance(11)
    sara.sees("Robo").lacks("reenvío")
    assert await trouble(desk) == ""
    sara.reads_all()
    juan.reads_all()


async def test_p1_p3_an_outage_with_errors_to_everything_is_waited_out(desk: StoryDesk) -> None:
    """Five minutes of 502 and pages that are no answer: what people wrote and what they must read comes once."""
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    for kind in ("status", "garbage"):
        desk.telegram.faults.add(Fault(kind=kind, chance=0.5, times=None))
    desk.telegram.faults.add(Fault(kind="status", code=503, times=None))
    desk.telegram.say(ana.user, "/nueva Ronda norte")
    await desk.until(lambda: desk.app.poller.trouble is not None, "the poller is refused")
    for _ in range(10):
        desk.clock.advance(30)
        await desk.until(lambda: desk.app.poller.trouble is not None, "the poller is refused")
    desk.telegram.say(beto.user, "/fuera")
    assert await trouble(desk) != ""

    desk.telegram.faults.clear()
    await desk.advance(31)
    ana.sees("Ronda norte").lacks("reenvío")
    beto.sees("Estás fuera de servicio").lacks("reenvío")
    assert await trouble(desk) == ""


async def test_p3_an_emergency_that_is_never_answered_is_sent_again_and_holds_up_nobody(patient: StoryDesk) -> None:
    """The connection stays and nothing comes back: out of patience, it is as unknown as a reset."""
    sara, luis = await patient.supervisor("Sara Luna"), await patient.supervisor("Luis Vega")
    juan = await patient.agent("Juan Pérez", at=PARK)
    patient.telegram.faults.add(Fault(kind="timeout", method="sendMessage", chat_id=sara.user.id))
    await juan.says("/emergencia Robo")
    sara.sees("Robo", "(reenvío)")
    sends = [call.chat_id for call in patient.telegram.calls if call.method == "sendMessage"]
    assert sends[-1] == sara.user.id, "the others did not wait for it"
    luis.sees("Robo").lacks("reenvío")
    for phone in (sara, luis, juan):
        phone.reads_all()


async def test_p5_while_every_answer_is_slow_an_emergency_does_not_wait_for_them(tmp_path: Path) -> None:
    """All the hands that routine may use wait for Telegram; a quarter of them is kept for emergencies."""
    desk = StoryDesk(tmp_path, delivery={"in_flight": 4}, shutdown_grace="1s")
    await desk.open()
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    crowd = [await desk.agent(f"Agente {number}") for number in range(6)]
    await desk.advance(60)
    desk.telegram.faults.add(Fault(kind="slow", method="sendMessage", seconds=10, times=3))
    for phone in crowd:
        desk.telegram.say(phone.user, "/fuera")
    await desk.passes_until(lambda: not len(desk.telegram.faults), "routine has all the hands that it may")
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes_until(lambda: bool(sara.unread), "the alert arrives")
    assert not any(phone.unread for phone in crowd), "long before what left earlier"
    await desk.close()
    for phone in (sara, juan):
        phone.reads_all()
    await desk.end()


async def test_p1_a_second_poller_is_outlived(desk: StoryDesk) -> None:
    """409 as long as another program polls with the same token."""
    ana = await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind="status", code=409, method="getUpdates", times=None))
    desk.telegram.say(ana.user, "/fuera")
    await desk.until(lambda: desk.app.poller.trouble is not None, "the poller is refused")
    assert (await trouble(desk)).startswith("409")
    desk.telegram.say(ana.user, "/disponible")
    desk.telegram.faults.clear()
    await desk.advance(2)
    ana.sees("Estás fuera de servicio")
    ana.sees("Estás disponible")


async def test_p3_errors_of_telegrams_servers_are_waited_out(desk: StoryDesk) -> None:
    """Six times 502: each pause is longer than the one before, up to half a minute, and the message comes once."""
    ana = await desk.agent("Ana Mora")
    await desk.advance(5)
    desk.telegram.faults.add(Fault(kind="status", code=502, method="sendMessage", chat_id=ana.user.id, times=6))
    await ana.says("/fuera")
    for _ in range(10):
        await desk.advance(30)
    ana.sees("Estás fuera de servicio").lacks("reenvío")
    at = [call.at for call in desk.telegram.calls if call.chat_id == ana.user.id and call.method == "sendMessage"][-7:]
    pauses = [later - earlier for earlier, later in pairwise(at)]
    assert sends(desk, ana)[-7:] == [502] * 6 + [None]
    assert pauses[0] < 1
    assert pauses[-1] >= 8


async def test_p3_a_routine_message_is_given_up_in_the_end_and_an_emergency_is_not(desk: StoryDesk) -> None:
    marta, ana, beto = await desk.admin("Marta Solís"), await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    for phone in (ana, beto):
        desk.telegram.faults.add(Fault(kind="status", code=500, chat_id=phone.user.id, times=None))
    await ana.says("/fuera")
    await beto.says("/emergencia Robo")
    for _ in range(90):
        await desk.advance(60)
        marta.reads_all()
    desk.telegram.faults.clear()
    await desk.advance(60)
    ana.sees_nothing()
    marta.has("Un mensaje no se pudo entregar", f"Chat: {ana.user.id}", "500")
    beto.has("Robo")
    beto.reads_all()
    marta.reads_all()


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_p2_a_routine_message_whose_answer_is_lost_is_not_sent_again(desk: StoryDesk, kind: str) -> None:
    """It may be there, and there it must not be twice."""
    ana = await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind=kind, method="sendMessage", chat_id=ana.user.id))  # type: ignore[arg-type]  # a Literal
    await ana.says("/fuera")
    await desk.advance(60)
    assert len(ana.unread) == (1 if kind == "reset_after" else 0)
    ana.reads_all()
    await ana.says("/disponible")
    ana.sees("Estás disponible").lacks("reenvío")


async def test_p3_an_emergency_whose_answer_is_lost_is_sent_again_and_says_so(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault(kind="reset_after", method="sendMessage", chat_id=sara.user.id))
    await juan.says("/emergencia Robo")
    first, again = sara.sees("Robo").lacks("reenvío"), sara.sees("Robo", "(reenvío)")
    juan.reads_all()
    sara.reads_all()

    await again.presses("Recibido")
    again.says("Sara Luna").lacks("reenvío")
    juan.sees("Sara Luna se hizo cargo")
    await first.presses("Recibido")
    sara.sees("Sara Luna")


async def test_p3_a_connection_that_never_was_is_no_doubt(desk: StoryDesk) -> None:
    """Telegram can't be reached at all: nothing left, so everything is sent, once and unmarked."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await desk.telegram_goes()
    reporter = await desk.app.queries.person_at(juan.user.id)
    assert reporter is not None
    emergency = c.OpenEmergency(title="Robo", sent_at=desk.clock.now())
    await desk.app.desk.execute(emergency, caller=caller_of(reporter))
    await desk.until(lambda: desk.app.poller.trouble is not None, "Telegram is missed")
    await desk.telegram_comes_back()
    await desk.advance(31)
    juan.reads_all()
    sara.sees("Robo").lacks("reenvío")
    sara.reads_all()


async def test_p2_a_change_whose_answer_is_lost_leaves_one_card(desk: StoryDesk) -> None:
    """Telegram refuses to make a card look as it does already; that is no reason for a second card."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    card = sara.sees("Robo")
    for phone in (sara, juan):
        phone.reads_all()
    desk.telegram.faults.add(Fault(kind="reset_after", method="editMessageText", chat_id=sara.user.id))
    await card.presses("Recibido")
    await desk.advance(2)
    card.says("Sara Luna")
    sara.sees_nothing()
    juan.sees("Sara Luna se hizo cargo")
