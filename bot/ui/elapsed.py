"""Lengths of time, to the second."""

from datetime import timedelta


def elapsed(duration: timedelta) -> str:
    """``45 s``, ``1 min 45 s``, ``2 h 5 min``: the same in every language."""
    seconds = round(max(duration.total_seconds(), 0.0))
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
