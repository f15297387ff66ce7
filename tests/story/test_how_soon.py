"""How soon somebody was told, answered, came and was done: what operators read of each report, once (P4)."""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, bindparam, select, update

from bot.jobs.milestones import IN_HAND, Milestones
from bot.runtime.pulse import Pulse
from core.state.milestones import Milestone, Reached
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Kind, Priority
from storage.engine.session import Query, Session
from storage.queues.queue import State
from storage.schema.tables import OutboxRow, table
from tests.story.desk import StoryDesk
from tests.story.scraped import scraped

_outbox = table(OutboxRow)
_ALERTS = Query(
    select(_outbox).where(_outbox.c.ring == 1, _outbox.c.card == "task:1").order_by(_outbox.c.id), OutboxRow
)
_BECOMES = Query(update(_outbox).where(_outbox.c.id == bindparam("row")).values(state=bindparam("to", type_=Integer)))

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)


async def milestones(desk: StoryDesk, kind: str = "kind=emergency") -> dict[str, tuple[float, float]]:
    """How often each milestone of a kind was reached, and the seconds of all together."""
    looked_up = desk.app.observers.milestones
    await desk.until(lambda: looked_up.idle and not looked_up.bell.is_set(), "the milestones are looked up")
    samples = await scraped(desk)
    found: dict[str, tuple[float, float]] = {}
    for milestone in Milestone:
        of = [
            name.removeprefix("gad_report_milestone_seconds_count")
            for name, value in samples.items()
            if name.startswith(f"gad_report_milestone_seconds_count{{{kind},milestone={milestone},") and value
        ]
        for labels in of:
            count, total = (samples[f"gad_report_milestone_seconds_{part}{labels}"] for part in ("count", "sum"))
            found[milestone] = (count, round(total, 1))
    return found


async def test_p4_the_time_to_each_answer_is_counted_from_the_report(desk: StoryDesk) -> None:
    """Told at once, Recibido after 20 s, Voy after 30, there after 90, done after 200: each once."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    assert await milestones(desk) == {}
    await juan.says("/emergencia Robo")
    told = await milestones(desk)
    assert told.keys() == {"told"}
    assert told["told"][0] == 1
    assert told["told"][1] < 1, "to somebody else than Juan, within the second"
    for seconds, phone, button in (
        (20, sara, "Recibido"),
        (10, ana, "Voy"),
        (60, ana, "Llegué"),
        (110, ana, "Finalizar"),
    ):
        await desk.advance(seconds)
        await phone.presses(button)
    after = await milestones(desk)
    whole = {milestone: (count, round(seconds)) for milestone, (count, seconds) in after.items()}
    assert whole == {
        "told": (1, 0),
        "answered": (1, 20),
        "acknowledged": (1, 20),
        "accepted": (1, 30),
        "on_scene": (1, 90),
        "closed": (1, 200),
    }
    for phone in (sara, juan, ana):
        phone.reads_all()


async def test_a_second_recibido_is_not_another_first_answer(desk: StoryDesk) -> None:
    """Sara's Recibido stays without progress, the alert climbs again and she presses once more; then it is reopened."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    await sara.presses("Recibido")
    first = await milestones(desk)
    for _ in range(11):
        await desk.passes(60)
    await sara.presses("Recibido")
    await sara.presses("Cancelar tarea")
    await sara.presses("Sí, cancelar")
    await desk.settle()
    closed = await milestones(desk)
    assert closed == {**first, "closed": closed["closed"]}
    assert closed["closed"][0] == 1
    for phone in (sara, juan):
        phone.reads_all()


async def test_p9_a_drill_and_a_silent_alarm_are_in_no_number_of_the_job(desk: StoryDesk) -> None:
    """Graphs hang on walls: nobody in fear is given away by one, and practice proves nothing."""
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta Solís")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await marta.says("/simulacro")
    await marta.presses("🧪 Sí, empezar")
    await ana.presses("Voy")
    await juan.says("/control clave")
    await juan.says("Girasol azul")
    await juan.says("/control 30")
    await juan.says("girasol azul")
    await sara.presses("Recibido")
    assert await milestones(desk) == {}
    job = ("gad_offer", "gad_escalations", "gad_steps", "gad_silent_ends", "gad_report")
    assert {name: value for name, value in (await scraped(desk)).items() if name.startswith(job) and value} == {}
    for phone in (sara, juan, ana, marta):
        phone.reads_all()


async def test_p6_of_several_processes_one_counts_the_first_alert(desk: StoryDesk) -> None:
    """Each has sent some of an emergency's alerts; as long as one is in hand, nobody knows which was the first."""
    await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    for name in ("Ana Mora", "Beto Salas", "Caro Vega"):
        await desk.agent(name, at=NEAR)
    await juan.says("/emergencia Robo")
    app, heard = desk.app, list[Reached]()
    taken = await app.store.read(lambda session: session.rows(_ALERTS))
    alerts = [row for row in taken if row.chat != juan.user.id]
    assert len(alerts) >= 4
    first = min(alerts, key=lambda row: (row.ended_at or 0, row.id))
    processes = [Milestones(app.store, app.clock, heard.append, lambda: app.config.privacy.messages) for _ in alerts]
    for process, row in zip(processes, alerts, strict=True):
        process.alert_taken(row)

    def looked() -> bool:
        return not any(process.bell.is_set() or not process.idle for process in processes)

    await desk.app.store.write(partial(_is, first.id, State.TAKEN))
    for number, process in enumerate(processes):
        app.crew.start(f"process {number}", process.run)
    await desk.until(looked, "all have looked")
    assert heard == []
    await desk.app.store.write(partial(_is, first.id, State.DONE))
    await desk.advance(1)
    await desk.until(lambda: bool(heard), "the first is known")
    await desk.settle()
    assert [(one.milestone, one.kind, one.priority) for one in heard] == [
        (Milestone.TOLD, Kind.EMERGENCY, Priority.CRITICAL)
    ]
    for phone in desk.phones:
        phone.reads_all()


async def test_a_crowd_of_reports_is_looked_up_fifty_at_a_time(desk: StoryDesk) -> None:
    """Each batch is a good round of its own, and what is not sure yet is not asked again for each other report."""
    await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    app, rounds = desk.app, list[datetime | None]()
    taken = await app.store.read(lambda session: session.rows(_ALERTS))
    alert = next(row for row in taken if row.chat != juan.user.id)
    await app.store.write(partial(_is, alert.id, State.TAKEN))

    class Counted(Pulse):
        def rests(self, until: datetime | None) -> None:
            rounds.append(until)
            super().rests(until)

    process = Milestones(app.store, app.clock, list[Reached]().append, lambda: app.config.privacy.messages)
    for number in range(1, 121):
        process.alert_taken(_alert_of(number, alert.id))
    running = asyncio.create_task(process.run(Counted(app.clock)))
    await desk.until(lambda: process.idle and not process.bell.is_set(), "all have been looked up once")
    now, looks = app.clock.now(), len(rounds)
    assert (rounds[:2], set(rounds[2:])) == ([now, now], {now + IN_HAND})
    process.alert_taken(_alert_of(200, alert.id))
    await desk.until(lambda: len(rounds) > looks, "another report is looked up")
    assert set(rounds[looks:]) == {now + IN_HAND}, "the first one keeps its time"
    running.cancel()
    await app.store.write(partial(_is, alert.id, State.DONE))
    for phone in desk.phones:
        phone.reads_all()


def _alert_of(task: int, row: int) -> OutboxRow:
    values: dict[str, Any] = {"id": row, "card": task_card(task), "ring": 1}
    return OutboxRow(**values)


async def _is(row: int, state: State, session: Session) -> None:
    await session.run(_BECOMES, row=row, to=int(state))


async def test_an_emergency_counts_its_offers_steps_and_waves(desk: StoryDesk) -> None:
    """Three are asked at once and one goes: one wave, three offers, one accepted, two released."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    agents = [await desk.agent(name, at=NEAR) for name in ("Ana Mora", "Beto Salas", "Caro Vega")]
    await juan.says("/emergencia Robo")
    await agents[0].presses("Voy")
    samples = await scraped(desk)
    assert (samples["gad_offers_total"], samples["gad_offer_waves_total"]) == (3, 1)
    ended = {name: value for name, value in samples.items() if name.startswith("gad_offers_ended_total")}
    assert {name: value for name, value in ended.items() if value} == {
        "gad_offers_ended_total{outcome=accepted}": 1,
        "gad_offers_ended_total{outcome=released}": 2,
    }
    assert len(ended) == 5, "those that never happened are there, at 0"
    steps = sum(value for name, value in samples.items() if name.startswith("gad_escalations_total"))
    passed = sum(value for name, value in samples.items() if name.startswith("gad_steps_passed_total"))
    assert (steps, passed) == (1, 2), "nobody is on duty: two steps are passed, and the third reaches Sara"
    for phone in (sara, juan, *agents):
        phone.reads_all()


async def test_the_pace_of_a_chat_is_no_delay_of_the_desks_own(desk: StoryDesk) -> None:
    """Sara may get one message a second: what waits for that is counted as the limits' wait, and alarms nobody."""
    await desk.supervisor("Sara Luna")
    agents = [await desk.agent(name, at=PARK) for name in ("Juan Pérez", "Ana Mora", "Beto Salas", "Caro Vega")]
    before = await scraped(desk)
    for agent in agents:
        desk.telegram.say(agent.user, "/emergencia Robo")
    await desk.settle()
    await desk.passes(20)
    after = await scraped(desk)
    counted, soon = (
        after[f"gad_first_call_seconds_{name}"] - before[f"gad_first_call_seconds_{name}"]
        for name in ("count", "bucket{le=1.0}")
    )
    assert counted >= len(agents)
    assert soon == counted
    waits = "gad_limit_wait_seconds_sum{lane=emergency}"
    assert after[waits] > before[waits]
    for phone in desk.phones:
        phone.reads_all()


async def test_what_a_crowd_waits_for_the_bots_own_limit_is_no_delay_of_the_desks(tmp_path: Path) -> None:
    """Two messages may leave in a second, and four people cry at once: most wait for seconds, and the desk for none."""
    desk = StoryDesk(tmp_path, delivery={"per_second": 2})
    await desk.open()
    await desk.supervisor("Sara Luna")
    agents = [await desk.agent(name, at=PARK) for name in ("Juan Pérez", "Ana Mora", "Beto Salas", "Caro Vega")]
    await desk.passes(30)
    before = await scraped(desk)
    for agent in agents:
        desk.telegram.say(agent.user, "/emergencia Robo")
    await desk.settle()
    await desk.passes(40)
    after = await scraped(desk)
    gone = {name: after[name] - before[name] for name in after if name in before}
    soon, counted = "gad_first_call_seconds_bucket{le=1.0}", "gad_first_call_seconds_count"
    assert gone[counted] >= len(agents)
    assert gone[soon] == gone[counted], "what the desk itself took"
    waits = {le: gone[f"gad_limit_wait_seconds_bucket{{lane=emergency,le={le}}}"] for le in ("1.0", "+Inf")}
    assert waits["+Inf"] - waits["1.0"] >= 3, "so many the limit held back for more than a second"
    for phone in desk.phones:
        phone.reads_all()
    await desk.end()
