"""A storm: more emergencies at once than a chat takes messages, so what waits for it leaves as one list."""

import asyncio
from functools import partial

from core.desk.outcome import TaskDone
from core.rules.permissions import Caller
from core.state.task import code_of
from core.vocabulary import commands as c
from core.vocabulary.card_names import task_card
from core.vocabulary.places import Place
from emulator import Fault
from storage.queues import outbox
from tests.story.desk import StoryDesk

PROGRAM = Caller(via="storm")


async def breaks_out(desk: StoryDesk, count: int) -> list[int]:
    """So many emergencies are reported at the same instant; their tasks."""

    async def report(number: int) -> int:
        place = Place(-2.19 + number / 10_000, -79.88)
        opening = c.OpenEmergency(title=f"Robo número {number}", sent_at=desk.clock.now(), place=place)
        outcome = await desk.app.desk.execute(opening, caller=PROGRAM)
        assert isinstance(outcome, TaskDone)
        return outcome.task.id

    return list(await asyncio.gather(*(report(number) for number in range(count))))


async def test_p5_p6_a_hundred_emergencies_reach_the_only_supervisor_within_five_seconds(desk: StoryDesk) -> None:
    marta = await desk.supervisor("Marta Solís")
    agents = [await desk.agent(f"Agente {number}", at=(-2.19, -79.88)) for number in range(20)]
    tasks = await breaks_out(desk, 100)
    await desk.passes(5)

    words = "\n".join(message.text for message in marta.messages)
    assert [code_of(task) for task in tasks if code_of(task) not in words] == [], "Marta is told of each"
    for lists in marta.messages:
        assert len(lists.text) <= 4096
    assert not desk.telegram.flood.refused
    for phone in (marta, *agents):
        phone.reads_all()


async def test_a_list_leads_to_each_card_and_its_buttons_act(desk: StoryDesk) -> None:
    marta = await desk.supervisor("Marta Solís")
    tasks = await breaks_out(desk, 8)
    await desk.passes(5)
    first, last = code_of(tasks[-2]), code_of(tasks[-1])
    listed = marta.has("alertas a la vez", first, last)
    marta.reads_all()

    assert {f"Recibido · {last}", f"Ver {last}", f"Recibido · {first}"} <= set(listed.buttons)
    await listed.presses(f"Ver {last}")
    card = marta.sees(last, "Robo número")
    await listed.presses(f"Recibido · {last}")
    assert "Marta Solís" in card.text, "the card changes in place"
    await listed.presses(f"Recibido · {first}")
    marta.sees(first, "Marta Solís")
    listed.says(first, last)
    marta.reads_all()


async def test_where_two_wait_each_leaves_with_its_own_card(desk: StoryDesk) -> None:
    marta = await desk.supervisor("Marta Solís")
    tasks = await breaks_out(desk, 2)
    await desk.passes(5)

    for task in tasks:
        marta.sees(code_of(task), "Robo número", "Nadie")
    marta.reads_all()
    assert not any("alertas a la vez" in message.text for message in marta.messages)


async def test_each_of_a_list_counts_as_told_when_the_list_was_taken(desk: StoryDesk) -> None:
    marta = await desk.supervisor("Marta Solís")
    tasks = await breaks_out(desk, 40)
    await desk.passes(5)

    for task in tasks:
        told = await desk.app.store.read(partial(outbox.sent_alerts, card=task_card(task)))
        assert any(alert.account == marta.user.id and alert.taken_at is not None for alert in told), code_of(task)
    assert await desk.asks("SELECT count(*) FROM outbox WHERE ended_at IS NULL") == 0
    marta.reads_all()


async def test_p3_a_list_whose_answer_is_lost_comes_again_with_the_mark(desk: StoryDesk) -> None:
    marta = await desk.supervisor("Marta Solís")
    await breaks_out(desk, 2)
    await desk.passes(0)  # what the chat takes at once has left: all that is new waits, and goes as a list
    desk.telegram.faults.add(Fault(kind="reset_after", method="sendMessage", chat_id=marta.user.id))
    tasks = await breaks_out(desk, 12)
    await desk.passes(30)

    words = "\n".join(message.text for message in marta.messages)
    assert all(code_of(task) in words for task in tasks)
    marta.has("alertas a la vez", "(reenvío)")
    marta.reads_all()


async def test_p3_alarms_of_a_list_that_is_refused_leave_one_by_one(desk: StoryDesk) -> None:
    marta = await desk.supervisor("Marta Solís")
    await breaks_out(desk, 2)
    await desk.passes(0)  # what the chat takes at once has left: all that is new waits, and goes as a list
    desk.telegram.faults.add(Fault(kind="status", code=400, method="sendMessage", chat_id=marta.user.id))
    tasks = await breaks_out(desk, 6)
    await desk.passes(20)

    for task in tasks:
        marta.has(code_of(task), "Robo número", "Reportó")
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state <> 3") == 0
    marta.reads_all()


async def test_whoever_blocked_the_bot_is_told_of_none_of_a_list(desk: StoryDesk) -> None:
    marta, sara = await desk.supervisor("Marta Solís"), await desk.supervisor("Sara Luna")
    desk.telegram.block(marta.user, desk.bot)
    tasks = await breaks_out(desk, 9)
    await desk.passes(20)

    for task in tasks:
        told = await desk.app.store.read(partial(outbox.sent_alerts, card=task_card(task)))
        assert not any(alert.account == marta.user.id and alert.taken_at is not None for alert in told)
    sara.reads_all()
    marta.reads_all()
