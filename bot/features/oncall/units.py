"""``/unidades``: make units, name them, and say who belongs to each."""

from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.contents import text_of
from bot.conversation.private_reply import private_reply
from bot.conversation.registry import command, press
from bot.conversation.turn import Turn
from bot.features.oncall import units_view as views
from bot.parsing.zones import zone_in
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from bot.ui.screen import Screen
from core.desk.desk import Outcome
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership, Role

KIND, UNIT, NAME_GIVEN = "unidad", "unit", "name"
PAGE = 8


@command("unidades", "units", role=Role.ADMIN)
async def units(turn: Turn) -> None:
    """All units, with the way to make one."""
    private_reply(turn, await _list(turn, 0))


@press(Action.UNIT, role=Role.SUPERVISOR)
async def pressed(turn: Turn) -> None:
    """A button of these pages. A supervisor may press one alone: that which says whose group this is."""
    assert turn.press is not None
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


async def _all_units(turn: Turn) -> None:
    assert turn.press is not None
    if turn.press.words[2:] == (views.NEW,):
        _begin(turn, views.NAME, 0)
        await _ask(turn)
        return
    turn.redraw(await _list(turn, turn.press.number(1) if len(turn.press.words) > 1 else 0))


async def _one_unit(turn: Turn, unit: Unit, word: str) -> None:
    assert turn.press is not None
    match word:
        case "":
            turn.redraw(views.unit_screen(unit, turn.texts))
        case views.NAME | views.ZONE:
            _begin(turn, word, unit.id)
            await _ask(turn)
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
            outcome = await turn.execute(uc.LinkGroup(unit=unit.id, chat=None))
            await _after(turn, outcome, views.unit_screen(outcome.unit or unit, turn.texts))
        case _:
            raise NotOurs(turn.press.action.value)


async def _after(turn: Turn, outcome: Outcome, screen: Screen) -> None:
    """The page as it is now; why not, where nothing changed."""
    if outcome.refusal is not None:
        await turn.refuse(outcome.refusal)
    turn.redraw(screen)


async def unit_at(turn: Turn) -> Unit:
    """The unit that the button names; NotOurs where there is none."""
    assert turn.press is not None
    unit = await turn.queries.unit(turn.press.number(0))
    if unit is None:
        raise NotOurs(turn.press.action.value)
    return unit


async def link(turn: Turn, unit: Unit) -> None:
    """This chat is the unit's group."""
    if turn.private:
        turn.say(said("link-in-group", turn.texts))
        return
    outcome = await turn.execute(uc.LinkGroup(unit=unit.id, chat=turn.chat))
    if outcome.refusal is not None:
        await turn.refuse(outcome.refusal)
    else:
        turn.say(said("link-done", turn.texts, unit=unit.name))


async def _list(turn: Turn, after: int) -> Screen:
    last = await turn.queries.unit(after) if after else None
    page = await turn.queries.units(after=(last.name, last.id) if last is not None else None, most=PAGE)
    return views.units_screen(page, after if last is not None else 0, turn.texts)


async def _members(turn: Turn, unit: Unit, after: int) -> Screen:
    last = await turn.queries.person(after) if after else None
    key = (last.name, last.id) if last is not None else None
    page = await turn.queries.members(unit.id, after=key, most=PAGE)
    return views.members_screen(unit, page, after, turn.texts)


async def _candidates(turn: Turn, unit: Unit) -> Screen:
    assert turn.press is not None
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


def _begin(turn: Turn, step: str, unit: int) -> None:
    forms.begin(turn, KIND, step, **{UNIT: unit})


async def _ask(turn: Turn) -> None:
    forms.show(turn, _question(turn))


def _question(turn: Turn) -> Screen:
    assert turn.form is not None
    return views.asked_screen(turn.form.step, forms.sheet(turn), turn.texts.zone, turn.texts, private=turn.private)


async def _answer(turn: Turn) -> None:
    """A name, or a zone."""
    assert turn.form is not None
    words = " ".join(text_of(turn.message).split())
    if turn.form.step == views.ZONE:
        zone = zone_in(words)
        if zone is None:
            await turn.refuse(Refusal(reason=Reason.UNKNOWN_ZONE))
        else:
            await _keep(turn, zone=zone)
    elif turn.form.data[UNIT]:
        await _keep(turn, name=words)
    else:
        forms.go_on(turn, views.ZONE, **{NAME_GIVEN: words})
        await _ask(turn)


async def _press(turn: Turn, word: str) -> None:
    if word != views.HERE:
        raise NotOurs(word)
    await _keep(turn, zone=turn.texts.zone)


async def _keep(turn: Turn, *, name: str | None = None, zone: str | None = None) -> None:
    """The unit is made or changed; a refusal leaves the question as it is, a bad name is asked for again."""
    assert turn.form is not None
    unit = turn.form.data[UNIT]
    command = (
        uc.ReviseUnit(unit=unit, name=name, zone=zone)
        if unit
        else uc.CreateUnit(name=turn.form.data.get(NAME_GIVEN, ""), zone=zone or "")
    )
    outcome = await turn.execute(command)
    if outcome.refusal is None and outcome.unit is not None:
        forms.change(turn, replace(_question(turn), buttons=()))
        turn.say(views.unit_screen(outcome.unit, turn.texts))
        await forms.end(turn)
        return
    if outcome.refusal is not None:
        await turn.refuse(outcome.refusal)
        if not unit and outcome.refusal.reason is not Reason.UNKNOWN_ZONE:
            forms.go_on(turn, views.NAME)
            await _ask(turn)


forms.declare(KIND, ask=_ask, answer=_answer, press=_press)
