"""``/invitar``: a link that lets one person in, once, with the role that the administrator names."""

from hashlib import sha256

from bot.conversation.private_reply import private_reply
from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.access.access_view import invitation_screen, which_role_screen
from bot.features.access.rises import say_that_it_waits
from bot.parsing.roles import role_of
from bot.ui.buttons import Action, NotOurs
from core.desk.outcome import Refused
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.words import Role


@command("invite", role=Role.ADMIN)
async def invite(turn: CommandTurn) -> None:
    """``/invitar agente``. The desk keeps only the token's digest; the link is said to nobody but who asked."""
    role = role_of(turn.words)
    if role is None:
        turn.say(which_role_screen(turn.texts))
    else:
        await _invite(turn, role)


@press(Action.INVITE, on_page(ScreenKind.INVITE, asked=True, words=1), role=Role.ADMIN)
async def invite_as(turn: PressTurn) -> None:
    """*Agente*, *Supervisor*, *Administrador*.

    Raises:
        NotOurs: no button of this version says that.
    """
    try:
        role = Role(turn.press.number(0))
    except ValueError as error:
        raise NotOurs(turn.press.action.value) from error
    await _invite(turn, role)


async def _invite(turn: RegisteredTurn, role: Role) -> None:
    # The token comes from the update, so that the link is the same when the update is handled again.
    token = turn.secret_word()
    outcome = await turn.execute(c.Invite(role=role, token_digest=sha256(token.encode()).hexdigest()))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    for event in outcome.events:
        if isinstance(event, e.Invited):
            private_reply(turn, invitation_screen(turn.bot_name, token, event.role, event.expires_at, turn.texts))
    say_that_it_waits(turn, outcome)
