"""Words, a photo or a voice that no form waits for: in the middle of an emergency they belong to it."""

from msgspec.structs import replace

from bot.cards.card_buttons import step_button
from bot.conversation.contents import evidence_in, text_of, words_in
from bot.conversation.turn import MessageTurn, RegisteredTurn
from bot.features.emergency.afterwards import closed_lately, pass_on, passed_on_screen
from bot.features.emergency.call import cries, offer, offer_call
from bot.features.tasks.notes import add_note
from bot.features.tasks.said_step import steps_said
from bot.parsing.calls import nothing_but_cries
from bot.parsing.typed_command import TypedCommand, names_within
from bot.ui.call_button import call_button
from bot.ui.emergency_names import is_emergency
from bot.ui.forms import said
from bot.ui.screen import Button, Screen
from core.desk.outcome import Refused
from core.queries.queries import Which
from core.rules.reporting import TITLE_LIMIT
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.words import Lane

LOOKED_AT = 10


async def spoken(turn: MessageTurn) -> None:
    """A note to the emergency that the person holds or reported; with none open, the button that does what they say.

    Their own that was closed a few minutes ago is as good as open: what they send reaches those who had it.

    Nobody who runs or hides types a code first.
    """
    task = await emergency_of(turn)
    if task is None:
        closed = await closed_lately(turn)
        if closed is None or not await pass_on(turn, closed, *await steps_said(turn, text_of(turn.message))):
            await _unasked(turn)
        return
    if not words_in(turn.message).strip() and evidence_in(turn.message) is None:
        note = step_button(task, c.AddNote, turn.texts)
        turn.say(Screen(text=turn.texts("note-no-such", code=task.code), buttons=((note,),)))
        return
    outcome = await add_note(turn, task.id)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        kept, buttons = said("note-taken-up", turn.texts, code=task.code), await _beside(turn, task)
        turn.say(replace(kept, buttons=buttons, reply_to=turn.message.message_id if buttons else None))
        await _name(turn, task)


async def unkept(turn: MessageTurn) -> None:
    """Answer words as any others are answered, without keeping them: whoever looks on sees nothing of note."""
    task, closed = await emergency_of(turn), await closed_lately(turn)
    if task is not None:
        turn.say(said("note-taken-up", turn.texts, code=task.code))
    elif closed is not None:
        turn.say(passed_on_screen(turn, closed), lane=Lane.EMERGENCY)
    else:
        await offer(turn)


async def may_belong(turn: MessageTurn) -> bool:
    """Tells whether it may belong to an emergency, and so is never passed over."""
    return await emergency_of(turn) is not None or await closed_lately(turn) is not None


def called_within(text: str) -> TypedCommand | None:
    """``ayuda /emergencia``: the emergency's name after nothing but cries for help. Other words may be about it."""
    for before, name, after in names_within(text) if "/" in text else ():
        if is_emergency(name) and nothing_but_cries(before):
            return TypedCommand(name=name, addressee="", words=after.strip() or before.strip(), plain=True)
    return None


async def overheard(turn: MessageTurn) -> None:
    """Words in a group, or to a form: only a cry for help is answered, with the button that calls for it."""
    if cries(turn):
        offer_call(turn)
    elif turn.arrival.album:
        turn.results.offered = True


async def _unasked(turn: MessageTurn) -> None:
    if turn.arrival.album and not text_of(turn.message):
        turn.results.offered = True  # the question is there, about the whole album
        return
    steps = await steps_said(turn, text_of(turn.message))
    if steps:
        turn.say(Screen(text=turn.texts("said-step"), buttons=steps))
    else:
        await offer(turn)


async def _beside(turn: MessageTurn, task: Task) -> tuple[tuple[Button, ...], ...]:
    """The step that the words say; and the call for help of whoever came to help."""
    steps = await steps_said(turn, text_of(turn.message))
    cried = cries(turn) and task.reporter != turn.caller.id
    return (*steps, (call_button(turn.person.id, turn.texts),)) if cried else steps


async def _name(turn: MessageTurn, task: Task) -> None:
    """Take the reporter's first words as the title of an emergency that was called without any."""
    words = " ".join(text_of(turn.message).split())
    if task.title or task.alarm is not None or task.reporter != turn.caller.id:
        return
    if words and len(words) <= TITLE_LIMIT:
        await turn.execute(c.Revise(task=task.id, title=words))


async def emergency_of(turn: RegisteredTurn) -> Task | None:
    """The one they hold, else the newest that they reported; never a silent alarm about themselves."""
    person = turn.person
    page = await turn.queries.tasks_of(person.id, Which.OPEN, most=LOOKED_AT)
    emergencies = [task for task in page.tasks if task.emergency and not task.hides_from(person.id)]
    held = (task for task in emergencies if task.id == person.hold)
    reported = (task for task in emergencies if task.reporter == person.id)
    return next(held, None) or next(reported, None)
