"""P11: with 2,000 supervisors in 100 units a command costs what it costs with 20, counted in what the database does."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from core.rules.permissions import DESK
from core.state.task import Task
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary.card_names import access_card, freeze_card, frozen_call_card, swap_card
from core.vocabulary.words import Role
from storage.audit import record
from storage.repositories import board, plan_inputs
from tests.core.crowded import DAY, MONDAY, Watch
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import task_of

FEW, MANY = 20, 2_000
_COPY = """
INSERT INTO person (telegram_id, name, role, membership, availability, seen_at, unit, shift_since, reachable)
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
SELECT 50000 + n, 'S' || n, 2, 'active', 'unavailable', 0, 1 + n / 20, CASE WHEN ? THEN n END, 1 FROM n
"""
Costs = dict[str, tuple[int, int]]


class Counted:
    """A desk with so many supervisors; each act costs statements, and steps of the database."""

    def __init__(self, folder: Path, supervisors: int, *, on_duty: bool) -> None:
        folder.mkdir()
        self.dispatch = Dispatch(folder)
        self.dispatch.direct.connection.execute(_COPY, (supervisors, on_duty))
        self.rita = self.dispatch.agent("Rita")
        for number in range(5):
            self.dispatch.agent(f"A{number}", away=100.0 * number)
        self.costs: Costs = {}

    async def does(self, name: str, act: Callable[[], Awaitable[object]]) -> None:
        """Do it and note what it cost."""
        statements = steps = 0

        def stated(_: str) -> None:
            nonlocal statements
            statements += 1

        def stepped() -> int:
            nonlocal steps
            steps += 1
            return 0

        connection = self.dispatch.direct.connection
        connection.set_trace_callback(stated)
        connection.set_progress_handler(stepped, 1)
        await act()
        connection.set_trace_callback(None)
        connection.set_progress_handler(None, 0)
        self.costs[name] = statements, steps

    async def a_night(self) -> Costs:
        """An alert, what is said and asked about it, each page of its people, and its end."""
        dispatch, desk, caller = self.dispatch, self.dispatch.desk, self.dispatch.caller(self.rita)
        opened: list[Task] = []

        async def alert() -> None:
            command = c.OpenEmergency(title="Robo", sent_at=dispatch.moment, place=PARK)
            task = task_of(await desk.execute(command, caller=caller))
            assert task is not None
            opened.append(task)

        async def runs(ask: Callable[..., Awaitable[object]]) -> None:
            dispatch.direct.run(ask)

        await self.does("board", lambda: runs(lambda session: board.board(session, None)))
        await self.does("alert", alert)
        task = opened[0].id
        now, rules = dispatch.moment, dispatch.rules
        for page in range(1, 4):
            dispatch.moment += timedelta(milliseconds=1)
            await self.does(f"page {page}", lambda: desk.fire_due(limit=1))
        await self.does("note", lambda: desk.execute(c.AddNote(task=task, text="se oyen tiros"), caller=caller))
        await self.does("step", lambda: desk.execute(c.Escalate(task=task), caller=caller))
        await self.does("plan", lambda: runs(lambda session: plan_inputs.of_task(session, task, rules, None, now)))
        await self.does("why", lambda: runs(lambda session: record.of_task(session, task)))
        await self.does("end", lambda: desk.execute(c.Cancel(task=task), caller=caller))
        work = c.OpenTask(title="Ronda", sent_at=dispatch.moment, assignee=self.rita.id)
        await self.does("work", lambda: desk.execute(work, caller=caller))
        return self.costs

    async def a_day(self, role: Role, *, one_unit: bool) -> Costs:
        """Everything that a crowd hears of a person or a unit, and the page that follows."""
        watch = Watch(self.dispatch)
        desk, unit = self.dispatch.desk, await watch.begins()
        people = "UPDATE person SET role = ?, unit = CASE WHEN ? THEN ? ELSE unit END WHERE telegram_id > 50000"
        self.dispatch.direct.connection.execute(people, (int(role), one_unit, unit))

        async def late() -> None:
            await desk.fire_due(limit=1)

        async def heard(name: str, act: Callable[[], Awaitable[object]], *, card: str = "") -> None:
            await self.does(name, act)
            await self.does(f"page of {name}", watch.turns_the_page)
            watch.has_heard(card)

        await watch.asks_for_words()
        await heard("ended control", watch.ends_her_control)
        await heard("silenced", lambda: desk.execute(c.MarkSilenced(person=self.rita.id), caller=DESK))
        await heard("offered turn", watch.offers, card=swap_card(unit, 2))
        await heard("taken turn", watch.takes)
        enter = c.Enter(account=90_000, name="Nora")
        nora = 1 + self.dispatch.direct.connection.execute("SELECT max(id) AS last FROM person").fetchone()["last"]
        await heard("request", lambda: desk.execute(enter, caller=DESK), card=access_card(nora))
        admit = c.Admit(person=nora, role=Role.SUPERVISOR)
        await heard("admitted", lambda: watch.does(watch.ada, admit))
        link = uc.LinkGroup(unit=unit, room=-77, title="Patrulla")
        await heard("linked group", lambda: watch.does(watch.ada, link))
        freeze, call = ac.Freeze(person=nora), ac.CallFrozen(person=nora, words="ayuda")
        await heard("frozen", lambda: watch.does(watch.ada, freeze), card=freeze_card(nora))
        await heard("called", lambda: desk.execute(call, caller=DESK), card=frozen_call_card(nora))
        await heard("lifted", lambda: watch.does(watch.ada, ac.Thaw(person=nora)))
        self.dispatch.moment = MONDAY + DAY
        await self.does("hand-over", desk.fire_due)
        self.dispatch.moment += self.dispatch.rules.handover_timeout
        await heard("late hand-over", late)
        return self.costs


def dearer(few: Costs, many: Costs) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """Acts that cost more than 1.5 times with the many of what they cost with the few, who have no pages."""
    return {
        name: (few[name], cost)
        for name, cost in many.items()
        if not name.startswith("page") and any(now > 1.5 * before for now, before in zip(cost, few[name], strict=True))
    }


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
@pytest.mark.parametrize("one_unit", [False, True])
async def test_p11_what_a_crowd_hears_of_people_and_units_costs_what_a_page_costs(
    tmp_path: Path, role: Role, one_unit: bool
) -> None:
    few = await Counted(tmp_path / "few", FEW, on_duty=False).a_day(role, one_unit=one_unit)
    many = await Counted(tmp_path / "many", MANY, on_duty=False).a_day(role, one_unit=one_unit)
    assert not dearer(few, many)
    page = max(few.values())
    assert {name: cost for name, cost in many.items() if name.startswith("page") and cost > page} == {}


@pytest.mark.parametrize("on_duty", [False, True])
async def test_p11_a_crowd_of_supervisors_costs_what_a_few_cost(tmp_path: Path, on_duty: bool) -> None:
    few = await Counted(tmp_path / "few", FEW, on_duty=on_duty).a_night()
    many = await Counted(tmp_path / "many", MANY, on_duty=on_duty).a_night()
    page = max(few.values())
    assert not dearer(few, many)
    assert all(many[f"page {number}"] <= page for number in range(1, 4)), "a page costs no more than a command"
