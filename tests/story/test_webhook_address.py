"""P13: a webhook of the right address that leads elsewhere, because an IP address was set with it."""

from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.runtime.conditions import Condition
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
