"""The desk's own part fails between taking a message and sending it: nothing waits for a lease."""

from errno import EMFILE

import pytest

from bot.transport.answers import Answer
from bot.transport.api_call import ApiCall
from bot.transport.telegram_channel import TelegramChannel
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow
from tests.story.desk import StoryDesk

NO_FILES = OSError(EMFILE, "Too many open files")


async def test_p3_without_a_free_file_an_emergency_is_tried_until_there_is_one(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    send = TelegramChannel.send
    failed: list[str] = []

    async def no_file(channel: TelegramChannel, call: ApiCall) -> Answer:
        if len(failed) < 5:
            failed.append(call.method)
            raise NO_FILES
        return await send(channel, call)

    monkeypatch.setattr(TelegramChannel, "send", no_file)
    await ana.says("/emergencia Robo")
    await desk.passes(8)

    sara.sees("Robo", "toca Asignar").lacks("reenvío")
    ana.reads_all()
    assert len(failed) == 5
    assert sum("could not be sent and is tried again" in record.message for record in caplog.records) == 1


async def test_p3_what_was_taken_with_a_message_that_cannot_be_built_leaves_at_once(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara, luis = await desk.supervisor("Sara Luna"), await desk.supervisor("Luis Vega")
    ana, build = await desk.agent("Ana Mora"), TelegramChannel.build_call
    times = 2

    def stumbles(channel: TelegramChannel, row: OutboxRow, shown: Shown | None) -> ApiCall | None:
        nonlocal times
        if row.chat == sara.user.id and times:
            times -= 1
            raise ValueError("not to be built")
        return build(channel, row, shown)

    monkeypatch.setattr(TelegramChannel, "build_call", stumbles)
    began = desk.clock.now()
    desk.telegram.say(ana.user, "/emergencia Robo")
    await desk.until(lambda: bool(luis.unread), "Luis is told")
    assert desk.clock.now() == began
    luis.sees("Robo", "toca Asignar")
    await desk.passes(8)
    sara.sees("Robo", "toca Asignar").lacks("reenvío")
    for phone in (sara, luis, ana):
        phone.reads_all()
