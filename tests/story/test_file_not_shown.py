"""A file that Telegram won't show, as after another bot took over: its note is heard in words, and no alert waits."""

from typing import Any

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

QUITO = (-0.18065, -78.46784)
A_FILE = {"file_id": "of another bot", "file_unique_id": "U1"}
SENT: dict[str, Any] = {
    "photo": [{**A_FILE, "width": 90, "height": 90}],
    "voice": {**A_FILE, "duration": 7},
    "video": {**A_FILE, "width": 90, "height": 90, "duration": 7},
    "video_note": {**A_FILE, "length": 240, "duration": 7},
    "document": A_FILE,
}


def from_(phone: Phone, desk: StoryDesk, **content: Any) -> dict[str, Any]:
    user = {"id": phone.user.id, "is_bot": False, "first_name": phone.name}
    chat = {"id": phone.user.id, "type": "private", "first_name": phone.name}
    now = int(desk.clock.now().timestamp())
    return {"message": {"message_id": 9_000, "date": now, "from": user, "chat": chat, **content}}


@pytest.mark.parametrize("kind", SENT)
async def test_p4_a_note_whose_file_cant_be_shown_is_heard_in_words(desk: StoryDesk, kind: str) -> None:
    sara, eva = await desk.supervisor("Sara Luna"), await desk.agent("Eva Mora", at=QUITO)
    await eva.says("/emergencia Robo con arma")
    sara.reads_all()

    await eva.does(lambda telegram: telegram.deliver(from_(eva, desk, **{kind: SENT[kind]})))
    await desk.passes(3)

    sara.sees("Aquí no pude mostrar el archivo").says(*(("T-000001",) if kind != "video_note" else ()))
    assert not await desk.asks("SELECT count(*) FROM outbox WHERE state = 4"), "nothing is set aside"
    await desk.passes(10)
    assert not any("espera demasiado" in message.text for message in sara.unread)
    assert await desk.asks("SELECT count(*) FROM outbox WHERE ring = 1 AND state < 3") == 0, "no alert waits"
    for phone in (sara, eva):
        phone.reads_all()
