"""``gad health``: asks a desk that runs how it is, for what restarts containers and for people."""

from enum import StrEnum
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, Failed

if TYPE_CHECKING:
    from bot.config.schema import Server

PATIENCE = 4  # seconds


class Page(StrEnum):
    """A health page of the side server."""

    LIVE = "live"
    READY = "ready"
    WHOLE = "whole"

    @property
    def path(self) -> str:
        """Its address, without the server's."""
        return "/health" if self is Page.WHOLE else f"/health/{self.value}"


def health(
    config: ConfigFile = THE_CONFIG,
    page: Annotated[
        Page, typer.Option(help="live: it runs; ready: it can work; whole: nothing is wrong.")
    ] = Page.WHOLE,
) -> None:
    """Ask the desk that runs with this configuration how it is.

    One line, and an exit code of 1 when it is not well or nobody answers.
    """
    import asyncio

    from bot.config.source import load

    typer.echo(asyncio.run(ask(load(config).server, page)))


async def ask(server: "Server", page: Page) -> str:
    """Read the page; the line that says that it is well.

    Raises:
        Failed: it is not, or nobody answers.
    """
    import aiohttp
    from msgspec import MsgspecError

    from bot.runtime.reasons import reason

    url = f"http://{_reached(server.host)}:{server.port}{page.path}"
    patience = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=patience) as session, session.get(url) as answer:
            code, status = answer.status, _status(await answer.read())
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Failed(f"{url}: nobody answers ({reason(error)})") from error
    except (MsgspecError, KeyError) as error:
        raise Failed(f"{url}: whoever answers there is no desk") from error
    if code != HTTPStatus.OK or status != "well":
        raise Failed(f"{url}: {status}")
    return f"{url}: {status}"


def _status(body: bytes) -> str:
    from msgspec import json

    return json.decode(body, type=dict[str, str])["status"]


def _reached(host: str) -> str:
    """Where a server that listens there is reached from the same machine."""
    try:
        address = ip_address(host)
    except ValueError:
        return host  # a name
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "[::1]"
    return f"[{address}]" if address.version == 6 else str(address)
