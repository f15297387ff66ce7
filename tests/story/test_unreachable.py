"""Unreachable people: they blocked the bot, deleted the account, or put the bot out of the group."""

from pathlib import Path

import pytest

from bot.ui.screen import Screen
from core.desk.ports import OutgoingMessage
from core.state.person import Person
from core.vocabulary.words import Lane
from emulator import Fault
from storage.queues import outbox
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK, NEAR, FAR = (-2.1862, -79.8885), (-2.1870, -79.8890), (-2.2100, -79.9000)


async def known(desk: StoryDesk, phone: Phone) -> Person:
    person = await desk.app.queries.person_at(phone.user.id)
    assert person is not None
    return person


async def test_p4_who_blocked_the_bot_is_passed_at_once_and_their_supervisors_are_told(tmp_path: Path) -> None:
    """Telegram tells of it only by refusing the offer, which then goes to the next one at once."""
    desk = StoryDesk(tmp_path, dispatch={"offer_to": 1})
    await desk.open()
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=FAR)
    desk.telegram.faults.add(Fault(kind="drop_updates"))
    desk.telegram.block(ana.user, desk.bot)
    began = desk.clock.now()
    await juan.says("/emergencia Robo")
    sara.sees("Ana Mora", "bloqueó el bot")
    assert not (await known(desk, ana)).reachable
    await beto.sees("Robo", "¿Puedes ir?").presses("Voy")
    assert (desk.clock.now() - began).total_seconds() < 10, "long before an offer ends"
    for phone in (sara, juan, beto):
        phone.reads_all()
    ana.sees_nothing()
    await desk.end()


async def test_p4_an_alert_that_reaches_no_supervisor_climbs(desk: StoryDesk) -> None:
    """The only supervisor's account is gone; the administrators hear of the emergency."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.delete_account(sara.user)
    await juan.says("/emergencia Robo")
    marta.sees("no le llegan los mensajes", "Robo")
    await marta.presses("Recibido")
    assert not (await known(desk, sara)).reachable
    for phone in (marta, juan):
        phone.reads_all()


async def test_p4_an_emergency_whose_helper_and_leader_nobody_can_reach_is_an_alert_again(desk: StoryDesk) -> None:
    """Ana goes and Sara took charge; then one account and the other are gone."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    await sara.presses("Recibido")
    await ana.presses("Voy")
    for phone in desk.phones:
        phone.reads_all()
    desk.telegram.delete_account(ana.user)
    await juan.says("ya son tres")
    sara.sees("Ana Mora", "bloqueó el bot", "estaba en T-000001").offers("Ver T-000001")
    sara.reads_all()
    marta.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM assignment WHERE state = 'accepted'") == 1, "she may be on her way"
    desk.telegram.delete_account(sara.user)
    await juan.says("y tienen armas")
    marta.sees("no le llegan los mensajes", "Robo", "Nadie ha dicho «Recibido»")
    assert "Asignar" in marta.has("T-000001").buttons
    for phone in (marta, juan):
        phone.reads_all()


async def test_p4_an_emergency_whose_only_helper_nobody_can_reach_is_an_alert_again(desk: StoryDesk) -> None:
    """No supervisor took charge, and she who said that she goes takes no messages."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    await ana.presses("Voy")
    for phone in desk.phones:
        phone.reads_all()
    desk.telegram.block(ana.user, desk.bot)
    await desk.settle()
    sara.sees("estaba en T-000001")
    marta.sees("no le llegan los mensajes", "Robo", "La tiene Ana Mora")
    for phone in (marta, sara, juan):
        phone.reads_all()


async def test_a_group_that_put_the_bot_out_is_said_to_the_administrators(tmp_path: Path) -> None:
    alerts: dict[str, int] = {}
    desk = StoryDesk(tmp_path, alerts=alerts)
    leader = desk.telegram.add_person("Jefa")
    group = desk.telegram.add_group("Alertas", [leader, desk.bot])
    alerts["group_chat_id"] = group.id
    await desk.open()
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.remove_from_group(group, desk.bot, leader)
    await juan.says("/emergencia Robo")
    marta.sees("El grupo de alertas no recibe mensajes", str(group.id), "403")
    sara.sees("Robo")
    for phone in (marta, sara, juan):
        phone.reads_all()
    await desk.end()


async def test_p3_a_group_that_became_a_supergroup_gets_its_alerts(tmp_path: Path) -> None:
    """Told by the service message, or, where that was lost, by Telegram's refusal."""
    for notified in (True, False):
        alerts: dict[str, int] = {}
        folder = tmp_path / str(notified)
        folder.mkdir()
        desk = StoryDesk(folder, alerts=alerts)
        group = desk.telegram.add_group("Alertas", [desk.telegram.add_person("Jefa"), desk.bot])
        alerts["group_chat_id"] = group.id
        await desk.open()
        juan = await desk.agent("Juan Pérez", at=PARK)
        if not notified:
            desk.telegram.faults.add(Fault(kind="drop_updates", times=2))
        supergroup = desk.telegram.migrate(group)
        await desk.settle()
        await juan.says("/emergencia Robo")
        alert = [message for message in desk.telegram.messages(supergroup) if "Robo" in message.text]
        assert len(alert) == 1
        refused = [call for call in desk.telegram.calls if call.chat_id == group.id and not call.ok]
        assert bool(refused) is not notified
        await juan.says("/emergencia Incendio")
        assert len([message for message in desk.telegram.messages(supergroup) if "Incendio" in message.text]) == 1
        again = [call for call in desk.telegram.calls if call.chat_id == group.id and not call.ok]
        assert again == refused, "it is asked for once"
        juan.reads_all()
        await desk.end()


@pytest.mark.parametrize("code", [400, 403])
async def test_p4_whoever_can_not_be_reached_is_passed_at_once_by_whatever_code(desk: StoryDesk, code: int) -> None:
    """The only supervisor's chat is not found: the administrators hear at once, and nobody gets a dead letter."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    desk.telegram.faults.add(Fault(kind="status", code=code, chat_id=sara.user.id, times=None))
    began = desk.clock.now()
    await juan.says("/emergencia Robo")
    marta.sees("no le llegan los mensajes", "Robo")
    assert (desk.clock.now() - began).total_seconds() < 10
    assert not (await known(desk, sara)).reachable
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state = 4") == 0
    for phone in (marta, juan):
        phone.reads_all()
    desk.telegram.faults.clear()
    await desk.passes(7)
    assert (await known(desk, sara)).reachable, "a probe is taken while the emergency waits"
    for phone in (marta, sara, juan):
        phone.reads_all()


async def test_p4_an_alert_that_telegram_refuses_for_its_words_is_not_waited_for(desk: StoryDesk) -> None:
    """Her chat takes everything but this message: it is set aside, she stays reachable, the next one is told."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    fault = Fault(kind="status", code=400, chat_id=sara.user.id, method="sendMessage", times=None)
    desk.telegram.faults.add(fault)
    began = desk.clock.now()
    await juan.says("/emergencia Robo")
    marta.sees("Robo", "A quien se avisó no le llegan")
    assert (desk.clock.now() - began).total_seconds() < 10
    assert (await known(desk, sara)).reachable
    for phone in (marta, sara, juan):
        phone.reads_all()


async def test_a_message_that_is_taken_is_the_proof_of_reach(desk: StoryDesk) -> None:
    """Marked although nothing is wrong (her message and the call after it are refused): the next takes it back."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind="status", code=403, chat_id=ana.user.id, times=2))
    await sara.says("/nueva Revisar la bodega @ana")
    sara.reads_all()
    assert not (await known(desk, ana)).reachable
    screen = OutgoingMessage(to=(await known(desk, ana)).destination, lane=Lane.ACTION, content=Screen(text="Hola"))
    call = desk.app.channels.render(screen)
    await desk.app.store.write(lambda session: outbox.post(session, [call], desk.clock.now()))
    desk.app.delivery.in_flight.bell.set()
    await desk.settle()
    assert (await known(desk, ana)).reachable
    for phone in (sara, ana):
        phone.reads_all()


async def test_p13_one_refusal_that_the_next_call_contradicts_costs_no_message(desk: StoryDesk) -> None:
    """A message alone is refused, while her chat takes calls: nobody is marked, and it is there a moment later."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    desk.telegram.faults.add(Fault(kind="status", code=403, chat_id=ana.user.id, method="sendMessage", times=1))
    await sara.says("/nueva Revisar la bodega @ana")
    await desk.passes(3)
    ana.sees("bodega")
    assert (await known(desk, ana)).reachable
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state = 4") == 0
    for phone in (sara, ana):
        phone.reads_all()
