"""The API does what its description says: Schemathesis makes requests of it, right and wrong ones, with a token."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from core.vocabulary.words import Role
from tests.metrics.side import QUITO, TOKEN, Side
from tests.project.imports import ROOT


@pytest.mark.audit
async def test_no_request_that_the_description_allows_is_refused_and_none_breaks_the_desk(
    side: Side, tmp_path: Path
) -> None:
    await side.hires("Beto", place=QUITO)
    await side.hires("Sara", Role.SUPERVISOR)
    await side.opens()
    program = Path(sys.executable).with_name("schemathesis")
    run = await asyncio.create_subprocess_exec(
        *(program, "--config-file", ROOT / "schemathesis.toml", "run", "--no-color", "--checks", "all"),
        *("--phases", "examples,fuzzing,stateful", "--max-examples", "12", "--max-time", "30"),
        *("-H", f"Authorization: Bearer {TOKEN}", f"http://127.0.0.1:{side.server.port}/openapi.json"),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await run.communicate()
    assert run.returncode == 0, said.decode()
    assert b"7 selected / 7 total" in said
