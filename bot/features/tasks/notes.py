"""Notes and evidence: ``/nota``, and the *Nota* button with the message that follows it."""

from bot.conversation import forms
from bot.conversation.albums import noted_to
from bot.conversation.contents import evidence_in, place_in, words_in
from bot.conversation.registry import command, press
from bot.conversation.standings import OWN, opens
from bot.conversation.task_steps import asked_task, seen_file
from bot.conversation.turn import AnswerTurn, CommandTurn, MessageTurn, PressTurn, RegisteredTurn
from bot.features.safety.presence import here
from bot.features.tasks.on_behalf_view import open_radio_button
from bot.ui.buttons import Action
from bot.ui.forms import note_wanted, said
from bot.ui.screen import Button
from core.desk.outcome import Refused, TaskDone, TaskOutcome
from core.state.task import code_of
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Role
from storage.repositories.forms import Form

KIND, STEP = "nota", "texto"
TASK, ALBUM = "task", "album"


@command("note", role=Role.AGENT)
async def note(turn: CommandTurn) -> None:
    """``/nota T-000123 text``; with the code alone, what follows is the note."""
    asked = await asked_task(turn, "note")
    if asked is None:
        return
    if not asked.rest and evidence_in(turn.message) is None:
        await _want(turn, asked.task)
    else:
        await _confirm(turn, await add_note(turn, asked.task, asked.rest))


@press(Action.NOTE, opens(*OWN))
async def note_button(turn: PressTurn) -> None:
    """*Nota*: asks what there is to note."""
    await _want(turn, turn.press.number(0))


async def _want(turn: RegisteredTurn, task_id: int) -> None:
    if await seen_file(turn, task_id) is not None:
        await _ask(turn, forms.begin(turn, KIND, STEP, **{TASK: task_id}))


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    code = code_of(form.data[TASK])
    by_radio = await _by_radio(turn, form.data[TASK])
    screen = note_wanted(code, forms.sheet(turn, form), private=turn.private, texts=turn.texts, instead=by_radio)
    forms.show(turn, screen)


async def _by_radio(turn: RegisteredTurn, task_id: int) -> tuple[Button, ...]:
    """*Por radio*, where somebody is asked or goes whose words a supervisor may be about to note."""
    if turn.caller.role < Role.SUPERVISOR:
        return ()
    file = await turn.queries.task_file(task_id)
    somebody = file is not None and (file.task.owner is not None or bool(file.task.offers))
    return (open_radio_button(task_id, turn.texts),) if somebody else ()


async def _answer(turn: AnswerTurn) -> None:
    """Words or evidence; the pictures of one album are all kept."""
    album, task_id = turn.form.data.get(ALBUM), turn.form.data[TASK]
    if album is not None and turn.message.media_group_id != album:
        await _too_late(turn, task_id)
        return
    evidence, words = evidence_in(turn.message), words_in(turn.message)
    if evidence is None and not words.strip():
        turn.say(said("note-no-such", turn.texts, code=code_of(task_id)))
        return
    outcome = await add_note(turn, task_id)
    if isinstance(outcome, Refused) and outcome.refusal.reason is Reason.TOO_LONG:
        await turn.refuse(outcome.refusal)
    elif isinstance(outcome, TaskDone) and turn.message.media_group_id is not None:
        if album is None:
            await _settle(turn, outcome)
        forms.go_on(turn, turn.form, STEP, **{ALBUM: turn.message.media_group_id})
    else:
        await _settle(turn, outcome)
        await forms.end(turn)


async def keep_evidence(turn: MessageTurn, task_id: int, *, more: bool = False) -> None:
    """Add what came with the command that made a task: its words are the title already.

    ``more``: it goes with a report that joined the task.
    """
    if evidence_in(turn.message) is not None:
        outcome = await add_note(turn, task_id, "", more=more)
        if isinstance(outcome, Refused):
            await turn.refuse(outcome.refusal)


async def follow_album(turn: MessageTurn) -> bool:
    """Note a picture where those of its album before it were noted, which was answered then; False: it is none."""
    task_id = noted_to(turn.arrival)
    if task_id is None or evidence_in(turn.message) is None:
        return False
    outcome = await add_note(turn, task_id)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    return True


async def add_note(turn: MessageTurn, task_id: int, text: str | None = None, *, more: bool = False) -> TaskOutcome:
    """Add the message's words (or ``text``) and its evidence as a note."""
    evidence = evidence_in(turn.message)
    outcome = await turn.execute(
        c.AddNote(
            task=task_id,
            text=words_in(turn.message) if text is None else text,
            media=evidence.media if evidence is not None else None,
            attachment=evidence.file_id if evidence is not None else None,
            more=more or any(picture.task == task_id for picture in turn.arrival.album),
        )
    )
    if isinstance(outcome, TaskDone):
        turn.results.noted = task_id
    return outcome


async def _too_late(turn: MessageTurn, task_id: int) -> None:
    """The album is over, and this is something else."""
    await forms.end(turn)
    if place_in(turn.message) is not None:
        await here(turn)
    else:
        turn.say(said("note-album-over", turn.texts, code=code_of(task_id)))


async def _settle(turn: AnswerTurn, outcome: TaskOutcome) -> None:
    """Say what came of it; the question is answered, and there is nothing to cancel any more."""
    code = code_of(turn.form.data[TASK])
    forms.change(turn, said("note-answered", turn.texts, code=code))
    await _confirm(turn, outcome)


async def _confirm(turn: RegisteredTurn, outcome: TaskOutcome) -> None:
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(said("note-kept", turn.texts, code=outcome.task.code))


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    """The only button is *Cancelar*, which every form has."""
    turn.say(said("form-step-over", turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
