"""``/unidades``: make units, name them, and say who belongs to each."""

from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.private_reply import private_reply
from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, Standing, on_page
from bot.conversation.turn import AnswerTurn, CommandTurn, PressTurn, RegisteredTurn
from bot.features.oncall import units_view as views
from bot.parsing.zones import zone_in
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from bot.ui.screen import Screen
from core.desk.outcome import Refused, UnitOutcome
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role
from storage.repositories.forms import Form

KIND, UNIT, NAME_GIVEN = "unidad", "unit", "name"
PAGE = 8


@command("units", role=Role.ADMIN)
async def units(turn: CommandTurn) -> None:
    """All units, with the way to make one."""
    private_reply(turn, await _list(turn, 0))


@press(
    Action.UNIT,
    Standing(on=frozenset({ScreenKind.ROOM}), words=2, last=views.LINK),
    on_page(ScreenKind.UNITS, private=True),
    role=Role.SUPERVISOR,
)
async def pressed(turn: PressTurn) -> None:
    """A button of these pages. A supervisor may press one alone: that which says whose group this is."""
    words = turn.press.words
    word = words[1] if len(words) > 1 and not words[1].isdigit() else ""
    if word == views.LINK:
        await link(turn, await unit_at(turn))
    elif turn.caller.role < Role.ADMIN:
        await turn.refuse(Refusal(reason=Reason.ABOVE_ROLE, role=Role.ADMIN))
    elif not words or turn.press.number(0) == 0:
        await _all_units(turn)
    else:
        await _one_unit(turn, await unit_at(turn), word)


async def _all_units(turn: PressTurn) -> None:
    if turn.press.words[2:] == (views.NEW,):
        await _ask(turn, _begin(turn, views.NAME, 0))
        return
    turn.redraw(await _list(turn, turn.press.number(1) if len(turn.press.words) > 1 else 0))


async def _one_unit(turn: PressTurn, unit: Unit, word: str) -> None:
    match word:
        case "":
            turn.redraw(views.unit_screen(unit, turn.texts))
        case views.NAME | views.ZONE:
            await _ask(turn, _begin(turn, word, unit.id))
        case views.PEOPLE:
            turn.redraw(await _members(turn, unit, turn.press.number(2) if len(turn.press.words) > 2 else 0))
        case views.ADD:
            turn.redraw(await _candidates(turn, unit))
        case views.PUT:
            outcome = await turn.execute(uc.Enroll(unit=unit.id, person=turn.press.number(2)))
            await _after(turn, outcome, await _members(turn, unit, 0))
        case views.OUT:
            person = await turn.queries.person(turn.press.number(2))
            if person is None:
                raise NotOurs(turn.press.action.value)
            turn.redraw(views.dismiss_screen(unit, person, turn.texts))
        case views.OUT_SURE:
            outcome = await turn.execute(uc.Dismiss(unit=unit.id, person=turn.press.number(2)))
            await _after(turn, outcome, await _members(turn, unit, 0))
        case views.UNLINK:
            outcome = await turn.execute(uc.LinkGroup(unit=unit.id, room=None))
            await _after(turn, outcome, views.unit_screen(outcome.unit or unit, turn.texts))
        case _:  # no button of the desk's says this
            raise NotOurs(turn.press.action.value)


async def _after(turn: PressTurn, outcome: UnitOutcome, screen: Screen) -> None:
    """The page as it is now; why not, where nothing changed."""
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    turn.redraw(screen)


async def unit_at(turn: PressTurn) -> Unit:
    """The unit that the button names; NotOurs where there is none.

    Raises:
        NotOurs: no button of this version says that.
    """
    unit = await turn.queries.unit(turn.press.number(0))
    if unit is None:
        raise NotOurs(turn.press.action.value)
    return unit


def _title(turn: RegisteredTurn) -> str:
    chat = turn.update.effective_chat
    return (chat.title if chat is not None else None) or ""


async def link(turn: RegisteredTurn, unit: Unit) -> None:
    """This chat is the unit's group."""
    if turn.private:
        turn.say(said("link-in-group", turn.texts))
        return
    outcome = await turn.execute(uc.LinkGroup(unit=unit.id, room=turn.chat, title=_title(turn)))
    theirs = not isinstance(outcome, Refused) or outcome.refusal.reason is Reason.UNCHANGED
    turn.results.linked = theirs
    if isinstance(outcome, Refused) and not (theirs and turn.arrival.topic is not None):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(said("link-done", turn.texts, unit=unit.name))


async def _list(turn: RegisteredTurn, after: int) -> Screen:
    last = await turn.queries.unit(after) if after else None
    page = await turn.queries.units(after=(last.name, last.id) if last is not None else None, most=PAGE)
    return views.units_screen(page, after if last is not None else 0, turn.texts)


async def _members(turn: RegisteredTurn, unit: Unit, after: int) -> Screen:
    last = await turn.queries.person(after) if after else None
    key = (last.name, last.id) if last is not None else None
    page = await turn.queries.members(unit.id, after=key, most=PAGE)
    return views.members_screen(unit, page, after, turn.texts)


async def _candidates(turn: PressTurn, unit: Unit) -> Screen:
    words = turn.press.words
    role = Role.SUPERVISOR if words[2:] and turn.press.number(2) == Role.SUPERVISOR else Role.AGENT
    after = turn.press.number(3) if len(words) > 3 else 0
    last = await turn.queries.person(after) if after else None
    key = (last.name, last.id) if last is not None else None
    page = await turn.queries.people(membership=Membership.ACTIVE, role=role, after=key, most=PAGE)
    names: dict[int, str] = {}
    for number in {person.unit for person in page.people if person.unit not in (None, unit.id)}:
        other = await turn.queries.unit(number or 0)
        names |= {other.id: other.name} if other is not None else {}
    return views.candidates_screen(unit, role, page, after, names, turn.texts)


def _begin(turn: PressTurn, step: str, unit: int) -> Form:
    return forms.begin(turn, KIND, step, **{UNIT: unit})


async def _ask(turn: RegisteredTurn, form: Form) -> None:
    forms.show(turn, _question(turn, form))


def _question(turn: RegisteredTurn, form: Form) -> Screen:
    sheet = forms.sheet(turn, form)
    return views.asked_screen(form.step, sheet, turn.texts.zone, turn.texts, private=turn.private)


async def _answer(turn: AnswerTurn) -> None:
    """A name, or a zone."""
    words = " ".join(text_of(turn.message).split())
    if turn.form.step == views.ZONE:
        zone = zone_in(words)
        if zone is None:
            await turn.refuse(Refusal(reason=Reason.UNKNOWN_ZONE))
        else:
            await _keep(turn, turn.form, zone=zone)
    elif turn.form.data[UNIT]:
        await _keep(turn, turn.form, name=words)
    else:
        await _ask(turn, forms.go_on(turn, turn.form, views.ZONE, **{NAME_GIVEN: words}))


async def _press(turn: PressTurn, form: Form, word: str) -> None:
    if word != views.HERE:
        raise NotOurs(word)
    await _keep(turn, form, zone=turn.texts.zone)


async def _keep(turn: RegisteredTurn, form: Form, *, name: str | None = None, zone: str | None = None) -> None:
    """The unit is made or changed; a refusal leaves the question as it is, a bad name is asked for again."""
    unit = form.data[UNIT]
    command = (
        uc.ReviseUnit(unit=unit, name=name, zone=zone)
        if unit
        else uc.CreateUnit(name=form.data.get(NAME_GIVEN, ""), zone=zone or "")
    )
    outcome = await turn.execute(command)
    if not isinstance(outcome, Refused):
        forms.change(turn, replace(_question(turn, form), buttons=()))
        turn.say(views.unit_screen(outcome.unit, turn.texts))
        await forms.end(turn)
        return
    await turn.refuse(outcome.refusal)
    if not unit and outcome.refusal.reason is not Reason.UNKNOWN_ZONE:
        await _ask(turn, forms.go_on(turn, form, views.NAME))


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
