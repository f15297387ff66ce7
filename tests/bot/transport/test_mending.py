"""Spoilt letters: each is marked, and every other word of the update is what was sent."""

import pytest

from bot.transport.mending import mended

MARK = "�"


@pytest.mark.parametrize(
    ("spoilt", "read"),
    [
        (rb"Robo \ud83d", f"Robo {MARK}"),
        (rb"\ude00 Robo", f"{MARK} Robo"),
        (rb"\uD83D\uD83D Robo", f"{MARK}{MARK} Robo"),
        (rb"\ud83d\ude00 Robo", "😀 Robo"),
        (rb"\ud83d\ud83d\ude00", f"{MARK}😀"),
        (rb"C:\\ud83d", r"C:\ud83d"),
        (rb"\"\\\ud83d\"", f'"\\{MARK}"'),
        (rb"\u00e1\n\ud83dx", f"á\n{MARK}x"),
        (b"\xff Robo \xc3", f"{MARK} Robo {MARK}"),
        (b"Ro\0bo", "Robo"),
    ],
)
def test_p13_a_spoilt_letter_is_marked_and_the_rest_is_read(spoilt: bytes, read: str) -> None:
    _, update = mended(b'{"update_id":7,"message":{"text":"' + spoilt + b'"}}')
    assert update == {"update_id": 7, "message": {"text": read}}


@pytest.mark.parametrize(
    "content", [b"", b"\\", b"[" * 100_000, b'{"update_id":7,"message":{"text":"hola', b'{"update_id":"7"}']
)
def test_what_is_no_update_stays_none(content: bytes) -> None:
    text, update = mended(content)
    assert update is None
    assert len(text) == len(content)
