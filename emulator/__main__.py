"""``python -m emulator --port 8081 --token 1:T [--no-limits]``: an emulator of its own, until it is interrupted."""

import argparse
import asyncio
import signal
import sys
from contextlib import suppress

from emulator.server import serve
from emulator.telegram import Telegram

if sys.platform == "win32":
    from asyncio import run
else:
    from uvloop import run


async def _run(options: argparse.Namespace) -> None:
    telegram = Telegram()
    for number, token in enumerate(options.token or ["1:T"]):
        telegram.add_bot(token, "gad_bot" if number == 0 else f"gad{number}_bot", "GAD")
    telegram.flood.enabled = not options.no_limits
    server = await serve(telegram, options.host, options.port)
    sys.stdout.write(f"emulator ready at {server.url}\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    if sys.platform != "win32":
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    await stopped.wait()
    await server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="emulator", description="a local Telegram Bot API server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", action="append", help="a bot's token (again for more bots); 1:T when none")
    parser.add_argument("--no-limits", action="store_true", help="no flood control")
    with suppress(KeyboardInterrupt):
        run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
