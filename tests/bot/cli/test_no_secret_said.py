"""Made-up secrets on the command line's bad days: no line of any command has one, at any level of the log."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.runtime.logs import set_up_logging
from metrics.blackout import SECRETS
from tests.support.console import Gad, in_folder

TOKEN, SECRET = "7000000:AAkuckuck-kuckuck-kuckuck-kuckuck", "kuckuck_kuckuck_kuckuck_kuckuck"
WORD = "p@kuckuck/1"
QUOTED = "p%40kuckuck%2F1"
NOBODY = "127.0.0.1:1"
CANARIES = ("kuckuck", *(b64encode(b"." * before + b"kuckuck")[4:8].decode() for before in range(3)))
HOOK = {"MODE": "webhook", "WEBHOOK_URL": "https://a.example", "WEBHOOK_SECRET": SECRET}


class _Echo(BaseHTTPRequestHandler):
    """A server before Telegram that repeats whatever it was asked."""

    def do_GET(self) -> None:
        said = f"{self.path} {self.headers} {SECRET} {WORD} {QUOTED}"
        kind = len(self.path) % 3
        body = json.dumps({"ok": False, "error_code": 400 + kind, "description": said}) if kind else f"<html>{said}"
        self.send_response(200 if kind else 502)
        self.send_header("Location", f"http://{NOBODY}{self.path}")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def gad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gad:
    return in_folder(tmp_path, monkeypatch, capsys, "[server]\nport = 0\n")


# Variables beside the token, each set for one bad day.
DAYS: dict[str, dict[str, str]] = {
    "refused": {"TELEGRAM__API_BASE_URL": f"http://{NOBODY}"},
    "unknown name": {"TELEGRAM__API_BASE_URL": "http://nobody.invalid"},
    "the token in the address": {"TELEGRAM__API_BASE_URL": f"http://{NOBODY}/bot{TOKEN}"},
    "a password in the address": {"TELEGRAM__API_BASE_URL": f"http://me:{QUOTED}@{NOBODY}"},
    "echoed": {"TELEGRAM__API_BASE_URL": "ECHO"},
    "proxy refused": {"TELEGRAM__PROXY_URL": f"http://me:{QUOTED}@{NOBODY}"},
    "proxy that says no": {"TELEGRAM__PROXY_URL": "PROXY", "TELEGRAM__API_BASE_URL": "http://a.example"},
    "proxy of another kind": {"TELEGRAM__PROXY_URL": f"socks5://me:{QUOTED}@{NOBODY}"},
    "database away": {"STORAGE__URL": f"postgresql+asyncpg://me:{QUOTED}@{NOBODY}/gad"},
    "a bad password": {"STORAGE__URL": f"postgresql+asyncpg://me:{WORD}@{NOBODY}/gad"},
    "no such database": {"STORAGE__URL": f"mysql://me:{QUOTED}@{NOBODY}/gad"},
    "redis away": {
        "REDIS__URL": f"redis://:{QUOTED}@{NOBODY}/0",
        "STORAGE__URL": f"postgresql+asyncpg://me:{QUOTED}@{NOBODY}/gad",
        **{f"TELEGRAM__{name}": value for name, value in HOOK.items()},
    },
    "redis of no shape": {"REDIS__URL": f"redis:{QUOTED}"},
    "a secret with a blank": {"TELEGRAM__WEBHOOK_SECRET": f"{SECRET} "},
    "a secret as a port": {"SERVER__PORT": SECRET},
    "a token as a name": {"TELEGRAM_TOKEN": TOKEN},
    "a token of the API": {"SERVER__API_TOKENS": "kuckuck-of-a-radio"},
}
COMMANDS = (
    ("check",),
    ("audit", "verify"),
    ("backup", "copy.zip"),
    ("deadletters", "list"),
    ("invite", "agente"),
    ("migrate", "--to", f"postgresql+asyncpg://me:{QUOTED}@{NOBODY}/new"),
    ("migrate", "--to", f"postgresql://me:{WORD}@{NOBODY}/new"),
    ("check", f"--{SECRET}"),
    (f"{TOKEN}",),
)


@pytest.mark.parametrize("day", DAYS)
def test_no_command_says_a_secret(gad: Gad, echo: str, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("GAD_TELEGRAM__TOKEN", TOKEN)
    for name, value in DAYS[day].items():
        there = value.replace("PROXY", echo.replace("//", f"//me:{QUOTED}@")).replace("ECHO", echo)
        monkeypatch.setenv(f"GAD_{name}", there)
    for words in COMMANDS if day in ("refused", "database away", "a bad password") else COMMANDS[:1]:
        SECRETS.forget()
        SECRETS.know(SECRET)  # another command's, which this one is told by mistake
        set_up_logging("debug", libraries="debug")  # what every level says is in it
        code, output, errors = gad(*words)
        assert code != 0, words
        assert errors, words
        said = re.findall(f".{{0,80}}(?:{'|'.join(map(re.escape, CANARIES))}).{{0,20}}", output + errors)
        assert said == [], words


def test_the_new_database_comes_from_the_environment(gad: Gad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line is for everybody on the machine to read."""
    code, _, errors = gad("migrate")
    assert (code, errors) == (64, "gad: Invalid value: give --to URL, GAD_MIGRATE_TO in the environment, or --undo\n")
    address = f"postgresql+asyncpg://me:{QUOTED}@{NOBODY}/new"
    code, _, errors = gad("migrate", "--to", address)
    assert errors.startswith("--to: others on this machine read the password on the command line; GAD_MIGRATE_TO, or")
    (tmp_path / "new").write_text(f"{address}\n")
    for name, value in (("GAD_MIGRATE_TO", address), ("GAD_MIGRATE_TO_FILE", str(tmp_path / "new"))):
        with monkeypatch.context() as environment:
            environment.setenv(name, value)
            code, _, told = gad("migrate")
            assert (code, told.splitlines()[-1]) == (1, errors.splitlines()[-1]), "it was tried"
            assert "--to" not in told
            assert gad("check")[2].count("GAD_MIGRATE") == 0, "other commands pass it over"
    monkeypatch.setenv("GAD_MIGRATE_TO", address)
    monkeypatch.setenv("GAD_MIGRATE_TO_FILE", str(tmp_path / "new"))
    assert gad("migrate")[2].startswith("gad: GAD_MIGRATE_TO_FILE: GAD_MIGRATE_TO is set too; keep one")
