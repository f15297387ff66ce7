"""Backups in a folder, and the record's seal with the administrators (P10)."""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.config.live import LiveConfig
from bot.config.schema import Config
from bot.jobs.calendar import Calendar
from bot.jobs.poster import Poster
from bot.ui.screen import Screen
from core.desk.ports import Record
from core.vocabulary.words import Lane
from metrics.backups import BackupResult
from metrics.blackout import quoted_error
from storage.audit import chain, record
from storage.audit.export import own_key
from storage.engine.errors import StorageError
from storage.engine.session import Session
from storage.engine.store import is_postgresql, sqlite_path
from storage.ops.backup import back_up

log = logging.getLogger(__name__)

SEALED_AT = time(7)
NAME = re.compile(r"gad-(\d{8}-\d{6})\.zip(\.age)?")
# The remains of a killed process's backup: as large as the database.
HALF = re.compile(r"\.gad-\d{8}-\d{6}\.zip(\.age)?\.(part|db|sealed)(-journal)?")
STAMP = "%Y%m%d-%H%M%S"
# A backup that was missed, with the desk closed or the disk full, is made at the next look.
LOOKS = timedelta(minutes=10)


class Backups:
    """Makes a backup and sends the seal when they are due; ``ended`` hears what came of each.

    ``newest`` is when the last one was made.
    """

    def __init__(
        self, live: LiveConfig, poster: Poster, ended: Callable[[BackupResult], None] = lambda result: None
    ) -> None:
        self._live = live
        self._ended = ended
        self._poster = poster
        self._clock = poster.clock
        self._texts = poster.texts
        self._failing = False
        # PostgreSQL has tools of its own for that: https://www.postgresql.org/docs/current/backup.html
        config = live.now
        self._made_here = bool(config.backup.folder) and not is_postgresql(config.storage.url)
        kept = backups(Path(config.backup.folder)) if self._made_here else []
        self.newest = made_at(kept[-1]) if kept else None

    @property
    def _config(self) -> Config:
        return self._live.now

    @property
    def every(self) -> timedelta | None:
        """How often it makes a backup, None where it makes none by itself."""
        return self._config.backup.every if self._made_here else None

    def add_to(self, calendar: Calendar) -> None:
        """Do it by the calendar."""
        calendar.add("seal", self.publish_seal, LOOKS)
        if self.every is not None:
            calendar.add("backup", self.back_up, LOOKS)

    async def publish_seal(self) -> bool:
        """Send the seal once a day, whatever the number of processes; return whether it was sent now.

        With the administrators it is out of reach of anybody with access to the database.
        """
        now = self._clock.now()
        today = now.astimezone(self._config.timezone)
        if today.time() < SEALED_AT:
            return False
        key = f"seal:{today:%Y-%m-%d}"

        async def unit(session: Session) -> bool:
            ends = await chain.ends(session)
            if not ends or await record.recall(session, key) is not None:
                return False
            await record.remember(session, key, b"", now)
            sealed = chain.sealed(ends)
            events = sum(end.events for end in ends)
            screen = Screen(
                text=self._texts("seal-published", at=self._texts.exact_time(now), events=str(events), seal=sealed.seal)
            )
            await self._poster.to_admins(session, screen, Lane.ROUTINE)
            await record.add(session, [Record(at=now, event=sealed, by=None, via="desk")])
            return True

        return await self._poster.write(unit)

    async def back_up(self) -> Path | None:
        """Make a backup when the newest is old enough, and remove those beyond ``keep``; return its path, if made."""
        folder, now = Path(self._config.backup.folder), self._clock.now()
        kept = await asyncio.to_thread(backups, folder)
        # One from the future was made by a clock that went wrong, and is no reason to make none until then.
        past = [made_at(file) for file in kept if made_at(file) <= now]
        if past and now - past[-1] < self._config.backup.every:
            return None
        recipient = self._config.backup.encrypt_to
        file = folder / f"gad-{now:{STAMP}}.zip{'.age' if recipient else ''}"
        await asyncio.to_thread(_clear_away, folder, sqlite_path(self._config.storage.url).parent)
        try:
            key = await asyncio.to_thread(own_key, Path(self._config.audit.key_file))
            await asyncio.to_thread(back_up, self._config.storage.url, file, now, key, recipient)
        except StorageError as error:
            if not self._failing:
                log.error("no backup: %s", error)  # noqa: TRY400 - the text says it all
                await self._tell_of_failure(quoted_error(str(error)), kept[-1] if kept else None)
            self._failing = True
            self._ended(BackupResult.FAILED)
            return None
        if self._failing:
            log.warning("backups are made again")
        self._failing, self.newest = False, now
        self._ended(BackupResult.MADE)
        for old in [*kept, file][: -self._config.backup.keep]:
            await asyncio.to_thread(old.unlink, missing_ok=True)
        return file

    async def _tell_of_failure(self, why: str, last: Path | None) -> None:
        good = self._texts.exact_time(made_at(last)) if last is not None else self._texts("backup-none")
        screen = Screen(text=self._texts("backup-failed", why=why, last=good))
        await self._poster.write(lambda session: self._poster.to_admins(session, screen, Lane.ROUTINE))


def backups(folder: Path) -> list[Path]:
    """The backups that were made by themselves, oldest first; nothing else in the folder is ever touched."""
    return sorted(file for file in _files(folder) if NAME.fullmatch(file.name))


def _clear_away(*folders: Path) -> None:
    for half in (file for folder in folders for file in _files(folder)):
        if HALF.fullmatch(half.name):
            half.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def made_at(file: Path) -> datetime:
    """When a backup was made, by its name."""
    return datetime.strptime(file.name.partition(".")[0], f"gad-{STAMP}").replace(tzinfo=UTC)
