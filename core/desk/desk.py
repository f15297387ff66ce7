"""The dispatch desk: the one write path. Events, state, timers, messages and the answer commit together (P3)."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from msgspec import Struct, json
from msgspec.structs import replace

from core.desk.checkin_desk import keep_check_in
from core.desk.drill_report import drill_report
from core.desk.load_situation import load_situation
from core.desk.ports import Clock, Composer, OutgoingMessage, Record, Repository, UnitOfWork
from core.desk.unit_desk import keep_unit
from core.notifications.notifications import PersonContext, TaskContext, person_notifications, task_notifications
from core.rules import timers
from core.rules.checkin_rules import following
from core.rules.decide import decide
from core.rules.permissions import DESK, Caller, caller_of
from core.rules.situation import Invitation, Rules, Situation
from core.state import task as tasks
from core.state.checkins import CheckIn
from core.state.directory import Directory
from core.state.person import Person
from core.state.person import evolve as evolve_person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.checkin_events import CheckInEvent
from core.vocabulary.refusals import Refusal
from core.vocabulary.unit_commands import Dismiss, UnitCommand
from core.vocabulary.unit_events import UnitEvent


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of a command: a refusal, or the task, person, unit or check-in as it is now and what
    happened to it.

    ``request`` is what the request that this answers was called when its answer was kept under a key.
    """

    refusal: Refusal | None = None
    task: Task | None = None
    person: Person | None = None
    unit: Unit | None = None
    check_in: CheckIn | None = None
    events: tuple[e.AnyEvent, ...] = ()
    request: str = ""


class Desk:
    """Executes commands. ``posted`` is called after each commit that put messages in the outbox; ``group`` is the
    supervisors' chat."""

    def __init__(
        self,
        *,
        units: UnitOfWork,
        clock: Clock,
        composer: Composer,
        rules: Rules,
        group: int | None = None,
        posted: Callable[[], None] = lambda: None,
    ) -> None:
        self._units = units
        self._clock = clock
        self._composer = composer
        self._rules = rules
        self.group = group
        self._posted = posted

    @property
    def rules(self) -> Rules:
        """The numbers that it decides by."""
        return self._rules

    async def execute(
        self, command: c.AnyCommand, *, caller: Caller, key: str | None = None, reason: str = "", request: str = ""
    ) -> Outcome:
        """Carry out a command once. The same ``key`` again changes nothing and gets the same answer (P2).

        The answer bears the ``request`` that it was first given to: with another one, the key was used twice.
        """

        async def unit(repository: Repository) -> Outcome:
            if key is not None and (answer := await repository.recall(key)) is not None:
                return json.decode(answer, type=Outcome)
            now = self._clock.now()
            outcome = await self._carry_out(repository, command, await _fresh(repository, caller), reason, now)
            if key is not None:
                outcome = replace(outcome, request=request)
                await repository.remember(key, json.encode(outcome), now)
            return outcome

        outcome = await self._units.write(unit)
        if outcome.events:
            self._posted()
        return outcome

    async def fire_due(self, *, limit: int = 100) -> int:
        """Act on what is due now, each in the transaction that takes it off the list (P8); how many there were.

        One at a time: what one of them brings about may set another anew, whose time has not come then.
        """

        async def unit(repository: Repository) -> int:
            now, fired = self._clock.now(), 0
            while fired < limit and (due := await repository.take_due(now, 1)):
                await self._fire(repository, due[0], now)
                fired += 1
            return fired

        fired = await self._units.write(unit)
        if fired:
            self._posted()
        return fired

    async def _fire(self, repository: Repository, timer: timers.Timer, now: datetime) -> None:
        outcome = await self._carry_out(repository, timers.command_of(timer), DESK, "", now)
        once_more = timers.again(timer, outcome.task, self._rules, now) if outcome.refusal else None
        if once_more is not None:
            await repository.set_timers([once_more])

    async def _carry_out(
        self, repository: Repository, command: c.AnyCommand, caller: Caller, reason: str, now: datetime
    ) -> Outcome:
        outcome = await self._decide(repository, command, caller, reason, now)
        if any(isinstance(event, e.FREEING) for event in outcome.events):
            await self._wait_no_longer(repository, now)
        return outcome

    async def _wait_no_longer(self, repository: Repository, now: datetime) -> None:
        """Somebody is free again: the emergencies that look for an agent ask at once, the oldest first."""
        found = False
        for task_id in await repository.searching():
            outcome = await self._decide(repository, c.Search(task=task_id, fresh=True), DESK, "", now)
            if found and outcome.refusal is not None:
                return
            found = outcome.refusal is None

    async def _decide(
        self, repository: Repository, command: c.AnyCommand, caller: Caller, reason: str, now: datetime
    ) -> Outcome:
        situation = await load_situation(repository, command, caller, self._rules, self.group, now)
        decision = decide(situation, command, now)
        if isinstance(decision, Refusal):
            return Outcome(refusal=decision, task=situation.task, person=situation.agent, unit=situation.unit)
        if isinstance(command, UnitCommand):
            unit_events = cast(tuple[UnitEvent, ...], decision)
            unit = await keep_unit(repository, self._composer, situation, unit_events, reason, now)
            return Outcome(unit=unit, events=unit_events)
        if isinstance(command, CheckInCommand):
            return await self._keep_check_in(repository, situation, command, decision, reason, now)
        if isinstance(command, c.PersonCommand):
            person_events = cast(tuple[e.PersonEvent, ...], decision)
            return await self._keep_person(repository, situation, command, person_events, reason, now)
        return await self._keep_task(repository, situation, cast(tuple[e.TaskEvent, ...], decision), reason, now)

    async def _keep_check_in(
        self,
        repository: Repository,
        situation: Situation,
        command: CheckInCommand,
        decision: tuple[e.AnyEvent, ...],
        reason: str,
        now: datetime,
    ) -> Outcome:
        async def raise_alarm(alarm: c.OpenEmergency | c.Escalate, caller: Caller) -> Task | None:
            return (await self._carry_out(repository, alarm, caller, reason, now)).task

        events = cast(tuple[CheckInEvent, ...], decision)
        check_in = await keep_check_in(repository, self._composer, situation, command, events, raise_alarm, now)
        return Outcome(person=situation.agent, check_in=check_in, events=events)

    async def _keep_task(
        self,
        repository: Repository,
        situation: Situation,
        events: tuple[e.TaskEvent, ...],
        reason: str,
        now: datetime,
    ) -> Outcome:
        before = task = situation.task
        for event in events:
            if task is None:
                task = tasks.opened(await repository.next_task_id(), cast(e.Opened, event), now)
            else:
                task = tasks.evolve(task, event, now)
        assert task is not None  # decide never answers with nothing
        caller = situation.caller
        await repository.save_task(before, task)
        await repository.record(
            Record(at=now, event=event, by=caller.id, via=caller.via, reason=reason, task=task.id) for event in events
        )
        await repository.set_timers(timers.task_timers(before, task, events, self._rules, now))
        file = await self._task_file(repository, task, situation)
        notices = task_notifications(events, file)
        await self._post(repository, [self._composer.task(notice, file, now) for notice in notices], now)
        for command in following(before, task, self._rules):
            await self._carry_out(repository, command, DESK, "", now)
        return Outcome(task=task, events=events)

    async def _task_file(self, repository: Repository, task: Task, situation: Situation) -> TaskContext:
        caller = situation.caller.id
        involved = {part.agent for part in task.assignments}
        involved |= {i for i in (task.reporter, task.acknowledged_by, caller) if i is not None}
        involved |= {task.alarm.person} if task.alarm is not None else set()
        card, directory = f"task:{task.id}", situation.directory
        over = task.drill and task.state.closed
        report = await drill_report(repository, task, card, directory) if over else ()
        involved |= {part.person for part in report}
        return TaskContext(
            task=task,
            people=await repository.people(involved),
            directory=directory,
            shown_in=await repository.shown_in(card),
            caller=caller,
            report=report,
        )

    async def _keep_person(
        self,
        repository: Repository,
        situation: Situation,
        command: c.PersonCommand,
        events: tuple[e.PersonEvent, ...],
        reason: str,
        now: datetime,
    ) -> Outcome:
        caller = situation.caller
        before = person = situation.agent
        if isinstance(command, c.Enter):
            person = person or Person(
                id=0, telegram_id=command.telegram_id, name=command.name, username=command.username
            )
            if command.token_digest is not None:
                await repository.use_invitation(command.token_digest)
        if isinstance(command, c.Invite):
            person = before = caller.person
        for event in events:
            if isinstance(event, e.Invited):
                await repository.keep_invitation(
                    event.token_digest,
                    Invitation(role=event.role, expires_at=event.expires_at, made_by=caller.id),
                )
            person = evolve_person(person, event) if person is not None else None
        if person is not None and person != before:
            person = await repository.save_person(before, person)
        subject = person.id if person is not None else None
        await repository.record(
            Record(at=now, event=event, by=caller.id, via=caller.via, reason=reason, person=subject) for event in events
        )
        if person is not None:
            await self._tell_of_person(repository, person, caller, events, now)
            if any(isinstance(event, e.Silenced) for event in events):
                await self._go_past(repository, person, now)
            if person.unit is not None and any(isinstance(event, e.Disabled) for event in events):
                await self._carry_out(repository, Dismiss(unit=person.unit, person=person.id, gone=True), DESK, "", now)
        return Outcome(person=person, events=events)

    async def _go_past(self, repository: Repository, person: Person, now: datetime) -> None:
        """Nobody waits for somebody whom no message reaches: their offer is over, and alerts climb past them."""
        if person.hold is not None:
            await self._carry_out(repository, c.ExpireOffer(task=person.hold, agent=person.id), DESK, "", now)
        for task_id in await repository.unanswered():
            await self._carry_out(repository, c.EscalateDue(task=task_id, silenced=True), DESK, "", now)

    async def _tell_of_person(
        self,
        repository: Repository,
        person: Person,
        caller: Caller,
        events: tuple[e.PersonEvent, ...],
        now: datetime,
    ) -> None:
        file = PersonContext(
            person=person,
            directory=await self._directory(repository),
            shown_in=await repository.shown_in(f"access:{person.id}"),
            caller=caller.person,
            at=now,
        )
        notices = person_notifications(events, file)
        await self._post(repository, [self._composer.person(notice, file, now) for notice in notices], now)

    async def _directory(self, repository: Repository) -> Directory:
        return Directory(supervisors=await repository.supervisors(), admins=await repository.admins(), group=self.group)

    async def _post(self, repository: Repository, letters: list[OutgoingMessage | None], now: datetime) -> None:
        await repository.post([letter for letter in letters if letter is not None], now)


async def _fresh(repository: Repository, caller: Caller) -> Caller:
    """The caller as they are now: a role that was taken away meanwhile counts (P9)."""
    if caller.person is None:
        return caller
    person = await repository.person(caller.person.id)
    return caller_of(person) if person is not None else caller
