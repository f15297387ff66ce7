"""``/congelar``: a phone in wrong hands is put out at once; an administrator confirms it or lifts it."""

from collections.abc import Callable

from bot.conversation.contents import line_of
from bot.conversation.private_reply import private_reply
from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, Standing, freeze, of_card, on_page
from bot.conversation.turn import CommandTurn, PressTurn
from bot.features.access import freeze_view as views
from bot.features.access.named_person import person_meant
from bot.features.access.roster_view import person_screen
from bot.parsing.mentions import mentions_in
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from bot.ui.screen import Button
from bot.ui.texts import Texts
from bot.ui.user_text import name
from core.desk.outcome import Refused
from core.state.person import Person
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary.words import Role


async def freeze_named(turn: CommandTurn) -> bool:
    """``/congelar Ana Ruiz``, ``@ana``, or as a reply to what she wrote: at once, without a question.

    False: several words name nobody, and the last may be somebody's own word.
    """
    words, mentions = mentions_in(*line_of(turn))
    replied = await _replied(turn)
    if not words and not mentions and replied is not None:
        await _freeze(turn, replied)
        return True
    if not words and not mentions:
        turn.say(said("freeze-whom", turn.texts))
        return True
    if words and (mentions or len(words.split()) > 1) and await _names_nobody(turn, words):
        return False
    person = await person_meant(turn, mentions, words, door=_door(turn.texts), missing="freeze-whom")
    if person is not None:
        await _freeze(turn, person)
    return True


async def _names_nobody(turn: CommandTurn, words: str) -> bool:
    return not await turn.queries.people_called(words, active=True, most=1)


@press(
    Action.FREEZE,
    Standing(on=frozenset({ScreenKind.SURE}), words=2, last=views.CONFIRMED, private=True),
    on_page(ScreenKind.MEMBER, ScreenKind.PEOPLE, ScreenKind.PICKER, words=1),
    role=Role.SUPERVISOR,
)
async def freeze_pressed(turn: PressTurn) -> None:
    """*Congelar* on somebody's page; asks first, alone with whoever pressed."""
    person = await _person(turn)
    if turn.press.words[1:] != (views.CONFIRMED,):
        private_reply(turn, views.sure_screen(person, turn.texts))
        return
    outcome = await turn.execute(ac.Freeze(person=person.id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.redraw(views.done_screen(outcome.person, turn.texts))


@press(
    Action.MEMBER,
    on_page(ScreenKind.LIST, words=1),
    on_page(ScreenKind.SURE, words=2, private=True),
    role=Role.SUPERVISOR,
)
async def member(turn: PressTurn) -> None:
    """One of the team; *No* to the question leads there too."""
    person = await _person(turn)
    unit = await turn.queries.unit(person.unit) if person.unit is not None else None
    screen = views.member_screen(person, name(unit.name) if unit is not None else None, turn.texts)
    if turn.press.words[1:] == (views.BACK,):
        turn.redraw(screen)
    else:
        private_reply(turn, screen)


_ANSWERED_ON = (
    of_card(ScreenKind.FREEZE, freeze, words=1, private=True),
    on_page(ScreenKind.PEOPLE, words=2, private=True),
)


@press(Action.THAW, *_ANSWERED_ON, role=Role.ADMIN)
async def thaw(turn: PressTurn) -> None:
    """*Descongelar*: they are in again, as what they were; every card of the question says so."""
    await _answer(turn, ac.Thaw(person=turn.press.number(0)))


@press(Action.CUT, *_ANSWERED_ON, role=Role.ADMIN)
async def cut(turn: PressTurn) -> None:
    """*Confirmar la baja*: they stay out."""
    await _answer(turn, c.Disable(person=turn.press.number(0)))


async def _answer(turn: PressTurn, command: ac.Thaw | c.Disable) -> None:
    """Every card changes by itself; the page of the person is drawn as it is now."""
    outcome = await turn.execute(command)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    if turn.press.words[1:] == (views.ON_PAGE,):
        turn.redraw(person_screen(await _person(turn), turn.now, turn.texts))


async def _freeze(turn: CommandTurn, person: Person) -> None:
    outcome = await turn.execute(ac.Freeze(person=person.id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        private_reply(turn, views.done_screen(outcome.person, turn.texts))


def _door(texts: Texts) -> Callable[[str, Person], Button]:
    return lambda label, person: views.freeze_button(person, texts, label)


async def _replied(turn: CommandTurn) -> Person | None:
    """The person whose message it replies to, if they are in."""
    answered = turn.message.reply_to_message
    author = answered.from_user if answered is not None else None
    person = await turn.queries.person_at(author.id) if author is not None and not author.is_bot else None
    return person if person is not None and person.active else None


async def _person(turn: PressTurn) -> Person:
    person = await turn.queries.person(turn.press.number(0))
    if person is None:
        raise NotOurs(turn.press.action.value)
    return person
