"""P10 as the operator meets it, on either database: what was done to the record is named, in one line."""

# ruff: noqa: S608 - the tampering is ours

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.desk.ports import Record
from core.vocabulary import events as e
from storage.audit import chain, record
from storage.engine.session import Session
from tests.support.console import Gad, in_folder
from tests.support.databases import Direct
from tests.support.servers.direct import DirectPostgresql
from tests.support.servers.fixtures import KINDS

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
EVENTS = 9
COLUMNS = 'at, task, person, unit, "by", via, reason, body, chain'


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("database", KINDS, indirect=True)


@pytest.fixture
def direct(database: str, tmp_path: Path) -> Iterator[Direct | DirectPostgresql]:
    """A record of nine events."""
    direct = Direct(tmp_path) if database.startswith("sqlite") else DirectPostgresql(database)
    for number in range(1, EVENTS + 1):
        at = NOON + timedelta(hours=number)
        happened = Record(at=at, event=e.Noted(text=f"niño {number}"), by=7, via="chat", reason="", task=number % 3)
        direct.run(lambda session: record.add(session, [happened]))  # noqa: B023
    yield direct
    direct.close()


@pytest.fixture
def gad(
    direct: Direct | DirectPostgresql,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Gad:
    """Types a command beside it."""
    monkeypatch.setenv("GAD_STORAGE__URL", database)
    return in_folder(tmp_path, monkeypatch, capsys)


def named(link: int, database: str) -> str:
    """On a server each connection has a chain of its own."""
    return f"event {link}" if database.startswith("sqlite") else f"event {link} of chain 1"


SWAP = ((4, 99), (5, 4), (99, 5))
COPY = f"INSERT INTO event (id, link, hash, {COLUMNS}) SELECT 100, {{}}, hash, {COLUMNS} FROM event WHERE id = 4"


@pytest.mark.parametrize(
    ("statements", "link", "row", "saying"),
    [
        (["UPDATE event SET reason = 'x' WHERE id = 3"], 3, 3, "was changed"),
        (["UPDATE event SET body = replace(body, 'niño', 'nino') WHERE id = 9"], 9, 9, "was changed"),
        (["DELETE FROM event WHERE id = 2"], 2, None, "is missing"),
        (["DELETE FROM event WHERE id > 7"], 8, None, "is missing"),
        ([f"UPDATE event SET id = {new} WHERE id = {old}" for old, new in SWAP], 4, None, "is missing"),
        ([f"UPDATE event SET id = {new}, link = {new} WHERE id = {old}" for old, new in SWAP], 4, 4, "was changed"),
        ([COPY.format(4)], 4, 100, "was not written by the desk"),
        ([COPY.format(10)], 10, 100, "was changed"),
    ],
)
def test_p10_what_was_done_to_the_record_is_named(
    direct: Direct | DirectPostgresql,
    gad: Gad,
    database: str,
    statements: list[str],
    link: int,
    row: int | None,
    saying: str,
) -> None:
    for statement in statements:
        direct.connection.execute(statement)

    place = f" (row {row})" if row is not None else ""
    assert gad("audit", "verify") == (1, "", f"gad: the record was bent: {named(link, database)}{place} {saying}\n")
    code, _, errors = gad("audit", "export", "piece.jsonl")
    assert (code, Path("piece.jsonl").exists()) == (1, False)
    assert errors == "gad: the record is not whole, so nothing of it is signed; `gad audit verify` says where\n"


def test_p10_a_tail_that_was_cut_off_is_found_by_the_seal_that_somebody_kept(
    direct: Direct | DirectPostgresql, gad: Gad
) -> None:
    async def publish(session: Session) -> str:
        kept = chain.sealed(await chain.ends(session))
        await record.add(session, [Record(at=NOON, event=kept, by=None, via="desk")])
        return kept.seal

    seal = direct.run(publish)
    assert gad("audit", "verify", "--seal", seal)[0] == 0

    direct.connection.execute("DELETE FROM event WHERE id > 6")
    direct.connection.execute("UPDATE chain SET events = 6, hash = (SELECT hash FROM event WHERE id = 6)")

    assert gad("audit", "verify")[0] == 0, "what is left follows, as it would"
    code, output, errors = gad("audit", "verify", "--seal", seal)
    assert (code, output) == (1, "")
    assert errors == "gad: the record was bent, or this is not its seal: nothing in it was published so\n"


def test_p10_a_signed_piece_is_checked_without_the_desk(direct: Direct | DirectPostgresql, gad: Gad) -> None:
    assert gad("audit", "export", "piece.jsonl", "--task", "T-1")[1].startswith("piece.jsonl: 3 events, signed by ")
    assert gad("audit", "check", "piece.jsonl")[0] == 0
    piece = Path("piece.jsonl")
    piece.write_text(piece.read_text("utf-8").replace("niño 4", "niño 5"), "utf-8")
    assert gad("audit", "check", "piece.jsonl")[0] == 1
