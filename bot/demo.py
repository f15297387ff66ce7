"""The desk beside a local Telegram, with four people to play: no account, no network, nothing to clean up."""

import asyncio
import signal
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

import typer
import uvloop
from pydantic import SecretStr

from bot.app import OpenDesk
from bot.config import Config
from bot.config_source import load
from bot.logs import set_up_logging
from core.person import Person
from core.places import Place, Position
from core.words import Availability, Membership, Role
from emulator import NamedPlace, Telegram
from emulator import serve as serve_telegram
from storage import people

TOKEN = "1000:demo"  # noqa: S105 - nobody's
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
    """The defaults and the environment, with the local Telegram, a new database, and places that keep for a day."""
    given = load(None)
    return given.model_copy(
        update={
            "telegram": given.telegram.model_copy(update={"token": SecretStr(TOKEN), "api_base_url": telegram_url}),
            "storage": given.storage.model_copy(update={"url": f"sqlite+aiosqlite:///{folder / 'gad.db'}"}),
            "dispatch": given.dispatch.model_copy(update={"location_max_age": timedelta(hours=24)}),
        }
    )


async def serve(*, port: int) -> None:
    """Open both and keep them open until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    telegram = Telegram()
    telegram.add_bot(TOKEN, "gad_bot", "GRUPO GAD")
    page = await serve_telegram(telegram, port=port, extra_places=PLACES)
    with tempfile.TemporaryDirectory(prefix="gad-demo-") as folder:
        desk = OpenDesk(demo_config(page.url, Path(folder)))
        await desk.start()
        await _enter(telegram, desk)
        typer.echo(f"Four phones: {page.url}   side server: http://127.0.0.1:{desk.server.port}")
        await stop.wait()
        await desk.stop()
    await page.stop()


async def _enter(telegram: Telegram, desk: OpenDesk) -> None:
    """The cast is known to the desk, and each has opened the chat."""
    now = desk.clock.now()
    for name, username, role, place in CAST:
        user = telegram.add_person(name, username=username, role_hint=ROLES[role])
        person = Person(
            id=0,
            telegram_id=user.id,
            name=name,
            username=username,
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE if role is Role.AGENT else Availability.UNAVAILABLE,
            position=Position(place=place, at=now) if place is not None else None,
        )
        await desk.store.write(partial(people.save, before=None, after=person))
        telegram.say(user, "/start")


def main(*, port: int) -> None:
    """Run the demonstration until it is told to end."""
    set_up_logging("warning")
    uvloop.run(serve(port=port))
