"""Prometheus' own tool, which Debian's package ``prometheus`` has."""

import shutil
import subprocess


def promtool(*arguments: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run it, and give it ``told`` to read."""
    tool = shutil.which("promtool")
    assert tool is not None, "these tests need promtool on the path: apt-get install prometheus"
    return subprocess.run([tool, *arguments], input=told, capture_output=True, check=False, timeout=120)
