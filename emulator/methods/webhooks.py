"""Setting and removing the webhook.

https://core.telegram.org/bots/api#setwebhook
"""

import re
from functools import partial
from inspect import iscoroutinefunction
from ipaddress import ip_address
from urllib.parse import urlsplit

from msgspec import DecodeError, Struct, json
from telegram.constants import WebhookLimit

from emulator import wire
from emulator.calls import CallRecord
from emulator.errors import ApiError, bad_request, conflict
from emulator.methods.params import read_fields
from emulator.methods.registry import METHODS, Call, Nothing, method
from emulator.webhook import Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_DEFAULT_CONNECTIONS = 40


class SetWebhook(Struct):
    url: str
    ip_address: str = ""
    secret_token: str | None = None
    max_connections: int = _DEFAULT_CONNECTIONS
    allowed_updates: list[str] | None = None
    drop_pending_updates: bool = False


class DeleteWebhook(Struct):
    drop_pending_updates: bool = False


@method("setWebhook")
async def set_webhook(call: Call, params: SetWebhook) -> bool:
    """Set the webhook; an empty address removes it. Plain http is taken, as by a local Bot API server.

    Raises:
        ApiError: 400 for an address, an IP address, a secret or a number of connections that Telegram refuses.
    """
    if not params.url:
        async with call.bot.webhook_lock:
            await _remove(call, drop=params.drop_pending_updates)
        return True
    parts = urlsplit(params.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if params.ip_address and not _is_ip(params.ip_address):
        raise bad_request("bad webhook: invalid IP address")
    if params.secret_token is not None and not _SECRET.fullmatch(params.secret_token):
        raise bad_request("secret token contains unallowed characters")
    most = int(WebhookLimit.MAX_CONNECTIONS_LIMIT)
    if not WebhookLimit.MIN_CONNECTIONS_LIMIT <= params.max_connections <= most:
        raise bad_request("max_connections must be 1 to 100")
    bot = call.bot
    async with bot.webhook_lock:
        await _remove(call, drop=params.drop_pending_updates)
        bot.updates.end_wait(conflict("terminated by setWebhook request"))
        if params.allowed_updates is not None:
            bot.updates.allowed = params.allowed_updates
        bot.webhook = Webhook(
            bot.updates,
            params.url,
            ip_address=params.ip_address,
            secret=params.secret_token,
            max_connections=params.max_connections,
            reply=partial(_carry_out, call),
            now=call.world.now,
        )
        bot.webhook.start()
    return True


@method("deleteWebhook")
async def delete_webhook(call: Call, params: DeleteWebhook) -> bool:
    async with call.bot.webhook_lock:
        await _remove(call, drop=params.drop_pending_updates)
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call, params: Nothing) -> wire.WebhookInfo:
    bot, webhook = call.bot, call.bot.webhook
    pending = len(bot.updates) + (webhook.pending if webhook else 0)
    info = wire.WebhookInfo(webhook.url if webhook else "", False, pending)
    info.allowed_updates = bot.updates.allowed or None
    if webhook is not None:
        info.max_connections = webhook.max_connections
        info.ip_address = webhook.ip_address or bot.resolves_to or (webhook.host if _is_ip(webhook.host) else None)
        info.last_error_date = webhook.last_error_date
        info.last_error_message = webhook.last_error_message
    return info


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _carry_out(call: Call, body: bytes) -> None:
    """Carry out the call that a webhook's answer may hold (``{"method": "sendMessage", ...}``), without an answer."""
    try:
        fields = json.decode(body)
    except DecodeError:
        return
    known = METHODS.get(str(fields.pop("method", "")).lower()) if isinstance(fields, dict) else None
    if known is None or iscoroutinefunction(known.run):
        return
    code = None
    try:
        known.run(call, read_fields(known, fields))
    except ApiError as error:
        code = error.code
    world = call.world
    world.calls.append(CallRecord(world.now(), known.name, fields.get("chat_id"), code is None, code))


async def _remove(call: Call, *, drop: bool) -> None:
    if call.bot.webhook is not None:
        await call.bot.webhook.stop()
        call.bot.webhook = None
    if drop:
        call.bot.updates.clear()
