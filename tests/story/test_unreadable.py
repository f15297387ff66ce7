"""P13: an update that can't be read stops nobody's words, and whoever wrote it is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.transport.poller import STANDS
from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health

DEEP = b"[" * 3_000 + b"]" * 3_000
SPOILT = {
    "too deep": b'"entities":' + DEEP,
    "a number without an end": b'"edit_date":' + b"9" * 6_000,
    "no number": b'"edit_date":NaN',
    "cut off": b'"text":"hola',
}


def asked(desk: StoryDesk) -> int:
    """How often the desk asked for updates."""
    return len([call for call in desk.telegram.calls if call.method == "getUpdates"])


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
async def test_p13_an_update_that_cant_be_read_is_set_aside_and_the_others_are_handled(
    tmp_path: Path, spoilt: bytes
) -> None:
    desk = StoryDesk(tmp_path)
    await desk.open()
    marta, ana, beto = await desk.admin("Marta Solís"), await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    desk.telegram.say(beto.user, "/disponible")
    head = b'"message":{"message_id":9000,"date":1772470800,"chat":{"id":%d,"type":"private"},' % ana.user.id
    desk.telegram.deliver_text(head + spoilt + b"}")
    desk.telegram.say(beto.user, "/emergencia Robo")
    began = desk.clock.now()
    await desk.passes_until(lambda: len(beto.unread) > 1, "the emergency behind it is heard")
    assert (desk.clock.now() - began).total_seconds() < 8
    await desk.passes_until(lambda: any("No pude procesar" in str(m.text) for m in ana.unread), "its sender is told")
    await desk.settle()
    assert await desk.asks("SELECT count(*) FROM inbox WHERE state = 4") == 1
    assert await desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'") == 1
    assert (await health(desk)).ready
    for phone in (marta, ana, beto):
        phone.reads_all()
    await desk.end()


async def test_p13_answers_that_cant_be_read_are_said_in_health_and_end_nothing(tmp_path: Path) -> None:
    desk = StoryDesk(tmp_path)
    await desk.open()
    ana = await desk.agent("Ana Mora")
    torn = Fault(kind="torn", method="getUpdates", times=None)
    desk.telegram.faults.add(torn)
    await ana.says("/ayuda")  # ends the poll that is under way
    ana.reads_all()
    desk.telegram.say(ana.user, "/fuera")
    before = asked(desk)

    def goes_by() -> bool:
        desk.clock.advance(1)
        return asked(desk) > before + 5

    await desk.until(goes_by, "it is asked again and again")
    assert "can't be read" in (await health(desk)).unwell["telegram"]
    assert await desk.asks("SELECT count(*) FROM inbox WHERE state <> 3") == 0, "no update is blamed"
    desk.telegram.faults.clear()

    def is_heard() -> bool:
        desk.clock.advance(1)
        return bool(ana.unread)

    await desk.until(is_heard, "it is heard when answers are whole again")
    await desk.settle()
    assert await health(desk) == WELL
    ana.reads_all()
    await desk.end()


@pytest.mark.parametrize("spoilt", [b"\xff", b"\\ud83d", b"\0"])
async def test_p13_a_text_with_a_spoilt_letter_is_handled_without_it(tmp_path: Path, spoilt: bytes) -> None:
    desk = StoryDesk(tmp_path)
    await desk.open()
    ana = await desk.agent("Ana Mora")
    user = b'{"id":%d,"is_bot":false,"first_name":"Ana","type":"private"}' % ana.user.id
    head = b'"message":{"message_id":9000,"date":1772470800,"chat":%b,"from":%b,' % (user, user)
    desk.telegram.deliver_text(head + b'"text":"/emergencia Robo ' + spoilt + b'"}')
    await desk.passes_until(lambda: bool(ana.unread), "it is answered")
    await desk.settle()
    ana.sees("Alerta enviada", "Robo")
    ana.reads_all()
    assert await desk.asks("SELECT count(*) FROM inbox WHERE state = 4") == 0
    await desk.end()


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ('[null,{"update_id":"7"}]', "an update without a number"),
        ('[{"update_id":9},{"update_id":5},{"update_id":5}]', "the same updates come again and again"),
    ],
)
async def test_p13_odd_lists_of_updates_are_said_and_lose_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, result: str, said: str
) -> None:
    """Something before Telegram answers each poll at once, with no numbers or with the same again."""
    desk = StoryDesk(tmp_path)
    await desk.open()
    ana = await desk.agent("Ana Mora")
    body = f'{{"ok":true,"result":{result}}}'
    fault = Fault("proxy", code=200, body=body, method="getUpdates", times=1_000)
    desk.telegram.faults.add(fault)
    desk.telegram.say(ana.user, "/fuera")

    def goes_by(end: Callable[[], bool]) -> bool:
        desk.clock.advance(1)
        return end()

    await desk.until(lambda: goes_by(lambda: desk.app.poller.trouble is not None), "it is noticed")
    assert said in (await health(desk)).unwell["telegram"]
    assert (fault.times or 0) > 1_000 - STANDS - 40, "no haste"
    desk.telegram.faults.clear()
    await desk.until(
        lambda: goes_by(lambda: any("fuera" in str(m.text) for m in ana.unread)),
        "it is heard when lists are lists again",
    )
    await desk.until(lambda: goes_by(lambda: desk.app.poller.trouble is None), "it is well again")
    assert not [record for record in caplog.records if record.exc_info]
    ana.reads_all()
    await desk.end()
