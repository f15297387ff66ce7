"""Places: a point sent once, or a live location that moves until it is stopped or its time is over."""

from msgspec.structs import replace
from telegram.constants import LocationLimit

from emulator import wire
from emulator.errors import Impossible
from emulator.messages import Message
from emulator.people import Person
from emulator.state import Somewhere
from emulator.verbs.talking import Talking


class Locating(Talking):
    """Acts of people with places."""

    def send_place(
        self,
        person: Person,
        lat: float,
        lon: float,
        chat: Somewhere = None,
        *,
        accuracy: float | None = None,
        live_period: int | None = None,
        reply_to: Message | int | None = None,
    ) -> Message:
        """Send a point in degrees; with ``live_period`` (seconds) it is a live location. ``accuracy`` in metres.

        Raises:
            Impossible: no phone is at such a place, or no live location lasts so long.
        """
        _check(lat, lon)
        if live_period is not None and not _live_period_fits(live_period):
            raise Impossible("a live location lasts 60 to 86400 seconds, or for ever")
        where = wire.Location(lat, lon, accuracy, live_period)
        return self.put(person, chat, reply_to=reply_to, location=where)

    def move(self, person: Person, message: Message, lat: float, lon: float) -> Message:
        """The phone of a live location moved: the bot gets an edited message.

        Raises:
            Impossible: the location isn't live any more, or is somebody else's.
        """
        _check(lat, lon)
        where = self._live(person, message)
        self.change(message, location=replace(where, latitude=lat, longitude=lon))
        return message

    def stop_live(self, person: Person, message: Message) -> Message:
        """Stop sharing: the last point stays, and the bot gets an edited message without ``live_period``."""
        where = self._live(person, message)
        message.live_until = None
        self.change(message, location=replace(where, live_period=None))
        return message

    def _live(self, person: Person, message: Message) -> wire.Location:
        where = message.wire.location
        if message.sender is not person or where is None or message.live_until is None or message.deleted:
            raise Impossible("that is no live location of theirs", "Esa ubicación ya no está en vivo.")
        if self.now() > message.live_until:
            raise Impossible("the live location's time is over", "Se acabó el tiempo de esa ubicación.")
        return where


def _check(lat: float, lon: float) -> None:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Impossible("no phone is at such a place")


def _live_period_fits(seconds: int) -> bool:
    shortest, longest = LocationLimit.MIN_LIVE_PERIOD, LocationLimit.MAX_LIVE_PERIOD
    return shortest <= seconds <= longest or seconds == LocationLimit.LIVE_PERIOD_FOREVER
