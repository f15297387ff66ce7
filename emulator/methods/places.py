"""Places: points, live locations and venues.

https://core.telegram.org/bots/api#sendlocation
"""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from telegram.constants import LocationLimit

from emulator import keyboards, wire
from emulator.errors import bad_request
from emulator.keyboards import Markup
from emulator.methods.editing import editable, refuse_unchanged
from emulator.methods.registry import Call, ChatId, method
from emulator.methods.sending import Sending, send


class SendLocation(Sending, kw_only=True):
    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None


class SendVenue(Sending, kw_only=True):
    latitude: float
    longitude: float
    title: str
    address: str


class EditLiveLocation(Struct, kw_only=True):
    chat_id: ChatId
    message_id: int
    latitude: float
    longitude: float
    live_period: int | None = None
    horizontal_accuracy: float | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None
    reply_markup: Markup | None = None


class StopLiveLocation(Struct, kw_only=True):
    chat_id: ChatId
    message_id: int
    reply_markup: Markup | None = None


@method("sendLocation")
def send_location(call: Call, params: SendLocation) -> wire.Message:
    return send(call, params, location=_location(params)).wire


@method("sendVenue")
def send_venue(call: Call, params: SendVenue) -> wire.Message:
    """Send a place with its name and address.

    Raises:
        ApiError: 400 when one of them is empty.
    """
    if not params.title.strip() or not params.address.strip():
        raise bad_request("venue title and address must be non-empty")
    where = _point(params.latitude, params.longitude)
    venue = wire.Venue(where, params.title.strip(), params.address.strip())
    return send(call, params, venue=venue, location=where).wire


@method("editMessageLiveLocation")
def edit_live_location(call: Call, params: EditLiveLocation) -> wire.Message:
    """Move a live location.

    Raises:
        ApiError: 400 when it is none, or its time is over.
    """
    message = editable(call, params.chat_id, params.message_id)
    old = message.wire.location
    if old is None or message.live_until is None or call.world.now() > message.live_until:
        raise bad_request("message can't be edited")
    period = params.live_period or old.live_period
    if period is not None and params.live_period is not None:
        _check_period(period)
        message.live_until = float(message.date + period)
    changes: dict[str, Any] = {
        "location": replace(_location(params), live_period=period),
        "reply_markup": keyboards.inline(params.reply_markup),
    }
    refuse_unchanged(message, changes)
    call.world.flood.charge(call.bot.id, message.chat.id)
    call.world.change(message, **changes)
    return message.wire


@method("stopMessageLiveLocation")
def stop_live_location(call: Call, params: StopLiveLocation) -> wire.Message:
    """End a live location.

    Raises:
        ApiError: 400 when it is none.
    """
    message = editable(call, params.chat_id, params.message_id)
    where = message.wire.location
    if where is None or message.live_until is None:
        raise bad_request("message can't be edited")
    call.world.flood.charge(call.bot.id, message.chat.id)
    message.live_until = None
    call.world.change(
        message,
        location=replace(where, live_period=None, heading=None, proximity_alert_radius=None),
        reply_markup=keyboards.inline(params.reply_markup),
    )
    return message.wire


def _location(params: SendLocation | EditLiveLocation) -> wire.Location:
    point = _point(params.latitude, params.longitude)
    if not 0 <= (params.horizontal_accuracy or 0) <= LocationLimit.HORIZONTAL_ACCURACY:
        raise bad_request("wrong horizontal accuracy specified")
    if not 0 <= (params.heading or 0) <= LocationLimit.MAX_HEADING:
        raise bad_request("wrong heading specified")
    if params.live_period is not None:
        _check_period(params.live_period)
    return replace(
        point,
        horizontal_accuracy=params.horizontal_accuracy,
        live_period=params.live_period,
        heading=params.heading,
        proximity_alert_radius=params.proximity_alert_radius,
    )


def _point(latitude: float, longitude: float) -> wire.Location:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location specified")
    return wire.Location(latitude, longitude)


def _check_period(seconds: int) -> None:
    shortest, longest = LocationLimit.MIN_LIVE_PERIOD, LocationLimit.MAX_LIVE_PERIOD
    if not (shortest <= seconds <= longest or seconds == LocationLimit.LIVE_PERIOD_FOREVER):
        raise bad_request("LIVE_PERIOD_INVALID")
