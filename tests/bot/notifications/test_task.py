"""Messages about a task: in which chat, as which card, heard or not, and with which evidence."""

import pytest
from msgspec.structs import replace
from telegram.constants import MessageLimit

from bot.notifications.composer import Composer
from bot.transport.rendering import render
from core.notifications.notifications import Notification, Topic
from core.vocabulary import events as e
from core.vocabulary.contents import Media
from core.vocabulary.destinations import RoomDestination
from core.vocabulary.words import Lane
from emulator.markup.html import parse_html
from storage.queues.addressed_call import AddressedCall
from tests.bot.ui.people import ANA, ES, NOW, SONIA
from tests.bot.ui.tasks import PARK, ROBBERY, file_of

ALERT = Notification(
    to=ANA.destination,
    topic=Topic.CARD,
    lane=Lane.EMERGENCY,
    reader=ANA,
    notify=True,
    event=e.Offered(agent=ANA.id),
)


def call_for(notification: Notification) -> AddressedCall | None:
    message = Composer(ES).task(notification, file_of(ROBBERY, caller=SONIA), NOW)
    return render(message) if message is not None else None


def test_an_alert_is_a_new_message_that_says_why() -> None:
    call = call_for(ALERT)
    assert call is not None
    assert (call.method, call.card, call.notify, call.lane) == ("sendMessage", "task:12", True, Lane.EMERGENCY)
    assert "te necesitan" in call.payload["text"]
    assert "disable_notification" not in call.payload


def test_a_quiet_card_says_how_things_are_and_not_what_happened() -> None:
    call = call_for(replace(ALERT, notify=False))
    assert call is not None
    assert not call.notify
    assert "te necesitan" not in call.payload["text"]


def test_the_chat_of_somebody_who_has_no_more_to_do_with_it_is_left_alone() -> None:
    assert call_for(replace(ALERT, reader=None, notify=False)) is None
    assert call_for(replace(ALERT, reader=None, to=RoomDestination(-100))) is not None


def test_a_pin_is_where_the_task_is() -> None:
    call = call_for(replace(ALERT, topic=Topic.PIN))
    assert call is not None
    assert call.method == "sendLocation"
    assert (call.payload["latitude"], call.payload["longitude"]) == (PARK.lat, PARK.lon)


@pytest.mark.parametrize(
    ("media", "method"), [("photo", "sendPhoto"), ("voice", "sendVoice"), ("document", "sendDocument")]
)
def test_evidence_is_passed_on_by_its_file_with_whose_it_is(media: Media, method: str) -> None:
    event = e.Noted(text="La puerta <rota>", media=media, attachment="FILE")
    call = call_for(replace(ALERT, topic=Topic.NOTE, event=event))
    assert call is not None
    assert (call.method, call.payload[media]) == (method, "FILE")
    assert parse_html(call.payload["caption"])[0] == "📝 Sonia Vera en T-000012:\nLa puerta <rota>"


@pytest.mark.parametrize("text", ["ñ" * 10_000, "🚓" * 10_000, "<&>" * 3_000, "ש" * 10_000])
def test_a_long_note_fits_into_one_message(text: str) -> None:
    kinds: list[tuple[Media | None, int]]
    kinds = [(None, MessageLimit.MAX_TEXT_LENGTH), ("photo", MessageLimit.CAPTION_LENGTH)]
    for media, room in kinds:
        event = e.Noted(text=text, media=media, attachment="FILE" if media else None)
        call = call_for(replace(ALERT, topic=Topic.NOTE, event=event))
        assert call is not None
        shown = parse_html(call.payload["caption" if media else "text"])[0]
        assert room - 200 < len(shown.encode("utf-16-le")) // 2 <= room
