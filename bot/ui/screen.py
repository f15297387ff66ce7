"""What a view makes: a text with the buttons under it, not yet bound to a chat or a message."""

from msgspec import Struct


class Button(Struct, frozen=True):
    """An inline button; ``data`` is what a press sends back (``bot.ui.buttons``)."""

    text: str
    data: str


class Key(Struct, frozen=True):
    """A key of the reply keyboard; ``location`` makes it send where the person is (private chats only)."""

    text: str
    location: bool = False


class Screen(Struct, frozen=True, kw_only=True):
    """One message: HTML text (https://core.telegram.org/bots/api#html-style), rows of buttons, or a reply keyboard.

    ``drop_keys`` takes an earlier reply keyboard away.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[Key, ...], ...] = ()
    drop_keys: bool = False
