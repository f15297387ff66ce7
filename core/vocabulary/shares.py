"""Shares: what becomes of several open emergencies of one reporter, in events and in commands.

The third and later ones join the first as reports. Programs are known by the name of their token.
"""

from datetime import datetime

from msgspec import Struct

from core.vocabulary.places import Place


class Share(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The part of one reporter in all that is open when an emergency begins.

    ``earlier``: so many emergencies they had open already; ``program``: which token reported it. ``taken_from``: the
    emergency that it had joined until a supervisor said that it is another.
    """

    earlier: int = 0
    program: str | None = None
    taken_from: int | None = None


class OfShares(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to an emergency because of others of its reporter."""


class ReportJoined(OfShares, frozen=True, kw_only=True, tag="report_joined"):
    """A later report of the same reporter joined the emergency; ``number`` is the version that it made.

    ``heard``: it is told with sound, and not one of many that are only counted.
    """

    number: int
    sent_at: datetime
    text: str = ""
    place: Place | None = None
    address: str | None = None
    heard: bool = True


class ReportTakenOut(OfShares, frozen=True, kw_only=True, tag="report_taken_out"):
    """A report that had joined is an emergency of its own now."""

    number: int
    into: int


class Counted(OfShares, frozen=True, kw_only=True, tag="share_counted"):
    """Others of its reporter ended or came back: so many (``earlier``) of theirs go before it now."""

    earlier: int


class OnShare(Struct, frozen=True, kw_only=True):
    """A command about one emergency, as `core.vocabulary.commands.OnTask`."""

    task: int
    seen: int | None = None
    exact: bool = False


class TakeOut(OnShare, frozen=True, kw_only=True):
    """*Es otra*: the report that joined under this number becomes an emergency of its own."""

    number: int


class MarkTakenOut(OnShare, frozen=True, kw_only=True):
    """The desk's own: the report under this number went ``into`` another emergency."""

    number: int
    into: int


class YieldAgent(OnShare, frozen=True, kw_only=True):
    """The desk's own: give this agent up for somebody's first emergency, to which nobody else can go."""

    agent: int


class Quieten(OnShare, frozen=True, kw_only=True):
    """The desk's own: its reporter was put out ``by`` this person, who is in charge of it now; it rings nobody more."""

    by: int | None = None


class Count(OnShare, frozen=True, kw_only=True):
    """The desk's own: so many others of its reporter go before it."""

    earlier: int


ShareEvent = ReportJoined | ReportTakenOut | Counted
ShareCommand = MarkTakenOut | YieldAgent | Quieten | Count
