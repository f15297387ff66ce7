"""Backups that somebody made or changed: a restore refuses each in one sentence, and nothing is touched."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from storage.audit.chain import BEFORE_THE_FIRST, End, Hashed, hash_of, seal_of
from storage.audit.export import name_of
from storage.engine.store import StorageError, sqlite_path
from storage.ops.backup import back_up
from storage.ops.backup_archive import DATABASE, FORMAT, MANIFEST, SIGNATURE, UNSIGNED, Trust
from storage.ops.restore import restore
from tests.support.backups import KEY, TRUSTED
from tests.support.databases import fresh

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
UNPROVED = Trust(key=TRUSTED.key, unproved=True)
HOLLOW = 20_000_000  # bytes of nothing
EVENT = Hashed(
    chain=0, link=1, at=1, task=7, person=None, unit=None, by=1, via="telegram", reason="", body='{"type":"noted"}'
)


def happens(connection: sqlite3.Connection, event: Hashed = EVENT, digest: str = "") -> None:
    """Write an event as the desk does, or with a hash that is not its own."""
    digest = digest or hash_of(BEFORE_THE_FIRST, event)
    columns = (event.chain, event.link, event.at, event.task, event.by, event.via, event.reason, event.body, digest)
    connection.execute(
        "INSERT INTO event (chain, link, at, task, by, via, reason, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        columns,
    )
    connection.execute("INSERT INTO chain (chain, events, hash) VALUES (0, 1, ?)", (digest,))


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A desk to which something happened."""
    url = fresh(tmp_path)
    with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as connection:
        happens(connection)
    return url


@pytest.fixture
def backup(url: str, tmp_path: Path) -> Path:
    file = tmp_path / "backup.zip"
    back_up(url, file, NOON, KEY)
    return file


class Forger:
    """Changes a backup, and signs it with a key or not at all."""

    def __init__(self, backup: Path) -> None:
        with zipfile.ZipFile(backup) as archive:
            self.entries = {name: archive.read(name) for name in archive.namelist()}
        self._file = backup

    def __call__(
        self, *, key: Ed25519PrivateKey | None = KEY, sign: bool = True, claims: bool = False, **changes: Any
    ) -> None:
        manifest = json.loads(self.entries[MANIFEST]) | changes
        if key is None and not claims:
            manifest.pop("key", None)
        if key is not None and sign:
            manifest["key"] = name_of(key)
        self.entries[MANIFEST] = json.dumps(manifest).encode()
        if key is None:
            self.entries.pop(SIGNATURE, None)
        elif sign:
            self.entries[SIGNATURE] = key.sign(self.entries[MANIFEST])
        with zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.entries.items():
                archive.writestr(name, content)

    def plants(self, act: Callable[[sqlite3.Connection], object], **changes: Any) -> None:
        """Change the database inside, and describe it as it is then."""
        file = self._file.with_name("planted.db")
        file.write_bytes(self.entries[DATABASE])
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            act(connection)
        self.entries[DATABASE] = content = file.read_bytes()
        file.unlink()
        self(size=len(content), sha256=sha256(content).hexdigest(), **changes)


@pytest.fixture
def forge(backup: Path) -> Forger:
    return Forger(backup)


def refused(backup: Path, url: str, why: str, trust: Trust = TRUSTED, **more: Any) -> None:
    """Nothing is restored, and nothing but the backup and the desk is there."""
    before = sqlite_path(url).read_bytes()
    with pytest.raises(StorageError, match=why) as refusal:
        restore(backup, url, NOON, trust, **more)
    assert re.fullmatch(r"[^\n]{10,400}", str(refusal.value))
    assert sqlite_path(url).read_bytes() == before
    assert {file.name for file in backup.parent.iterdir()} == {"gad.db", backup.name}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"sha256": "0" * 64}, "is damaged: what it holds is not what was put in"),
        ({"size": 1}, "is damaged: what it holds is not what was put in"),
        ({"size": 10**6}, "is damaged: what it holds is not what was put in"),
        ({"size": 10**18}, r"grows to 1,000,000,000,000,000,000 bytes, and \S+ has room for"),
        ({"schema": "9999", "oldest": "9998"}, "is from a newer version of the desk"),
        ({"schema": "0006"}, "is not as the desk makes it|is damaged: another schema"),
        ({"format": "gad-backup-3"}, "is from a newer version of the desk"),
        ({"format": UNSIGNED}, "is damaged or no backup"),
        ({"size": "much"}, "is damaged or no backup"),
        ({"more": 1}, "is damaged or no backup"),
        ({"events": 2}, "its record is not the one that it was sealed with"),
        ({"seal": "0" * 64}, "its record is not the one that it was sealed with"),
    ],
)
def test_a_backup_that_lies_about_itself_is_refused(
    url: str, backup: Path, forge: Forger, changes: dict[str, Any], why: str
) -> None:
    forge(**changes)
    refused(backup, url, why)
    forge(sign=False, events=77)  # whoever has not the key has not even this much
    refused(backup, url, "is not what was signed|is damaged or no backup|is from a newer version")


def test_p10_only_the_desks_own_backup_is_restored(url: str, backup: Path, forge: Forger) -> None:
    forge(key=STRANGER)
    refused(backup, url, f"is signed by another key than the desk's: {name_of(STRANGER)}")
    refused(backup, url, "there is no key here to compare it with", Trust())
    forge(key=None, format=UNSIGNED, claims=True)  # it names the desk's key, and nobody signed that
    refused(backup, url, "is not signed")
    assert not restore(backup, url, NOON, UNPROVED).proved


def test_p10_a_backup_from_before_there_were_signatures_is_restored_on_ones_word(
    url: str, backup: Path, forge: Forger
) -> None:
    forge(key=None, format=UNSIGNED)
    refused(backup, url, "is not signed: it was made before backups were, or somebody took the signature out")

    done = restore(backup, url, NOON, UNPROVED)
    assert (done.proved, done.manifest.events) == (False, 1)


def test_p10_a_signature_that_is_wrong_is_refused_on_anybodys_word(url: str, backup: Path, forge: Forger) -> None:
    forge(sign=False, events=2)
    refused(backup, url, "is not what was signed: it was changed", UNPROVED)
    forge(key=None, format=FORMAT)
    refused(backup, url, "is damaged or no backup", UNPROVED)


@pytest.mark.parametrize(
    ("planted", "what"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM task; END", "the trigger evil is not the desk's"),
        ("CREATE VIEW all_of_it AS SELECT * FROM person", "the view all_of_it is not the desk's"),
        ("CREATE VIEW gad_moved AS SELECT name FROM person", "the view gad_moved is not the desk's"),
        ("CREATE TABLE more (x)", "the table more is not the desk's"),
        ("CREATE INDEX more ON task (abs(id))", "the index more is not the desk's"),
        ("DROP TABLE card", "the table card is missing"),
        ("ALTER TABLE task ADD COLUMN more DEFAULT (random())", "the table task is not as the desk makes it"),
    ],
)
def test_what_is_planted_in_a_database_is_not_restored_and_not_backed_up(
    url: str, backup: Path, forge: Forger, planted: str, what: str
) -> None:
    forge.plants(lambda database: database.execute(planted))
    refused(backup, url, f"is not as the desk makes it: .*{what}|{what}")
    refused(backup, url, what, UNPROVED)

    with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as connection:
        connection.execute(planted)
    with pytest.raises(StorageError, match=what):
        back_up(url, backup.with_name("other.zip"), NOON, KEY)
    assert not backup.with_name("other.zip").exists()


def test_p10_a_record_that_was_bent_is_not_restored(url: str, backup: Path, forge: Forger) -> None:
    forge.plants(lambda database: database.execute("UPDATE event SET reason = 'por radio'"))
    refused(backup, url, "its record was bent at event 1 of chain 0")


def test_p10_a_record_that_was_written_anew_is_found_by_a_seal(url: str, backup: Path, forge: Forger) -> None:
    seal = json.loads(forge.entries[MANIFEST])["seal"]
    bent = replace(EVENT, reason="por radio")

    def anew(database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM event")
        database.execute("DELETE FROM chain")
        happens(database, bent)

    forge.plants(anew, seal=seal_of([End(chain=0, events=1, hash=hash_of(BEFORE_THE_FIRST, bent))]))
    refused(backup, url, "its record never had the seal that was given", seal=seal)
    assert restore(backup, url, NOON, TRUSTED).proved, "whoever has the key and no seal to fear can do this"


def test_a_small_file_does_not_fill_the_disk(url: str, backup: Path, forge: Forger) -> None:
    forge.entries[DATABASE] = b"\0" * HOLLOW
    forge(key=None, format=UNSIGNED, size=HOLLOW)
    assert backup.stat().st_size < HOLLOW / 500
    refused(backup, url, "would grow to 20,000,000 bytes, more than a desk's database is squeezed", UNPROVED)

    forge(key=STRANGER, format=FORMAT)  # whoever signs it themselves is believed no more
    refused(backup, url, "would grow to 20,000,000 bytes", UNPROVED)

    forge.entries[MANIFEST] = b" " * 10**6 + forge.entries[MANIFEST]
    forge.entries[DATABASE] = b""
    with zipfile.ZipFile(backup, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in forge.entries.items():
            archive.writestr(name, content)
    refused(backup, url, "is damaged or no backup", UNPROVED)


def test_an_archive_with_more_in_it_is_no_backup(url: str, backup: Path, forge: Forger) -> None:
    forge.entries["../../etc/cron.d/evil"] = b"* * * * * root true"
    forge()
    refused(backup, url, "is damaged or no backup")
