"""An emergency reaches a person over a second kind of channel: same desk, same outbox, same escalation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.transport.channels import Channels, address_on, channel_number
from bot.transport.rendering import render
from core.desk.ports import OutgoingMessage
from core.state.person import Person
from core.vocabulary.contents import Screen
from core.vocabulary.destinations import PersonDestination, RoomDestination
from core.vocabulary.words import Lane, Membership, Role
from storage.repositories import people
from tests.channels.printout.address import PRINTOUT, tray
from tests.channels.printout.channel import Printout
from tests.story.desk import StoryDesk


@pytest.fixture
def printer() -> Printout:
    return Printout()


@pytest.fixture
async def desk(tmp_path: Path, printer: Printout) -> AsyncIterator[StoryDesk]:
    """A desk with a printer beside Telegram: the one line that registers it."""
    story = StoryDesk(tmp_path, others={PRINTOUT: printer})
    await story.open()
    yield story
    await story.end()


async def reader(desk: StoryDesk, name: str, role: Role, number: int) -> Person:
    """Somebody who reads what lies in a tray."""
    person = Person(id=0, account=tray(number), name=name, role=role, membership=Membership.ACTIVE)
    return await desk.app.store.write(lambda session: people.save(session, None, person))


async def test_p3_an_alert_comes_out_of_the_printer(desk: StoryDesk, printer: Printout) -> None:
    await reader(desk, "Sara Luna", Role.SUPERVISOR, 4)
    juan = await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo con arma")
    juan.reads_all()
    assert any("Robo con arma" in line for page in printer.pages for line in page)
    assert not [line for page in printer.pages for line in page if "<b>" in line], "a page has no mark-up"


async def test_p4_a_printer_that_takes_nothing_is_passed_and_the_next_step_is_alerted(
    desk: StoryDesk, printer: Printout
) -> None:
    printer.jammed = True
    sara = await reader(desk, "Sara Luna", Role.SUPERVISOR, 4)
    marta = await desk.admin("Marta Solís")
    juan = await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo con arma")
    await desk.advance(1)
    assert any("Robo con arma" in message.text for message in marta.unread)
    known = await desk.app.queries.person(sara.id)
    assert known is not None
    assert not known.reachable
    marta.reads_all()
    juan.reads_all()


def test_addresses_of_channels_never_meet() -> None:
    assert channel_number(tray(4)) == PRINTOUT
    assert channel_number(-1_001_234_567_890) == 0
    assert channel_number(-tray(4)) == PRINTOUT
    with pytest.raises(ValueError, match="longer than 52 bits"):
        address_on(PRINTOUT, 1 << 52)


def test_an_address_without_its_channel_goes_to_the_first(desk_message: OutgoingMessage) -> None:
    """It's refused there, set aside and seen; nothing raises in the transaction of an emergency."""
    telegram = Printout()
    assert Channels(telegram, {}).of(tray(4)) is telegram
    assert Channels(telegram, {}).render(desk_message).chat == tray(4)


@pytest.fixture
def desk_message() -> OutgoingMessage:
    return OutgoingMessage(to=PersonDestination(tray(4)), lane=Lane.EMERGENCY, content=Screen(text="Robo"))


def test_a_conversation_of_a_room_is_a_topic_of_telegrams() -> None:
    message = OutgoingMessage(to=RoomDestination(-100, 7), lane=Lane.ACTION, content=Screen(text="Robo"))
    call = render(message)
    assert (call.chat, call.payload["chat_id"], call.payload["message_thread_id"]) == (-100, -100, 7)
