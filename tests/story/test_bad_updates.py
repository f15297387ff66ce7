"""Updates that can't be handled: set aside after three tries, said to who must know, and nothing behind them waits."""

from typing import Any

import pytest

from bot.conversation.arrival import Arrival
from bot.conversation.worker import Worker
from core.desk.desk import Desk
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)


def from_ana(ana: Phone, **content: Any) -> dict[str, Any]:
    user = {"id": ana.user.id, "is_bot": False, "first_name": ana.name}
    chat = {"id": ana.user.id, "type": "private", "first_name": ana.name}
    return {"message": {"message_id": 9_000, "date": 1_772_470_800, "from": user, "chat": chat, **content}}


async def test_p1_a_poison_update_is_set_aside_after_three_tries_and_the_next_one_goes_on(
    desk: StoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    marta, ana, beto = await desk.admin("Marta Solís"), await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    desk.telegram.deliver(from_ana(ana, entities="no list of anything", text="/fuera"))
    desk.telegram.say(ana.user, "/mistareas")
    await beto.says("/fuera")
    beto.sees("Estás fuera de servicio")

    await desk.advance(6)
    ana.sees("No pude procesar tu último mensaje", "/emergencia")
    marta.sees("quedó apartada", "después de 3 intentos", "Número: ")
    ana.sees("Tus tareas")
    assert await parked(desk) == 1
    said = [record for record in caplog.records if record.name == "bot.conversation.worker"]
    assert [record.exc_info for record in said] == [None], "one line, and no traceback"
    assert "can't be read" in said[0].getMessage()


async def test_p1_an_emergency_does_not_wait_behind_a_poison_update(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    desk.telegram.deliver(from_ana(ana, entities=7, text="hola"))
    await desk.settle()
    await ana.says("/emergencia Robo")
    ana.sees("Alerta enviada", "Robo")
    await desk.advance(1)
    await desk.advance(5)
    for phone in (ana, marta):
        phone.reads_all()


async def test_p1_p2_a_handler_that_fails_once_is_called_again(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the command was carried out: it is not carried out again, and the answer comes."""
    ana = await desk.agent("Ana Mora")
    execute, failures = Desk.execute, ["the first time"]

    async def fails_once(self: Desk, *args: Any, **kwargs: Any) -> Any:
        outcome = await execute(self, *args, **kwargs)
        if failures:
            raise RuntimeError(failures.pop())
        return outcome

    monkeypatch.setattr(Desk, "execute", fails_once)
    await ana.says("/fuera")
    await desk.advance(1)
    ana.sees("Estás fuera de servicio")
    assert await parked(desk) == 0


async def test_p1_an_answer_that_cannot_be_kept_is_a_failure_like_any_other(
    desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    settle = Worker._settle

    async def fails(self: Worker, row: Any, arrival: Arrival | None) -> Exception | None:
        message = arrival.update.message if arrival is not None else None
        if message is not None and message.text == "/fuera":
            return ValueError("too much")
        return await settle(self, row, arrival)

    monkeypatch.setattr(Worker, "_settle", fails)
    await ana.says("/fuera")
    await desk.advance(1)
    await desk.advance(5)
    ana.sees("No pude procesar")
    marta.sees("a fault of the desk's own", "too much").lacks("ValueError")


POISON: list[dict[str, object]] = [
    {},
    {"message": None},
    {"message": "a text"},
    {"message": {}},
    {"message": {"chat": {"id": 10**30}, "from": {"id": 10**30}, "date": 10**30, "message_id": 1, "text": "/start"}},
    {"message": {"chat": {"id": -5, "type": "group"}, "date": "yesterday", "message_id": 1}},
    {"callback_query": {"id": 7, "from": 7}},
    {
        "callback_query": {
            "id": "7",
            "from": {"id": 1, "is_bot": False, "first_name": ""},
            "chat_instance": "",
            "data": 3,
        }
    },
    {"edited_message": {"location": {"latitude": 1, "longitude": 1}, "from": {"id": 10**25}, "edit_date": 1}},
    {"edited_message": {"location": {"latitude": 1, "longitude": 1}, "from": {"id": 1}, "edit_date": 10**25}},
    {"edited_message": {"location": {"latitude": 10**400, "longitude": 1}, "from": {"id": 1}, "edit_date": 1}},
    {"my_chat_member": {"chat": {"id": 1}, "from": {"id": 1}, "date": 0, "new_chat_member": {"status": 5}}},
    {"tomorrows_invention": {"chat": {"id": 1}}},
    {"poll": [[[[]]]], "poll_answer": {"user": {"id": {}}}},
]


async def test_p1_nothing_that_may_come_stops_the_intake(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    for raw in POISON:
        desk.telegram.deliver(raw)
    await ana.says("/fuera")
    ana.sees("Estás fuera de servicio")
    for _ in range(8 * len(POISON)):
        await desk.advance(5)
        marta.reads_all()
    assert not desk.app.crew.failing("poller")
    waiting = "SELECT count(*) FROM inbox WHERE state < 3"
    assert await desk.asks(waiting) == 0
    ana.reads_all()


async def parked(desk: StoryDesk) -> int:
    return int(await desk.asks("SELECT count(*) FROM inbox WHERE state = 4"))


def older_poll() -> dict[str, object]:
    """A poll as a Bot API server before 9.6 sends it: its options have no lasting number."""
    options = [{"text": answer, "voter_count": 0} for answer in ("sí", "no")]
    return {"id": "1", "question": "¿Hay relevo?", "options": options, "total_voter_count": 0, "type": "regular"} | {
        "is_closed": False,
        "is_anonymous": True,
        "allows_multiple_answers": False,
    }


@pytest.mark.parametrize("beside", ["reply_to_message", "external_reply", "poll", "game", "unheard_of"])
async def test_p13_a_call_for_help_is_heard_whatever_cannot_be_read_beside_it(desk: StoryDesk, beside: str) -> None:
    """Juan answers a message of a kind that this version of the desk does not know."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    now, said = int(desk.clock.now().timestamp()), juan.user.wire
    chat = {"id": said.id, "type": "private", "first_name": said.first_name}
    answered = {"message_id": 900, "date": now, "chat": chat, "poll": older_poll()}
    fields = {"reply_to_message": answered, "external_reply": {"origin": {"type": "user"}}, "poll": older_poll()}
    message = {"message_id": 901, "date": now, "chat": chat, "text": "/emergencia Robo", beside: fields.get(beside, {})}
    message["from"] = {"id": said.id, "is_bot": False, "first_name": said.first_name}
    desk.telegram.deliver({"message": message})
    await desk.settle()
    sara.sees("Robo")
    assert await desk.asks("SELECT count(*) FROM inbox WHERE state = 4") == 0
    for phone in (sara, juan):
        phone.reads_all()
