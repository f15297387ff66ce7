"""Reports that joined an emergency: as its reporter hears it, as supervisors read them, and *Cerrar todas*."""

from collections.abc import Iterable
from datetime import timedelta
from html import escape

from telegram.constants import MessageLimit

from bot.cards.actors import reporter_of
from bot.cards.card_buttons import close_all_button, open_button
from bot.cards.card_lines import point
from bot.cards.joined_report import take_out_button
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.notifications.notifications import TaskContext
from core.rules.situation import Report
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.shares import ReportJoined
from core.vocabulary.words import Role

YES, NO, BACK = "si", "no", "deshacer"
TEXT_SHOWN = 300
SHOWN = 5  # reports on one page
HEADER = 200  # characters that the lines around the words of a report may take


def author_of(file: TaskContext, texts: Texts) -> Html:
    """The name of the reporter: a person, or a program."""
    return Html(reporter_of(file, texts))


def report_screen(task: Task, event: ReportJoined, author: Html, reader: Person | None, texts: Texts) -> Screen:
    """To those who go or answer for it: the words and the place, with *Es otra* for supervisors."""
    head = texts("report-joined", who=author, code=task.code)
    body = "\n".join(line for line in (head, *_lines(event, MessageLimit.MAX_TEXT_LENGTH - HEADER, texts)) if line)
    if reader is not None and reader.role < Role.SUPERVISOR:
        return Screen(text=body)
    rows = ((take_out_button(task, event, texts),), (close_all_button(task, author, texts),))
    return Screen(text=body, buttons=rows)


def reports_screen(
    task: Task, reports: Iterable[Report], author: Html, *, after: int, more: int | None, texts: Texts
) -> Screen:
    """A page of the reports that joined, oldest first, each with *Es otra* or where it went."""
    lines: list[str] = [texts("reports-head", who=author, code=task.code, count=task.joined)]
    doors: list[tuple[Button, ...]] = []
    for number, report in enumerate(reports, after + 1):
        lines.append(texts("reports-line", number=number, at=texts.day_and_time(report.event.sent_at)))
        lines += _lines(report.event, TEXT_SHOWN, texts)
        if report.into is None:
            doors.append((take_out_button(task, report.event, texts, number),))
    ways: list[Button] = []
    if after:
        ways.append(button(texts("list-first"), Action.REPORTS, task.id, 0))
    if more is not None:
        ways.append(button(texts("list-more"), Action.REPORTS, task.id, more))
    if not doors and not ways and len(lines) == 1:
        lines.append(texts("reports-none"))
    rows = (*doors, *((tuple(ways),) if ways else ()), (open_button(task, texts),))
    return Screen(text="\n".join(lines), buttons=rows)


def close_all_screen(task: Task, author: Html, count: int, texts: Texts) -> Screen:
    """Is it meant? *No* stands first, where no second tap meets *Sí*."""
    no = button(texts("close-all-no"), Action.CLOSE_ALL, task.id, NO)
    yes = button(texts("close-all-yes", count=count), Action.CLOSE_ALL, task.id, YES)
    return Screen(text=texts("close-all-sure", who=author, count=count), buttons=((no,), (yes,)))


def closed_all_screen(task: Task, author: Html, window: timedelta, texts: Texts) -> Screen:
    """Say that all are closed, with *Deshacer*."""
    hint = texts("undo-hint", seconds=round(window.total_seconds()))
    undo = button(texts("button-undo"), Action.CLOSE_ALL, task.id, BACK)
    return Screen(text=f"{texts('closed-all', who=author)}\n{hint}", buttons=((undo,),))


def _lines(event: ReportJoined, most: int, texts: Texts) -> Iterable[str]:
    if event.text:
        yield Html(escape(user_text.fitted(event.text, most), quote=False))
    if event.address is not None:
        yield texts("card-place", where=texts("as-typed", text=user_text.user_text(event.address)))
    if event.place is not None:
        yield texts("card-place", where=texts("coordinates", point=point(event.place)))
