"""One bench, in a process of its own: python scripts/performance/child.py NAME FILE [short]. Its figures go to FILE."""

import sys
from importlib import import_module
from pathlib import Path

from msgspec import json

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts" / "bench")]


def main(name: str, file: str, *short: str) -> None:
    """Import the bench, let it measure, and write what it found."""
    Path(file).write_bytes(json.encode(import_module(name).figures(bool(short))))


if __name__ == "__main__":
    main(*sys.argv[1:])
