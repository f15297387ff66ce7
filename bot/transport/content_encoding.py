"""Content encodings that nobody asked for: some proxies compress every answer (RFC 9110, 8.4)."""

import zlib

# An answer of 100 updates has a few MB; what grows beyond this is no answer.
LARGEST = 32 * 1024 * 1024
_GZIP_OR_ZLIB, _RAW = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS
_PLAIN = frozenset({"", "identity"})
_MAGIC = (b"\x1f\x8b", b"\x78")
_MOST_LAYERS = 3


def inflated(content: bytes, encoding: str) -> bytes | None:
    """The plain body, by its header ``Content-Encoding`` and by how it begins; None when it can't be had."""
    names = [name.strip().lower() for name in encoding.split(",")]
    layers = max(len([name for name in names if name not in _PLAIN]), 1)
    if layers > _MOST_LAYERS or not (content.startswith(_MAGIC) or "deflate" in names):
        return None
    for _ in range(layers):
        plain = _opened(content, _GZIP_OR_ZLIB) or _opened(content, _RAW)
        if plain is None:
            return None
        content = plain
        if content[:1] == b"{":
            break
    return content


def _opened(content: bytes, wbits: int) -> bytes | None:
    opener = zlib.decompressobj(wbits)
    try:
        plain = opener.decompress(content, LARGEST)
    except zlib.error:
        return None
    return plain if opener.eof else None
