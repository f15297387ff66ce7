"""Crowds: Telegram's limits are kept, an emergency goes first, and one chat's trouble is its own."""

from pathlib import Path

from core.vocabulary.words import Lane
from emulator import Fault
from emulator.calls import CallRecord
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)


async def queue(desk: StoryDesk, *chats: int) -> None:
    """Routine messages that wait to be sent."""
    letters = [
        AddressedCall(
            chat=chat, lane=Lane.ROUTINE, method="sendMessage", payload={"chat_id": chat, "text": f"aviso {number}"}
        )
        for number, chat in enumerate(chats)
    ]
    await desk.app.store.write(lambda session: outbox.post(session, letters, desk.clock.now()))
    desk.app.delivery.in_flight.bell.set()


def crowd(desk: StoryDesk, many: int) -> list[int]:
    """People who have written to the bot once, and have no phone in the story."""
    accounts = [desk.telegram.add_person(f"Vecino {number}") for number in range(many)]
    for account in accounts:
        desk.telegram.private(account).started = True
    return [account.id for account in accounts]


def messages(desk: StoryDesk) -> list[CallRecord]:
    return [call for call in desk.telegram.calls if call.method in ("sendMessage", "sendLocation", "editMessageText")]


async def test_p5_an_emergency_leaves_before_900_routine_messages(desk: StoryDesk) -> None:
    """And no 429 was ever earned: one thing in all that the limits let out comes between."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await desk.advance(60)
    await queue(desk, *crowd(desk, 900))
    await desk.passes(2.0)
    before = len(messages(desk))
    assert 40 <= before - 2 <= 60, "the queue moves"

    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(0.2)
    after = [call.chat_id for call in messages(desk)[before:]]
    assert {juan.user.id, sara.user.id} <= set(after[:4]), after
    assert all(call.ok for call in messages(desk))
    juan.reads_all()
    sara.reads_all()


async def test_p6_one_chat_that_is_told_to_wait_holds_up_nobody_else(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    refused = Fault(kind="status", code=429, retry_after=30, method="sendMessage", chat_id=ana.user.id)
    desk.telegram.faults.add(refused)
    await ana.says("/fuera").says("/disponible")
    await beto.says("/fuera")
    beto.sees("Estás fuera de servicio")
    ana.sees_nothing()

    await desk.advance(20)
    ana.sees_nothing()
    await desk.advance(11)
    ana.sees("Estás fuera de servicio")
    ana.sees("Estás disponible")
    to_ana = [call.error_code for call in messages(desk) if call.chat_id == ana.user.id]
    assert to_ana[-3:] == [429, None, None], "nothing was tried while it had to wait"


async def test_p6_when_the_whole_bot_must_wait_nothing_is_tried_until_then(desk: StoryDesk) -> None:
    phones = [await desk.agent(f"Agente {number}") for number in range(8)]
    await desk.advance(60)
    before = len(messages(desk))
    desk.telegram.faults.add(Fault(kind="status", code=429, retry_after=20, method="sendMessage", times=None))
    for phone in phones:
        desk.telegram.say(phone.user, "/fuera")
    await desk.passes(1.0)
    desk.telegram.faults.clear()
    refused = messages(desk)[before:]
    assert 3 <= len(refused) <= 4, "three chats in a row are the whole bot"

    await desk.passes(18.0)
    assert messages(desk)[before:] == refused
    await desk.passes(5.0)
    for phone in phones:
        phone.sees("Estás fuera de servicio")


async def test_p6_a_group_gets_twenty_messages_a_minute_and_the_rest_after_it(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    group, (here, _) = desk.group("Guardia", ana, beto)
    await queue(desk, *[group.id] * 21)
    await desk.passes(59.0)
    assert len([call for call in messages(desk) if call.chat_id == group.id]) == 18, "two are kept for emergencies"
    await desk.passes(10.0)
    to_group = [call for call in messages(desk) if call.chat_id == group.id]
    assert len(to_group) == 21
    assert all(call.ok for call in to_group)
    here.reads_all()


async def test_p5_a_group_that_is_full_still_takes_an_emergency(tmp_path: Path) -> None:
    """Of a group's twenty a minute two are kept for emergencies."""
    alerts: dict[str, int] = {}
    desk = StoryDesk(tmp_path, alerts=alerts)
    group = desk.telegram.add_group("Alertas", [desk.telegram.add_person("Jefa"), desk.bot])
    alerts["group_chat_id"] = group.id
    await desk.open()
    juan = await desk.agent("Juan Pérez", at=PARK)
    await queue(desk, *[group.id] * 40)
    await desk.passes(40.0)
    assert len(desk.telegram.messages(group)) == 18
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(0.2)
    assert any("Robo" in message.text for message in desk.telegram.messages(group))
    juan.reads_all()
    await desk.end()


async def test_p5_64_waiting_updates_of_one_chat_delay_no_other(tmp_path: Path) -> None:
    """In order within the chat, one at a time; another chat's update is handled beside the first of them."""
    desk = StoryDesk(tmp_path, user_rate_limit={"per_second": 0})
    await desk.open()
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    before = len(messages(desk))
    for number in range(64):
        desk.telegram.say(ana.user, "/fuera" if number % 2 == 0 else "/disponible")
    desk.telegram.say(beto.user, "/fuera")
    await desk.passes(0.5)
    assert len(messages(desk)) - before <= 5, "one chat gets few messages in a second"
    beto.sees("Estás fuera de servicio")

    await desk.passes(70.0)
    assert ["fuera de servicio" in message.text for message in ana.unread] == [True, False] * 32, "in order"
    ana.reads_all()
    await desk.end()
