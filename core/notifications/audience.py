"""Places and people that a change of a task is shown to."""

from msgspec import Struct

from core.state.person import Person
from core.vocabulary.destinations import Destination


class Audience(Struct, frozen=True, kw_only=True):
    """Rooms that show a task's card, whoever of some people is shown it, and the first of all its readers."""

    rooms: tuple[Destination, ...]
    shown: tuple[Destination, ...]
    readers: tuple[Person, ...] = ()
