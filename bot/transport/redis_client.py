"""The connection to Redis."""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

PATIENCE = 0.5  # seconds for an answer; after that Redis is away


def connect(url: str) -> Redis:
    """A client that gives up soon and tries nothing twice: who asks knows what to do instead."""
    return Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
