"""Pushing to a webhook: the secret, the order, and again until the answer is 2xx."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import telegram as ptb
from aiohttp import web
from telegram.error import BadRequest

from emulator import Bot, Person, Telegram
from tests.emulator.by_hand import until

Answer = Callable[[dict[str, Any]], web.Response]


class Receiver:
    """A webhook that keeps what it accepts; ``answer`` says what it replies to each update."""

    def __init__(self) -> None:
        self.url = ""
        self.accepted: list[dict[str, Any]] = []
        self.tries = 0
        self.secrets: set[str | None] = set()
        self.answer: Answer = lambda update: web.Response()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.tries += 1
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        response = self.answer(update)
        if response.status < 300:
            self.accepted.append(update)
        return response

    async def wait(self, number: int) -> list[str]:
        """The texts accepted, once there are as many."""
        await until(lambda: len(self.accepted) >= number)
        return [update["message"]["text"] for update in self.accepted]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


def failing_once() -> Answer:
    seen: set[int] = set()

    def answer(update: dict[str, Any]) -> web.Response:
        first = update["update_id"] not in seen
        seen.add(update["update_id"])
        return web.Response(status=500 if first else 200)

    return answer


async def test_updates_come_in_order_with_the_secret(
    api: ptb.Bot, world: Telegram, juan: Person, receiver: Receiver
) -> None:
    world.say(juan, "de antes")
    await api.set_webhook(receiver.url, secret_token="s3-creto")
    for n in range(20):
        world.say(juan, f"m{n}")
    assert await receiver.wait(21) == ["de antes", *(f"m{n}" for n in range(20))]
    assert receiver.secrets == {"s3-creto"}


async def test_what_is_refused_comes_again_before_the_next(
    api: ptb.Bot, world: Telegram, juan: Person, receiver: Receiver
) -> None:
    receiver.answer = failing_once()
    for text in ("uno", "dos"):
        world.say(juan, text)
    await api.set_webhook(receiver.url)
    assert await receiver.wait(2) == ["uno", "dos"]
    info = await api.get_webhook_info()
    assert (receiver.tries, info.last_error_message) == (
        4,
        "Wrong response from the webhook: 500 Internal Server Error",
    )


async def test_one_chats_trouble_holds_no_other_up(
    api: ptb.Bot, world: Telegram, juan: Person, ana: Person, receiver: Receiver
) -> None:
    receiver.answer = lambda update: web.Response(status=503 if update["message"]["chat"]["id"] == juan.id else 200)
    await api.set_webhook(receiver.url)
    world.say(juan, "uno")
    world.say(juan, "dos")
    world.say(ana, "otra")
    assert await receiver.wait(1) == ["otra"]
    assert (await api.get_webhook_info()).pending_update_count == 2


async def test_one_connection_keeps_the_order_of_all(
    api: ptb.Bot, world: Telegram, juan: Person, ana: Person, receiver: Receiver
) -> None:
    receiver.answer = failing_once()
    await api.set_webhook(receiver.url, max_connections=1)
    for n in range(3):
        world.say(juan, f"juan {n}")
        world.say(ana, f"ana {n}")
    assert await receiver.wait(6) == ["juan 0", "ana 0", "juan 1", "ana 1", "juan 2", "ana 2"]


async def test_nothing_is_lost_when_the_webhook_goes(
    api: ptb.Bot, world: Telegram, bot: Bot, juan: Person, ana: Person
) -> None:
    await api.set_webhook("http://127.0.0.1:9/nobody-is-here")
    for person in (juan, ana, juan):
        world.say(person, "hola")
    await until(lambda: bot.webhook is not None and bot.webhook.last_error_message is not None)
    assert (await api.get_webhook_info()).pending_update_count == 3
    await api.delete_webhook()
    assert [update.update_id for update in await api.get_updates()] == [3, 4, 5]


async def test_what_waits_can_be_dropped(api: ptb.Bot, world: Telegram, juan: Person, receiver: Receiver) -> None:
    world.say(juan, "de antes")
    await api.set_webhook(receiver.url, drop_pending_updates=True)
    world.say(juan, "de ahora")
    assert await receiver.wait(1) == ["de ahora"]


async def test_the_answer_may_be_a_call(api: ptb.Bot, world: Telegram, juan: Person, receiver: Receiver) -> None:
    receiver.answer = lambda update: web.json_response(
        {"method": "sendMessage", "chat_id": update["message"]["chat"]["id"], "text": "recibido"}
    )
    await api.set_webhook(receiver.url)
    world.say(juan, "hola")
    await until(lambda: world.messages(juan)[-1].text == "recibido")


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("ftp://gad.ec", {}),
        ("nada", {}),
        ("https://gad.ec", {"secret_token": "con espacio"}),
        ("https://gad.ec", {"max_connections": 101}),
    ],
)
async def test_wrong_webhooks(api: ptb.Bot, url: str, settings: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        await api.set_webhook(url, **settings)
    assert (await api.get_webhook_info()).url == ""


async def test_processes_that_set_it_at_once_leave_one(api: ptb.Bot, receiver: Receiver) -> None:
    await api.set_webhook(receiver.url)
    await asyncio.gather(*(api.set_webhook(receiver.url) for _ in range(8)))
    pushing = [task for task in asyncio.all_tasks() if "Webhook._run" in repr(task.get_coro())]
    assert len(pushing) == 1


async def test_an_empty_address_removes_it(api: ptb.Bot, receiver: Receiver) -> None:
    await api.set_webhook(receiver.url, allowed_updates=["message"])
    info = await api.get_webhook_info()
    assert (info.url, info.max_connections, list(info.allowed_updates or ())) == (receiver.url, 40, ["message"])
    await api.set_webhook("")
    assert (await api.get_webhook_info()).url == ""
