"""``gad audit``: what the operator reads, and a signed piece of the record that stands by itself."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.desk.ports import Record
from core.vocabulary import events as e
from storage.audit import record
from storage.audit.chain import Hashed, hash_of
from storage.engine.store import sqlite_path
from tests.support.console import Gad, Told, in_folder
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def gad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gad:
    """Types a command beside a database with six events, two of each task."""
    direct = Direct(tmp_path)
    for number in range(6):
        at = NOON + timedelta(hours=number)
        happened = Record(at=at, event=e.Noted(text=f"niño {number}"), by=7, via="chat", reason="", task=number % 3)
        direct.run(lambda session: record.add(session, [happened]))  # noqa: B023
    direct.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    direct.close()
    return in_folder(tmp_path, monkeypatch, capsys)


def bend(statement: str) -> None:
    with sqlite3.connect(Path("gad.db")) as connection:
        connection.execute(statement)
    connection.close()


def test_p10_verify_says_that_all_is_whole_and_its_seal(gad: Gad) -> None:
    code, output, errors = gad("audit", "verify")
    assert (code, errors) == (0, "")
    assert output.startswith("The record is whole: 6 events, seal ")
    seal = output.split()[-1]
    assert gad("audit", "verify", "--seal", seal.upper())[0] == 0
    assert gad("audit", "verify", "--seal", "0" * 64)[2].startswith("gad: the record was bent, or this is not its seal")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE event SET reason = 'x' WHERE id = 3", "gad: the record was bent: event 3 (row 3) was changed\n"),
        ("DELETE FROM event WHERE id = 2", "gad: the record was bent: event 2 is missing\n"),
        ("DELETE FROM event WHERE id = 6", "gad: the record was bent: event 6 is missing\n"),
        (
            "UPDATE chain SET events = 5, hash = (SELECT hash FROM event WHERE id = 5)",
            "gad: the record was bent: event 6 was not written by the desk\n",
        ),
    ],
)
def test_p10_verify_names_the_first_event_that_is_amiss(gad: Gad, statement: str, line: str) -> None:
    bend(statement)
    assert gad("audit", "verify") == (1, "", line)
    code, _, errors = gad("audit", "export", "piece.jsonl")
    assert (code, errors.splitlines()) == (
        1,
        ["gad: the record is not whole, so nothing of it is signed; `gad audit verify` says where"],
    )


def test_p10_a_piece_of_the_record_can_be_checked_without_the_desk(gad: Gad) -> None:
    code, output, _ = gad("audit", "export", "piece.jsonl", "--task", "T-1")
    assert (code, output.split(" signed")[0]) == (0, "piece.jsonl: 2 events,")
    key = output.split()[-1]

    heading, *events, _ = map(json.loads, Path("piece.jsonl").read_text("utf-8").splitlines())
    assert heading["key"] == key
    assert [json.loads(event["said"])[2]["text"] for event in events] == ["niño 1", "niño 4"]
    for event in events:
        covered = Hashed(**{name: event[name] for name in Hashed.__struct_fields__})
        assert hash_of(event["before"], covered, event["digest"]) == event["hash"]
    for place in (Path("gad.db"), Path("gad.toml"), Path("key.pem")):
        place.unlink()
    code, output, _ = gad("audit", "check", "piece.jsonl", "--key", key)
    assert code == 0
    assert output.startswith("2 events, nothing changed since it was signed at ")
    assert gad("audit", "check", "piece.jsonl", "--key", "ab" * 32)[2].startswith(
        "gad: piece.jsonl is signed by another"
    )


def test_p15_an_export_of_the_record_is_in_the_record(gad: Gad) -> None:
    gad("audit", "export", "first.jsonl", "--task", "T-1")
    gad("audit", "export", "second.jsonl")
    *_, last, _ = map(json.loads, Path("second.jsonl").read_text("utf-8").splitlines())
    assert json.loads(last["body"]) == {"type": "looked_up", "what": "record"}
    assert (last["via"], last["reason"]) == ("cli", "first.jsonl")
    assert gad("audit", "verify")[0] == 0


@pytest.mark.parametrize(
    "forge",
    [
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [lines[0], lines[1].replace("niño", "nino"), *lines[2:]],
        lambda lines: [lines[0].replace('"task":null', '"task":2'), *lines[1:]],
        lambda lines: lines[:-1],
        lambda lines: [*lines[:-1], '{"signature":"' + "00" * 64 + '"}'],
        lambda lines: [],
        lambda lines: ["{}"],
    ],
)
def test_p10_whatever_is_done_to_a_piece_is_found(gad: Gad, forge: Callable[[list[str]], list[str]]) -> None:
    gad("audit", "export", "piece.jsonl")
    file = Path("piece.jsonl")
    lines = file.read_text("utf-8").splitlines()
    assert gad("audit", "check", "piece.jsonl")[0] == 0
    file.write_text("".join(f"{line}\n" for line in forge(lines)), "utf-8")

    code, output, errors = gad("audit", "check", "piece.jsonl")

    assert (code, output) == (1, "")
    assert errors.startswith("gad: piece.jsonl")
    assert len(errors.splitlines()) == 1


def test_an_export_is_of_the_time_that_was_asked_for(gad: Gad) -> None:
    def count(*words: str) -> str:
        Path("piece.jsonl").unlink(missing_ok=True)
        return gad("audit", "export", "piece.jsonl", *words)[1].split()[1]

    assert count("--from", "2026-11-01T14:00Z") == "4"
    assert count("--to", "2026-11-01T14:00Z") == "2"
    assert count("--from", "2026-11-01T08:00", "--to", "2026-11-01T09:00") == "1", "in the desk's time, UTC-5"
    assert count("--from", "2026-11-02") == "3", "the exports before it, each of which is in the record"


def test_what_an_export_can_not_do_is_one_line(gad: Gad) -> None:
    Path("there").touch()
    Path("key.pem").write_text("no key at all", "utf-8")
    notified: list[Told] = [
        gad("audit", "export", "piece.jsonl"),
        gad("audit", "export", "piece.jsonl", "--task", "doce"),
        gad("audit", "export", "piece.jsonl", "--from", "ayer"),
        gad("audit", "check", "none.jsonl"),
    ]
    assert [errors.split(":")[1].strip()[:20] for _, _, errors in notified] == [
        "audit.key_file",
        "Invalid value",
        "Invalid value",
        "none.jsonl can't be ",
    ]
    assert all(code != 0 and len(errors.splitlines()) == 1 for code, _, errors in notified)
    Path("key.pem").unlink()
    assert gad("audit", "export", "there")[2] == "gad: there is there already\n"
    assert sqlite_path("sqlite+aiosqlite:///gad.db").exists()
