"""Notes and evidence: ``/nota``, and the *Nota* button with the message that follows it."""

from bot.conversation import forms
from bot.conversation.contents import evidence_in, place_in, text_of
from bot.conversation.registry import command, press
from bot.conversation.task_steps import asked_task, seen_file
from bot.conversation.turn import Turn
from bot.features.safety.presence import here
from bot.ui.buttons import Action
from bot.ui.forms import note_wanted, said
from core.desk.desk import Outcome
from core.state.task import code_of
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Role

KIND, STEP = "nota", "texto"
TASK, ALBUM = "task", "album"


@command("nota", "note", role=Role.AGENT)
async def note(turn: Turn) -> None:
    """``/nota T-000123 text``; with the code alone, what follows is the note."""
    asked = await asked_task(turn, "nota")
    if asked is None:
        return
    if not asked.rest:
        await _want(turn, asked.task)
        return
    outcome = await turn.execute(c.AddNote(task=asked.task, text=asked.rest))
    await _confirm(turn, outcome)


@press(Action.NOTE)
async def note_button(turn: Turn) -> None:
    """*Nota*: asks what there is to note."""
    assert turn.press is not None
    await _want(turn, turn.press.number(0))


async def _want(turn: Turn, task_id: int) -> None:
    if await seen_file(turn, task_id) is not None:
        forms.begin(turn, KIND, STEP, **{TASK: task_id})
        await _ask(turn)


async def _ask(turn: Turn) -> None:
    assert turn.form is not None
    code = code_of(turn.form.data[TASK])
    screen = note_wanted(code, forms.sheet(turn), private=turn.private, texts=turn.texts)
    forms.show(turn, screen)


async def _answer(turn: Turn) -> None:
    """Words or evidence; the pictures of one album are all kept."""
    assert turn.form is not None
    assert turn.message is not None
    album, task_id = turn.form.data.get(ALBUM), turn.form.data[TASK]
    if album is not None and turn.message.media_group_id != album:
        await _too_late(turn, task_id)
        return
    evidence, words = evidence_in(turn.message), text_of(turn.message)
    if evidence is None and not words.strip():
        turn.say(said("note-no-such", turn.texts, code=code_of(task_id)))
        return
    outcome = await add_note(turn, task_id)
    if outcome.refusal is not None and outcome.refusal.reason is Reason.TOO_LONG:
        await turn.refuse(outcome.refusal)
    elif outcome.refusal is None and turn.message.media_group_id is not None:
        if album is None:
            await _settle(turn, outcome)
        forms.go_on(turn, STEP, **{ALBUM: turn.message.media_group_id})
    else:
        await _settle(turn, outcome)
        await forms.end(turn)


async def add_note(turn: Turn, task_id: int) -> Outcome:
    """What the message says and shows becomes a note."""
    evidence = evidence_in(turn.message)
    return await turn.execute(
        c.AddNote(
            task=task_id,
            text=text_of(turn.message),
            media=evidence.media if evidence is not None else None,
            file_id=evidence.file_id if evidence is not None else None,
        )
    )


async def _too_late(turn: Turn, task_id: int) -> None:
    """The album is over, and this is something else."""
    await forms.end(turn)
    if place_in(turn.message) is not None:
        await here(turn)
    else:
        turn.say(said("note-album-over", turn.texts, code=code_of(task_id)))


async def _settle(turn: Turn, outcome: Outcome) -> None:
    """Say what came of it; the question is answered, and there is nothing to cancel any more."""
    assert turn.form is not None
    code = code_of(turn.form.data[TASK])
    forms.change(turn, said("note-answered", turn.texts, code=code))
    await _confirm(turn, outcome)


async def _confirm(turn: Turn, outcome: Outcome) -> None:
    if outcome.refusal is not None:
        await turn.refuse(outcome.refusal)
    elif outcome.task is not None:
        turn.say(said("note-kept", turn.texts, code=outcome.task.code))


async def _press(turn: Turn, word: str) -> None:
    """The only button is *Cancelar*, which every form has."""
    turn.say(said("form-step-over", turn.texts))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
