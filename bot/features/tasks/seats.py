"""*Pido refuerzo* of whoever goes, and *Relevar* of one of them by a supervisor."""

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, of_crew, on_page
from bot.conversation.task_steps import press_step, pressed_task
from bot.conversation.turn import PressTurn
from bot.features.tasks.seats_view import reinforced, relieved
from bot.ui.buttons import Action, word_key
from core.desk.outcome import Refused
from core.vocabulary import seats as st
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Lane, Role


@press(Action.REINFORCE, of_crew(), on_page(ScreenKind.ANSWER, words=4))
async def reinforce(turn: PressTurn) -> None:
    """One press adds a seat and asks at once; the answer has buttons for more, and for capabilities."""
    task, seen = pressed_task(turn)
    known, key = turn.services.rules.capabilities, turn.press.words[3:]
    wanted = next((word for word in known if key and word_key(word) == key[0]), "")
    if key and not wanted:
        await turn.refuse(Refusal(reason=Reason.CAPABILITY, task=task))
        return
    done = await press_step(turn, st.Reinforce(task=task, seen=seen, seats=turn.press.number(2), wants=wanted))
    if done is not None:
        turn.say(reinforced(done, known, turn.texts, wanted=wanted), lane=Lane.ACTION)


@press(Action.RELIEVE, on_page(ScreenKind.PICKER, words=3), role=Role.SUPERVISOR)
async def relieve(turn: PressTurn) -> None:
    """*Relevar a X*, under the answer to *Asignar*: the one who is named need not go on."""
    task, seen = pressed_task(turn)
    agent_id = turn.press.number(2)
    outcome = await turn.execute(st.Relieve(task=task, seen=seen, agent=agent_id))
    agent = await turn.queries.person(agent_id)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    elif agent is not None:
        turn.redraw(relieved(outcome.task, agent, turn.texts))
