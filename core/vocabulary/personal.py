"""Personal fields of events: somebody's words, names, places and accounts, which can be erased while the event stays.

Fields are named as they are stored; ``alarm.track`` is one inside of another. A new event with such a field belongs
into `PERSONAL`; a test asks for each new field of text or place.
"""

from collections.abc import Mapping

from core.vocabulary import account_events as a
from core.vocabulary import checkin_events as k
from core.vocabulary import events as e
from core.vocabulary.shares import ReportJoined, Share

PERSONAL: Mapping[type, tuple[str, ...]] = {
    e.Opened: ("title", "place", "seen_at", "address", "alarm.track", "outside.name", "outside.number"),
    e.Noted: ("text", "file_id"),
    e.Located: ("place", "address"),
    e.Revised: ("title",),
    ReportJoined: ("text", "place", "address"),
    e.AccessRequested: ("name", "username"),
    e.Renamed: ("name", "username"),
    a.Relinked: ("account", "was"),
    a.Frozen: ("account",),
    a.FrozenCalled: ("words",),
    a.LostWordTried: ("account",),
    k.CheckInStarted: ("seen",),
    k.RoundAsked: ("seen",),
}
# Values of such fields once they are erased, where the event could not be read without them.
ERASED: Mapping[str, Mapping[str, str | int]] = {
    "opened": {"title": ""},
    "access_requested": {"name": ""},
    "renamed": {"name": ""},
    "relinked": {"account": 0, "was": 0},
    "lost_word_tried": {"account": 0},
}


def whose(event: e.AnyEvent, person: int | None, by: int | None) -> int | None:
    """The person whose words, name, place or account an event holds: whom it is about, else who did it.

    An account from which somebody said a word is of whoever said it; words that were taken over stay their author's.
    """
    author = taken_over_from(event)
    if author is not None:
        return author
    if isinstance(event, e.Opened):
        about = event.alarm.person if event.alarm is not None else event.reporter
        return about if about is not None else by
    if isinstance(event, a.LostWordTried) or (isinstance(event, a.Frozen) and event.account is not None):
        return by if by is not None else person
    return person if person is not None else by


def taken_over_from(event: e.AnyEvent) -> int | None:
    """The person who said what somebody else took over from another emergency; None: nothing was taken over."""
    match event:
        case e.Opened(share=Share(taken_from=int())):
            return event.reporter
        case e.Noted():
            return event.author
        case _:  # nothing else is ever taken over
            return None
