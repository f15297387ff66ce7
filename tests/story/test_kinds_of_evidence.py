"""Evidence of every kind reaches those who have the emergency, or is answered with the button that does."""

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
FILES = {"send_video_note": "video_note", "send_audio": "audio", "send_animation": "animation"}


async def two_in_an_emergency(desk: StoryDesk) -> tuple[Phone, Phone]:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    await ana.says("/emergencia Robo")
    for phone in (sara, ana):
        phone.reads_all()
    return sara, ana


@pytest.mark.parametrize("act", FILES)
async def test_a_film_or_a_recording_is_kept_and_passed_on(desk: StoryDesk, act: str) -> None:
    sara, ana = await two_in_an_emergency(desk)
    await ana.does(lambda telegram: getattr(telegram, act)(ana.user))
    ana.sees("Lo sumé a T-000001")
    (seen,) = (message for message in sara.unread if getattr(message.wire, FILES[act]) is not None)
    shown = " ".join([seen.text, *(button.text for row in seen.keyboard for button in row)])
    assert "Ana Mora" in shown
    assert "T-000001" in shown
    assert await desk.asks("SELECT notes FROM task") == 1
    sara.reads_all()


async def test_the_button_under_a_round_video_shows_the_card(desk: StoryDesk) -> None:
    sara, ana = await two_in_an_emergency(desk)
    await ana.does(lambda telegram: telegram.send_video_note(ana.user))
    await sara.presses("Ana Mora · T-000001")
    sara.sees("Robo", "T-000001").says("Ana Mora")
    await sara.presses("Historia")
    sara.has("🎥 Ana Mora: video redondo")
    for phone in (sara, ana):
        phone.reads_all()


async def test_a_contact_a_place_with_a_name_and_a_feeling_are_notes(desk: StoryDesk) -> None:
    sara, ana = await two_in_an_emergency(desk)
    await ana.does(lambda telegram: telegram.send_contact(ana.user, "+593991234567"))
    sara.sees("👤 Ana Mora · +593991234567")
    await ana.does(lambda telegram: telegram.send_venue(ana.user, "Farmacia Cruz"))
    sara.sees("📍 Farmacia Cruz, Av. 9 de Octubre (-2.18940, -79.88910)")
    await ana.does(lambda telegram: telegram.send_sticker(ana.user, "😱"))
    sara.sees("😱")
    ana.reads_all()
    sara.reads_all()


async def test_what_says_nothing_is_answered_with_the_button_for_a_note(desk: StoryDesk) -> None:
    _, ana = await two_in_an_emergency(desk)
    await ana.does(lambda telegram: telegram.send_dice(ana.user))
    await ana.sees("Eso no lo puedo guardar en T-000001").offers("Nota · T-000001").presses("Nota · T-000001")
    ana.sees("Nota para T-000001")
    await ana.does(lambda telegram: telegram.send_audio(ana.user))
    ana.sees("Nota guardada en T-000001")
    ana.reads_all()
    desk.phones[0].reads_all()


async def test_a_place_with_a_name_is_where_it_is(desk: StoryDesk) -> None:
    """With nothing open the press takes the place along, whoever is elsewhere."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    await ana.does(lambda telegram: telegram.send_venue(ana.user, "Farmacia Cruz"))
    await ana.sees("Ese es un lugar, no tu posición").presses("Pedir ayuda ya")
    assert await desk.asks("SELECT lat FROM task") == pytest.approx(-2.1894)
    sara.sees("Farmacia Cruz")
    for phone in (sara, ana):
        phone.reads_all()
