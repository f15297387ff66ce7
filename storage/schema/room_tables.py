"""The tables of rooms with more than one conversation: where the desk speaks there, and what is asked of whom."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, only, text


class MovedChatRow(SQLModel, table=True):
    """Groups that became supergroups: the chat that messages to the old one go to."""

    __tablename__ = "moved_chat"
    chat: int = big(primary_key=True)
    to: int = big(index=True)


class RoomRow(SQLModel, table=True):
    """Groups as the desk knows them beside their unit.

    ``topic`` is the conversation for whatever the desk says of itself, None: the main one; ``heard`` the one in which
    somebody spoke to it last. In a group that is nobody's, ``guest_until`` is the moment until which it may become
    somebody's; ``told``: the desk has said that it leaves.
    """

    __tablename__ = "room"
    __table_args__ = (only("room_of_guest", "guest_until", where="guest_until IS NOT NULL"),)
    chat: int = big(primary_key=True)
    topic: int | None = big(default=None)
    heard: int | None = big(default=None)
    told: int = 0
    guest_until: int | None = big(default=None)


class TopicFormRow(SQLModel, table=True):
    """A form that somebody is filling in, in one topic of a group; the others are in ``FormRow``."""

    __tablename__ = "topic_form"
    __table_args__ = (Index("topic_form_by_age", "at"), BY_KEY)
    person: int = big(primary_key=True)
    chat: int = big(primary_key=True)
    topic: int = big(primary_key=True)
    kind: str = text()
    step: str = text()
    data: str = text()
    at: int = big()
