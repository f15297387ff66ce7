"""An emergency was closed and its reporter goes on: that still reaches those who had it and those who lead."""

from bot.cards.card_buttons import step_button
from bot.cards.card_lines import point
from bot.conversation.contents import evidence_in, place_in, words_in
from bot.conversation.turn import MessageTurn, RegisteredTurn
from bot.features.tasks.notes import add_note
from bot.ui.call_button import call_button
from bot.ui.screen import Button, Screen
from core.desk.outcome import Refused
from core.queries.queries import Which
from core.rules.reopening import is_lately_closed
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.places import on_earth
from core.vocabulary.words import Lane

LOOKED_AT = 10


async def closed_lately(turn: RegisteredTurn) -> Task | None:
    """The newest emergency of the person's own that was closed a few minutes ago."""
    person, window = turn.person, turn.services.rules.reopen_window
    page = await turn.queries.tasks_of(person.id, Which.CLOSED, most=LOOKED_AT)
    own = (task for task in page.tasks if task.reporter == person.id and not task.hides_from(person.id))
    return next((task for task in own if is_lately_closed(task, window, turn.now)), None)


async def pass_on(turn: MessageTurn, task: Task, *beside: tuple[Button, ...]) -> bool:
    """Pass words, evidence or a place on, with *Reabrir* and the call for help; False: it has none of these."""
    place, words = place_in(turn.message), words_in(turn.message)
    if turn.message.venue is None and place is not None and on_earth(place.lat, place.lon):
        words = "\n".join(part for part in (words, f"📍 {point(place)}") if part)
    if not words.strip() and evidence_in(turn.message) is None:
        return False
    outcome = await add_note(turn, task.id, words)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return True
    turn.say(passed_on_screen(turn, outcome.task, *beside), lane=Lane.EMERGENCY)
    return True


def passed_on_screen(turn: MessageTurn, task: Task, *beside: tuple[Button, ...]) -> Screen:
    """Say who reads it now, with the two ways to begin again."""
    rows = ((step_button(task, c.Reopen, turn.texts),), (call_button(turn.person.id, turn.texts),), *beside)
    text = turn.texts("note-afterwards", code=task.code)
    return Screen(text=text, buttons=rows, reply_to=turn.message.message_id)


async def place_afterwards(turn: MessageTurn) -> None:
    """Pass on where the reporter is, of an emergency that was closed a few minutes ago."""
    task = await closed_lately(turn) if turn.message.forward_origin is None else None
    if task is not None:
        await pass_on(turn, task)
