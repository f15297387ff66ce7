"""``/usuarios``: leaf through the people, give a role, shut out and let in again."""

from bot.conversation.private_reply import private_reply
from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.access.access import role_at
from bot.features.access.access_view import BESIDE
from bot.features.access.named_person import CHOICE, which_one_screen
from bot.features.access.rises import say_that_it_waits
from bot.features.access.roster_view import (
    CONFIRMED,
    Group,
    disable_screen,
    page_door,
    person_screen,
    roster_screen,
    unknown_person_screen,
)
from bot.ui.buttons import Action, NotOurs, word_key
from bot.ui.screen import Screen
from core.desk.outcome import PersonOutcome, Refused
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.capabilities import Equip
from core.vocabulary.desk_events import Reading
from core.vocabulary.words import Membership, Role

PAGE = 8


@command("users", role=Role.ADMIN)
async def users(turn: CommandTurn) -> None:
    """The list of agents, with the way to the others; ``/usuarios @ana`` goes straight to her page."""
    asked = turn.words.strip()
    if not asked:
        private_reply(turn, await _list(turn, Group.AGENTS, None))
        return
    found = await turn.queries.people_called(asked, active=False, most=CHOICE + 1)
    if not found and not asked.startswith("@"):
        found = await turn.queries.people_called(f"@{asked}", active=False)
    if not found:
        private_reply(turn, unknown_person_screen(asked, turn.texts))
    elif len(found) == 1:
        await turn.services.desk.readings.note(Reading.PERSON, turn.caller)
        private_reply(turn, _screen(turn, found[0]))
    else:
        private_reply(turn, which_one_screen(found, page_door, turn.texts))


@press(Action.PEOPLE, on_page(ScreenKind.PEOPLE, private=True), role=Role.ADMIN)
async def leaf(turn: PressTurn) -> None:
    """Another list, or the page after the person whom the button names."""
    after = await turn.queries.person(turn.press.number(1)) if len(turn.press.words) > 1 else None
    turn.redraw(await _list(turn, _group(turn), after))


@press(Action.REQUESTS, on_page(ScreenKind.REQUEST, private=True, words=0), role=Role.ADMIN)
async def requests(turn: PressTurn) -> None:
    """List who waits for an answer, page by page, in a message of its own: the count above goes on changing."""
    private_reply(turn, await _list(turn, Group.PENDING, None))


@press(
    Action.PERSON,
    on_page(ScreenKind.REQUEST, ScreenKind.RISE, ScreenKind.FREEZE, private=True, words=2),
    on_page(ScreenKind.PEOPLE, ScreenKind.SURE, private=True, words=1),
    role=Role.ADMIN,
)
async def page(turn: PressTurn) -> None:
    """One person's page; beside a request that still waits for its answer, in a message of its own."""
    await turn.services.desk.readings.note(Reading.PERSON, turn.caller)
    show = turn.say if turn.press.words[1:] == (BESIDE,) else turn.redraw
    show(_screen(turn, await _person(turn)))


@press(Action.SET_ROLE, on_page(ScreenKind.PEOPLE, private=True), role=Role.ADMIN)
async def set_role(turn: PressTurn) -> None:
    """Give a role to who is in, let in who waits, and let in again who was shut out: whichever the button was for."""
    person, role, drawn_for = await _person(turn), role_at(turn, 1), _drawn_for(turn, 2)
    if drawn_for is Membership.ACTIVE:
        outcome = await turn.execute(c.Promote(person=person.id, role=role))
    else:
        again = drawn_for is Membership.DISABLED
        outcome = await turn.execute(c.Admit(person=person.id, role=role, again=again))
    await _show(turn, outcome)


@press(Action.DISABLE, on_page(ScreenKind.PEOPLE, private=True), role=Role.ADMIN)
async def disable(turn: PressTurn) -> None:
    """Shut out, or turn down who waits; asks first."""
    person, drawn_for = await _person(turn), _drawn_for(turn, 1)
    if turn.press.words[2:] != (CONFIRMED,):
        turn.redraw(disable_screen(person, turn.texts))
    elif drawn_for is Membership.PENDING:
        await _show(turn, await turn.execute(c.Reject(person=person.id)))
    else:
        await _show(turn, await turn.execute(c.Disable(person=person.id)))


@press(Action.EQUIP, on_page(ScreenKind.PEOPLE, private=True, words=3), role=Role.ADMIN)
async def equip(turn: PressTurn) -> None:
    """*➕ paramédico*, *➖ paramédico*: the button says which, so that a double tap changes nothing more."""
    person = await _person(turn)
    words = (*turn.services.rules.capabilities, *person.capabilities)
    word = next((one for one in words if word_key(one) == turn.press.words[1]), "")
    await _show(turn, await turn.execute(Equip(person=person.id, capability=word, has=turn.press.number(2) == 1)))


def _screen(turn: RegisteredTurn, person: Person) -> Screen:
    return person_screen(person, turn.now, turn.texts, turn.services.rules.capabilities)


async def _list(turn: RegisteredTurn, group: Group, after: Person | None) -> Screen:
    """A page of a list; one more than a page is looked for, to know whether another follows."""
    start = after.role if after is not None and after.role in group.roles else group.roles[0]
    found: tuple[Person, ...] = ()
    for role in group.roles:
        if role >= start and len(found) <= PAGE:
            key = (after.name, after.id) if after is not None and role is start else None
            page = await turn.queries.people(
                membership=group.membership, role=role, after=key, most=PAGE + 1 - len(found)
            )
            found += page.people
    return roster_screen(group, found[:PAGE], first=after is None, more=len(found) > PAGE, texts=turn.texts)


async def _show(turn: PressTurn, outcome: PersonOutcome) -> None:
    """The page as it is now; where nothing changed, also why."""
    if not isinstance(outcome, Refused):
        say_that_it_waits(turn, outcome)
        turn.redraw(_screen(turn, outcome.person))
        return
    await turn.refuse(outcome.refusal)
    turn.redraw(_screen(turn, await _person(turn)))


async def _person(turn: PressTurn) -> Person:
    person = await turn.queries.person(turn.press.number(0))
    if person is None:
        raise NotOurs(turn.press.action.value)
    return person


def _group(turn: PressTurn) -> Group:
    try:
        return Group(turn.press.words[0])
    except (ValueError, IndexError) as error:
        raise NotOurs(turn.press.action.value) from error


def _drawn_for(turn: PressTurn, index: int) -> Membership:
    """The membership that the button was drawn for: the desk refuses a change that does not fit today's."""
    try:
        return Membership(turn.press.words[index])
    except (ValueError, IndexError) as error:
        raise NotOurs(turn.press.action.value) from error
