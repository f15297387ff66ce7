"""Dispositions: how a task ended, in the agency's own words."""

from msgspec import Struct

RESOLVED, FALSE_ALARM, MOVED, REFERRED = "resolved", "false_alarm", "moved", "referred"
DISPOSITIONS = (RESOLVED, FALSE_ALARM, MOVED, REFERRED)
"""The words that a new desk has; each language has a text for them. Others are shown as the configuration has them."""


class Disposed(Struct, frozen=True, kw_only=True, tag_field="type", tag="disposed", omit_defaults=True):
    """Somebody said how it ended, after the end itself; ``program``: the token that said it in their name."""

    disposition: str
    program: str = ""


class Dispose(Struct, frozen=True, kw_only=True):
    """Say how a completed task ended, as `core.vocabulary.commands.OnTask`."""

    task: int
    seen: int | None = None
    exact: bool = False
    disposition: str
