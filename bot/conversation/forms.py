"""Forms: what is asked of one person in one chat or topic, kept in storage; a form of another kind waits underneath."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct, convert, to_builtins
from msgspec.structs import replace

from bot.conversation import registry
from bot.conversation.standings import ScreenKind, Standing, form_of
from bot.conversation.turn import AnswerTurn, CommandTurn, PressTurn, RegisteredTurn
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import CANCEL, Sheet, said
from bot.ui.screen import Button, Screen
from core.state.person import Person
from core.vocabulary.card_names import form_card
from core.vocabulary.words import Role
from storage.repositories.forms import Form

UNDER, NUMBER = "under", "number"
PLACE_STEP = "lugar"  # whatever the form, a step of this name shows the key that sends a location

Ask = Callable[[RegisteredTurn, Form], Awaitable[None]]
Answer = Callable[[AnswerTurn], Awaitable[None]]
TakePress = Callable[[PressTurn, Form, str], Awaitable[None]]
Farewell = Callable[[CommandTurn, Form], Screen]


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of form: ``ask`` shows the step, ``answer`` takes a message, ``press`` takes a button's word.

    ``left`` is what to say when it is cancelled and more is to say than that nothing was kept. The question of such a
    form, with a key of the phone's, can't change (https://core.telegram.org/bots/api#updating-messages).
    """

    ask: Ask
    answer: Answer
    press: TakePress
    left: Farewell | None = None


_kinds: dict[str, Kind] = {}


def declare(kind: str, *, ask: Ask, answer: Answer, press: TakePress, left: Farewell | None = None) -> None:
    """Say what a kind of form does.

    Raises:
        ValueError: the kind is declared already.
    """
    if kind in _kinds:
        raise ValueError(f"the form {kind} is declared twice")
    _kinds[kind] = Kind(ask=ask, answer=answer, press=press, left=left)


def begin(turn: RegisteredTurn, kind: str, step: str, **data: Any) -> Form:
    """A new form over whatever waits; one of the same kind is forgotten."""
    waiting = [form for form in _stack(turn.waiting_form) if form.kind != kind]
    new = Form(kind=kind, step=step, data=data | {NUMBER: turn.update.update_id})
    return _keep(turn, [new, *waiting])


def go_on(turn: RegisteredTurn, form: Form, step: str, **data: Any) -> Form:
    """The form at its next step, with what changes in its data."""
    form = replace(form, step=step, data=form.data | data)
    turn.keep(form)
    return form


def show(turn: RegisteredTurn, screen: Screen) -> None:
    """The form's question at the end of the chat; an earlier one loses its buttons."""
    turn.show(screen, form_card(turn.person.id, turn.arrival.topic))


def change(turn: RegisteredTurn, screen: Screen) -> None:
    """The form's question as it is now."""
    turn.change(screen, form_card(turn.person.id, turn.arrival.topic))


def put_key_away(turn: RegisteredTurn) -> None:
    """Take the key that sends a place away: the question about the place was left without it."""
    form = turn.waiting_form
    if turn.private and form is not None and form.step == PLACE_STEP:
        turn.say(said("form-place-left", turn.texts, drop_keys=True))


async def end(turn: RegisteredTurn) -> None:
    """The form is over; the one underneath is asked again."""
    waiting = _stack(turn.waiting_form)[1:]
    if not waiting:
        turn.drop_form()
        return
    form = _keep(turn, waiting)
    await _kinds[form.kind].ask(turn, form)


def sheet(turn: RegisteredTurn, form: Form) -> Sheet:
    """The form as its buttons name it."""
    return Sheet(owner=turn.person.id, number=form.data.get(NUMBER, 0), step=form.step)


def door(turn: RegisteredTurn, form: Form) -> Callable[[str, Person], Button]:
    """The button of the form's step that, with this label, takes this person."""
    asked = sheet(turn, form)
    return lambda label, person: asked.button(label, str(person.id))


async def answer(turn: AnswerTurn) -> None:
    """A message to a form: free words, a place, evidence."""
    kind = _kinds.get(turn.form.kind)
    if kind is None:
        turn.drop_form()
        turn.say(said("form-over", turn.texts))
    else:
        await kind.answer(turn)


@registry.press(
    Action.FORM,
    Standing(
        on=frozenset({ScreenKind.FORM}),
        words=4,
        asked=True,
        owner=0,
        late=form_of,
        late_on=frozenset({ScreenKind.FORM}),
    ),
)
async def pressed(turn: PressTurn) -> None:
    """A button of a form; one of somebody else's, of a form that is over or of an earlier step changes nothing.

    Raises:
        NotOurs: no button of this version says that.
    """
    owner, number = turn.press.number(0), turn.press.number(1)
    if len(turn.press.words) != 4:
        raise NotOurs(turn.press.action.value)
    step, word = turn.press.words[2:]
    waiting = [form for form in _stack(turn.waiting_form) if form.kind in _kinds]
    while waiting and waiting[0].data.get(NUMBER) != number:
        waiting.pop(0)
    if owner != turn.person.id:
        turn.say(said("form-foreign", turn.texts))
    elif not waiting:
        turn.say(said("form-over", turn.texts))
    elif waiting[0].step != step:
        turn.say(said("form-step-over", turn.texts))
    else:
        await _take(turn, _keep(turn, waiting), word)


async def _take(turn: PressTurn, form: Form, word: str) -> None:
    if word != CANCEL:
        await _kinds[form.kind].press(turn, form, word)
        return
    turn.redraw(said("form-cancelled", turn.texts))
    put_key_away(turn)
    await end(turn)


@registry.command("cancel", role=Role.AGENT)
async def cancel(turn: CommandTurn) -> None:
    """``/cancelar``: forget the form, and what waits underneath."""
    waiting = _stack(turn.waiting_form)
    if not waiting:
        turn.say(said("nothing-to-cancel", turn.texts, drop_keys=turn.private))
        return
    kinds = [(_kinds[form.kind], form) for form in waiting if form.kind in _kinds]
    lasting = [kind.left(turn, form) for kind, form in kinds if kind.left is not None]
    farewell = (*lasting, said("form-cancelled", turn.texts))[0]
    if len(lasting) < len(kinds):
        change(turn, farewell)
    turn.say(replace(farewell, drop_keys=turn.private))
    turn.drop_form()


def _keep(turn: RegisteredTurn, waiting: list[Form]) -> Form:
    """The form on top of those that wait, kept."""
    form = _piled(waiting)
    turn.keep(form)
    return form


def _stack(form: Form | None) -> list[Form]:
    """The form on top first, then those that wait, each by itself."""
    forms = []
    while form is not None:
        under = form.data.get(UNDER)
        forms.append(replace(form, data={key: value for key, value in form.data.items() if key != UNDER}))
        form = convert(under, Form) if under is not None else None
    return forms


def _piled(forms: list[Form]) -> Form:
    """One form that holds those that wait for it."""
    *over, pile = forms
    for form in reversed(over):
        pile = replace(form, data=form.data | {UNDER: to_builtins(pile)})
    return pile
