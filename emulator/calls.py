"""The record of every Bot API call, for assertions and benches."""

from msgspec import Struct


class CallRecord(Struct, frozen=True, gc=False):
    """``at`` in seconds since the epoch; ``chat_id`` a number or a channel's name; no ``error_code``: it went well."""

    at: float
    method: str
    chat_id: int | str | None
    ok: bool
    error_code: int | None
