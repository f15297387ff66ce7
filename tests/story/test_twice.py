"""Updates that come twice, late or out of order change nothing twice; a press that can't be answered still counts."""

from emulator import Fault
from tests.story.desk import StoryDesk

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)


async def test_p2_a_redelivered_update_is_handled_once(desk: StoryDesk) -> None:
    """While it waits, and long after it was handled."""
    ana = await desk.agent("Ana Mora")
    before = desk.telegram.deliver({"poll": {"id": "1"}})
    await ana.says("/nueva Ronda norte !alta")
    ana.sees("Ronda norte")
    for _ in range(3):
        desk.telegram.redeliver(before + 1)
        await desk.settle()
    ana.sees_nothing()
    await desk.close()
    await desk.open()
    desk.telegram.redeliver(before + 1)
    await desk.settle()
    ana.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM task") == 1


async def test_p2_the_same_words_sent_twice_open_one_task(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Ronda norte").says("/nueva Ronda norte")
    ana.sees("Ronda norte")
    ana.sees("T-000001")
    assert await desk.asks("SELECT count(*) FROM task") == 1


async def test_p2_a_double_tap_changes_one_thing(desk: StoryDesk) -> None:
    """Both are answered, so that no button spins."""
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    offer = ana.sees("te necesitan")
    ana.reads_all()
    juan.reads_all()
    first = desk.telegram.press(ana.user, offer.message, "Voy")
    second = desk.telegram.press(ana.user, offer.message, "Voy")
    await desk.settle()
    assert first.answered is not None
    assert second.answered is not None
    juan.sees("Ana Mora va")
    juan.sees_nothing()
    offer.says("La tienes tú")
    ana.reads_all()


async def test_p2_an_unanswered_press_that_comes_back_under_another_number_counts_once(desk: StoryDesk) -> None:
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    offer = ana.sees("te necesitan")
    ana.reads_all()
    juan.reads_all()
    query = desk.telegram.press(ana.user, offer.message, "Voy")
    await desk.settle()
    juan.sees("Ana Mora va")
    raw = {
        "id": query.id,
        "from": {"id": ana.user.id, "is_bot": False, "first_name": ana.name},
        "chat_instance": "1",
        "data": query.data,
    }
    desk.telegram.deliver({"callback_query": raw})
    await desk.settle()
    juan.sees_nothing()
    ana.sees_nothing()


async def test_a_press_whose_answer_comes_too_late_still_counts(desk: StoryDesk) -> None:
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    desk.telegram.faults.add(Fault(kind="status", code=400, method="answerCallbackQuery"))
    await ana.presses("Voy")
    ana.reads_all()
    juan.has("Ana Mora va")
    juan.reads_all()


async def test_every_press_is_answered_before_any_other_work(desk: StoryDesk) -> None:
    """Even when it must wait behind an update of the same chat that fails and is tried again."""
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Ronda norte")
    card = ana.sees("Ronda norte")
    poison = {"id": ana.user.id, "is_bot": False, "first_name": ana.name}
    chat = {"id": ana.user.id, "type": "private"}
    desk.telegram.deliver({"message": {"message_id": 1, "date": 1, "from": poison, "chat": chat, "entities": 7}})
    query = desk.telegram.press(ana.user, card.message, card.buttons[0])
    await desk.until(lambda: query.answered is not None, "the press is answered while its turn has not come")
    await desk.advance(6)
    ana.reads_all()


async def test_updates_that_arrive_out_of_order_are_all_handled(desk: StoryDesk) -> None:
    """A webhook's deliveries may overtake each other: a number that is lower than the last one is no repetition."""
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")

    def says(phone_id: int, number: int, text: str) -> dict[str, object]:
        user, chat = {"id": phone_id, "is_bot": False, "first_name": "?"}, {"id": phone_id, "type": "private"}
        message = {"message_id": number, "date": int(desk.clock.seconds()), "from": user, "chat": chat, "text": text}
        return {"update_id": number, "message": message}

    for number, phone in ((902, ana), (901, beto), (902, ana), (900, ana)):
        await desk.app.intake.receive([says(phone.user.id, number, "/fuera" if number > 900 else "/disponible")])
    await desk.settle()
    ana.sees("Estás fuera de servicio")
    ana.sees("Estás disponible")
    beto.sees("Estás fuera de servicio")


async def test_p2_an_edited_command_does_nothing(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Ronda norte")
    ana.sees("Ronda norte")
    await ana.edits("/nueva Ronda sur")
    ana.sees("Lo que editas no cambia nada")
    await ana.edits("/fuera")
    ana.sees("Lo que editas no cambia nada")
    assert await desk.asks("SELECT count(*) FROM task") == 1
