"""``gad audit``: is the record what it was, and a signed piece of it for an inquiry (P10)."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, Failed, counted, with_store

if TYPE_CHECKING:
    from storage.audit.audit import Verdict
    from storage.audit.erasures import Erasure
    from storage.audit.export import Checked, Selection
    from storage.engine.store import Store

app = typer.Typer(help="Verify the record; export a signed piece, check such a piece.")
Day = "2026-11-24 or 2026-11-24T10:30, in the desk's time zone"


@app.command()
def verify(
    seal: Annotated[str | None, typer.Option(help="A seal that was published: the record must still hold it.")] = None,
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Name the first event that is not as it was, if there is one.

    Goes through all of them, while the desk runs too.
    """
    from bot.config.source import load
    from storage.audit import audit
    from storage.audit.erasures import approvers

    async def act(store: "Store") -> "tuple[Verdict, dict[int, str]]":
        verdict = await audit.verify(store, seal.strip().lower() if seal else None)
        return verdict, await store.read(partial(approvers, of=verdict.erasures))

    settings = load(config)
    verdict, names = with_store(settings.storage.url, act)
    if verdict.flaw is not None:
        raise Failed(_flaw(verdict))
    typer.echo(f"The record is whole: {counted(verdict.events, 'event')}, seal {verdict.seal}")
    if verdict.resealed is not None:
        seam = verdict.resealed
        typer.echo(f"Resealed by {seam.key}: what was sealed {seam.old_seal} is {seam.new_seal}")
    for one in verdict.erasures:
        typer.echo(_erasure(one, names, settings.timezone))


@app.command()
def reseal(config: ConfigFile = THE_CONFIG) -> None:
    """Set words of earlier releases apart, so that they can be erased.

    Refuses a record that is not whole, and PostgreSQL while a desk runs on it.
    """
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.audit import reseal as resealing
    from storage.audit.export import own_key

    settings = load(config)
    key = own_key(Path(settings.audit.key_file))

    async def act(store: "Store") -> "resealing.Conversion":
        return await store.write(lambda session: resealing.reseal(session, key, SystemClock().now()))

    done = with_store(settings.storage.url, act)
    typer.echo(f"{counted(done.events, 'event')} hashed anew, words of {counted(done.apart, 'event')} set apart")
    typer.echo(f"The seal is now {done.seal}; seals that were published before stay good for `gad audit verify --seal`")


def _erasure(one: "Erasure", names: dict[int, str], zone: ZoneInfo) -> str:
    day = f"{one.at.astimezone(zone):%Y-%m-%d}"
    if one.approved_by is None and one.person is not None:
        return f"Of it {counted(one.events, 'event')} of person {one.person} erased on {day}, again after a restore"
    if one.approved_by is None:
        return f"Of it {counted(one.events, 'event')} erased on {day} by privacy.evidence"
    by = names.get(one.approved_by) or f"person {one.approved_by}"
    return f"Of it {counted(one.events, 'event')} of person {one.person} erased on {day} by {by}'s approval"


def _flaw(verdict: "Verdict") -> str:
    from storage.audit.audit import Flaw

    event = f"event {verdict.link}" + (f" of chain {verdict.chain}" if verdict.chain else "")
    event += f" (row {verdict.row})" if verdict.row is not None else ""
    sayings = {
        Flaw.CHANGED: f"the record was bent: {event} was changed",
        Flaw.MISSING: f"the record was bent: {event} is missing",
        Flaw.ADDED: f"the record was bent: {event} was not written by the desk",
        Flaw.END: f"the record was bent: at {event} it is not what was sealed",
        Flaw.ERASED: f"the record was bent: the words of {event} are gone, and nobody erased them",
        Flaw.SEAM: f"the record was bent: at {event} it is not what was resealed",
        Flaw.UNKNOWN_SEAL: "the record was bent, or this is not its seal: nothing in it was published so",
    }
    assert verdict.flaw is not None
    return sayings[verdict.flaw]


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where it goes; nothing there is overwritten.")],
    task: Annotated[str | None, typer.Option(metavar="CODE", help="Only this task's events.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="TIME", help=f"From then on: {Day}.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="TIME", help="Until then, which is left out.")] = None,
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Write events as JSON Lines, signed with the desk's key."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from core.desk.ports import Record
    from core.vocabulary.desk_events import LookedUp, Reading
    from storage.audit import export as exports
    from storage.audit import record

    settings = load(config)
    selection = _selection(task, since, until, settings.timezone)
    key = exports.own_key(Path(settings.audit.key_file))

    async def act(store: "Store") -> "Checked":
        now = SystemClock().now()
        written = await exports.export(store, file, selection, key, now)
        taken = Record(at=now, event=LookedUp(what=Reading.RECORD), by=None, via="cli", reason=str(file.name))
        await store.write(lambda session: record.add(session, [taken]))
        return written

    written = with_store(settings.storage.url, act)
    typer.echo(f"{file}: {counted(written.events, 'event')}, signed by {written.heading.key}")


def _selection(task: str | None, since: str | None, until: str | None, zone: ZoneInfo) -> "Selection":
    from bot.parsing.codes import code_in
    from storage.audit.export import Selection

    number = code_in(task) if task is not None else None
    if task is not None and number is None:
        raise typer.BadParameter(f"--task: expected a code such as T-000123, got {task!r}")
    return Selection(task=number, since=_moment("--from", since, zone), until=_moment("--to", until, zone))


def _moment(option: str, text: str | None, zone: ZoneInfo) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{option}: expected {Day}; got {text!r}") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="What `gad audit export` wrote.")],
    key: Annotated[str | None, typer.Option(help="The public key that must have signed it, as export says it.")] = None,
) -> None:
    """Say whether a file is just what a desk signed. Needs no database."""
    from storage.audit import export as exports

    found = exports.check(file, key.strip() if key else None)
    signed_at = f"{found.heading.made_at:%Y-%m-%d %H:%M:%S} UTC"
    typer.echo(f"{counted(found.events, 'event')}, nothing changed since it was signed at {signed_at}")
    typer.echo(f"by {found.heading.key}" + ("" if key else ": compare it with the key that you were given"))
