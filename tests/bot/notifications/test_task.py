"""Letters about a task: in which chat, as which card, heard or not, and with which evidence."""

import pytest
from msgspec.structs import replace
from telegram.constants import MessageLimit

from bot.notifications.composer import Composer
from core.desk.ports import OutgoingMessage
from core.notifications.notifications import Notification, Topic
from core.vocabulary import events as e
from core.vocabulary.words import Lane
from emulator.markup.html import parse_html
from tests.bot.ui.people import ANA, ES, NOW, SONIA
from tests.bot.ui.tasks import PARK, ROBBERY, file_of

RING = Notification(
    chat=ANA.telegram_id,
    topic=Topic.CARD,
    lane=Lane.EMERGENCY,
    reader=ANA,
    ring=True,
    event=e.Offered(agent=ANA.id),
)


def letter_for(notice: Notification) -> OutgoingMessage | None:
    return Composer(ES).task(notice, file_of(ROBBERY, caller=SONIA), NOW)


def test_a_card_that_rings_is_a_new_message_that_says_why() -> None:
    letter = letter_for(RING)
    assert letter is not None
    assert (letter.method, letter.card, letter.ring, letter.lane) == ("sendMessage", "task:12", True, Lane.EMERGENCY)
    assert "te necesitan" in letter.payload["text"]
    assert "disable_notification" not in letter.payload


def test_a_quiet_card_says_how_things_are_and_not_what_happened() -> None:
    letter = letter_for(replace(RING, ring=False))
    assert letter is not None
    assert not letter.ring
    assert "te necesitan" not in letter.payload["text"]


def test_the_chat_of_somebody_who_has_no_more_to_do_with_it_is_left_alone() -> None:
    assert letter_for(replace(RING, reader=None, ring=False)) is None
    assert letter_for(replace(RING, reader=None, chat=-100)) is not None


def test_a_pin_is_where_the_task_is() -> None:
    letter = letter_for(replace(RING, topic=Topic.PIN))
    assert letter is not None
    assert letter.method == "sendLocation"
    assert (letter.payload["latitude"], letter.payload["longitude"]) == (PARK.lat, PARK.lon)


@pytest.mark.parametrize(
    ("media", "method"), [("photo", "sendPhoto"), ("voice", "sendVoice"), ("document", "sendDocument")]
)
def test_evidence_is_passed_on_by_its_file_with_whose_it_is(media: str, method: str) -> None:
    event = e.Noted(text="La puerta <rota>", media=media, file_id="FILE")
    letter = letter_for(replace(RING, topic=Topic.NOTE, event=event))
    assert letter is not None
    assert (letter.method, letter.payload[media]) == (method, "FILE")
    assert parse_html(letter.payload["caption"])[0] == "📝 Sonia Vera en T-000012:\nLa puerta <rota>"


@pytest.mark.parametrize("text", ["ñ" * 10_000, "🚓" * 10_000, "<&>" * 3_000, "ש" * 10_000])
def test_a_long_note_fits_into_one_message(text: str) -> None:
    for media, room in ((None, MessageLimit.MAX_TEXT_LENGTH), ("photo", MessageLimit.CAPTION_LENGTH)):
        event = e.Noted(text=text, media=media, file_id="FILE" if media else None)
        letter = letter_for(replace(RING, topic=Topic.NOTE, event=event))
        assert letter is not None
        shown = parse_html(letter.payload["caption" if media else "text"])[0]
        assert room - 200 < len(shown.encode("utf-16-le")) // 2 <= room
