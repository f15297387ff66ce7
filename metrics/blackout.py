"""Blackout: the secrets that this process knows, taken out of whatever it writes or sends about itself.

An error of a library may echo an address with a password, a path with the bot's token, a header. So each secret is
known by its value, in every form in which one is written: as it is, with any of its characters quoted for an address,
escaped for Python, JSON or HTML, and within the base64 of ``user:password``. What looks like a secret is taken out too,
for an error may come before the configuration is read, or hold somebody else's.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import escape
from json import dumps

from msgspec import Struct

MARK = "[secret]"
# Characters of an error that is not the desk's own, when it is repeated.
LONGEST = 200
# A shorter secret is a part of ordinary words, and is looked for only where a secret stands.
SHORT = 4
# Tokens of programs that are remembered: those that came last.
SEEN = 64

_USER = re.compile(r"(?<=://)[^\s'\"/@]*:")


def _without_password(address: re.Match[str]) -> str:
    """Take user:password@ out, up to the last @; the text is gone through once, or a stranger's would stop the desk."""
    text = address.group()
    user, end = _USER.search(text), text.rfind("@")
    return f"{text[: user.start()]}{MARK}{text[end:]}" if user is not None and user.end() <= end else text


# Sign in small letters without which it is not there, pattern of what looks like a secret, and what takes its place.
_LOOKS_SECRET: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # https://core.telegram.org/bots/api#authorizing-your-bot; neither an address with its port nor one of IPv6.
    (":", re.compile(r"(?<![\d.:])\d{3,}:(?!(?:\d+|[0-9a-f]{1,4})(?![\w-]))[A-Za-z0-9_-]{3,}(?=/|\b)"), MARK),
    # user:password@ of an address; a password may have any of these characters, quoted or by mistake.
    ("@", re.compile(r"://[^\s'\"]+"), _without_password),
    ("bearer ", re.compile(r"(?i)\b(bearer) +[A-Za-z0-9+/=._~-]{4,}"), rf"\1 {MARK}"),
    ("basic ", re.compile(r"\b([Bb]asic|BASIC) +(?=\S*[A-Z0-9=])[A-Za-z0-9+/=_-]{4,}"), rf"\1 {MARK}"),
    ("secret", re.compile(r"(?i)(secret[_-]token['\"]?\s*[:=]\s*['\"]?)[A-Za-z0-9_-]+"), rf"\1{MARK}"),
)

_BASE64 = "[A-Za-z0-9+/_-]"


class _Known(Struct, frozen=True):
    """Forms of one secret: each pattern is tried where its anchor stands in a text, which is quickly seen."""

    forms: tuple[tuple[str, re.Pattern[str]], ...]


class Blackout:
    """A list of secrets. There is one for the process, `SECRETS`."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._seen: dict[str, None] = {}

    def know(self, *secrets: str) -> None:
        """Take these out from now on; empty ones are none."""
        for secret in secrets:
            if secret and secret not in self._known:
                self._known[secret] = _known(secret)

    def see(self, token: str) -> None:
        """Know a token that a program came with; of those only the last ones."""
        if token in self._seen:
            return
        if token not in self._known:
            self._seen[token] = None
            self.know(token)
        if len(self._seen) > SEEN:
            first = next(iter(self._seen))
            del self._seen[first], self._known[first]

    def forget(self) -> None:
        """Begin anew."""
        self._known.clear()
        self._seen.clear()

    def __call__(self, text: str) -> str:
        for known in tuple(self._known.values()):
            for anchor, pattern in known.forms:
                if anchor in text:
                    text = pattern.sub(MARK, text)
        small = text.lower()
        for sign, pattern, instead in _LOOKS_SECRET:
            if sign in small:
                text = pattern.sub(instead, text)
        return text


SECRETS = Blackout()


def black_out(text: str) -> str:
    """The text without a secret that this process knows, or that looks like one."""
    return SECRETS(text)


def quoted_error(error: BaseException | str) -> str:
    """Somebody else's error in one line of 200 characters at most, without a secret."""
    text = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    text = " ".join(black_out(text).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _known(secret: str) -> _Known:
    whole = "".join(_written(character) for character in secret)
    if len(secret) < SHORT:
        whole = rf"(?<=[:=/'\"]){whole}(?=[@'\"/&])"
        return _Known((("", re.compile(whole)),))
    anchor = max(re.findall(r"[A-Za-z0-9]+", secret), key=len, default="")
    # Of the groups before and after, a part is of the secret too.
    encoded = {
        piece: re.compile(rf"{_BASE64}{{0,4}}{re.escape(piece)}{_BASE64}{{0,4}}={{0,2}}")
        for piece in _in_base64(secret)
    }
    return _Known(((anchor, re.compile(whole)), *encoded.items()))


def _written(character: str) -> str:
    """A pattern of the forms in which a character of a secret is written."""
    if character.isascii() and character.isalnum():
        return character
    octets = character.encode(errors="surrogatepass")
    percent = "".join(f"%{octet:02X}" for octet in octets)
    forms = {
        character,
        percent,
        percent.lower(),
        percent.replace("%", "%25"),  # an address within an address
        percent.replace("%", "%25").lower(),
        f"\\{character}",
        f"\\\\{character}",
        "".join(f"\\x{octet:02x}" for octet in octets),
        dumps(character)[1:-1],
        ascii(character)[1:-1],
        escape(character),
        *(("+",) if character == " " else ()),
    }
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _in_base64(secret: str) -> Iterator[str]:
    """Its whole groups within the base64 of a longer text, wherever in that text it begins."""
    octets = secret.encode(errors="surrogatepass")
    for before in range(3):
        encoded = b64encode(bytes(before) + octets).decode()
        # The first group has bits of what stands before it, the last one of what follows.
        groups = encoded[4 if before else 0 : len(encoded) // 4 * 4 - (4 if (before + len(octets)) % 3 else 0)]
        if len(groups) >= 2 * SHORT:
            yield groups
            yield groups.replace("+", "-").replace("/", "_")
