"""Releases that are not there yet: this one's code, with revisions that this one does not know."""

import re
import shutil
from pathlib import Path

from storage.engine.revisions import NEWEST, OLDEST

ROOT = Path(__file__).parents[3]
ROOMS = ("bot", "core", "metrics", "emulator")
NEXT, AFTER = (f"{int(NEWEST) + more:04}" for more in (1, 2))


def adding(folder: Path) -> Path:
    """The next release, which adds to the schema: a folder to run ``python -m bot`` in."""
    versions = _copied(folder, oldest=OLDEST) / "migrations" / "versions"
    _put(versions, "adding", NEXT, after=NEWEST)
    return folder


def taking_away(folder: Path) -> Path:
    """The one after, which takes away what only the next one had."""
    versions = _copied(folder, oldest=NEXT) / "migrations" / "versions"
    _put(versions, "adding", NEXT, after=NEWEST)
    _put(versions, "taking_away", AFTER, after=NEXT)
    return folder


def released(folder: Path, version: str, *, fault: bool) -> Path:
    """The same schema under another version; with a ``fault`` every /nueva fails."""
    folder.mkdir()
    for room in (*ROOMS, "storage"):
        if room != "bot":
            (folder / room).symlink_to(ROOT / room)
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    about = folder / f"grupo_gad-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.4\nName: grupo-gad\nVersion: {version}\n", "utf-8")
    if fault:
        handler = folder / "bot" / "features" / "tasks" / "new_task.py"
        text, begins = handler.read_text("utf-8"), "async def new_task(turn: CommandTurn) -> None:\n"
        assert begins in text
        handler.write_text(text.replace(begins, f'{begins}    raise LookupError("a fault of this release")\n'), "utf-8")
    return folder


def _copied(folder: Path, oldest: str) -> Path:
    folder.mkdir()
    for room in ROOMS:
        (folder / room).symlink_to(ROOT / room)
    storage = folder / "storage"
    shutil.copytree(ROOT / "storage", storage, ignore=shutil.ignore_patterns("__pycache__"))
    revisions = storage / "engine" / "revisions.py"
    text = revisions.read_text("utf-8")
    changed, times = re.subn(r'^OLDEST = "\d+"$', f'OLDEST = "{oldest}"', text, flags=re.MULTILINE)
    assert times == 1
    revisions.write_text(changed, "utf-8")
    return storage


def _put(versions: Path, name: str, number: str, after: str) -> None:
    text = Path(__file__).with_name(f"{name}.py").read_text("utf-8")
    named = f'{text}\n\nrevision, down_revision = "{number}", "{after}"\n'
    (versions / f"{number}_{name}.py").write_text(named, "utf-8")
