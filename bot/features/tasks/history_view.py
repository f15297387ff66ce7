"""A task's history, newest last: who, what, when and why."""

from collections.abc import Iterator
from datetime import datetime

from telegram.constants import MessageLimit

from bot.cards.actors import program_name
from bot.cards.card_lines import point
from bot.cards.reader_view import moment_text
from bot.ui import user_text
from bot.ui.dispositions import disposition_text
from bot.ui.kinds import kind_text
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.desk.ports import Record
from core.rules.permissions import noter_in, program_via
from core.state.person import Person
from core.state.task import Task, code_of
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.dispositions import Disposed
from core.vocabulary.kinds import Classified
from core.vocabulary.maydays import MaydayHeard
from core.vocabulary.rounds import RoundCalled, RoundMarked

SHOWN = 25
NOTE_SHOWN = 300
ROOM = MessageLimit.MAX_TEXT_LENGTH - 400  # the heading and the line about older ones need some


def history_screen(
    task: Task, records: tuple[Record, ...], people: dict[int, Person], texts: Texts, now: datetime
) -> Screen:
    """The newest that fit into one message; ``people`` are those whom the records name."""
    told = _pages_joined(records)
    lines = [_line(record, people, texts, now) for record in told[-SHOWN:]]
    kept = _that_fit(lines)
    heading = [texts("history", code=task.code)]
    if len(kept) < len(told):
        heading.append(texts("history-older", count=len(told) - len(kept)))
    return Screen(text="\n".join([*heading, *kept]))


def named_in(records: tuple[Record, ...]) -> frozenset[int]:
    """The people whose names the shown lines need."""
    shown = _pages_joined(records)[-SHOWN:]
    ids = {record.author for record in shown} | {_about(record.event) for record in shown}
    ids |= {noter_in(record.via) for record in shown}
    return frozenset(person for person in ids if person is not None)


def _pages_joined(records: tuple[Record, ...]) -> list[Record]:
    """The records with one line for however many pages of people a climb told in a row."""
    found: list[Record] = []
    for record in records:
        if not (found and isinstance(record.event, n.Notified) and isinstance(found[-1].event, n.Notified)):
            found.append(record)
    return found


def _line(record: Record, people: dict[int, Person], texts: Texts, now: datetime) -> Html:
    event = record.event
    what = texts(
        f"history-{_tag(event)}",
        by=_actor(record, people, texts),
        who=_name(_about(event), people, texts),
        text=_text(event, texts),
    )
    at, noter = moment_text(texts, record.at, now), noter_in(record.via)
    if noter is not None:
        what = texts("history-by-radio", what=what, noter=_name(noter, people, texts))
    if not record.reason:
        return texts("history-line", at=at, what=what)
    key = "history-line-why" if noter is None else "history-line-words"
    return texts(key, at=at, what=what, why=user_text.user_text(record.reason, NOTE_SHOWN))


def _text(event: e.AnyEvent, texts: Texts) -> str:
    if isinstance(event, e.Completed | Disposed):
        return disposition_text(event.disposition, texts)
    if isinstance(event, Classified):
        return kind_text(event.work)
    return user_text.user_text(_words(event), NOTE_SHOWN)


def _tag(event: e.AnyEvent) -> str:
    match event:
        case e.Noted() if event.media is not None:
            tag = f"noted-{event.media}"
        case e.Escalated():
            tag = f"escalated-{event.cause.value}"
        case e.Located(anew=True):
            tag = "relocated"
        case a.ReporterOut(back=True):
            tag = "reporter-back"
        case r.Reopened(undone=True):
            tag = "close-undone"
        case e.Revised(title=None):
            tag = "revised-priority"
        case e.Completed() if event.disposition:
            tag = "completed-as"
        case st.SeatsSet(called=True):
            tag = "seats-called"
        case RoundMarked():
            tag = f"round-{event.word}"
        case _:  # each event has a line that is called as it is stored
            tag = str(event.__struct_config__.tag)
    return tag.replace("_", "-")


def _about(event: e.AnyEvent) -> int | None:
    match event:
        case e.Offered() | e.Accepted() | e.Declined() | e.Expired() | e.EnRoute() | e.OnScene():
            return event.agent
        case e.Released() | e.Vacated() | r.DeclineUndone() | st.Reserved() | MaydayHeard() | RoundMarked():
            return event.agent
        case e.Reached() | a.ReporterOut():
            return event.person
        case _:  # the other events are about no agent
            return None


def _words(event: e.AnyEvent) -> str:
    match event:
        case e.Noted() | s.ReportJoined():
            return event.text
        case e.Located():
            return event.address or (point(event.place) if event.place is not None else "")
        case e.Revised():
            return event.title or ""
        case st.SeatsSet():
            return str(event.seats)
        case RoundCalled():
            return str(len(event.people))
        case MaydayHeard():
            return code_of(event.alarm)
        case _:  # no other event has words of a person
            return ""


def _actor(record: Record, people: dict[int, Person], texts: Texts) -> str:
    program = program_via(record.via)
    if not program:
        return _name(record.author, people, texts)
    return program_name(texts, program, _name(record.by, people, texts) if record.by is not None else None)


def _name(person_id: int | None, people: dict[int, Person], texts: Texts) -> str:
    if person_id is None:
        return texts("the-desk")
    person = people.get(person_id)
    return user_text.who(person) if person is not None else texts("somebody")


def _that_fit(lines: list[Html]) -> list[Html]:
    return list(_newest_first(lines))[::-1]


def _newest_first(lines: list[Html]) -> Iterator[Html]:
    room = ROOM
    for line in reversed(lines):
        room -= len(line.encode("utf-16-le")) // 2 + 1
        if room < 0:
            return
        yield line
