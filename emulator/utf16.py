"""Lengths and cuts in UTF-16 code units, in which the Bot API counts texts and entities."""


def units(text: str) -> int:
    """How many UTF-16 code units `text` takes: one per character, two beyond the basic plane."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The stretch that an entity with this offset and length marks."""
    if text.isascii():
        return text[offset : offset + length]
    raw = text.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + length) * 2]
    return raw.decode("utf-16-le", "replace")
