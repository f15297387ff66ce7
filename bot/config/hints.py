"""Hints at settings that are allowed and could be safer: the start and `gad check` say them, and they stop nothing."""

from collections.abc import Iterator

from bot.config.schema import Config
from bot.config.types import GOOD_SECRET

MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"


def hints(config: Config) -> Iterator[str]:
    """One line for each, that begins with the key."""
    secret = config.telegram.webhook_secret.get_secret_value()
    if secret and len(secret) < GOOD_SECRET:
        yield f"telegram.webhook_secret: has {len(secret)} characters; {GOOD_SECRET} or more are asked for, {MAKE_ONE}"
    if config.server.api_tokens:
        yield (
            f"server.api_tokens: {len(config.server.api_tokens)} may do all but see silent alarms, without a name or an"
            " end; gad tokens create makes one for each program, then take these out"
        )
    if config.server.public_host and config.telegram.mode != "webhook":
        yield 'server.public_host: has the webhook alone, and telegram.mode is not "webhook": nothing listens there'
