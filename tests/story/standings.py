"""Buttons that stand somewhere at the end of a story, and where the desk says that they may."""

from collections.abc import Iterator

from bot.conversation.registry import standing_of
from bot.conversation.standings import ScreenKind
from bot.ui.buttons import parse
from bot.ui.epoch import Epoch
from emulator import Message, Telegram


def undeclared(telegram: Telegram, epoch: Epoch) -> Iterator[str]:
    """Buttons that stand where nothing says so: on a screen of no common kind, or in a group though private."""
    for chat in (*telegram.groups.values(), *telegram.private_chats.values()):
        for message in chat.messages.values():
            if message.from_bot and not message.deleted:
                yield from _wrong(message, epoch, private=chat.id > 0)


def _wrong(message: Message, epoch: Epoch, *, private: bool) -> Iterator[str]:
    kinds = set(ScreenKind)
    data = [button.data for row in message.keyboard for button in row if button.data is not None]
    for one in data:
        plain = epoch.read(one)
        press = parse(plain) if plain is not None else None
        if press is None:
            continue  # of before a restore
        standing = standing_of(press)
        if standing is None or (standing.private and not private):
            yield f"{one} stands in {'private' if private else 'a group'}"
            continue
        kinds &= standing.on
    if not kinds:
        yield f"no kind of screen has all of {data}"
