"""``/start``: asking to be let in, with an invitation or without; and the administrators' answer."""

from hashlib import sha256

from bot.conversation.privacy_notice import inform, with_notice
from bot.conversation.registry import entry_command, press
from bot.conversation.seen_names import name_of
from bot.conversation.standings import ScreenKind, of_card, request
from bot.conversation.turn import EntryTurn, PressTurn
from bot.features.access import access_view
from bot.features.access.rises import say_that_it_waits
from bot.ui.buttons import Action, NotOurs
from core.desk.outcome import PersonOutcome, Refused
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Role


@entry_command("start")
async def start(turn: EntryTurn) -> None:
    """Ask for access; whoever is in reads what they can do."""
    user = turn.update.effective_user
    if user is None:
        return
    if not turn.private:
        _in_a_group(turn)
        return
    token = turn.words.strip()
    outcome = await turn.enter(
        c.Enter(
            account=user.id,
            name=name_of(user, turn.texts),
            username=user.username,
            token_digest=sha256(token.encode(errors="replace")).hexdigest() if token else None,
        )
    )
    if not isinstance(outcome, Refused):
        # The desk itself welcomes a person who is let in at once.
        if not any(isinstance(event, e.Admitted) for event in outcome.events):
            turn.say(await with_notice(turn, outcome.person, access_view.requested_screen(turn.texts)))
        else:
            await inform(turn, outcome.person)
    elif outcome.refusal.reason is Reason.ALREADY and turn.person is not None:
        turn.say(await with_notice(turn, turn.person, access_view.welcome_screen(turn.person, turn.texts)))
    else:
        await turn.refuse(outcome.refusal)


@press(Action.ADMIT, of_card(ScreenKind.REQUEST, request, words=2, private=True), role=Role.ADMIN)
async def admit(turn: PressTurn) -> None:
    """*Agente*, *Supervisor* or *Administrador* on a request."""
    role = role_at(turn, 1)
    await explain(turn, await turn.execute(c.Admit(person=turn.press.number(0), role=role)))


@press(Action.REJECT, of_card(ScreenKind.REQUEST, request, words=1, private=True), role=Role.ADMIN)
async def reject(turn: PressTurn) -> None:
    """*Rechazar* on a request."""
    await explain(turn, await turn.execute(c.Reject(person=turn.press.number(0))))


def role_at(turn: PressTurn, index: int) -> Role:
    """The role that a button carries; NotOurs where it carries none.

    Raises:
        NotOurs: no button of this version says that.
    """
    try:
        return Role(turn.press.number(index))
    except ValueError as error:
        raise NotOurs(turn.press.action.value) from error


async def explain(turn: PressTurn, outcome: PersonOutcome) -> None:
    """Every administrator's card says what was decided; a press that came too late is told why nothing changed."""
    if not isinstance(outcome, Refused):
        say_that_it_waits(turn, outcome)
        return
    refusal = outcome.refusal
    person = await turn.queries.person(refusal.person) if refusal.person is not None else None
    if refusal.reason is Reason.ALREADY and person is not None:
        decision = await turn.queries.letting_in(person.id)
        by = await turn.queries.person(decision.by) if decision is not None and decision.by is not None else None
        turn.say(access_view.unchanged_screen(person, decision, by, turn.texts))
    else:
        await turn.refuse(refusal)


def _in_a_group(turn: EntryTurn) -> None:
    if turn.person is not None and turn.person.active:
        turn.say(access_view.welcome_screen(turn.person, turn.texts))
    else:
        turn.say(access_view.come_in_private_screen(turn.bot_name, turn.texts))
