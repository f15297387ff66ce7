"""A text that is longer than Telegram takes is cut to fit, with its tail in a document, and never refused."""

import html
import re

import pytest

from bot.transport.truncate import fit
from bot.ui.screen import Screen
from core.desk.ports import OutgoingMessage
from core.vocabulary.contents import Content, Evidence
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.words import Lane
from emulator import Fault, Message
from storage.queues import outbox
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

WORDS = "Línea con <b>énfasis</b> & señas 🚓\n"


def to(
    phone: Phone, content: Content, *, lane: Lane = Lane.ACTION, card: str | None = None, notify: bool = True
) -> OutgoingMessage:
    destination = PersonDestination(phone.user.id)
    return OutgoingMessage(to=destination, lane=lane, content=content, card=card, notify=notify)


async def send(desk: StoryDesk, message: OutgoingMessage) -> None:
    await desk.app.store.write(
        lambda session: outbox.post(session, [desk.app.channels.render(message)], desk.clock.now())
    )
    desk.app.delivery.in_flight.bell.set()
    await desk.settle()


def document(desk: StoryDesk, message: Message) -> str:
    """Content of the document of a message."""
    assert message.document is not None
    return desk.telegram.files.get(message.document.file_id).content.decode()


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def test_the_tail_of_a_long_message_is_in_a_document_under_it(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    text = html.escape(WORDS) * 400
    await send(desk, to(ana, Screen(text=f"<b>{text}</b>"), lane=Lane.EMERGENCY))
    first, rest = ana.unread
    assert units(first.text) <= 4_096
    assert first.text.endswith("…")
    assert rest.reply_to == first.id
    assert rest.text == "📄 Aquí sigue el mensaje de arriba."
    assert rest.document is not None
    assert rest.document.file_name == "sigue.txt"
    assert "".join((first.text[:-1] + document(desk, rest)).split()) == "".join((WORDS * 400).split())
    ana.reads_all()


async def test_a_long_card_changes_in_place(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    card = "card"
    await send(desk, to(ana, Screen(text="Uno"), card=card))
    seen = ana.sees("Uno")
    long = to(ana, Screen(text="Dos " * 2_000), card=card, notify=False)
    await send(desk, long)
    seen.says("Dos").lacks("Uno")
    (tail,) = ana.unread
    assert document(desk, tail).split() + seen.text[:-1].split() == ["Dos"] * 2_000
    ana.reads_all()
    await send(desk, long)
    ana.sees_nothing()


async def test_a_long_caption_too(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    photo = desk.telegram.send_photo(ana.user)
    await desk.settle()
    ana.reads_all()
    assert photo.photo is not None
    await send(desk, to(ana, Evidence(media="photo", attachment=photo.photo, caption="ya " * 600)))
    first, rest = ana.unread
    assert units(first.text) <= 1_024
    assert first.text[:-1].split() + document(desk, rest).split() == ["ya"] * 600
    ana.reads_all()


@pytest.mark.parametrize("method", ["sendMessage", "sendDocument"])
async def test_p3_a_long_emergency_whose_answer_is_lost_still_fits_with_its_mark(desk: StoryDesk, method: str) -> None:
    ana = await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind="reset_after", method=method))
    await send(desk, to(ana, Screen(text="Auxilio " * 1_000), lane=Lane.EMERGENCY))
    await desk.advance(2)
    texts = [message.text for message in ana.unread]
    assert len(texts) == 3
    assert all(units(text) <= 4_096 for text in texts)
    assert [text.endswith("(reenvío)") for text in texts] == [False, method == "sendMessage", method == "sendDocument"]
    ana.reads_all()


PLAIN = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(
    ("source", "most"),
    [
        ("<b>negrita</b> " * 100, 50),
        ("<blockquote><b>uno <i>dos</i> tres</b> cuatro</blockquote>" * 20, 33),
        ('<a href="https://example.org/?a=1&amp;b=2">enlace</a> ' * 20, 40),
        ("🚓" * 100, 99),
        ("&amp;&lt;&gt;" * 50, 31),
        ("sin espacios".replace(" ", "") * 50, 64),
    ],
)
def test_what_fits_is_well_formed_and_nothing_is_lost(source: str, most: int) -> None:
    head, rest = fit(source, most)
    plain = html.unescape(PLAIN.sub("", head))
    assert units(plain) <= most
    assert (plain[:-1] + rest).replace(" ", "") == html.unescape(PLAIN.sub("", source)).replace(" ", "")
    open_tags: list[str] = []
    for closes, tag in re.findall(r"<(/?)(\w+)", head):
        assert not closes or open_tags.pop() == tag
        if not closes:
            open_tags.append(tag)
    assert open_tags == []


def test_what_fits_is_left_as_it_is() -> None:
    source = "<b>" + "á" * 4_096 + "</b>"
    assert fit(source, 4_096) == (source, "")
