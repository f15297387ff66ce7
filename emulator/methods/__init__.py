"""The Bot API's methods by group; importing this room fills `emulator.methods.registry.METHODS`."""

from emulator.methods import (
    callbacks,
    chats,
    commands,
    editing,
    identity,
    media,
    passing,
    pins,
    places,
    polling,
    polls,
    profiles,
    reactions,
    removing,
    sending,
    webhooks,
)
from emulator.methods.registry import METHODS, Call, Method

__all__ = [
    "METHODS",
    "Call",
    "Method",
    "callbacks",
    "chats",
    "commands",
    "editing",
    "identity",
    "media",
    "passing",
    "pins",
    "places",
    "polling",
    "polls",
    "profiles",
    "reactions",
    "removing",
    "sending",
    "webhooks",
]
