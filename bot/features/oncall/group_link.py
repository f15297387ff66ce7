"""``/vincular``: in a unit's group, by one of its supervisors or an administrator."""

from bot.conversation.registry import command
from bot.conversation.turn import CommandTurn
from bot.features.oncall import units_view as views
from bot.features.oncall.units import link
from bot.ui.forms import said
from core.state.units import Unit
from core.vocabulary.words import Role

UNITS_SHOWN = 20


@command("link", role=Role.SUPERVISOR)
async def link_group(turn: CommandTurn) -> None:
    """This group is the one of the caller's unit, or of the one that is named; whoever has none chooses."""
    if turn.private:
        turn.say(said("link-in-group", turn.texts))
        return
    unit = await _unit_meant(turn)
    if unit is not None:
        await link(turn, unit)
    elif turn.caller.role < Role.ADMIN:
        # Theirs is the only one that they may take, and they have none.
        turn.say(said("link-no-unit", turn.texts))
    else:
        page = await turn.queries.units(most=UNITS_SHOWN)
        turn.say(views.which_screen(page.units, turn.texts))


async def _unit_meant(turn: CommandTurn) -> Unit | None:
    if turn.words.strip():
        return await turn.queries.unit_named(turn.words)
    own = turn.person.unit
    return await turn.queries.unit(own) if own is not None else None
