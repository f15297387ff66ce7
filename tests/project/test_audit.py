"""The audit's own programs: a secret is found by its shape, and a database out of reach is said, not failed."""

import json
import subprocess
from secrets import token_urlsafe
from typing import Any

import pytest

from scripts import audit_dependencies, find_secrets
from tests.project.imports import ROOT

DIGITS = "8123456789"
SECRETS = {
    "a private key": "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
    "a private key of age's": "AGE-SECRET-" + "KEY-1" + "QPZRY9X8GF" * 5 + "QPZRY9X8",
    "a bot's token": f"token = '{DIGITS}:AA" + "H" * 33 + "'",
    "a token of GitHub's": "ghp_" + "a1B2" * 9,
    "a key of AWS": "AKIA" + "ABCDEFGHIJKLMNOP",
    "a random value with a secret's name": f'webhook_secret = "{token_urlsafe(32)}1a"',
}


def test_nothing_that_is_committed_holds_a_secret() -> None:
    assert list(find_secrets.committed()) == []


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_that_was_planted_is_found_and_not_repeated(kind: str) -> None:
    (found,) = find_secrets.in_lines("config.toml", ["[telegram]", SECRETS[kind], "mode = 'polling'"])
    assert found == f"config.toml:2 {kind}"


@pytest.mark.parametrize(
    "line",
    [
        'TOKEN = "7000:story"',
        'TOKEN, OTHER_TOKEN = "the-token-of-a-radio", "the-token-of-a-map"',
        'SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"',
        'api_tokens = ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]  # not a secret',
    ],
)
def test_words_are_no_secrets(line: str) -> None:
    assert find_secrets.finds(line) is None


def known(*ids: str) -> dict[str, Any]:
    return {"name": "aiohttp", "version": "3.0", "vulns": [{"id": one, "fix_versions": ["3.1"]} for one in ids]}


UNKNOWN = {"name": "mine", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ([known(), UNKNOWN], 0, "1 packages audited, 0 known weaknesses\nNot in the database: mine"),
        ([known("CVE-1")], 1, "1 packages audited, 1 known weaknesses\naiohttp 3.0: CVE-1, mended in 3.1"),
        ([UNKNOWN, UNKNOWN], 0, "The advisory database is out of reach: nothing is known of 2 packages"),
    ],
)
def test_a_weakness_fails_and_a_database_out_of_reach_is_said(asked: list[Any], code: int, said: str) -> None:
    verdict, lines = audit_dependencies.verdict({"dependencies": asked})
    assert (verdict, "\n".join(lines)) == (code, said)


@pytest.mark.parametrize("answer", ["", "Traceback", subprocess.TimeoutExpired("pip_audit", 1)])
def test_a_database_that_gives_no_answer_is_said_too(answer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> object:
        if isinstance(answer, Exception):
            raise answer
        return subprocess.CompletedProcess([], 1, stdout=answer)

    monkeypatch.setattr(subprocess, "run", run)
    code, (line,) = audit_dependencies.audit([str(ROOT / "constraints.txt")])
    assert code == 0
    assert line.startswith("The advisory database gives no answer: nothing is known of ")


@pytest.mark.audit
def test_the_list_of_what_is_shipped_names_every_pin() -> None:
    made = json.loads((ROOT / "dist" / "sbom.cdx.json").read_text("utf-8"))
    pins = (ROOT / "constraints.txt").read_text("utf-8").split("\n")
    pinned = {line.split("==")[0].split("[")[0] for line in pins if line[:1].isalpha()}
    assert {one["name"] for one in made["components"]} == pinned
    assert all(one["purl"].startswith("pkg:pypi/") and "@" in one["purl"] for one in made["components"])
    assert made["bomFormat"] == "CycloneDX"
