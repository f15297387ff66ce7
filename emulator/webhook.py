"""Pushing updates to a bot's webhook: in order within a chat, chats in parallel, again until the answer is 2xx.

https://core.telegram.org/bots/api#setwebhook
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import aiohttp

from emulator.updates import Pending, UpdateQueue

HEADER_OF_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
Reply: TypeAlias = Callable[[bytes], None]


class Webhook:
    """One bot's webhook. Times of retries are real seconds, whatever the world's clock: 0.1 s, doubling up to 10 s.

    ``ip_address`` is the one that was set, which takes the place of what the name in the address resolves to.
    ``trouble``: what stands between it and the bot, as the last error says it (an expired certificate, a proxy).
    """

    def __init__(
        self,
        queue: UpdateQueue,
        url: str,
        *,
        ip_address: str = "",
        secret: str | None,
        max_connections: int,
        reply: Reply,
        now: Callable[[], float],
    ) -> None:
        self.url = url
        self.ip_address = ip_address
        self.max_connections = max_connections
        self.last_error_date: int | None = None
        self.last_error_message: str | None = None
        self.trouble: str | None = None
        self.first_retry = 0.1
        self.longest_retry = 10.0
        self._now = now
        self._queue = queue
        self._reply = reply
        self._headers = {"Content-Type": "application/json"} | ({HEADER_OF_SECRET: secret} if secret else {})
        parts = urlsplit(url)
        self.host = parts.hostname or ""
        self._target = url
        if ip_address:
            self._headers["Host"] = parts.netloc
            host = f"[{ip_address}]" if ":" in ip_address else ip_address
            self._target = parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}").geturl()
        self._lanes: dict[object, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(max_connections)

    @property
    def pending(self) -> int:
        """How many updates are in hand and not yet answered 2xx."""
        return sum(map(len, self._lanes.values()))

    def start(self) -> None:
        self._spawn(self._run())

    async def stop(self) -> None:
        """Stop pushing; what was not answered goes back to the queue, in order."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._queue.put_back(sorted(update for lane in self._lanes.values() for update in lane))
        self._lanes.clear()
        self._slots = asyncio.Semaphore(self.max_connections)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        connector = aiohttp.TCPConnector(limit=self.max_connections, ssl=False)
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            while True:
                update = self._queue.take()
                if update is None:
                    await self._queue.wait(None)
                    continue
                lane = update.update_id if update.chat is None else ("chat", update.chat)
                if lane in self._lanes:
                    self._lanes[lane].append(update)
                    continue
                self._lanes[lane] = deque([update])
                await self._slots.acquire()
                self._spawn(self._drain(lane, session))

    async def _drain(self, lane: object, session: aiohttp.ClientSession) -> None:
        updates = self._lanes[lane]
        try:
            while updates:
                await self._push(updates[0], session)
                updates.popleft()
            del self._lanes[lane]
        finally:
            self._slots.release()

    async def _push(self, update: Pending, session: aiohttp.ClientSession) -> None:
        wait = self.first_retry
        while (body := await self._try(update, session)) is None:
            await asyncio.sleep(wait)
            wait = min(wait * 2, self.longest_retry)
        if body:
            self._reply(body)

    async def _try(self, update: Pending, session: aiohttp.ClientSession) -> bytes | None:
        """Push once. Returns the body of a 2xx; after anything else None, and says why in the last error."""
        if self.trouble is not None:
            self.last_error_date, self.last_error_message = int(self._now()), self.trouble
            return None
        try:
            async with session.post(self._target, data=update.json(), headers=self._headers) as response:
                body = await response.read()
                if 200 <= response.status < 300:
                    return body
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            problem = "Read timeout expired"
        except (aiohttp.ClientError, OSError) as error:
            problem = str(error) or type(error).__name__
        self.last_error_date, self.last_error_message = int(self._now()), problem
        return None
