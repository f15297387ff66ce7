"""Words under a picture, a video or a voice count like any others: commands and answers alike."""

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

QUITO = (-0.18065, -78.46784)
SHARED = {"photo": "send_photo", "video": "send_video", "voice": "send_voice", "document": "send_document"}


async def shares(phone: Phone, kind: str, caption: str) -> None:
    """They send something with words under it."""
    await phone.does(lambda telegram: getattr(telegram, SHARED[kind])(phone.user, caption))


@pytest.mark.parametrize("kind", SHARED)
@pytest.mark.parametrize("typed", ["/emergencia", "/EMERGENCIA!", "🚨 /emergencia:", "\u200f/emergensia"])
async def test_an_emergency_under_a_picture_is_one_with_its_first_evidence(
    desk: StoryDesk, kind: str, typed: str
) -> None:
    sara, eva = await desk.supervisor("Sara Luna"), await desk.agent("Eva Mora", at=QUITO)
    await shares(eva, kind, f"{typed} Robo con arma")
    sara.sees("Robo con arma").says("T-000001")
    assert any(getattr(message.wire, kind) for message in sara.unread), f"Sara has no {kind}"
    assert await desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'") == 1
    for phone in (sara, eva):
        phone.reads_all()


async def test_a_task_and_a_note_under_a_picture_keep_it(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    await shares(sara, "photo", "/nueva Portón roto !alta")
    sara.reads_all()
    await shares(sara, "document", "/nota T-1 el plano")
    sara.sees("Nota guardada en T-000001")
    assert (
        await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%\"photo\"%' OR body LIKE '%\"document\"%'") == 2
    )
    sara.reads_all()


async def test_a_form_reads_the_words_under_a_picture(desk: StoryDesk) -> None:
    eva = await desk.agent("Eva Mora")
    await eva.says("/nueva")
    await eva.presses("Patrullaje")
    await shares(eva, "photo", "Portón roto")
    eva.has("Paso 3 de 6", "Portón roto")
    eva.reads_all()
