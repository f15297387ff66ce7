"""People of a bench's desk."""

from datetime import datetime

from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role


def newcomer(number: int, role: Role, place: Place, now: datetime) -> Person:
    """Somebody who comes in: free, and seen at this place just now."""
    return Person(
        id=0,
        account=number,
        name=f"P{number}",
        role=role,
        membership=Membership.ACTIVE,
        availability=Availability.AVAILABLE,
        position=Position(place=place, at=now),
    )
