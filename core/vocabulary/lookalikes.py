"""Look-alikes: one form for names that the eye takes for the same, whatever the script that their letters are of.

The idea is Unicode's skeleton (https://www.unicode.org/reports/tr39/#Confusable_Detection). The table holds the letters
that pass for a Latin one in a name: of its 6,000 rows the rest are mathematical letters, which folding makes plain, and
scripts that no telephone's keyboard has.
"""

import unicodedata
from collections.abc import Collection

from core.vocabulary.folding import folded, without_marks

LEAST_DIGITS = 4

_LOOKS_LIKE = {
    "a": "ɑΑαАаᎪᗅ⍺ꓮ",
    "b": "ƀƄΒβВЬвᏏᏴᑲᖯᗷꓐꞴ",
    "c": "СсᏟᴄⲤⲥꓚꮯ𐐕𐐽",
    "d": "ĐđԁᎠᏧᑯᗞᗪꓒꓓ",
    "e": "ΕεЕеҽᎬ℮ⴹꓰꬲ",
    "f": "ϜքᖴẝꓝꞘꞙꬵ𝈓",
    "g": "ƍɡԌցᏀᏳᶃꓖ",
    "h": "ĦħΗНнһհᎻᏂᕼⲎꓧ",
    "i": "ıŁłƖǀɩɪΙιІіӀӏ۱ᎥᏞᒪ⍳ⲒⳐⵏꓡꓲꙇꭵ𐐛𝈪",
    "j": "ͿϳЈјᎫᒍꓙꞲ",
    "k": "ĸΚκКкᏦⲔꓗ",
    "m": "ΜϺМмᎷᗰⲘꓟ",
    "n": "ŋΝηпոռⲚꓠ",
    "o": "ØøΟοσОоөՕօ۵ᴏᴑⲞⲟⵔ〇ꓳꬽ𐐄𐐬𐓂𐓪",
    "p": "ΡρРрᏢᑭ⍴Ⲣⲣꓑ",
    "q": "ԛգզⵕ",
    "r": "ƦгᎡᏒᖇᴦⲅꓣꭇꭈꮁ𐒴𝈖",
    "s": "ƽЅѕՏᏕᏚꓢꜱꮪ𐐠𐑈",
    "t": "ŦŧΤτТтᎢⲦꓔ",
    "u": "ʋυՍսᑌᴜꓴꞟꭎꭒ𐓎𐓶",
    "v": "νѴѵ۷Ꮩᐯᴠⴸꓦꮩ𝈍",
    "w": "ɯωшѡԜԝաᎳᏔᴡꓪꮃ",
    "x": "×ΧХхᕁᕽ᙭᙮ⲬⵝꓫꞳ",
    "y": "ɣʏΥγУуҮүᎩᎽᶌỿⲨꓬꭚ",
    "z": "ΖᏃᴢꓜꮓ𐋵",
}
_TABLE = str.maketrans({letter: latin for latin, letters in _LOOKS_LIKE.items() for letter in letters})
_ONE_STROKE = str.maketrans({"0": "o", "1": "i", "l": "i", "|": "i"})


def looks(name: str) -> str:
    """The form that names have in common when they look alike."""
    # Capitals first: a small letter may look like nothing of the kind.
    letters = unicodedata.normalize("NFKD", without_marks(name)).translate(_TABLE)
    plain = folded(letters).translate(_TABLE).translate(_ONE_STROKE)
    shape = "".join(letter for letter in plain if letter.isalnum())
    return shape.replace("rn", "m").replace("vv", "w") or name


def digits_apart(accounts: Collection[int]) -> int:
    """How many last digits tell accounts apart, four at least; 0 where there is nothing to tell apart."""
    if len(accounts) < 2:
        return 0
    digits = LEAST_DIGITS
    while len({str(account)[-digits:] for account in accounts}) < len(accounts):
        digits += 1
    return digits
