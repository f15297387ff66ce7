"""P13: a quiet channel is not taken for a quiet night, and what stands beside the work does not stop it."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.runtime.conditions import Condition
from emulator import Fault
from tests.story.desk import TOKEN, StoryDesk
from tests.story.health import WELL, health
from tests.story.pages import readable

SECRET = "a-secret_of-the-desk"


@pytest.fixture
async def polling(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    desk = StoryDesk(tmp_path)
    await desk.open()
    yield desk
    await desk.end()


@asynccontextmanager
async def pushed_to(folder: Path, *, settled: bool = True) -> AsyncIterator[StoryDesk]:
    """A desk in webhook mode."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/telegram/webhook"
    telegram = {"mode": "webhook", "webhook_url": address, "webhook_secret": SECRET}
    desk = StoryDesk(folder, telegram=telegram, server={"port": port})
    await desk.open(settled=settled)
    yield desk
    await desk.end()


async def somebody_calls(desk: StoryDesk, method: str, **parameters: str) -> None:
    """Another program that has the token."""
    url = f"{desk.app.config.telegram.api_base_url}/bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("method", "parameters", "named"),
    [("deleteWebhook", {}, "nowhere"), ("setWebhook", {"url": "http://127.0.0.1:9/elsewhere"}, "127.0.0.1")],
)
async def test_p13_a_webhook_that_somebody_took_away_is_set_right_and_told(
    tmp_path: Path, method: str, parameters: dict[str, str], named: str
) -> None:
    async with pushed_to(tmp_path) as desk:
        ana, rosa = await desk.agent("Ana Mora"), await desk.admin("Rosa Vera")
        assert await health(desk) == WELL
        await somebody_calls(desk, method, **parameters)
        desk.telegram.say(ana.user, "/fuera")
        desk.clock.advance(61)
        await desk.passes_until(lambda: bool(ana.unread), "what was sent meanwhile is heard")
        ana.sees("Estás fuera de servicio")
        assert named in (await health(desk)).unwell["telegram"]
        await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
        rosa.sees("No llega lo que la gente envía", "somebody changed the webhook")
        await desk.advance(61)
        await desk.until(lambda: not desk.app.conditions.all(), "it is well again")
        rosa.sees_nothing()


async def test_p13_a_webhook_that_telegram_cant_deliver_to_is_told_with_telegrams_own_words(tmp_path: Path) -> None:
    """The certificate ran out, or a proxy answers 502: the address is right, and nothing comes."""
    async with pushed_to(tmp_path) as desk:
        ana, rosa = await desk.agent("Ana Mora"), await desk.admin("Rosa Vera")
        webhook = desk.bot.webhook
        assert webhook is not None
        webhook.trouble = "Wrong response from the webhook: 502 Bad Gateway"
        desk.telegram.say(ana.user, "/fuera")
        desk.clock.advance(61)
        await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
        rosa.sees("No llega lo que la gente envía", "Telegram can't deliver to the webhook", "502 Bad Gateway")
        assert "1 updates wait" in (await health(desk)).unwell["telegram"]
        webhook.trouble = None
        await desk.passes_until(lambda: bool(ana.unread), "what was sent meanwhile is heard")
        ana.sees("Estás fuera de servicio")
        await desk.advance(61)
        await desk.until(lambda: not desk.app.conditions.all(), "it is well again")


async def looks_again(desk: StoryDesk) -> None:
    """A minute passes, and the desk asks how its webhook is."""
    looks = len([call for call in desk.telegram.calls if call.method == "getWebhookInfo"])
    desk.clock.advance(61)
    await desk.until(
        lambda: len([call for call in desk.telegram.calls if call.method == "getWebhookInfo"]) > looks, "it looks again"
    )
    await desk.settle()


async def test_p13_two_desks_do_not_fight_over_a_webhook_for_ever(tmp_path: Path) -> None:
    async with pushed_to(tmp_path) as desk:
        for _ in range(20):
            await somebody_calls(desk, "deleteWebhook")
            await looks_again(desk)
        assert len([call for call in desk.telegram.calls if call.method == "setWebhook"]) < 8
        assert desk.app.conditions.trouble(Condition.UPDATES) is not None


async def test_p13_a_webhook_that_somebody_set_is_the_cause_of_a_409_and_is_removed(polling: StoryDesk) -> None:
    ana, rosa = await polling.agent("Ana Mora"), await polling.admin("Rosa Vera")
    await somebody_calls(polling, "setWebhook", url="http://127.0.0.1:9/elsewhere")
    polling.telegram.say(ana.user, "/fuera")
    await polling.until(lambda: polling.app.poller.trouble is not None, "the poll is refused")
    said = (await health(polling)).unwell["telegram"]
    assert "webhook" in said
    assert "another process" not in said
    await polling.passes_until(lambda: bool(ana.unread), "what was sent meanwhile is heard")
    ana.sees("Estás fuera de servicio")
    await polling.passes_until(lambda: bool(rosa.unread), "the administrators are told")
    rosa.sees("somebody set a webhook")


async def test_p13_another_process_that_polls_is_no_webhook_whatever_waits_meanwhile(polling: StoryDesk) -> None:
    ana = await polling.agent("Ana Mora")
    polling.telegram.faults.add(Fault(kind="status", code=409, method="getUpdates", times=None))
    for _ in range(2):
        polling.telegram.say(ana.user, "/fuera")  # the first one ends the poll that waits, the second one waits
    await polling.passes_until(lambda: polling.app.poller.trouble is not None, "the poll is refused")
    said = (await health(polling)).unwell["telegram"]
    assert "another process asks too" in said
    polling.telegram.faults.clear()
    await polling.passes_until(lambda: len(ana.unread) >= 2, "what waited is heard")
    ana.reads_all()


@pytest.mark.parametrize("code", [429, 400])
async def test_p13_commands_that_telegram_does_not_take_stop_nothing(tmp_path: Path, code: int) -> None:
    desk = StoryDesk(tmp_path)
    refused = Fault(kind="status", code=code, retry_after=3000, method="setMyCommands", times=None)
    desk.telegram.faults.add(refused)
    await desk.open()
    ana = await desk.agent("Ana Mora")
    await ana.says("/fuera")
    ana.sees("Estás fuera de servicio")
    assert (await health(desk)).ready
    await desk.end()


async def test_p13_updates_that_come_while_the_webhook_cant_be_set_are_handled(tmp_path: Path) -> None:
    async with pushed_to(tmp_path) as desk:
        ana = await desk.agent("Ana Mora")
        await desk.close()
        desk.telegram.faults.add(Fault(kind="status", code=429, retry_after=3000, method="setWebhook", times=None))
        await desk.open()
        await ana.says("/fuera")
        ana.sees("Estás fuera de servicio")
        assert (await health(desk)).ready


async def test_p13_a_desk_that_has_not_met_telegram_is_not_ready(tmp_path: Path) -> None:
    desk = StoryDesk(tmp_path)
    desk.telegram.faults.add(Fault(kind="status", code=401, method="getMe", times=None))
    await desk.open(settled=False)
    await desk.until(lambda: desk.app.identity.why is not None, "Telegram is met")
    said = await health(desk)
    assert not said.ready
    assert said.unwell["intake"].startswith("telegram.token: ")
    desk.telegram.faults.clear()
    await desk.advance(2)
    assert await health(desk) == WELL
    await desk.end()


async def test_p1_numbers_that_begin_anew_are_polled_in_order_and_none_is_lost(polling: StoryDesk) -> None:
    """A week without updates, or another Bot API server: the numbers may be lower than all before."""
    queue = polling.bot.updates
    queue.begin_anew(727334707)
    ana, eva = await polling.agent("Ana Mora"), await polling.agent("Eva Ríos")
    polls = len(polling.telegram.calls)
    queue.begin_anew(117314199)
    for _ in range(6):
        polling.telegram.say(eva.user, "/ayuda")
    await ana.says("/fuera")
    ana.sees("Estás fuera de servicio")
    assert len([c for c in list(polling.telegram.calls)[polls:] if c.method == "getUpdates"]) < 12
    await ana.says("/disponible")
    ana.sees("Estás disponible")
    eva.reads_all()


async def test_p13_a_bot_that_is_put_out_of_the_alert_group_says_so_at_once_and_once(tmp_path: Path) -> None:
    alerts: dict[str, int] = {}
    desk = StoryDesk(tmp_path, alerts=alerts)
    sol = desk.stranger("Sol Paz")
    group, _ = desk.group("Guardia", sol)
    alerts["group_chat_id"] = group.id
    await desk.open()
    rosa, juan = await desk.admin("Rosa Vera"), await desk.agent("Juan Pérez")
    assert await health(desk) == WELL
    desk.telegram.remove_from_group(group, desk.bot, sol.user)
    await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
    rosa.sees("El grupo de alertas no recibe mensajes")
    assert str(group.id) in (await health(desk)).unwell["reach"]
    await juan.says("/emergencia Robo")
    await desk.passes(130)
    letters = [message for message in rosa.unread if "apartado" in readable(message)]
    assert not letters
    desk.telegram.add_to_group(group, desk.bot, sol.user)
    await desk.passes_until(lambda: desk.app.conditions.trouble(Condition.GROUP) is None, "it is back")
    for phone in (rosa, juan, sol):
        phone.reads_all()
    await desk.end()


async def test_p13_an_alert_group_in_which_the_bot_may_not_write_is_told(tmp_path: Path) -> None:
    """An administrator of the group muted the bot: said before the next emergency, and over when it may write again."""
    alerts: dict[str, int] = {}
    desk = StoryDesk(tmp_path, alerts=alerts)
    sol = desk.stranger("Sol Paz")
    group, _ = desk.group("Guardia", sol)
    alerts["group_chat_id"] = group.id
    await desk.open()
    rosa = await desk.admin("Rosa Vera")
    desk.telegram.mute(group, desk.bot)
    desk.clock.advance(61)
    await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
    rosa.sees("El grupo de alertas no recibe mensajes", "the bot may not write in it")
    assert f"group {group.id}: the bot may not write in it" in (await health(desk)).unwell["reach"]
    desk.telegram.mute(group, desk.bot, muted=False)
    desk.clock.advance(61)
    await desk.passes_until(lambda: desk.app.conditions.trouble(Condition.GROUP) is None, "it may write again")
    for phone in (rosa, sol):
        phone.reads_all()
    await desk.end()


async def test_p13_a_command_with_the_bots_new_name_is_heard_soon(polling: StoryDesk) -> None:
    ana = await polling.agent("Ana Mora")
    _, (here,) = polling.group("Guardia", ana)
    polling.telegram.rename_bot(polling.bot, "gad_new_bot")
    await polling.advance(61)
    await polling.until(lambda: polling.app.application.bot.username == "gad_new_bot", "the name is known")
    await here.says("/fuera@gad_new_bot")
    assert here.unread or ana.unread
    for phone in (here, ana):
        phone.reads_all()


async def test_p13_an_error_that_telegram_does_not_repeat_is_not_over(tmp_path: Path) -> None:
    """Telegram tries again after ever longer pauses: between them its error is old, and nothing has come."""
    async with pushed_to(tmp_path) as desk:
        ana, webhook = await desk.agent("Ana Mora"), desk.bot.webhook
        assert webhook is not None
        webhook.trouble, webhook.first_retry = "SSL error: certificate verify failed", 600.0
        desk.telegram.faults.add(Fault("status", code=429, retry_after=3, method="setWebhook", times=None))
        desk.telegram.say(ana.user, "/fuera")
        for _ in range(4):
            looks = calls(desk, "getWebhookInfo")
            desk.clock.advance(61)
            await desk.until(lambda: calls(desk, "getWebhookInfo") > looks, "it looks again")  # noqa: B023
            assert "certificate verify failed" in (await health(desk)).unwell["telegram"]
        desk.telegram.faults.clear()
        desk.clock.advance(3_600)  # it was set right in vain, and is tried again ever later
        await desk.passes_until(lambda: bool(ana.unread), "it is set right, and heard")
        ana.sees("Estás fuera de servicio")
        await desk.advance(61)
        await desk.until(lambda: not desk.app.conditions.all(), "it is well again")


async def test_p13_polls_that_bring_nothing_while_updates_wait_are_told(polling: StoryDesk) -> None:
    """A proxy answers each poll at once with an empty list, which looks like a quiet night."""
    ana, rosa = await polling.agent("Ana Mora"), await polling.admin("Rosa Vera")
    nothing = Fault("proxy", code=200, body='{"ok":true,"result":[]}', method="getUpdates", times=None, after=1)
    polling.telegram.faults.add(nothing)
    polling.telegram.say(ana.user, "/fuera")
    await polling.passes_until(lambda: bool(ana.unread), "what the last good poll brought is answered")
    polling.telegram.say(ana.user, "/disponible")
    begun = polling.clock.now()
    await polling.passes_until(lambda: bool(rosa.unread), "the administrators are told", step=0.05)
    assert polling.clock.now() - begun < timedelta(seconds=75), "a look a minute, and the next soon after"
    rosa.sees("No llega lo que la gente envía", "updates wait at Telegram, and polling has brought none")
    assert "updates wait" in (await health(polling)).unwell["telegram"]
    polling.telegram.faults.clear()
    await polling.passes_until(lambda: len(ana.unread) == 2, "it is heard")
    await polling.advance(61)
    await polling.until(lambda: not polling.app.conditions.all(), "it is well again")
    ana.reads_all()
    rosa.sees_nothing()


def calls(desk: StoryDesk, method: str) -> int:
    """How often Telegram was asked this."""
    return len([call for call in desk.telegram.calls if call.method == method])
