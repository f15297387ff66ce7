"""Notes as they are passed on: words, or a file with its caption; a round video with a button."""

from collections.abc import Iterator
from html import escape

from telegram.constants import MessageLimit

from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.desk.ports import OutgoingMessage, Record
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.contents import Evidence
from core.vocabulary.destinations import Destination
from core.vocabulary.words import Lane

HEADER = 100  # characters that the line above a note may take: a name, a code and the words between
EVIDENCE_SHOWN = 5


def note_content(
    task: Task, event: e.Noted, author: Person | None, texts: Texts, *, buttons: tuple[tuple[Button, ...], ...] = ()
) -> Screen | Evidence:
    """One note; what is longer than Telegram takes is cut."""
    who = user_text.who(author) if author is not None else texts("the-desk")
    if event.media == "video_note" and event.attachment is not None:
        # It takes no words: whose it is stands on the button, which shows the card.
        label = texts("button-note-of", who=Html(who), code=task.code)
        whose = (button(label, Action.OPEN_CARD, task.id),)
        return Evidence(media=event.media, attachment=event.attachment, buttons=(whose, *buttons))
    key = "note-header-afterwards" if event.afterwards else "note-header"
    header = texts(key, who=who, code=task.code)
    if event.media is not None and event.attachment is not None:
        caption = _under(header, event.text, MessageLimit.CAPTION_LENGTH)
        return Evidence(media=event.media, attachment=event.attachment, caption=caption, buttons=buttons)
    return Screen(text=_under(header, event.text, MessageLimit.MAX_TEXT_LENGTH), buttons=buttons)


def evidence_messages(
    task: Task, records: tuple[Record, ...], people: dict[int, Person], texts: Texts, *, to: Destination
) -> Iterator[OutgoingMessage]:
    """The newest evidence of a task's history, oldest first."""
    files = [(r, r.event) for r in records if isinstance(r.event, e.Noted) and r.event.attachment is not None]
    for record, event in files[-EVIDENCE_SHOWN:]:
        author = people.get(record.author) if record.author is not None else None
        yield OutgoingMessage(to=to, lane=Lane.ROUTINE, content=note_content(task, event, author, texts))


def _under(header: Html, words: str, most: int) -> Html:
    """Words of any length go around the catalogue, which takes 2,500 characters in one place."""
    if not words:
        return header
    return Html(f"{header}\n{escape(user_text.fitted(words, most - HEADER), quote=False)}")
