"""The desk beside a local Telegram, with four people to play: no account, no network, nothing to clean up."""

import asyncio
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr
from tzlocal import get_localzone_name

from bot.app import OpenDesk
from bot.cli.options import Failed
from bot.config.schema import Config
from bot.config.source import load
from bot.conversation.menu import menu_message
from bot.runtime.logs import set_up_logging
from core.state.person import Person
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Lane, Membership, Role
from emulator import NamedPlace, Telegram
from emulator import serve as serve_telegram
from storage.queues import outbox
from storage.repositories import people

if sys.platform == "win32":
    from asyncio import run
else:
    from uvloop import run

TOKEN = "1000:demo"  # noqa: S105 - nobody's
PAGE_PORT = 8081
CAST = (
    ("Juan Pérez", "juan", Role.AGENT, Place(-2.1862, -79.8905)),
    ("Beto Salas", "beto", Role.AGENT, Place(-2.1960, -79.8850)),
    ("Ana Mora", "ana", Role.SUPERVISOR, None),
    ("Rosa Vera", "rosa", Role.ADMIN, None),
)
ROLES = {Role.AGENT: "Agente", Role.SUPERVISOR: "Supervisora", Role.ADMIN: "Administradora"}
PLACES = (
    NamedPlace("Parque Centenario", -2.1885, -79.8880),
    NamedPlace("Mercado", -2.1980, -79.8895),
)


def demo_config(telegram_url: str, folder: Path) -> Config:
    """The demo's configuration: the defaults and the environment, beside a local Telegram.

    The database is new, places keep for a day, and the zone is that of the phones on the page.
    """
    given = load(None)
    return given.model_copy(
        update={
            "timezone": ZoneInfo(get_localzone_name()),
            "telegram": given.telegram.model_copy(
                update={"token": SecretStr(TOKEN), "api_base_url": telegram_url, "proxy_url": SecretStr("")}
            ),
            "backup": given.backup.model_copy(update={"folder": ""}),
            "storage": given.storage.model_copy(update={"url": f"sqlite+aiosqlite:///{folder / 'gad.db'}"}),
            "dispatch": given.dispatch.model_copy(update={"location_max_age": timedelta(hours=24)}),
        }
    )


class Demo(NamedTuple):
    """The parts that are open: the page's address, the local Telegram behind it, and the desk."""

    url: str
    telegram: Telegram
    desk: OpenDesk


@asynccontextmanager
async def opened(*, port: int, side_port: int | None = None) -> AsyncIterator[Demo]:
    """Both, for as long as it lasts. ``side_port``: the side server's, where it is not the configuration's."""
    telegram = Telegram()
    telegram.add_bot(TOKEN, "gad_bot", "GRUPO GAD")
    page = await serve_telegram(telegram, port=port, extra_places=PLACES)
    with tempfile.TemporaryDirectory(prefix="gad-demo-") as folder:
        config = demo_config(page.url, Path(folder))
        if side_port is not None:
            config = config.model_copy(update={"server": config.server.model_copy(update={"port": side_port})})
        desk = OpenDesk(config)
        await desk.start()
        try:
            await _enter(telegram, desk)
            yield Demo(page.url, telegram, desk)
        finally:
            await desk.stop()
            await page.stop()


def free_port(port: int) -> int:
    """The port, or 0 for any free one when another program has it."""
    try:
        with socket.create_server(("127.0.0.1", port)):
            return port
    except OSError:
        return 0


async def serve(*, port: int | None) -> None:
    """Open both and keep them open until SIGTERM or SIGINT.

    Raises:
        Failed: the port that was asked for is taken.
    """
    if port and not free_port(port):
        raise Failed(f"--port: {port} is taken by another program")
    page, side = (free_port(PAGE_PORT) if port is None else port), free_port(load(None).server.port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(port=page, side_port=side) as demo:
        typer.echo(f"Four phones: {demo.url}   side server: http://127.0.0.1:{demo.desk.server.port}")
        await stop.wait()


async def _enter(telegram: Telegram, desk: OpenDesk) -> None:
    """The cast is known to the desk, and each has opened the chat."""
    now = desk.clock.now()
    for name, username, role, place in CAST:
        user = telegram.add_person(name, username=username, role_hint=ROLES[role])
        person = Person(
            id=0,
            account=user.id,
            name=name,
            username=username,
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE if role is Role.AGENT else Availability.UNAVAILABLE,
            position=Position(place=place, at=now) if place is not None else None,
        )
        await desk.store.write(partial(people.save, before=None, after=person))
        menu = menu_message(role, desk.texts, to=PersonDestination(user.id), lane=Lane.ROUTINE)
        await desk.store.write(partial(outbox.post, calls=(desk.channels.render(menu),), now=now))
        telegram.say(user, "/start")


def main(*, port: int | None) -> None:
    """Run the demonstration until it is told to end."""
    set_up_logging("warning")
    run(serve(port=port))
