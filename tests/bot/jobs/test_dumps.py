"""Dumps of PostgreSQL beside the desk: the newest whole one counts."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.jobs.dumps import newest_dump

OLD, NEW = datetime(2026, 11, 29, 3, tzinfo=UTC), datetime(2026, 11, 30, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("files", "newest"),
    [
        ({}, None),
        ({"gad-2026-11-29.dump": (b"PGDMP...", OLD)}, OLD),
        ({"gad-2026-11-29.dump": (b"PGDMP...", OLD), "gad-2026-11-30.dump": (b"PGDMP...", NEW)}, NEW),
        ({"gad-2026-11-29.dump": (b"PGDMP...", OLD), "gad-2026-11-30.dump": (b"", NEW)}, OLD),
        ({"gad-2026-11-30.dump.part": (b"PGDMP...", NEW), "other.dump": (b"PGDMP...", NEW)}, None),
    ],
    ids=["none", "one", "the newer one", "one that failed is empty", "half of one, and another program's"],
)
def test_the_newest_whole_dump_counts(
    tmp_path: Path, files: dict[str, tuple[bytes, datetime]], newest: datetime | None
) -> None:
    for name, (content, at) in files.items():
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (at.timestamp(), at.timestamp()))
    assert newest_dump(tmp_path) == newest
    assert newest_dump(tmp_path / "nowhere") is None
