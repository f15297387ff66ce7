"""Commands that are typed beside a desk that runs: it takes up what they did."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy import update as change

from emulator import Fault
from storage.audit import audit
from storage.engine.session import Query, Session
from storage.queues.queue import State
from storage.schema.tables import EventRow, InboxRow, OutboxRow, table
from tests.story.desk import TOKEN, StoryDesk
from tests.support.console import Gad, Told, in_folder

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_inbox, _outbox, _event = table(InboxRow), table(OutboxRow), table(EventRow)
_park_last = Query(
    change(_inbox)
    .where(_inbox.c.id == bindparam("row"))
    .values(state=int(State.PARKED), error="ValueError: no", payload=bindparam("payload"))
)
_last = Query(select(_inbox).order_by(_inbox.c.id.desc()).limit(1), InboxRow)
_sent = Query(select(_outbox).order_by(_outbox.c.id), OutboxRow)
_dropped = Query(select(_event).where(_event.c.via == "cli").order_by(_event.c.id), EventRow)

Beside = Callable[..., Awaitable[Told]]


@pytest.fixture
def gad(desk: StoryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Beside:
    """Types a command beside the desk."""
    telegram = f'[telegram]\ntoken = "{TOKEN}"\napi_base_url = "{desk.app.config.telegram.api_base_url}"\n'
    typed: Gad = in_folder(tmp_path, monkeypatch, capsys, telegram)
    return lambda *words: asyncio.to_thread(typed, *words)


async def set_aside(desk: StoryDesk, payload: str) -> int:
    """The last update that came is one that could not be handled; its row."""

    async def unit(session: Session) -> int:
        row = await session.row(_last)
        assert row is not None
        await session.run(_park_last, row=row.id, payload=payload)
        return row.id

    return await desk.app.store.write(unit)


async def test_a_link_lets_one_person_in_with_the_role_that_was_named(desk: StoryDesk, gad: Beside) -> None:
    code, output, errors = await gad("invite", "supervisora")
    assert (code, errors) == (0, "")
    assert output.startswith(f"https://t.me/{desk.bot.username}?start=")

    ivan, eva = desk.stranger("Iván Paz"), desk.stranger("Eva Ríos")
    await ivan.says(f"/start {output.strip().partition('start=')[2]}")
    ivan.sees("estás dentro")
    await eva.says(f"/start {output.strip().partition('start=')[2]}")
    eva.reads_all()
    ivan.reads_all()
    assert (await audit.verify(desk.app.store)).flaw is None


async def test_a_link_for_no_role_or_from_no_bot_is_refused_in_one_line(desk: StoryDesk, gad: Beside) -> None:
    code, output, errors = await gad("invite", "jefe")
    assert (code, output, len(errors.splitlines())) == (64, "", 1)
    desk.telegram.faults.add(Fault(kind="reset_before", method="getMe", times=None))
    code, output, errors = await gad("invite", "agente")
    assert (code, output) == (1, "")
    assert errors.startswith("gad: telegram.api_base_url: ")


async def test_a_message_that_was_set_aside_is_shown_and_tried_again(desk: StoryDesk, gad: Beside) -> None:
    assert (await gad("deadletters", "list"))[1] == "Nothing was set aside.\n"
    ana, rosa = await desk.agent("Ana Mora"), await desk.admin("Rosa Vera")
    desk.telegram.faults.add(Fault(kind="status", code=400, method="sendMessage"))
    await ana.says("/tarea T-9")
    ana.sees_nothing()

    code, output, _ = await gad("deadletters", "list")
    first, content = output.splitlines()
    number = first.split()[0]
    rosa.sees("quedó apartado", f"Número: {number}", "Causa: 400")
    assert code == 0
    assert number.startswith("M")
    assert "sendMessage: 400" in first
    assert "T-000009" in content
    await rosa.says("/estado")
    rosa.sees("que nadie pudo leer: 0 · que no se pudieron entregar: 1", "1 × sin entregar: 400")

    assert (await gad("deadletters", "retry", number.lower()))[1] == f"{number.lower()} is tried again\n"
    await desk.advance(timedelta(seconds=6).total_seconds())
    ana.sees("T-000009")
    code, _, errors = await gad("deadletters", "retry", number)
    assert (code, errors) == (1, f"gad: {number}: nothing with this ID was set aside\n")


async def test_an_update_that_was_set_aside_is_handled_after_all(desk: StoryDesk, gad: Beside) -> None:
    ana = await desk.agent("Ana Mora")
    message = {"message_id": 1, "date": 1, "text": "/tarea T-9"}
    sender = {"id": ana.user.id, "is_bot": False, "first_name": "Ana"}
    chat = {"id": ana.user.id, "type": "private"}
    update = {"update_id": 1, "message": message | {"from": sender, "chat": chat}}
    row = await set_aside(desk, json.dumps(update))
    assert f"U{row} " in (await gad("deadletters", "list"))[1]
    assert (await gad("deadletters", "retry", f"U{row}"))[0] == 0
    await desk.advance(6)
    ana.sees("T-000009")


async def test_p10_what_is_dropped_is_in_the_record_with_its_reason(desk: StoryDesk, gad: Beside) -> None:
    await desk.agent("Ana Mora")
    row = await set_aside(desk, "not read by anybody")
    assert (await gad("deadletters", "drop", f"U{row}"))[0] == 64, "no reason, no drop"
    assert (await gad("deadletters", "drop", f"U{row}", "--why", "  "))[0] == 64
    assert (await gad("deadletters", "drop", "7", "--why", "x"))[0] == 64

    assert await gad("deadletters", "drop", f"U{row}", "--why", "era una prueba") == (0, f"U{row} was dropped\n", "")

    assert (await gad("deadletters", "list"))[1] == "Nothing was set aside.\n"
    (event,) = await desk.app.store.read(lambda session: session.rows(_dropped))
    assert (event.reason, event.via) == ("era una prueba", "cli")
    assert "ValueError: no" in event.body
    assert (await audit.verify(desk.app.store)).flaw is None
    assert (await gad("deadletters", "drop", f"U{row}", "--why", "otra vez"))[0] == 1


async def test_an_old_state_of_a_card_is_not_said_again(desk: StoryDesk, gad: Beside) -> None:
    ana, marta = await desk.agent("Ana Mora"), await desk.supervisor("Marta Solís")
    desk.telegram.faults.add(Fault(kind="status", code=400, method="sendMessage", chat_id=marta.user.id))
    await ana.says("/nueva Patrullaje")
    ana.reads_all()
    marta.reads_all()
    (parked,) = [row for row in await desk.app.store.read(lambda session: session.rows(_sent)) if row.state == 4]
    await marta.says("/asignar T-1 @ana")
    ana.reads_all()
    marta.reads_all()

    code, _, errors = await gad("deadletters", "retry", f"M{parked.id}")

    assert (code, errors) == (1, f"gad: M{parked.id}: its message has been said anew since; drop it\n")
