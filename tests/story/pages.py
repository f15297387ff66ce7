"""Messages as they read on a screen."""

from emulator import Message


def readable(message: Message) -> str:
    """Its words; a place as ``📍 lat, lon``, a picture has its caption."""
    parts = [message.text]
    if message.place is not None:
        parts.append(f"📍 {message.place.lat}, {message.place.lon}")
    return "\n".join(part for part in parts if part)
