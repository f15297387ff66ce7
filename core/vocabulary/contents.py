"""Contents: what a message can hold, before a channel gives it the form that it can carry."""

from typing import Literal

from msgspec import Struct

from core.vocabulary.places import Place

Media = Literal["photo", "video", "voice", "document", "video_note", "audio", "animation"]


class Button(Struct, frozen=True):
    """A button under a message; ``data`` is what a press sends back (``bot.ui.buttons``), ``link`` what it opens."""

    text: str
    data: str = ""
    link: str | None = None


class Key(Struct, frozen=True):
    """A key in place of the reader's keyboard; ``location`` makes it send where the person is."""

    text: str
    location: bool = False


class Screen(Struct, frozen=True, kw_only=True):
    """Words as marked-up text (a few tags of HTML), with rows of buttons or keys. A card is a screen with a name.

    ``drop_keys`` takes earlier keys away; ``reply_to`` is the message of the same conversation that a new one answers.
    ``brief`` says it in one line, where several leave together; "" where it only leaves alone.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[Key, ...], ...] = ()
    drop_keys: bool = False
    brief: str = ""
    reply_to: int | None = None


class Redrawing(Struct, frozen=True):
    """New words and buttons for a message that is there, by the channel's number of it."""

    message: int
    screen: Screen


class Pin(Struct, frozen=True):
    """A place on the map."""

    place: Place


class Evidence(Struct, frozen=True, kw_only=True):
    """A file that somebody sent, by the channel's name for it, with words under it, or a button where it takes none."""

    media: Media
    attachment: str
    caption: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()


class TextFile(Struct, frozen=True, kw_only=True):
    """A text as a file; ``reply_to`` is the message that it continues."""

    name: str
    text: str
    caption: str
    reply_to: int | None = None


class Menu(Struct, frozen=True):
    """The commands that one person may use, each with its line of explanation."""

    commands: tuple[tuple[str, str], ...]


class Removal(Struct, frozen=True):
    """A message that is taken out of the conversation."""

    message: int


class ButtonsOff(Struct, frozen=True):
    """A message that stays without its buttons."""

    message: int


class Departure(Struct, frozen=True):
    """The desk leaves the room."""


Content = Screen | Redrawing | Pin | Evidence | TextFile | Menu | Removal | ButtonsOff | Departure
