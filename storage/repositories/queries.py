"""The library: each question is one reading on a consistent view."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from core.desk.ports import Record
from core.notifications.notifications import TaskContext
from core.queries.emergency_waits import WaitingFor
from core.queries.plan import Plan
from core.queries.queries import AgentLine, Board, OpenInvitation, PersonPage, TaskPage, UnitPage, Which
from core.queries.tokens import ApiToken
from core.rules.situation import Candidate, Rules
from core.state.checkins import CheckIn
from core.state.duress import DuressWord
from core.state.lost_word import LostWord
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary.account_events import Replaced
from core.vocabulary.commands import OpenEmergency
from core.vocabulary.events import Admitted, Disabled, Rejected
from core.vocabulary.places import Place
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Rota
from core.vocabulary.words import Kind, Membership, Role
from storage.audit import record, record_of_reports
from storage.engine.session import Session
from storage.engine.store import Store
from storage.repositories import (
    agents,
    board,
    checkins,
    duress,
    duty,
    emergency_waits,
    invitations,
    lists,
    lost_words,
    nearest,
    notices,
    people,
    people_by_id,
    plan_inputs,
    search,
    shares,
    tasks,
    tokens,
    units,
)

LOOKS = 10
LOOKED_BACK = 50


async def task_file(session: Session, task_id: int, *, silent: bool = True) -> TaskContext | None:
    """A task with the people it names."""
    task = await tasks.find(session, task_id, silent=silent)
    if task is None:
        return None
    return TaskContext(task=task, people=await people_by_id.several(session, lists.involved(task)))


class SqlQueries:
    """``core.queries.queries.Queries`` in SQL: each line says which file answers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read = store.read

    async def person(self, person_id: int) -> Person | None:
        return await self._read(lambda session: people.by_id(session, person_id))

    async def person_at(self, account: int) -> Person | None:
        return await self._read(lambda session: people.by_account(session, account))

    async def person_named(self, username: str) -> Person | None:
        return await self._read(lambda session: people.by_username(session, username.removeprefix("@")))

    async def people_called(self, name: str, *, active: bool, most: int = 10) -> tuple[Person, ...]:
        return await self._read(lambda session: people.spoken_of(session, name, active=active, most=most))

    async def people(
        self, *, membership: Membership, role: Role, after: tuple[str, int] | None = None, most: int = 10
    ) -> PersonPage:
        page = await self._read(
            lambda session: people.page(session, membership, role, after=after or ("", 0), most=most + 1)
        )
        last = page[most - 1] if len(page) > most else None
        return PersonPage(people=page[:most], after=(last.name, last.id) if last is not None else None)

    async def invitations(self, *, after: tuple[datetime, str], most: int) -> tuple[OpenInvitation, ...]:
        async def look(session: Session) -> tuple[OpenInvitation, ...]:
            rows = await invitations.page(session, *after, most)
            makers = await people_by_id.several(session, {row.made_by for row in rows if row.made_by is not None})
            return tuple(
                OpenInvitation(
                    digest=row.digest,
                    invitation=invitations.invitation_of(row),
                    maker=makers.get(row.made_by) if row.made_by is not None else None,
                )
                for row in rows
            )

        return await self._read(look)

    async def task_file(self, task_id: int, *, silent: bool = True) -> TaskContext | None:
        return await self._read(lambda session: task_file(session, task_id, silent=silent))

    async def open_reports(self, task: Task) -> int:
        return await self._store.read(lambda session: shares.count_open(session, task))

    async def token(self, digest: str) -> ApiToken | None:
        return await self._read(lambda session: tokens.find(session, digest))

    async def has_tokens(self, now: datetime) -> bool:
        return await self._read(lambda session: tokens.some(session, now))

    async def history(self, task_id: int) -> tuple[Record, ...]:
        return tuple(await self._read(lambda session: record.of_task(session, task_id)))

    async def reports(self, task_id: int) -> tuple[Record, ...]:
        return tuple(await self._read(lambda session: record_of_reports.newest(session, task_id)))

    async def letting_in(self, person_id: int) -> Record | None:
        records = await self._read(lambda session: record.of_person(session, person_id, most=LOOKED_BACK))
        return next((one for one in records if isinstance(one.event, Admitted | Rejected | Disabled | Replaced)), None)

    async def history_of(self, person_id: int, *, most: int) -> tuple[Record, ...]:
        return tuple(await self._read(lambda session: record.of_person(session, person_id, most=most)))

    async def informed(self, person_id: int) -> bool:
        return await self._read(lambda session: notices.given(session, person_id))

    async def tasks(
        self, which: Which, *, kind: Kind | None = None, after: int | None = None, most: int = 10, silent: bool = True
    ) -> TaskPage:
        return await self._read(lambda session: lists.of_all(session, which, kind, after, most, silent=silent))

    async def tasks_of(self, person_id: int, which: Which, *, after: int | None = None, most: int = 10) -> TaskPage:
        return await self._read(lambda session: lists.of_person(session, person_id, which, after, most))

    async def to_do(self, person_id: int, *, after: int | None = None, most: int = 10) -> TaskPage:
        return await self._read(lambda session: lists.to_do(session, person_id, after, most))

    async def search(
        self, text: str, *, seen_by: int | None = None, after: int | None = None, most: int = 10
    ) -> TaskPage:
        page = await self._look_for(text, seen_by, after, most)
        for _ in range(LOOKS):
            if page.tasks or page.after is None:
                break
            page = await self._look_for(text, seen_by, page.after, most)
        return page

    async def _look_for(self, text: str, seen_by: int | None, after: int | None, most: int) -> TaskPage:
        return await self._read(lambda session: search.search(session, text, seen_by, after, most))

    async def agents(
        self, *, near: Place | None = None, after: tuple[str, int] | None = None, most: int = 10
    ) -> tuple[AgentLine, ...]:
        return await self._read(lambda session: agents.to_choose_from(session, near, after, most))

    async def nearest(self, place: Place, *, seen_after: datetime, most: int) -> tuple[Candidate, ...]:
        return await self._read(
            lambda session: nearest.free_agents(session, place, seen_after=seen_after, task=0, reporter=None, most=most)
        )

    async def on_duty(self, now: datetime, unit: int | None = None, *, role: Role | None = None) -> frozenset[int]:
        return await self._read(lambda session: duty.on_duty(session, now, unit, role=role))

    async def on_shift(self, unit: int) -> tuple[Person, ...]:
        return await self._read(lambda session: duty.on_shift(session, unit))

    async def units(self, *, after: tuple[str, int] | None = None, most: int = 10) -> UnitPage:
        page = await self._read(lambda session: units.page(session, after, most + 1))
        last = page[most - 1] if len(page) > most else None
        return UnitPage(units=page[:most], after=(last.name, last.id) if last is not None else None)

    async def unit(self, unit_id: int) -> Unit | None:
        return await self._read(lambda session: units.find(session, unit_id))

    async def unit_named(self, name: str) -> Unit | None:
        async def look(session: Session) -> Unit | None:
            number = await units.named(session, name)
            return await units.find(session, number) if number is not None else None

        return await self._read(look)

    async def rota(self, unit_id: int) -> Rota | None:
        unit = await self.unit(unit_id)
        return unit.rota if unit is not None else None

    async def members(self, unit_id: int, *, after: tuple[str, int] | None = None, most: int = 10) -> PersonPage:
        page = await self._read(lambda session: people.of_unit(session, unit_id, after or ("", 0), most + 1))
        last = page[most - 1] if len(page) > most else None
        return PersonPage(people=page[:most], after=(last.name, last.id) if last is not None else None)

    async def people_by_id(self, ids: Iterable[int]) -> dict[int, Person]:
        return await self._read(lambda session: people_by_id.several(session, ids))

    async def check_in(self, account: int) -> CheckIn | None:
        return await self._read(lambda session: checkins.find(session, account))

    async def duress_word(self, person_id: int) -> DuressWord | None:
        return await self._read(lambda session: duress.find(session, person_id))

    async def lost_word(self, person_id: int) -> LostWord | None:
        return await self._read(lambda session: lost_words.find(session, person_id))

    async def guesses_held(self, account: int, now: datetime) -> datetime | None:
        return await self._read(lambda session: lost_words.held(session, account, now))

    async def plan_of(self, task_id: int, rules: Rules, group: int | None, now: datetime) -> Plan | None:
        return await self._read(lambda session: plan_inputs.of_task(session, task_id, rules, group, now))

    async def plan_opening(
        self, opening: OpenEmergency, rules: Rules, group: int | None, at: datetime, *, agents: bool
    ) -> Plan | Refusal:
        return await self._read(
            lambda session: plan_inputs.of_opening(session, opening, rules, group, at, agents=agents)
        )

    async def board(self, reader: int | None = None, *, silent: bool = True) -> Board:
        numbers = await self._read(lambda session: board.board(session, reader, silent=silent))
        return replace(numbers, log_bytes=self._store.log_bytes)

    async def leaders(self) -> int:
        return await self._read(board.leaders)

    async def emergency_waits(self, *, silent: bool = True) -> Mapping[WaitingFor, datetime]:
        return await self._read(lambda session: emergency_waits.emergency_waits(session, silent=silent))
