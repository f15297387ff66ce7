"""Bech32: keys as words with a checksum, as age writes them.

https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki, without its bound of 90 characters.
"""

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """The bytes as a word in small letters."""
    values = _regrouped(data, 8, 5, pad=True)
    rest = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    checksum = [rest >> 5 * (_CHECKSUM - 1 - place) & 31 for place in range(_CHECKSUM)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in [*values, *checksum])}"


def decode(prefix: str, word: str) -> bytes:
    """The bytes in a word that is written in one case, small or large.

    Raises:
        ValueError: it has another prefix, or a letter was mistaken.
    """
    small = word.lower()
    if word not in (small, word.upper()) or not small.startswith(f"{prefix}1"):
        raise ValueError(f"expected {prefix}1…")
    letters = small[len(prefix) + 1 :]
    if len(letters) < _CHECKSUM or set(letters) - set(_LETTERS):
        raise ValueError("a letter that no key has")
    values = [_LETTERS.index(letter) for letter in letters]
    if _polymod([*_expanded(prefix), *values]) != 1:
        raise ValueError("a letter was mistaken: the checksum is another")
    return bytes(_regrouped(values[:-_CHECKSUM], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            check ^= term if top >> place & 1 else 0
    return check


def _regrouped(values: bytes | list[int], width: int, into: int, *, pad: bool) -> list[int]:
    bits, held, groups = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= into:
            bits -= into
            groups.append(held >> bits & (1 << into) - 1)
    if pad and bits:
        groups.append(held << into - bits & (1 << into) - 1)
    elif not pad and (bits >= width or held & (1 << bits) - 1):
        raise ValueError("a letter too many")
    return groups
