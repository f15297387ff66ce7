"""Notes as they are passed on: words, or a photo, a voice message, a document with its caption."""

from collections.abc import Iterator
from html import escape

from telegram.constants import MessageLimit

from bot.transport import payloads
from bot.ui import user_text
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.desk.ports import OutgoingMessage, Record
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.words import Lane

HEADER = 100  # characters that the line above a note may take: a name, a code and the words between
EVIDENCE_SHOWN = 5


def note_letter(
    task: Task, event: e.Noted, author: Person | None, texts: Texts, *, chat: int, lane: Lane
) -> OutgoingMessage:
    """One note; what is longer than Telegram takes is cut."""
    header = texts(
        "note-header",
        who=user_text.name(author.name) if author is not None else texts("the-desk"),
        code=task.code,
    )
    if event.media is not None and event.file_id is not None:
        caption = _under(header, event.text, MessageLimit.CAPTION_LENGTH)
        return payloads.media(event.media, event.file_id, caption, chat=chat, lane=lane)
    screen = Screen(text=_under(header, event.text, MessageLimit.MAX_TEXT_LENGTH))
    return payloads.message(screen, chat=chat, lane=lane)


def evidence_letters(
    task: Task, records: tuple[Record, ...], people: dict[int, Person], texts: Texts, *, chat: int
) -> Iterator[OutgoingMessage]:
    """The newest evidence of a task's history, oldest first."""
    files = [(r, r.event) for r in records if isinstance(r.event, e.Noted) and r.event.file_id is not None]
    for record, event in files[-EVIDENCE_SHOWN:]:
        author = people.get(record.by) if record.by is not None else None
        yield note_letter(task, event, author, texts, chat=chat, lane=Lane.ROUTINE)


def _under(header: Html, words: str, most: int) -> Html:
    """Words of any length go around the catalogue, which takes 2,500 characters in one place."""
    if not words:
        return header
    return Html(f"{header}\n{escape(user_text.fitted(words, most - HEADER), quote=False)}")
