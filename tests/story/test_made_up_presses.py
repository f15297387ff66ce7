"""Presses that somebody made up, or that are another screen's: nothing changes, and only the press is answered."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import pytest

from bot.ui.buttons import Action
from core.vocabulary.words import Role
from emulator import CallbackQuery, Message
from tests.story.desk import StoryDesk
from tests.story.pages import readable
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
ALERTS = -5002
WORDS = ("", "si", "no", "0", "1", "2", "3", "x", "aparte", "cerca", "fin", "inicio", "cambiar", "gente", "link", "^1")


class Guard:
    """A group of the desk's with an alert in it, a form of Ana's, and an answer that has no buttons."""

    def __init__(self, desk: StoryDesk) -> None:
        self.desk = desk

    async def begin(self) -> None:
        desk = self.desk
        self.sara, self.ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
        self.beto, self.alba = await desk.agent("Beto Salas"), await desk.admin("Alba Paz")
        self.people = (self.sara, self.ana, self.beto, self.alba)
        self.group, self.views = desk.group("Guardia", *self.people)
        await self.views[1].says("/emergencia Robo").says("/nueva@gad_bot").says("/mistareas@gad_bot")
        here = self.views[0]
        self.alert, self.form, self.list = here.has("Robo"), here.has("tipo"), here.has("Tus")
        self.read_all()

    def read_all(self) -> None:
        for one in (*self.people, *self.views):
            one.reads_all()

    async def state(self) -> tuple[object, ...]:
        """All that can be read in the group and at home, what has happened, and what is being filled in."""
        chats = [self.group, *(phone.user for phone in self.people)]
        shown = {
            (m.chat.id, m.id): (readable(m), data_of(m)) for chat in chats for m in self.desk.telegram.messages(chat)
        }
        forms = await self.desk.asks("SELECT group_concat(person || step || data) FROM form")
        return shown, await self.desk.asks("SELECT count(*) FROM event"), forms

    async def makes_up(self, phone: Phone, message: Message, *data: str) -> list[CallbackQuery]:
        """Somebody presses what isn't there."""
        made = [self.desk.telegram.make_up_press(phone.user, message, one) for one in data]
        await self.desk.until(lambda: all(query.answered is not None for query in made), "each is answered")
        await self.desk.settle()
        return made

    async def changes_nothing(self, phone: Phone, message: Message, *data: str) -> None:
        """Each is answered in the press, and the group does not hear of it."""
        before = await self.state()
        for query in await self.makes_up(phone, message, *data):
            assert query.answered is not None, query
            assert query.answered.text, query
        for was, now in zip(before, await self.state(), strict=True):
            assert now == was


@pytest.fixture
async def guard(tmp_path: Path) -> AsyncIterator[Guard]:
    desk = StoryDesk(tmp_path, alerts={"group_chat_id": ALERTS})
    await desk.open()
    guard = Guard(desk)
    await guard.begin()
    yield guard
    guard.read_all()
    await desk.end()


def data_of(message: Message) -> list[str]:
    """The data of its buttons."""
    return [button.data for row in message.keyboard for button in row if button.data]


def every_kind() -> Iterator[str]:
    """Data of every button that the desk knows, about the task and the people of the group."""
    shapes = ("", ":1", ":1:5", ":1:5:no", ":no", ":2:7:tipo:patrol")
    for number, action in enumerate(Action):
        yield f"{action}:1:1"
        yield f"{action}{shapes[number % len(shapes)]}"


def true_elsewhere() -> list[str]:
    """Data that are true on another screen."""
    return ["ver:1", "anular:1:5:no", "anular:1:5:si", "a:1:5:3", "pag:mias:2:0", "salir:no", "turno:inicio", "otra"]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
async def test_p9_no_button_of_another_screen_changes_an_alert_in_the_group(guard: Guard, role: Role) -> None:
    who = {Role.AGENT: guard.beto, Role.SUPERVISOR: guard.sara, Role.ADMIN: guard.alba}[role]
    alert = guard.alert.message
    there = {data.partition(":")[0] for data in data_of(alert)}
    # A button that is there may be pressed by those who may: what is left is made up for everybody.
    made_up = [data for data in every_kind() if role is Role.AGENT or data.partition(":")[0] not in there]
    await guard.changes_nothing(who, alert, *made_up, *true_elsewhere(), *data_of(guard.form.message))


async def test_p9_nobody_else_can_press_or_replace_my_form(guard: Guard) -> None:
    form = guard.form.message
    await guard.changes_nothing(guard.beto, form, *data_of(form), *every_kind(), *data_of(guard.alert.message))
    await guard.changes_nothing(guard.ana, form, *data_of(guard.alert.message), *true_elsewhere())


async def test_p9_an_old_screen_takes_nothing_any_more(guard: Guard) -> None:
    await guard.changes_nothing(guard.ana, guard.list.message, *every_kind(), *true_elsewhere())
    await guard.changes_nothing(guard.sara, guard.list.message, *data_of(guard.alert.message))
    old = guard.sara.has("Robo").message
    await guard.sara.presses("Cancelar tarea")
    await guard.sara.presses("Sí, cancelar")
    guard.read_all()
    made_up = [data for data in every_kind() if data.partition(":")[0] not in {"historia", "reabrir"}]
    await guard.changes_nothing(guard.beto, guard.alert.message, *made_up)
    # At home a step of the task's own card that is gone is told in a message, why.
    steps = {"voy", "no", "salgo", "llego", "inicio", "pausa", "sigo", "fin", "recibido", "escalar"}
    steps |= {"nota", "lugar", "asignar", "anular", "clase"}
    helps = {"bien", "ayuda", "sos"}
    others = [data for data in made_up if data.partition(":")[0] not in steps | helps]
    await guard.changes_nothing(guard.sara, old, *others, *true_elsewhere())


@pytest.mark.parametrize("seed", range(3))
async def test_p9_no_data_that_anybody_makes_up_is_told_to_the_group(guard: Guard, seed: int) -> None:
    dice, true = Random(seed), [*data_of(guard.alert.message), *data_of(guard.form.message), *true_elsewhere()]
    made_up = []
    for _ in range(60):
        words = (dice.choice(list(Action)), *(dice.choice(WORDS) for _ in range(dice.randrange(5))))
        made_up.append(dice.choice((":".join(words), dice.choice(true)))[:64])
    for message in (guard.alert.message, guard.form.message, guard.list.message):
        await guard.changes_nothing(guard.beto, message, *(one for one in made_up if not one.startswith("historia:1")))


async def test_who_presses_second_hears_in_the_press_who_was_first(guard: Guard) -> None:
    late = guard.views[3].has("Robo").holds("Recibido")
    data = data_of(guard.alert.message)[0]
    await guard.sara.presses("Recibido")
    guard.read_all()
    before = await guard.state()
    await late
    (again,) = await guard.makes_up(guard.alba, guard.alert.message, data)
    assert again.answered is not None
    assert "Sara" in again.answered.text
    assert await guard.state() == before


async def test_a_button_that_was_drawn_anew_meanwhile_still_counts(guard: Guard) -> None:
    held = guard.alert.holds("Recibido")
    await guard.ana.says("/nota 1 son tres")
    assert "recibido:1:5" not in data_of(guard.alert.message)
    await held
    guard.alert.says("Sara")


async def test_nobody_answers_a_question_that_was_asked_of_another(guard: Guard) -> None:
    ana, beto = guard.views[1], guard.beto
    await ana.says("/cancelar@gad_bot").says("/turno@gad_bot")
    shift = ana.has("turno").message
    await guard.changes_nothing(beto, shift, *data_of(shift))
    await ana.presses("Empezar turno")
    assert await guard.desk.asks("SELECT count(*) FROM person WHERE shift_since IS NOT NULL") == 1
