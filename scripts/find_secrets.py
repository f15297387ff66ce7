"""Looks for secrets by their shapes, in all that is committed; with ``--history`` in all that ever was.

A line that has to show such a shape ends in ``not a secret``.
"""

import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXCUSED = "not a secret"
# Pins are nothing but digests.
PASSED_OVER = re.compile(r"constraints.*\.txt$")
SHAPES = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a private key of age's": re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
    "a bot's token": re.compile(r"\b\d{8,10}:AA[\w-]{33}\b"),
    "a key of AWS": re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token of GitHub's": re.compile(r"\b(gh[pousr]_\w{36}|github_pat_\w{40,})"),
    "a token of GitLab's": re.compile(r"\bglpat-[\w-]{20,}"),
    "a token of Slack's": re.compile(r"\bxox[abeprs]-[\w-]{10,}"),
    "a key of Google's": re.compile(r"\bAIza[\w-]{35}\b"),
    "a key of Stripe's": re.compile(r"\b[sr]k_live_\w{16,}"),
    "a token of a registry": re.compile(r"\b(pypi-AgE\w{20,}|npm_\w{36})"),
    "a signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
}
ASSIGNED = re.compile(r"(?i)(?:token|secret|passw(?:or)?d|api_?key)\w*[\"']?\s*[:=]\s*[\"']([\w+/=.:-]{24,})[\"']")
WORDY = 3.8  # bits a character: words and digests of tests are below it, random letters above


def finds(text: str) -> str | None:
    """The kind of secret in a line; None without one."""
    if text.rstrip().endswith(EXCUSED):
        return None
    for kind, shape in SHAPES.items():
        if shape.search(text):
            return kind
    assigned = ASSIGNED.search(text)
    return "a random value with a secret's name" if assigned and _is_random(assigned[1]) else None


def _is_random(value: str) -> bool:
    spread = -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())
    return spread > WORDY and bool(re.search(r"\d", value)) and bool(re.search(r"[A-Za-z]", value))


def in_lines(place: str, lines: Iterable[str]) -> Iterator[str]:
    """One line for each secret: where it is and of which kind, never the secret."""
    for number, line in enumerate(lines, 1):
        if kind := finds(line):
            yield f"{place}:{number} {kind}"


def committed() -> Iterator[str]:
    """The secrets in what is committed, or would be."""
    for name in _git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        file = ROOT / name
        if name and file.is_file() and not PASSED_OVER.search(name):
            yield from in_lines(name, file.read_text("utf-8", "replace").split("\n"))


def ever() -> Iterator[str]:
    """The secrets that any commit brought."""
    commit = name = ""
    for line in _git("log", "--all", "--patch", "--no-color", "--unified=0", "--format=commit %H").split("\n"):
        if line.startswith("commit "):
            commit = line.split()[1][:12]
        elif line.startswith("+++ "):
            name = line.removeprefix("+++ b/")
        elif line.startswith("+") and not PASSED_OVER.search(name) and (kind := finds(line)):
            yield f"{commit} {name} {kind}"


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    found = list(ever() if "--history" in sys.argv[1:] else committed())
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
