"""`gad tokens`: names programs, shows a value once, and keeps only its digest."""

import asyncio
import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from bot.config.hints import hints
from bot.config.schema import Config, Server
from storage.ops.migrate import upgrade
from tests.support.console import Gad, in_folder


@pytest.fixture
def gad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gad:
    typed = in_folder(tmp_path, monkeypatch, capsys)
    asyncio.run(upgrade("sqlite+aiosqlite:///gad.db"))
    return typed


def test_a_token_is_made_listed_and_revoked(gad: Gad, tmp_path: Path) -> None:
    code, made, _ = gad("tokens", "create", "monitoreo", "--scope", "report,read", "--expires", "90d", "--limit", "5/s")
    assert code == 0
    assert re.fullmatch(r"gad_[A-Za-z0-9_-]{43}\n", made)
    with sqlite3.connect(tmp_path / "gad.db") as database:
        ((digest, scopes),) = database.execute("SELECT digest, scopes FROM api_token")
        bodies = [body for (body,) in database.execute("SELECT body FROM event")]
    assert (digest, scopes) == (sha256(made.strip().encode()).hexdigest(), "read,report")
    assert len(bodies) == 1
    _, listed, _ = gad("tokens", "list")
    assert re.match(r"monitoreo  read,report  5 calls in 1 s  counts until .* never used", listed)
    assert made.strip() not in listed + "".join(bodies)

    assert gad("tokens", "revoke", "monitoreo")[:2] == (0, "monitoreo is revoked\n")
    assert "  revoked 20" in gad("tokens", "list")[1]
    assert gad("tokens", "revoke", "monitoreo")[0] == 1
    code, _, said = gad("tokens", "create", "monitoreo", "--scope", "read")
    assert code == 1
    assert "there is or was a token with this name" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Monitoreo", "--scope", "read"), "expected up to 32 of a-z 0-9 -"),
        (("0123456789ab", "--scope", "read"), "expected up to 32 of a-z 0-9 -"),
        (("radio", "--scope", "todo"), "expected some of read, report, act"),
        (("radio", "--scope", ""), "expected some of read, report, act"),
        (("radio", "--scope", "read", "--expires", "soon"), "expected a time like 12h or 90d"),
        (("radio", "--scope", "read", "--limit", "0/s"), "expected calls in a span of time"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(gad: Gad, words: tuple[str, ...], says: str) -> None:
    code, out, said = gad("tokens", "create", *words)
    assert code != 0
    assert not out
    assert says in said
    assert "There is none" in gad("tokens", "list")[1]


def test_a_token_without_a_name_gets_one_hint() -> None:
    config = Config(server=Server(api_tokens=("a" * 64, "b" * 64)))
    (hint,) = hints(config)
    assert hint.startswith("server.api_tokens: 2 may do all but see silent alarms")
