"""Asks the advisory database about each pinned package: a known weakness fails, a database out of reach is said.

python scripts/audit_dependencies.py constraints.txt constraints-dev.txt
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PATIENCE = 120  # seconds


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """The exit code, and the lines to print, for a report of pip-audit's."""
    asked = report["dependencies"]
    weak = [
        f"{one['name']} {one['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions']) or 'none'}"
        for one in asked
        for weakness in one.get("vulns", [])
    ]
    unknown = [one["name"] for one in asked if "vulns" not in one]
    if asked and len(unknown) == len(asked):
        return 0, [f"The advisory database is out of reach: nothing is known of {len(asked)} packages"]
    lines = [f"{len(asked) - len(unknown)} packages audited, {len(weak)} known weaknesses", *weak]
    return int(bool(weak)), [*lines, *([f"Not in the database: {', '.join(unknown)}"] if unknown else [])]


def audit(pins: list[str]) -> tuple[int, list[str]]:
    """Ask about the packages of these files; a database that gives no answer is no failure."""
    files = [word for file in pins for word in ("--requirement", file)]
    command = [sys.executable, "-m", "pip_audit", *files, "--require-hashes", "--disable-pip", "--format", "json"]
    try:
        asked = subprocess.run(
            [*command, "--progress-spinner", "off"], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return verdict(json.loads(asked.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        packages = sum(_is_pin(line) for file in pins for line in Path(file).read_text("utf-8").split("\n"))
        return 0, [f"The advisory database gives no answer: nothing is known of {packages} packages"]


def _is_pin(line: str) -> bool:
    return line[:1].isalnum() and "==" in line


if __name__ == "__main__":
    code, lines = audit(sys.argv[1:])
    print(*lines, sep="\n")
    sys.exit(code)
