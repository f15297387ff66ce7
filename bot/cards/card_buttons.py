"""The buttons under a task's card: just those that its reader may press now."""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.cards.actors import reporter_of
from bot.cards.reader_view import ReaderView
from bot.ui.buttons import Action, button
from bot.ui.screen import Button
from bot.ui.texts import Html, Texts
from bot.ui.user_text import user_text
from core.queries.allowed_actions import ActionType, allowed_actions
from core.rules.maydays import on_scene
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import seats as st
from core.vocabulary.rounds import CallRound
from core.vocabulary.words import AssignmentState

LABEL_SHOWN = 30
Rows = tuple[tuple[Button, ...], ...]

_BUTTONS: dict[ActionType, tuple[Action, str]] = {
    c.Accept: (Action.ACCEPT, "button-accept"),
    c.Decline: (Action.DECLINE, "button-decline"),
    c.Depart: (Action.DEPART, "button-depart"),
    c.Arrive: (Action.ARRIVE, "button-arrive"),
    c.Start: (Action.START, "button-start"),
    c.Pause: (Action.PAUSE, "button-pause"),
    c.Resume: (Action.RESUME, "button-resume"),
    c.Complete: (Action.COMPLETE, "button-complete"),
    c.AddNote: (Action.NOTE, "button-note"),
    c.Locate: (Action.LOCATE, "button-locate"),
    c.Acknowledge: (Action.ACKNOWLEDGE, "button-acknowledge"),
    c.Assign: (Action.ASSIGN, "button-assign"),
    c.Escalate: (Action.ESCALATE, "button-escalate"),
    c.Cancel: (Action.CANCEL_TASK, "button-cancel-task"),
    c.Reopen: (Action.REOPEN, "button-reopen"),
    st.Reinforce: (Action.REINFORCE, "button-reinforce"),
    CallRound: (Action.ROUND, "button-round"),
}
_OFFER: tuple[tuple[ActionType, ...], ...] = ((c.Accept, c.Decline),)
# *Nota* changes sides, so that no second tap on *Iniciar*, *Pausar* or *Reanudar* meets the opposite in the same place.
_OWN: tuple[tuple[ActionType, ...], ...] = (
    (c.Depart, c.Arrive),
    (c.Resume, c.Start, c.AddNote, c.Pause),
    (c.Complete,),
    (st.Reinforce,),
)
# *No puedo* of whoever has it comes last, with *Historia* between it and *Finalizar*, out of a thumb's slip.
_BACK: ActionType = c.Decline
_AGAIN: tuple[tuple[ActionType, ...], ...] = ((c.Reopen,),)
_CHARGE: tuple[tuple[ActionType, ...], ...] = ((c.Acknowledge, c.Assign), (c.Escalate, c.Cancel))
_END: tuple[tuple[ActionType, ...], ...] = ((c.Complete,),)
_PLACE: tuple[tuple[ActionType, ...], ...] = ((c.Locate,),)
_NOTE: tuple[tuple[ActionType, ...], ...] = ((c.AddNote,),)


def card_buttons(view: ReaderView) -> Rows:
    """Rows of buttons, each with the task's id and the version that it was drawn for."""
    whole = tuple(_layout(view))
    asked: set[ActionType] = {_BACK, *(action for row in whole for action in row)}
    allowed = allowed_actions(view.task, _unheld(view.reader), view.now, among=asked)
    if c.Resume in allowed:
        allowed -= {c.Start}
    layout = [tuple(action for action in row if action in allowed) for row in whole]
    rows = [tuple(_button(view, action) for action in row) for row in layout if row]
    if view.reader is not None and view.reader.id in on_scene(view.task):
        rows.append((button(view.texts("button-mayday"), Action.MAYDAY, view.task.id),))
    if not view.outpaced and not _asked(view):
        history = button(view.texts("button-history"), Action.HISTORY, view.task.id)
        beside = rows.pop() if layout and layout[-1] == (c.AddNote,) else ()
        rows.append((*beside, history))
    rows += _of_its_kind(view)
    rows += _of_the_reporter(view)
    if _BACK in allowed and view.part is not None and view.part.state.holds:
        rows.append((_button(view, _BACK),))
    return tuple(rows)


def close_all_button(task: Task, author: str, texts: Texts) -> Button:
    """*Cerrar todas las de …*."""
    return button(texts("button-close-all", who=Html(author)), Action.CLOSE_ALL, task.id)


def _of_the_reporter(view: ReaderView) -> Iterator[tuple[Button, ...]]:
    """Where one reporter has several open: what joined, and the end of all of them, for those who oversee it."""
    task, texts = view.task, view.texts
    if not view.oversees or task.state.closed or not (task.joined or task.earlier):
        return
    who = reporter_of(view.file, texts)
    if task.joined:
        yield (button(texts("button-reports", count=task.joined), Action.REPORTS, task.id, 0),)
    yield (close_all_button(task, who, texts),)


def _of_its_kind(view: ReaderView) -> Iterator[tuple[Button, ...]]:
    """*Clase* of an open emergency, for its reporter and those who oversee it, where the agency has kinds."""
    task = view.task
    if task.work is not None and task.emergency and not task.state.closed and (view.oversees or view.reports):
        yield (button(view.texts("button-kind"), Action.KIND, task.id, task.version),)


def step_button(task: Task, command: ActionType, texts: Texts) -> Button:
    """The button of one step away from the card: its label names the task too."""
    action, key = _BUTTONS[command]
    return button(texts("button-of", label=texts(key), code=task.code), action, task.id, task.version)


def reinforce_button(task: Task, seats: int, label: Html) -> Button:
    """*Pido refuerzo*, to be so many: pressed twice, it asks once."""
    return button(label, Action.REINFORCE, task.id, task.version, seats)


def open_button(task: Task, texts: Texts, action: Action = Action.OPEN_CARD) -> Button:
    """The button that shows a task's card, or something else of it."""
    title = Html(user_text(task.title, LABEL_SHOWN))  # a button's label is no HTML
    return button(texts("button-of", label=title, code=task.code), action, task.id)


def _unheld(reader: Person | None) -> Person | None:
    """The reader as if no other emergency kept them: one begins and ends without drawing this card anew.

    A press that is refused for it says so.
    """
    return replace(reader, hold=None) if reader is not None and reader.hold is not None else reader


def _layout(view: ReaderView) -> Iterator[tuple[ActionType, ...]]:
    part = view.part
    if part is not None and part.state.holds:
        yield from _OWN
    elif part is not None:
        yield from _OFFER
    if view.oversees or view.reports:
        yield from _CHARGE
        yield from _AGAIN
        yield from _END if view.task.drill else ()
        yield from _PLACE if view.reports and view.task.urgent else ()
        if view.reader is not None and not (part is not None and part.state.holds):
            yield from _NOTE


def _asked(view: ReaderView) -> bool:
    """Whether the reader has nothing to decide but whether to go.

    After *No puedo* there is *Historia* where that button was, so that no second tap meets *Voy*.
    """
    part = view.part
    waiting = part is not None and not part.state.holds and part.state is not AssignmentState.DECLINED
    return waiting and not (view.oversees or view.reports)


def _button(view: ReaderView, command: ActionType) -> Button:
    action, key = _BUTTONS[command]
    if command is st.Reinforce:
        return reinforce_button(view.task, view.task.seats + 1, view.texts(key))
    if command is c.Complete and view.task.drill:
        key = "button-end-drill"
    if command is c.Locate and (view.task.place is not None or view.task.address is not None):
        key = "button-relocate"
    return button(view.texts(key), action, view.task.id, view.task.version)
