"""``/radio @beto llegó T-12``: a supervisor notes on somebody's behalf what they said by radio or telephone."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from telegram import MaybeInaccessibleMessage, Message, MessageEntity

from bot.conversation.contents import line_of
from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page, opens
from bot.conversation.task_steps import seen_file
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.conversation.which_task import which_task
from bot.features.access.named_person import person_meant
from bot.features.tasks.on_behalf_view import (
    ASK,
    WORDS_LIMIT,
    Sayable,
    not_noted_screen,
    noted_heading,
    person_button,
    quoting,
    radio_screen,
)
from bot.parsing.mentions import mentions_in
from bot.parsing.radio_words import Heard, going_on, heard_in
from bot.ui import user_text
from bot.ui.buttons import Action, NotOurs
from bot.ui.dispositions import disposition_in
from bot.ui.forms import said
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.queries.allowed_actions import ActionType, allowed_actions
from core.queries.queries import Which
from core.rules.permissions import on_behalf
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary.lookalikes import looks
from core.vocabulary.radio_steps import RadioStep
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState, Role

LOOKED_AT, SHOWN, NAME_WORDS = 20, 8, 4

Show = Callable[[Screen], None]
Step = c.Accept | c.Decline | c.Depart | c.Arrive | c.Start | c.Pause | c.Resume | c.Complete | c.Undo

# The first that is possible: whoever has accepted already departs with their "voy".
_STEPS: dict[RadioStep, tuple[type[Step], ...]] = {
    RadioStep.GO: (c.Accept, c.Depart),
    RadioStep.DEPART: (c.Depart,),
    RadioStep.ARRIVE: (c.Arrive,),
    RadioStep.START: (c.Start,),
    RadioStep.PAUSE: (c.Pause,),
    RadioStep.RESUME: (c.Resume,),
    RadioStep.COMPLETE: (c.Complete,),
    RadioStep.DECLINE: (c.Decline,),
    RadioStep.UNDO: (c.Undo,),
}
_OFFERED = tuple(step for step in _STEPS if step is not RadioStep.UNDO)
_TAKEN_BACK = (RadioStep.DECLINE, RadioStep.COMPLETE)


@command("radio", role=Role.SUPERVISOR)
async def radio(turn: CommandTurn) -> None:
    """``/radio @beto llegó T-12 canal 3``; what is missing is asked for with buttons."""
    text, mentions = mentions_in(*line_of(turn))
    heard = _if_clear(heard_in(text) if mentions else await _named_after(turn, heard_in(text)))
    if not text and not mentions:
        turn.say(await which_task(turn, "radio", turn.texts("example-radio")))
    elif mentions or heard.name:
        door = partial(person_button, task=heard.task, step=heard.step)
        quote = partial(quoting, words=heard.words, texts=turn.texts)
        person = await person_meant(turn, mentions, heard.name, door=door, quote=quote)
        if person is not None:
            await _of_person(turn, person, heard)
    elif heard.task is not None:
        await _of_task(turn, heard, turn.say)
    else:
        turn.say(said("radio-who", turn.texts, example=turn.texts("example-radio")))


async def _named_after(turn: CommandTurn, heard: Heard) -> Heard:
    """``llegó Beto T-12``: the words after the step begin with a name."""
    words = heard.words.split()
    if heard.name or heard.step is None or len(heard.words) > WORDS_LIMIT:
        return heard
    for count in range(min(len(words), NAME_WORDS), 0, -1):
        name = " ".join(words[:count])
        for person in await turn.queries.people_called(name, active=True, most=LOOKED_AT):
            if looks("".join(person.name.split()[:count])) == looks(name):
                left = going_on(heard.goes_on.split()[count:])
                return replace(heard, name=name, words=" ".join(words[count:]), goes_on=left)
    return heard


def _if_clear(heard: Heard) -> Heard:
    """Without the step where its words go on: what they say then, the supervisor is asked."""
    return replace(heard, step=None) if heard.goes_on else heard


@press(
    Action.ON_BEHALF,
    opens(ScreenKind.ANSWER, ScreenKind.FORM, words=1),
    on_page(ScreenKind.ANSWER, words=3),
    role=Role.SUPERVISOR,
)
async def radio_button(turn: PressTurn) -> None:
    """*Por radio* opens the steps of a task; a step, or a person, is noted or asked about in the same message.

    Raises:
        NotOurs: it names nobody, or no step.
    """
    task_id = turn.press.number(0)
    if len(turn.press.words) == 1:
        await _of_task(turn, Heard(task=task_id), turn.say)
        return
    person = await turn.queries.person(turn.press.number(1))
    if person is None:
        raise NotOurs(turn.press.action.value)
    task, word = task_id or None, turn.press.words[2]
    words = _quoted(turn.update.effective_message)
    if word == ASK:
        await _of_person(turn, person, Heard(task=task, words=words), turn.redraw)
        return
    try:
        step = RadioStep(word)
    except ValueError as error:
        raise NotOurs(word) from error
    await _of_person(turn, person, Heard(task=task, step=step, words=words), turn.redraw)


def _quoted(message: MaybeInaccessibleMessage | None) -> str:
    """The words that a message quotes; none of one that Telegram has forgotten."""
    quotes = message.parse_entities([MessageEntity.BLOCKQUOTE]) if isinstance(message, Message) else {}
    return " ".join(quotes.values())


async def _of_task(turn: RegisteredTurn, heard: Heard, show: Show) -> None:
    """Ask who said what of a task; note it at once where only one can have said it, and no words may name another."""
    file = await seen_file(turn, heard.task) if heard.task is not None else None
    if file is None:
        return
    people = [file.people[part.agent] for part in file.task.assignments if part.agent in file.people]
    lines = [line for person in people[:SHOWN] if (line := _sayable(turn, file.task, person, heard.step)) is not None]
    if heard.step is not None and len(lines) == 1 and not heard.words:
        await _note(turn, lines[0].person, heard, show)
    elif len(lines) == 1:
        what = turn.texts("radio-what", who=user_text.who(lines[0].person))
        show(radio_screen(quoting(what, heard.words, turn.texts), lines, turn.texts))
    elif lines:
        which = turn.texts("radio-which", code=file.task.code)
        show(radio_screen(quoting(which, heard.words, turn.texts), lines, turn.texts))
    else:
        show(said("radio-nobody", turn.texts, code=file.task.code))


async def _of_person(turn: RegisteredTurn, person: Person, heard: Heard, show: Show | None = None) -> None:
    """Note what the person said; where the step or the task is open, ask with a button for each that it may be."""
    show = show or turn.say
    if heard.step is RadioStep.FINE or (heard.step is not None and heard.task is not None):
        await _note(turn, person, heard, show)
        return
    tasks = await _tasks(turn, person, heard.task)
    lines = [line for task in tasks if (line := _sayable(turn, task, person, heard.step)) is not None]
    if heard.step is not None and len(lines) == 1 and lines[0].task is not None:
        await _note(turn, person, replace(heard, task=lines[0].task.id), show)
        return
    if heard.step is None and await turn.queries.check_in(person.account) is not None:
        lines.append(Sayable(person=person, task=None, steps=(RadioStep.FINE,)))
    if not lines and heard.step is not None:
        # The process died after it was noted, before this was said: what fitted then fits no more.
        command = _STEPS[heard.step][0](task=0)
        before = await turn.services.desk.done_before(turn.next_key(), command)
        if before is not None:
            show(_noted_screen(turn, person, heard.step, before.task))
            return
    key = "radio-what" if lines else "radio-nothing"
    heading = turn.texts(key, who=user_text.who(person))
    show(radio_screen(quoting(heading, heard.words, turn.texts) if lines else heading, lines[:SHOWN], turn.texts))


async def _tasks(turn: RegisteredTurn, person: Person, task: int | None) -> tuple[Task, ...]:
    """The task that was named, else what the person is asked to do or does; in a group nothing silent."""
    if task is not None:
        file = await turn.queries.task_file(task)
        found: tuple[Task, ...] = (file.task,) if file is not None else ()
    else:
        found = (await turn.queries.tasks_of(person.id, Which.OPEN, most=LOOKED_AT)).tasks
    return tuple(one for one in found if not one.hides_from(turn.person.id) and (turn.private or not one.silent))


def _sayable(turn: RegisteredTurn, task: Task, person: Person, only: RadioStep | None) -> Sayable | None:
    """The steps (or the one) that the person may take on the task now; None for none."""
    part = task.part_of(person.id)
    if part is None or part.state is AssignmentState.RELEASED:
        return None
    wanted = _OFFERED if only is None else (only,)
    among: frozenset[ActionType] = frozenset(kind for step in wanted for kind in _STEPS[step])
    allowed = allowed_actions(task, person, turn.now, among=among)
    # "Voy" of whoever has it already is "en camino", which has a button of its own.
    steps = tuple(
        step for step in wanted if any(kind in allowed for kind in (_STEPS[step] if only else _STEPS[step][:1]))
    )
    return Sayable(person=person, task=task, steps=steps) if steps else None


async def _note(turn: RegisteredTurn, person: Person, heard: Heard, show: Show) -> None:
    """Note the step, and offer those that may come next."""
    step = heard.step
    assert step is not None  # what is open was asked for before
    if len(heard.words) > WORDS_LIMIT:
        await turn.refuse(Refusal(reason=Reason.TOO_LONG, task=heard.task, limit=WORDS_LIMIT))
    elif step is RadioStep.FINE:
        await _note_fine(turn, person, heard, show)
    elif heard.task is not None and (file := await seen_file(turn, heard.task)) is not None:
        await _note_step(turn, person, heard, step, file.task, show)


async def _note_fine(turn: RegisteredTurn, person: Person, heard: Heard, show: Show) -> None:
    outcome = await turn.services.desk.execute(
        cc.AnswerCheckIn(person=person.id),
        caller=on_behalf(person, turn.person),
        key=turn.next_key(),
        reason=heard.words,
    )
    if isinstance(outcome, Refused):
        show(said("radio-no-check-in", turn.texts, who=user_text.who(person)))
    else:
        show(Screen(text=noted_heading(person, RadioStep.FINE, None, turn.texts)))


async def _note_step(
    turn: RegisteredTurn, person: Person, heard: Heard, step: RadioStep, task: Task, show: Show
) -> None:
    kinds = _STEPS[step]
    allowed = allowed_actions(task, person, turn.now, among=kinds)
    kind = next((one for one in kinds if one in allowed), kinds[0])
    command = kind(task=task.id)
    if isinstance(command, c.Complete):
        known = turn.services.rules.dispositions
        command = replace(command, disposition=disposition_in(heard.words, known, turn.texts))
    outcome = await turn.services.desk.execute(
        command, caller=on_behalf(person, turn.person), key=turn.next_key(), reason=heard.words
    )
    if isinstance(outcome, Refused):
        refusal = outcome.refusal
        named = await turn.queries.person(refusal.person) if refusal.person is not None else None
        show(not_noted_screen(refusal, person, outcome.task, named, turn.texts))
        return
    show(_noted_screen(turn, person, step, outcome.task))


def _noted_screen(turn: RegisteredTurn, person: Person, step: RadioStep, task: Task) -> Screen:
    following = _sayable(turn, task, person, None)
    steps = following.steps if following is not None else ()
    if step in _TAKEN_BACK:
        steps = (RadioStep.UNDO, *steps)
    heading = noted_heading(person, step, task, turn.texts)
    return radio_screen(heading, [Sayable(person=person, task=task, steps=steps)], turn.texts)
