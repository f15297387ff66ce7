"""Two people of one name: they are told apart wherever one is chosen, and never one is taken for the other."""

import pytest

from core.rules.permissions import DESK
from core.vocabulary import commands as c
from tests.story.desk import StoryDesk

LOOK_ALIKES = ("Ana Ruiz", "Аnа Ruiz", "ana  ruíz", "Ana\u200b Ruiz", "ANA RUΙZ")


@pytest.mark.parametrize("name", LOOK_ALIKES)
async def test_two_who_look_alike_are_told_apart_where_one_is_chosen(desk: StoryDesk, name: str) -> None:
    sara, ana, other = await desk.supervisor("Sara Luna"), await desk.agent("Ana Ruiz"), await desk.agent(name)
    await sara.says("/nueva Revisar el portón")
    sara.reads_all()
    await sara.says("/asignar T-1")
    labels = "\n".join(button.text for row in sara.sees("T-000001").message.keyboard for button in row)
    for phone in (ana, other):
        assert f"…{str(phone.user.id)[-4:]}" in labels
    await sara.says("/equipo")
    sara.sees(f"…{str(ana.user.id)[-4:]}", f"…{str(other.user.id)[-4:]}")


async def test_a_typed_name_that_fits_two_is_a_choice_and_no_guess(desk: StoryDesk) -> None:
    sara, first, second = await desk.supervisor("Sara Luna"), await desk.agent("Ana Ruiz"), await desk.agent("Аna Ruiz")
    await sara.says("/nueva Revisar el portón")
    sara.reads_all()
    await sara.says("/asignar T-1 ana ruiz")
    asked = sara.sees("A quién te refieres")
    first.sees_nothing()
    second.sees_nothing()
    (chosen,) = [b for row in asked.message.keyboard for b in row if str(second.user.id)[-4:] in b.text]
    await sara.does(lambda telegram: telegram.press_button(sara.user, asked.message, chosen))
    second.sees("Revisar el portón")
    first.sees_nothing()
    sara.reads_all()


async def test_a_typed_name_that_one_person_has_is_theirs(desk: StoryDesk) -> None:
    """A beginning is a hint, never a decision: it shows a button."""
    sara, ana, beto = await desk.supervisor("Sara Luna"), await desk.agent("Ana Ruiz"), await desk.agent("Beto Paz")
    await sara.says("/nueva Revisar el portón")
    sara.reads_all()
    await sara.says("/asignar T-1 Beto")
    sara.sees("A quién te refieres").offers("Beto Paz")
    beto.sees_nothing()
    await sara.says("/asignar T-1 BETO PÁZ")
    beto.sees("Revisar el portón")
    ana.sees_nothing()
    sara.reads_all()


async def test_the_mark_goes_when_nobody_looks_so_any_more(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ana, other = await desk.agent("Ana Ruiz"), await desk.agent("Ana Ruíz")
    desk.telegram.rename(other.user, "Ana Ruíz de la Zona Norte")
    await other.says("/mistareas")
    other.reads_all()
    ana.reads_all()
    await marta.says("/usuarios ana ruiz")
    marta.sees("A quién te refieres").offers("👤 Ana Ruiz", "👤 Ana Ruíz de la Zona Norte")
    await marta.says("/usuarios @ana")
    marta.sees("Ana Ruíz de la Zona Norte · @ana\n")
    ana.sees_nothing()


@pytest.mark.parametrize("name", LOOK_ALIKES)
async def test_a_request_says_whom_it_may_be_taken_for(desk: StoryDesk, name: str) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    other = desk.stranger(name)
    await other.says("/start")
    other.reads_all()
    asked = marta.sees(
        "Pide acceso", "Se parece a Ana Ruiz", f"…{ana.user.id}", f"…{other.user.id}", "ya está (agente)"
    )
    await asked.presses("👤 Ana Ruiz")
    marta.sees(f"Id de Telegram: {ana.user.id}")
    known = await desk.app.queries.person_at(ana.user.id)
    assert known is not None
    await desk.app.desk.execute(c.Disable(person=known.id), caller=DESK)
    await desk.settle()
    third = desk.stranger("Ana Ruiz")
    await third.says("/start")
    marta.sees("Pide acceso", "ya no tiene acceso", "también espera respuesta")
    for phone in (third, ana):
        phone.reads_all()


async def test_a_request_of_another_name_has_no_such_words(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    eva = desk.stranger("Ana Ruiz Paz")
    await eva.says("/start")
    eva.reads_all()
    assert "Se parece" not in marta.sees("Pide acceso").text
    ana.sees_nothing()
