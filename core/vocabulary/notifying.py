"""A climb that tells its people page by page: the event of a page, and the command for the next one."""

from msgspec import Struct

from core.vocabulary.escalation_policy import Cause


class Notified(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True, tag="notified"):
    """A climb went on to tell the people whom its step names: the next page of them.

    ``step`` None: the broadcast. ``after`` and ``by`` as in `core.vocabulary.events.Escalated`. The number of the
    ``climb`` is the version that it made.
    """

    climb: int
    cause: Cause
    people: tuple[int, ...]
    step: int | None = None
    after: int | None = None
    by: int | None = None


class NotifyMore(Struct, frozen=True, kw_only=True):
    """The desk's own command: tell the next page of those whom the step of an alert names."""

    task: int
    seen: int | None = None
    exact: bool = False
