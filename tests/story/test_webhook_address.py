"""P13: a webhook that is silent though its address is right, or nobody can tell what it is."""

from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.runtime.conditions import Condition
from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health
from tests.story.test_deaf import SECRET, looks_again, pushed_to, somebody_calls


async def test_p13_a_webhook_that_leads_to_somebody_elses_machine_under_our_name_is_set_right(tmp_path: Path) -> None:
    """A program that answers 200 there swallows what people write: no delivery fails, and the address is right."""
    swallowed = 0

    async def takes(_: web.Request) -> web.Response:
        nonlocal swallowed
        swallowed += 1
        return web.Response()

    async with pushed_to(tmp_path) as desk:
        ana, rosa = await desk.agent("Ana Mora"), await desk.admin("Rosa Vera")
        webhook = desk.bot.webhook
        assert webhook is not None
        there = web.Application()
        there.router.add_post("/telegram/webhook", takes)
        runner = web.AppRunner(there)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.2", urlsplit(webhook.url).port).start()
        await somebody_calls(desk, "setWebhook", url=webhook.url, ip_address="127.0.0.2", secret_token=SECRET)
        desk.telegram.say(ana.user, "/fuera")
        await desk.until(lambda: swallowed == 1, "somebody else has it")
        desk.clock.advance(61)
        await desk.until(lambda: desk.app.conditions.trouble(Condition.UPDATES) is not None, "it is seen")
        assert "to lead to 127.0.0.2" in (await health(desk)).unwell["telegram"]
        desk.telegram.say(ana.user, "/fuera")
        await desk.passes_until(lambda: bool(ana.unread), "what is sent from then on is heard")
        ana.sees("Estás fuera de servicio")
        await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
        rosa.sees("No llega lo que la gente envía", "127.0.0.2")
        await desk.advance(61)
        await desk.until(lambda: not desk.app.conditions.all(), "it is well again")
        await runner.cleanup()


async def test_p13_a_name_with_another_address_is_no_alarm(tmp_path: Path) -> None:
    """Each address that Telegram finds by itself is right, and costs one call at most."""
    async with pushed_to(tmp_path) as desk:
        ana = await desk.agent("Ana Mora")
        for address in ("198.51.100.7", "2001:db8::7", "198.51.100.7", "127.0.0.1", "2001:db8::7"):
            desk.bot.resolves_to = address
            await looks_again(desk)
            assert await health(desk) == WELL
        assert len([call for call in desk.telegram.calls if call.method == "setWebhook"]) <= 1 + 2
        ana.sees_nothing()


async def test_p13_updates_that_are_not_pushed_and_not_refused_are_told(tmp_path: Path) -> None:
    """Telegram holds them and names no error: what stands there while none arrives anywhere is said, and set again."""
    async with pushed_to(tmp_path) as desk:
        ana, rosa = await desk.agent("Ana Mora"), await desk.admin("Rosa Vera")
        webhook = desk.bot.webhook
        assert webhook is not None
        await webhook.stop()
        desk.telegram.say(ana.user, "/fuera")
        await looks(desk)
        assert await health(desk) == WELL, "it may be on its way"
        desk.clock.advance(61)
        await desk.passes_until(lambda: bool(ana.unread), "what was sent meanwhile is heard")
        ana.sees("Estás fuera de servicio")
        assert "updates wait at Telegram, and none is pushed" in (await health(desk)).unwell["telegram"]
        await desk.passes_until(lambda: bool(rosa.unread), "the administrators are told")
        rosa.sees("No llega lo que la gente envía")
        await desk.advance(61)
        await desk.until(lambda: not desk.app.conditions.all(), "it is well again")


async def test_p13_a_webhook_of_which_nothing_is_told_is_put_back_and_said(tmp_path: Path) -> None:
    """Taken away, with getWebhookInfo refused as well: after three looks that is no quiet night any more."""
    async with pushed_to(tmp_path) as desk:
        ana, rosa = await desk.agent("Ana Mora"), await desk.admin("Rosa Vera")
        desk.telegram.faults.add(Fault("status", code=404, method="getWebhookInfo", times=None))
        await somebody_calls(desk, "deleteWebhook")
        desk.telegram.say(ana.user, "/fuera")
        for _ in range(2):
            await looks(desk)
            assert await health(desk) == WELL
        desk.clock.advance(61)
        await desk.passes_until(lambda: bool(ana.unread), "what was sent meanwhile is heard")
        ana.sees("Estás fuera de servicio")
        assert "getWebhookInfo is not answered (404" in (await health(desk)).unwell["telegram"]
        desk.telegram.faults.clear()
        await desk.advance(61)
        await desk.until(lambda: not desk.app.conditions.all(), "it is well again")
        rosa.reads_all()


async def looks(desk: StoryDesk) -> None:
    """A minute passes, and the desk asks, whatever is waiting at Telegram."""
    asked = len([call for call in desk.telegram.calls if call.method == "getWebhookInfo"])
    desk.clock.advance(61)
    await desk.until(
        lambda: len([call for call in desk.telegram.calls if call.method == "getWebhookInfo"]) > asked, "it looks"
    )
