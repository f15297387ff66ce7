"""A command as people type it: ``/nueva words``, also with signs before it, behind it or inside its name.

Telegram marks a command in a text as letters, digits and underscores behind a slash, and whatever follows ends it
(https://core.telegram.org/bots/api#messageentity, ``bot_command``). So does this, for captions too; it also reads what
Telegram does not mark: a full-width slash, accents, invisible marks.
"""

import re

from msgspec import Struct

from core.vocabulary.folding import INVISIBLE, folded, without_marks

_ACCENTS = "\u0300-\u036f"
_COMMAND = re.compile(
    rf"(?:@(?P<called>[a-z0-9_]*bot)[,:]?\s+)?(?P<lead>[^\w/／⁄∕\\]*)(?P<slash>[/／⁄∕\\]+)(?P<gap>\s*)(?P<name>[\w{_ACCENTS}{INVISIBLE}]+)"
    r"(?:@(?P<addressee>[A-Za-z0-9_]+))?",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"(?<![\w/<>])[/／](?P<name>[\w{_ACCENTS}{INVISIBLE}]+)(?![/<>])")
# Signs glued to a name end it and say nothing; ``!`` before a letter may be a priority.
_SIGNS = r"¡?¿.,:;…·•*~)\-–—؟،؛。、，．：；！？‼⁉❗❓\ufe0f"
_GLUED = re.compile(rf"[!{_SIGNS}]+(?=\s|$)|[{_SIGNS}]+")
_PLAIN_SLASHES = ("/", "／")


class TypedCommand(Struct, frozen=True, kw_only=True):
    """A command that was typed: its folded name, the bot it is for ("" if none is named), and the words after it.

    ``plain``: nothing visible stands before the slash, and the name follows it at once. What is not plain is a command
    only if its name leaves no doubt.
    """

    name: str
    addressee: str
    words: str
    plain: bool


NAMELESS = TypedCommand(name="", addressee="", words="", plain=True)
"""A slash without a name."""


def command_in(text: str) -> TypedCommand | None:
    """The command that a text or a caption begins with; a bot's name before it (``@gad_bot /nueva``) is whose it is."""
    found = _COMMAND.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    glued = _GLUED.match(rest)
    return TypedCommand(
        name=folded(found["name"]),
        addressee=found["addressee"] or found["called"] or "",
        words=rest[glued.end() if glued is not None else 0 :].lstrip(),
        plain=not without_marks(found["lead"]).strip() and found["slash"] in _PLAIN_SLASHES and not found["gap"],
    )


def names_within(text: str) -> tuple[tuple[str, str, str], ...]:
    """Commands in the middle of a text: the words before each, its folded name, the words after it."""
    return tuple(
        (text[: found.start()], folded(found["name"]), text[found.end() :]) for found in _WITHIN.finditer(text)
    )
