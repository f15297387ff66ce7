"""Recordings and films without sound as they travel.

https://core.telegram.org/bots/api#available-types
"""

from msgspec import Struct


class Audio(Struct, omit_defaults=True, gc=False):
    """Music, or a recording that is a file; ``duration`` in seconds."""

    file_id: str
    file_unique_id: str
    duration: int
    performer: str | None = None
    title: str | None = None
    file_name: str | None = None
    mime_type: str | None = None
    file_size: int | None = None


class Animation(Struct, omit_defaults=True, gc=False):
    """A film without sound; sizes in pixels, ``duration`` in seconds."""

    file_id: str
    file_unique_id: str
    width: int
    height: int
    duration: int
    file_name: str | None = None
    mime_type: str | None = None
    file_size: int | None = None
