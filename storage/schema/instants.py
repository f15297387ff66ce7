"""Moments on disk: whole milliseconds since the epoch, UTC, the same in every database."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """An aware moment as milliseconds since the epoch."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The aware moment, UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def maybe_ms(moment: datetime | None) -> int | None:
    """As ``to_ms``, where there may be none."""
    return to_ms(moment) if moment is not None else None


def maybe_from_ms(milliseconds: int | None) -> datetime | None:
    """As ``from_ms``, where there may be none."""
    return from_ms(milliseconds) if milliseconds is not None else None
