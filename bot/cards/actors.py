"""Actors as a card names them: a person, a program, a program in a person's name, the desk."""

from bot.cards.reader_view import ReaderView
from bot.ui import user_text
from bot.ui.texts import Texts
from core.notifications.notifications import TaskContext
from core.notifications.rung import program_of
from core.rules.other_units import of_another_unit
from core.rules.permissions import program_via
from core.vocabulary import events as e


def actor(view: ReaderView, event: e.AnyEvent | None) -> str:
    """The actor of the event: of what was done just now, the caller."""
    return named(view, program_of(event) or view.file.program, view.file.caller)


def reporter_of(file: TaskContext, texts: Texts) -> str:
    """The reporter: a person, a program by the name of its token, or the desk itself."""
    task, person = file.task, file.person(file.task.reporter)
    if person is not None:
        return user_text.who(person)
    program = program_via(task.program or "")
    if program:
        return program_name(texts, program, None)
    return texts("the-desk" if task.reporter is None else "somebody")


def named(view: ReaderView, program: str, person: int | None) -> str:
    """A program by the name of its token and in whose name it speaks; a person where there is no program."""
    who = view.who(person) if person is not None or not program else None
    return program_name(view.texts, program, who) if program else view.who(person)


def of_which_unit(view: ReaderView, person: int | None, who: str) -> str:
    """The actor, with a word beside it where this is a supervisor of another unit than the emergency's."""
    return view.texts("of-another-unit", who=who) if of_another_unit(view.file.person(person), view.task) else who


def in_charge(view: ReaderView) -> str:
    """Person or program in charge of the alert."""
    return named(view, view.task.acknowledged_via, view.task.acknowledged_by)


def program_name(texts: Texts, program: str, who: str | None) -> str:
    """``monitoreo (API) en nombre de Ana``; ``who``: None where it speaks for nobody."""
    name = user_text.user_text(program, len(program))
    return texts("by-program", program=name) if who is None else texts("by-program-for", program=name, who=who)


def in_the_name_of(file: TaskContext, reader: int | None, event: e.AnyEvent | None) -> bool:
    """Whether a program did it in the reader's name."""
    return bool(program_of(event)) and reader is not None and reader == file.caller
