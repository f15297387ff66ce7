"""A connection to PostgreSQL on which statements don't wait for each other's answers: libpq's pipeline mode.

What is `put` leaves together with what is asked next, in one round trip however many statements there are; each runs
as if it had been sent alone. The first that fails stops those that left with it.
https://www.postgresql.org/docs/current/libpq-pipeline-mode.html
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, TypeVar

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import Buffer, PGresult

R = TypeVar("R")

PATIENCE = 10  # seconds, for a connection and for each answer
# A firewall forgets who says nothing for long, and tells neither side: in seconds, and how many times.
_KEPT_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}


class _Exchange:
    """Statements that leave together: those new to the server, the last answer, or the first error."""

    __slots__ = ("answer", "error", "future", "since", "taught")

    def __init__(self, future: "asyncio.Future[PGresult]", since: float) -> None:
        self.future = future
        self.since = since
        self.taught: list[str] = []
        self.answer: PGresult | None = None
        self.error: psycopg.Error | None = None


class Pipeline:
    """One connection, for one who uses it or for several who `ask` without a transaction.

    ``slot`` and ``notes`` are whatever its owner keeps with it; ``broken``: it is of no use any more.
    """

    slot = 0
    broken = False

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self.notes: dict[str, Any] = {}
        self._libpq = connection.pgconn
        self._transformer = Transformer(connection)
        self._loop = asyncio.get_running_loop()
        self._unsent: list[tuple[str, Sequence[Buffer | None]]] = []
        self._exchanges: deque[_Exchange] = deque()
        self._names: dict[str, bytes] = {}
        self._numbers = count(1)
        self._libpq.nonblocking = 1
        self._libpq.enter_pipeline_mode()
        self._socket = self._libpq.socket
        self._watch: asyncio.TimerHandle | None = None
        self._loop.add_reader(self._socket, self._read)

    @classmethod
    async def open(cls, address: str, **settings: Any) -> "Pipeline":
        """A new one; psycopg.OperationalError when there is no server, or it lets nobody in."""
        # A database that was made without an encoding would have its texts read as bytes.
        settings |= {"client_encoding": "utf8", "connect_timeout": PATIENCE, **_KEPT_ALIVE}
        return cls(await psycopg.AsyncConnection.connect(address, autocommit=True, **settings))

    @property
    def idle(self) -> bool:
        """Whether there is no transaction, and nobody waits for an answer."""
        return not self._exchanges and self._libpq.transaction_status == TransactionStatus.IDLE

    def put(self, text: str, values: Sequence[Any] = ()) -> None:
        """Send this before what is asked next; psycopg.DataError when a value can't be sent: a NUL in a text."""
        self._unsent.append((text, self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))))

    def forget(self) -> None:
        """Don't send what was put since the last answer."""
        self._unsent.clear()

    def ask(self, text: str, values: Sequence[Any] = ()) -> "asyncio.Future[PGresult]":
        """Send this and all that was put; the answer, or the error of the first of them that fails."""
        self.put(text, values)
        exchange = _Exchange(self._loop.create_future(), self._loop.time())
        self._exchanges.append(exchange)
        if self._watch is None:
            self._watch = self._loop.call_later(PATIENCE, self._look)
        try:
            for each in self._unsent:
                self._send(exchange, *each)
            self._libpq.pipeline_sync()
        except psycopg.OperationalError as error:
            self._lost(error)
        self._unsent.clear()
        self._write()
        return exchange.future

    def rows(self, answer: PGresult, make: Callable[[Sequence[Any]], R]) -> list[R]:
        """The rows that a statement found, each made of its values."""
        self._transformer.set_pgresult(answer)
        return self._transformer.load_rows(0, answer.ntuples, make)

    def close(self) -> None:
        """Let go of it; the server takes back what was not committed."""
        self._lost(psycopg.OperationalError("the connection was closed"))

    def _send(self, exchange: _Exchange, text: str, values: Sequence[Buffer | None]) -> None:
        name = self._names.get(text)
        if name is None:
            name = self._names[text] = b"%d" % next(self._numbers)
            exchange.taught.append(text)
            self._libpq.send_prepare(name, text.encode())
        self._libpq.send_query_prepared(name, values, result_format=Format.BINARY)

    def _write(self) -> None:
        """Hand on to the network what it takes, and the rest when it takes more."""
        try:
            if self._libpq.flush():
                self._loop.add_writer(self._socket, self._write)
            else:
                self._loop.remove_writer(self._socket)
        except psycopg.OperationalError as error:
            self._lost(error)

    def _read(self) -> None:
        try:
            self._libpq.consume_input()
            while self._exchanges and not self._libpq.is_busy():
                self._take(self._exchanges[0], self._libpq.get_result())
        except psycopg.OperationalError as error:
            self._lost(error)

    def _take(self, exchange: _Exchange, answer: PGresult | None) -> None:
        if answer is None:  # the end of one statement, or of everything
            if self._libpq.status != ConnStatus.OK:
                raise psycopg.OperationalError(self._libpq.get_error_message())
        elif answer.status == ExecStatus.PIPELINE_SYNC:
            self._settle(self._exchanges.popleft())
        elif answer.status == ExecStatus.FATAL_ERROR:
            exchange.error = error_from_result(answer)
        elif answer.status != ExecStatus.PIPELINE_ABORTED:
            exchange.answer = answer

    def _look(self) -> None:
        """A server that is silent for too long is gone, whatever the network says."""
        self._watch = None
        if self._exchanges:
            left = self._exchanges[0].since + PATIENCE - self._loop.time()
            if left <= 0:
                self._lost(psycopg.OperationalError(f"no answer for {PATIENCE} s"))
            else:
                self._watch = self._loop.call_later(left, self._look)

    def _settle(self, exchange: _Exchange) -> None:
        if exchange.error is not None:
            for text in exchange.taught:  # perhaps the server never came to it
                self._names.pop(text, None)
        if exchange.future.done():
            return
        if exchange.error is not None:
            exchange.future.set_exception(exchange.error)
            exchange.future.exception()  # not everybody waits for it
        elif exchange.answer is not None:
            exchange.future.set_result(exchange.answer)

    def _lost(self, error: psycopg.Error) -> None:
        if not self.broken:
            self.broken = True
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._libpq.finish()
        while self._exchanges:
            exchange = self._exchanges.popleft()
            # The server's last words tell more, unless they sound as if the caller were to blame.
            if not isinstance(exchange.error, psycopg.OperationalError):
                exchange.error = error
            self._settle(exchange)
