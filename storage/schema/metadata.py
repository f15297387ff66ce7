"""The metadata of every table: each file of tables is read before anybody can ask for it."""

from sqlmodel import SQLModel

from storage.schema import (
    album_tables,
    invitation_tables,
    lost_word_tables,
    room_tables,
    safety_tables,
    tables,
    telling_tables,
    token_tables,
    unit_tables,
)

FILES = (
    tables,
    unit_tables,
    safety_tables,
    room_tables,
    invitation_tables,
    album_tables,
    telling_tables,
    token_tables,
    lost_word_tables,
)
METADATA = SQLModel.metadata
