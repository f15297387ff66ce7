"""Answers of what stands before Telegram: a proxy's own page, and an answer that it compressed."""

import gzip

from msgspec import Struct, field


class Reply(Struct, frozen=True):
    """An answer as it goes out."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


def compressed(reply: Reply) -> Reply:
    """Compress the body, though nobody asked for it."""
    return Reply(reply.status, gzip.compress(reply.body), {**reply.headers, "Content-Encoding": "gzip"})
