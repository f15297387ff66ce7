"""Names: people call themselves otherwise, and a user name that was given up is taken by somebody else."""

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone


async def has_changed(desk: StoryDesk, phone: Phone, username: str | None) -> None:
    """Somebody has another user name, and is seen with it."""
    desk.telegram.change_username(phone.user, username)
    await phone.says("/mistareas")
    phone.reads_all()


async def test_the_work_goes_to_whoever_is_called_so_now(desk: StoryDesk) -> None:
    """Ana is @anita now and Beto took @ana: both names lead to whom they belong to."""
    sara, ana, beto = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    await has_changed(desk, ana, "anita")
    await has_changed(desk, beto, "ana")
    await sara.says("/nueva Revisar el portón @ana")
    sara.reads_all()
    ana.sees_nothing()
    beto.sees("Revisar el portón")
    await sara.says("/nueva Cerrar el portón @ANITA")
    sara.reads_all()
    ana.sees("Cerrar el portón")


async def test_a_name_that_another_was_seen_with_is_nobody_elses(desk: StoryDesk) -> None:
    """The old owner has not been seen since: neither a colleague's nor a stranger's new name leads to them."""
    sara, ana, beto = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    desk.telegram.change_username(ana.user, None)
    await has_changed(desk, beto, "ana")
    await sara.says("/nueva Revisar el portón @ana")
    beto.sees("Revisar el portón")
    sara.reads_all()
    eva = desk.stranger("Eva Ruiz")
    desk.telegram.change_username(beto.user, None)
    await has_changed(desk, eva, "ana")
    await sara.says("/nueva Pintar el portón @ana")
    sara.sees("@ana")
    for phone in (ana, beto):
        phone.sees_nothing()


async def test_cards_and_lists_call_people_as_they_call_themselves_now(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    desk.telegram.rename(ana.user, "Ana Mora de Paz")
    await ana.says("/disponible")
    ana.reads_all()
    await sara.says("/nueva Revisar el portón @ana")
    sara.sees("Ana Mora de Paz")
    ana.reads_all()


@pytest.mark.parametrize("seen", ["a press", "a place", "a group"])
async def test_every_kind_of_update_brings_the_name(desk: StoryDesk, seen: str) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await sara.says("/nueva Revisar el portón @ana")
    _, (here, _) = desk.group("Guardia", ana, sara)
    desk.telegram.change_username(ana.user, "anita")
    match seen:
        case "a press":
            await ana.sees("portón").presses("Voy")
        case "a place":
            await ana.is_at(-2.1862, -79.8885)
        case _:
            await here.says("/mistareas@gad_bot")
    assert await desk.asks("SELECT username FROM person WHERE name = 'Ana Mora'") == "anita"
    for phone in (sara, ana, here):
        phone.reads_all()


async def test_p11_a_name_that_did_not_change_costs_no_write(desk: StoryDesk) -> None:
    """A write would be in the history, and would make a person's row anew."""
    ana = await desk.agent("Ana Mora")
    before = await desk.asks("SELECT count(*) FROM event")
    for _ in range(5):
        await ana.says("/mistareas")
    ana.reads_all()
    assert await desk.asks("SELECT count(*) FROM event") == before
