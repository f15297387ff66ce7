"""A stranger checks a piece of the record with docs/record-format.md and a published key alone."""

import json
import subprocess
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path
from runpy import run_path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from core.desk.ports import Record
from core.vocabulary import events as e
from storage.audit import chain, record
from storage.audit.export import Selection, check, export, name_of, own_key
from storage.engine.errors import StorageError
from storage.engine.session import Session
from storage.engine.store import Store
from tests.story.clock import NOON

CHECKER = Path(__file__).parents[3] / "examples" / "verify_record.py"
flaw = run_path(str(CHECKER))["flaw"]
TEXTS = ('niño «a»\n\t"b" \\ 🚨', "\x01\x1f\x7f\x80\u2028", "", "<b>")


said = st.text(st.characters(exclude_categories=["Cs"]))


async def noted(text: str, task: int, session: Session) -> None:
    happened = Record(at=NOON, event=e.Noted(text=text), by=7, via="telegram", reason=text, task=task)
    await record.add(session, [happened])


class Piece:
    """An exported file and the key that signed it."""

    def __init__(self, file: Path, key: str) -> None:
        self.file = file
        self.key = key

    @property
    def lines(self) -> list[bytes]:
        return self.file.read_bytes().splitlines(keepends=True)


@pytest.fixture
async def piece(store: Store, tmp_path: Path) -> Piece:
    for number, text in enumerate(TEXTS * 2):
        await store.write(partial(noted, text, number % 3 + 1))
    key = own_key(tmp_path / "key.pem")
    file = tmp_path / "piece.jsonl"
    await export(store, file, Selection(task=1), key, NOON)
    return Piece(file, name_of(key))


async def test_it_is_found_whole_by_a_program_of_thirty_lines(piece: Piece) -> None:
    ran = subprocess.run(
        [sys.executable, str(CHECKER), str(piece.file), piece.key], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "3 events, all as they were signed\n"


async def test_each_change_is_found(piece: Piece) -> None:
    lines = piece.lines
    assert flaw(lines, piece.key) is None
    assert flaw(lines, "0" * 64)
    for place in range(1, len(lines) - 1):
        assert flaw([*lines[:place], *lines[place + 1 :]], piece.key), "one left out"
        changes = ((b'"by":7', b'"by":8'), (b'"said":"[7', b'"said":"[8'), (b'"salt":"', b'"salt":"a'))
        for changed in {lines[place].replace(old, new) for old, new in changes} - {lines[place]}:
            assert flaw([*lines[:place], changed, *lines[place + 1 :]], piece.key), "one changed"
    assert b'"said":"[7' in lines[1]


def test_a_piece_of_a_release_before_words_were_set_apart_is_still_proved(tmp_path: Path) -> None:
    key, before = own_key(tmp_path / "key.pem"), chain.BEFORE_THE_FIRST
    heading = {"format": "gad-record-1", "made_at": "2026-03-01T12:00:00Z", "selection": {"task": 1}}
    lines = [json.dumps(heading | {"seal": "0" * 64, "key": name_of(key)}).encode() + b"\n"]
    for number, text in enumerate(TEXTS, start=1):
        event = chain.Hashed(
            chain=0,
            link=number,
            at=5,
            task=1,
            person=None,
            unit=None,
            by=7,
            via="chat",
            reason=text,
            body='{"type":""}',
        )
        own = chain.hash_of(before, event)
        line = asdict(event) | {"before": before, "hash": own}
        lines.append(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        before = own
    signature = key.sign(sha256(b"".join(lines)).digest()).hex()
    lines.append(json.dumps({"signature": signature}).encode() + b"\n")
    file = tmp_path / "piece.jsonl"
    file.write_bytes(b"".join(lines))
    assert check(file, name_of(key)).events == len(TEXTS)
    assert flaw(lines, name_of(key)) is None
    file.write_bytes(b"".join([*lines[:2], lines[2].replace(b'"by": 7', b'"by": 8'), *lines[3:]]))
    with pytest.raises(StorageError, match="event 2 is not what its hash says"):
        check(file)


@given(said, said, st.none() | st.integers(-(2**63), 2**63 - 1))
def test_the_hash_is_the_one_that_the_page_describes(reason: str, body: str, task: int | None) -> None:
    event = chain.Hashed(
        chain=0, link=1, at=5, task=task, person=None, unit=None, by=7, via="api", reason=reason, body=body
    )
    values = [0, 1, 5, task, None, None, 7, "api", reason, body]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert sha256(("0" * 64 + text).encode()).hexdigest() == chain.hash_of(chain.BEFORE_THE_FIRST, event)
