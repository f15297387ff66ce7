"""A desk on one machine loads no driver of a server: each costs it memory and a part of its start."""

import subprocess
import sys

from tests.project.imports import ROOT

LOADED = """
import sys
import bot.app
print(*sorted({"psycopg", "redis", "alembic"} & set(sys.modules)))
"""


def test_a_desk_on_one_machine_loads_no_driver_of_a_server() -> None:
    run = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, "", "")
