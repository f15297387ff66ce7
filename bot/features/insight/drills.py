"""``/simulacro``: the real chain, for practice."""

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import CommandTurn, PressTurn
from bot.features.insight import drills_view as views
from bot.features.insight.insight import unit_meant
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from core.desk.outcome import Refused
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role


@command("drill", role=Role.ADMIN)
async def drill(turn: CommandTurn) -> None:
    """``/simulacro [unit]``: asks whether it is meant, for everybody gets an alert."""
    unit, words = await unit_meant(turn)
    if words:
        await turn.refuse(Refusal(reason=Reason.UNKNOWN_UNIT))
    else:
        turn.say(views.begin_screen(unit, turn.services.rules.drill_length, turn.texts))


@press(Action.DRILL, on_page(ScreenKind.DRILL, asked=True, words=2), role=Role.ADMIN)
async def answer(turn: PressTurn) -> None:
    """*Sí, empezar* or *No*.

    Raises:
        NotOurs: no button of this version says that.
    """
    number = turn.press.number(0)
    unit = await turn.queries.unit(number) if number != views.NO_UNIT else None
    match turn.press.words[1:]:
        case (word,) if word == views.LEAVE:
            turn.redraw(said("drill-left", turn.texts))
        case (word,) if word == views.BEGIN and (unit is not None or number == views.NO_UNIT):
            await _begin(
                turn,
                c.OpenEmergency(
                    title=views.title_of(unit, turn.texts), sent_at=turn.now, unit=number or None, drill=True
                ),
            )
        case _:  # no button of the desk's says this
            raise NotOurs(turn.press.action.value)


async def _begin(turn: PressTurn, opening: c.OpenEmergency) -> None:
    outcome = await turn.execute(opening)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.redraw(said("drill-begun", turn.texts, code=outcome.task.code))
