"""Several open emergencies of one reporter: *Es otra*, the list of what joined, and *Cerrar todas*."""

from bot.conversation.registry import press
from bot.conversation.standings import CARDS, ScreenKind, on_page
from bot.conversation.task_steps import seen_file
from bot.conversation.turn import PressTurn
from bot.features.emergency import shares_view as view
from bot.features.tasks.reopening_view import too_late_screen
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from bot.ui.refusals import refusal_screen
from bot.ui.texts import Html
from core.desk.joined_reports import reports_in
from core.desk.outcome import Refused
from core.notifications.notifications import TaskContext
from core.rules.situation import Report
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import shares as s
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Role


@press(Action.TAKE_OUT, on_page(ScreenKind.ANSWER), role=Role.SUPERVISOR)
async def take_out(turn: PressTurn) -> None:
    """*Es otra*: the report becomes an emergency of its own."""
    outcome = await turn.execute(s.TakeOut(task=turn.press.number(0), number=turn.press.number(1)))
    if not isinstance(outcome, Refused):
        turn.want_card(outcome.task.id, notify=True)
    elif outcome.refusal.reason is Reason.DUPLICATE and outcome.refusal.task is not None:
        turn.want_card(outcome.refusal.task, notify=True)
    else:
        await turn.refuse(outcome.refusal)


@press(Action.REPORTS, on_page(*CARDS), role=Role.SUPERVISOR)
async def reports(turn: PressTurn) -> None:
    """*Sumadas*: a page of the reports that joined."""
    file = await seen_file(turn, turn.press.number(0))
    if file is None:
        return
    after = max(0, turn.press.number(1))
    found = await _reports(turn, file.task)
    page, rest = found[after : after + view.SHOWN], len(found) > after + view.SHOWN
    more = after + view.SHOWN if rest else None
    screen = view.reports_screen(file.task, page, _author(turn, file), after=after, more=more, texts=turn.texts)
    if after or len(turn.press.words) > 2:
        turn.redraw(screen)
    else:
        turn.say(screen)


@press(
    Action.CLOSE_ALL,
    on_page(ScreenKind.SURE, ScreenKind.ANSWER, words=2, asked=True),
    on_page(*CARDS, words=1),
    role=Role.SUPERVISOR,
)
async def close_all(turn: PressTurn) -> None:
    """*Cerrar todas las de …*: asks whether it is meant; then *Sí* or *No*, and *Deshacer*.

    Raises:
        NotOurs: no button of this version says that.
    """
    task_id = turn.press.number(0)
    match turn.press.words[1:]:
        case ():
            await _ask(turn, task_id)
        case (word,) if word == view.YES:
            await _close(turn, task_id)
        case (word,) if word == view.NO:
            turn.redraw(said("not-closed-all", turn.texts))
        case (word,) if word == view.BACK:
            await _undo(turn, task_id)
        case _:  # no button of ours says anything else
            raise NotOurs(turn.press.action.value)


async def _ask(turn: PressTurn, task_id: int) -> None:
    file = await seen_file(turn, task_id)
    if file is not None:
        count = await turn.queries.open_reports(file.task)
        turn.say(view.close_all_screen(file.task, _author(turn, file), count, turn.texts))


async def _close(turn: PressTurn, task_id: int) -> None:
    outcome = await turn.execute(c.Cancel(task=task_id, others=True))
    if isinstance(outcome, Refused):
        turn.redraw(refusal_screen(outcome.refusal, None, turn.texts))
        return
    file = await turn.queries.task_file(task_id)
    author = _author(turn, file) if file is not None else turn.texts("somebody")
    window = turn.services.rules.undo_window
    turn.redraw(view.closed_all_screen(outcome.task, author, window, turn.texts))


async def _undo(turn: PressTurn, task_id: int) -> None:
    outcome = await turn.execute(c.Undo(task=task_id, others=True))
    if not isinstance(outcome, Refused):
        turn.redraw(said("closed-all-undone", turn.texts))
    elif outcome.refusal.reason is Reason.UNDO_OVER:
        instead = frozenset({c.Reopen})
        turn.redraw(too_late_screen(outcome.refusal, None, outcome.task, instead, turn.texts))
    else:
        await turn.refuse(outcome.refusal)


async def _reports(turn: PressTurn, task: Task) -> list[Report]:
    """The reports that joined and are there, oldest first."""
    return [one for one in reports_in(await turn.queries.reports(task.id)) if one.into is None]


def _author(turn: PressTurn, file: TaskContext) -> Html:
    return view.author_of(file, turn.texts)
