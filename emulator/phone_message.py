"""One message in the shape that the page draws."""

from typing import Any

import msgspec

from emulator import wire
from emulator.files import Files
from emulator.messages import Message


def message_shape(message: Message, files: Files, now: float) -> dict[str, Any]:
    """Everything a bubble shows; ``now`` (seconds) tells a live location from one whose time is over."""
    wire = message.wire
    return {
        "id": message.id,
        "date": message.date,
        "edit_date": message.edit_date,
        "from": _sender(message),
        "text": wire.text,
        "entities": [msgspec.to_builtins(entity) for entity in message.entities],
        "caption": wire.caption,
        "inline": [[without_none(text=b.text, data=b.data, url=b.url) for b in row] for row in message.keyboard],
        "reply_keyboard": _reply_keyboard(message),
        "remove_keyboard": message.removes_keyboard,
        "place": _place(message, now),
        "venue": {"title": wire.venue.title, "address": wire.venue.address} if wire.venue else None,
        "photo": _url(files, message.photo),
        "document": _document(message, files),
        "voice": _url(files, message.voice),
        "contact": msgspec.to_builtins(wire.contact) if wire.contact else None,
        "other": _other(message.wire),
        "reply_to": message.reply_to,
        "service": message.service,
        "pinned": message.pinned,
        "silent": message.silent,
        "protected": bool(wire.has_protected_content),
    }


def without_none(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _sender(message: Message) -> dict[str, Any]:
    sender = message.sender
    if sender is None or message.wire.sender_chat:
        return {"id": message.chat.id, "name": message.chat.title, "is_bot": False}
    return {"id": sender.id, "name": sender.full_name, "is_bot": message.from_bot}


def _reply_keyboard(message: Message) -> dict[str, Any] | None:
    markup = message.markup
    if markup is None or markup.keyboard is None:
        return None
    rows = [
        [
            {"text": key.text, "request_location": key.request_location, "request_contact": key.request_contact}
            for key in row
        ]
        for row in message.reply_keyboard
    ]
    hint = without_none(placeholder=markup.input_field_placeholder)
    return {"rows": rows, "one_time": markup.one_time_keyboard, **hint}


def _place(message: Message, now: float) -> dict[str, Any] | None:
    place = message.place
    if place is None:
        return None
    live = place.live_until is not None and place.live_until > now
    return {"lat": place.lat, "lon": place.lon, "live": live, **without_none(live_until=place.live_until)}


def _document(message: Message, files: Files) -> dict[str, Any] | None:
    document = message.document
    return {"name": document.file_name, "url": _url(files, document.file_id)} if document else None


def _other(sent: wire.Message) -> dict[str, Any] | None:
    """A file or a game that the page shows by a sign and a word; a poll with its answers, for nobody votes there."""
    if sent.poll is not None:
        return {"kind": "poll", "title": sent.poll.question, "lines": [option.text for option in sent.poll.options]}
    if sent.dice is not None:
        return {"kind": "dice", "title": f"{sent.dice.emoji} {sent.dice.value}"}
    if sent.sticker is not None:
        return {"kind": "sticker", "title": sent.sticker.emoji or "🖼"}
    kinds = {"round_video": sent.video_note, "video": sent.video, "audio": sent.audio, "animation": sent.animation}
    return next(({"kind": kind} for kind, file in kinds.items() if file is not None), None)


def _url(files: Files, file_id: str | None) -> str | None:
    file = files.find(file_id) if file_id else None
    return f"/phones/file/{file.path}" if file else None
