"""From the start of `gad run` on a new file to ready, and its resident memory before and after 1,000 updates.

    python scripts/bench/cold_start.py [--rounds 3]

Ready is when /health/ready answers 200. The desk's own limits are lifted, on an emulator whose limits are.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import uvloop
from loopback import FIRST, TOKEN, desk, emulator, get, message, post, process

from scripts.performance.figures import Figure

PORT, UPDATES, CROWD, PATIENCE_S = 18_080, 1_000, 100, 30.0


async def start(url: str) -> float:
    """Seconds until it is ready."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        (Path(folder) / "config.toml").write_text("", "utf-8")
        settings = {
            "GAD_TELEGRAM__TOKEN": TOKEN,
            "GAD_TELEGRAM__API_BASE_URL": url,
            "GAD_STORAGE__URL": f"sqlite+aiosqlite:///{Path(folder).resolve() / 'gad.db'}",
            "GAD_SERVER__PORT": str(PORT),
            "GAD_LOG__LEVEL": "warning",
        }
        begun = time.perf_counter()
        command = (sys.executable, "-m", "bot", "run", "--config", f"{folder}/config.toml")
        async with process(*command, **settings), aiohttp.ClientSession() as session:
            while time.perf_counter() - begun < PATIENCE_S:
                try:
                    async with session.get(f"http://127.0.0.1:{PORT}/health/ready") as answer:
                        if answer.status == 200:
                            return time.perf_counter() - begun
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.01)
    raise TimeoutError("it was not ready in time")


async def memory(url: str) -> float:
    """Resident MiB after 1,000 answers."""
    async with desk(url, CROWD) as pid:
        now = int(time.time())
        said = [message(FIRST + n % CROWD, n + 1, "/ayuda", now) for n in range(UPDATES)]
        await post(f"{url}/emulator/updates", said)
        while (await get(f"{url}/emulator/stats"))["calls"].get("sendMessage ok", 0) < UPDATES:
            await asyncio.sleep(0.05)
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def bench(rounds: int) -> tuple[list[float], float]:
    """Seconds of each start, and MiB."""
    async with emulator(CROWD) as url:
        return [await start(url) for _ in range(rounds)], await memory(url)


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    starts, resident = uvloop.run(bench(1 if short else 5))
    return [Figure("cold-start", starts), Figure("memory", [resident])]


def say(starts: list[float], resident: float) -> None:
    """Print both."""
    print(f"cold start to ready: median {statistics.median(starts):.2f} s of {len(starts)}")
    print(f"resident after {UPDATES} updates: {resident:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    say(*uvloop.run(bench(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
