"""The places between receiving and marking at which a desk may die, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

Moment = Literal["before", "within", "after"]
BOTH: tuple[Moment, ...] = ("before", "after")
ALL: tuple[Moment, ...] = ("before", "within", "after")


class Point(NamedTuple):
    """A function of the desk, and when beside it a process may die.

    ``passes`` is about how many of them one life sees, ``concerns`` leaves out calls that are about something else.
    """

    target: str
    moments: tuple[Moment, ...] = BOTH
    passes: int = 12
    concerns: Callable[..., bool] = lambda *_, **__: True


def _calls(*methods: str) -> Callable[..., bool]:
    """A call of the Bot API by one of these methods."""
    return lambda _, url, *__, **___: url.rpartition("/")[2].startswith(methods)


def _is_webhook(response: Any, *_: object) -> bool:
    request = getattr(response, "_req", None)
    return request is not None and request.path == "/telegram/webhook"


# In the order of an update's way. "Before" and "after" are about the effect: after `claim` its transaction is not
# committed yet, after `commit` it is and nobody was told.
EVERYWHERE = {
    "start": Point("bot.jobs.leases:take_back", passes=1),
    "receive": Point("bot.transport.intake:Intake.receive", ALL),
    "keep": Point("storage.queues.inbox:receive"),
    "claim": Point("storage.queues.inbox:take"),
    "handle": Point("bot.conversation.worker:Worker._take_turn", ALL),
    "execute": Point("core.desk.desk:Desk.execute", ALL),
    "settle": Point("bot.conversation.worker:Worker._settle", ALL),
    "post": Point("storage.queues.outbox:post"),
    "commit": Point("storage.engine.store:Store.write", ALL, passes=40),
    "claim to send": Point("storage.queues.outbox:take", passes=20),
    "send": Point("bot.transport.request:AiohttpRequest.call", ALL, 20, _calls("send", "edit")),
    "mark": Point("bot.transport.send_results:SendResults.taken", ALL, 20),
    "answer a press": Point("bot.transport.request:AiohttpRequest.call", ALL, 4, _calls("answerCallbackQuery")),
    "timer": Point("core.desk.desk:Desk.fire_due", ALL, passes=4),
}
POLLING = {"confirm": Point("bot.transport.request:AiohttpRequest.call", ALL, 5, _calls("getUpdates"))}
WEBHOOK = {
    "confirm": Point("bot.transport.webhook:Webhook.answer"),
    "answer 200": Point("aiohttp.web_response:Response.write_eof", BOTH, 12, _is_webhook),
}
# A statement of those that make or change the schema; a page of what `gad migrate --to` copies; its other steps.
SCHEMA = {"statement": Point("sqlalchemy.engine.default:DefaultDialect.do_execute")}
MOVING = {"copy": Point("storage.ops.move:_Shelf.put"), "step": Point("storage.ops.migrate:alone")}


def points(way: str) -> dict[str, Point]:
    """Points of a desk: on ``polling`` or ``webhook``, making its ``schema``, or ``moving``."""
    match way:
        case "schema":
            return SCHEMA
        case "moving":
            return MOVING
        case "webhook":
            return EVERYWHERE | WEBHOOK
        case _:
            return EVERYWHERE | POLLING
