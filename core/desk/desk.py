"""The dispatch desk: the one write path. Events, state, timers, messages and the answer commit together (P3)."""

from collections.abc import Callable
from datetime import datetime
from typing import overload

from msgspec.structs import replace

from core.desk.act_at_once import act_at_once, changed_by
from core.desk.asking import Asker, asking
from core.desk.checkin_desk import Raised, keep_check_in
from core.desk.due_pages import due_page
from core.desk.fire_due import fire_due
from core.desk.load_situation import fresh_caller, load_situation
from core.desk.outcome import (
    CheckInDone,
    CheckInOutcome,
    InviteDone,
    InviteOutcome,
    Outcome,
    PersonDone,
    PersonOutcome,
    Refused,
    TaskDone,
    TaskOutcome,
    UnitDone,
    UnitOutcome,
    decoded,
    encoded,
)
from core.desk.person_desk import keep_invitation, keep_person, tell_of_person
from core.desk.person_follow_ups import person_follow_ups
from core.desk.ports import Clock, Composer, Repository, UnitOfWork
from core.desk.put_out import put_out, remind_later
from core.desk.reading_log import ReadingLog
from core.desk.redraw_cards import set_redrawing
from core.desk.rise_desk import keep_rise
from core.desk.search_on import note_freed, search_at_once, search_on
from core.desk.share_desk import ask_others, before_of, of_its_reporter, recounted, spare
from core.desk.task_desk import keep_task
from core.desk.unit_desk import keep_unit, unit_follow_ups
from core.rules import timers
from core.rules.checkin_rules import following
from core.rules.decide import decide
from core.rules.own_danger import newly_in_danger, offers_left
from core.rules.permissions import DESK, Caller
from core.rules.rounds import asks_of
from core.rules.situation import Rules, Situation
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.checkin_events import CheckInEvent
from core.vocabulary.refusals import Refusal
from core.vocabulary.unit_commands import UnitCommand


class Desk:
    """Executes commands.

    ``posted`` is called after each commit that put messages in the outbox; ``group`` is the supervisors' room. Other
    ``rules`` hold from the next decision on.
    """

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
        self._units, self._clock = units, clock
        self._composer = composer
        self.rules, self.group = rules, group
        self.readings = ReadingLog(units, clock)
        self._posted = posted

    @overload
    async def execute(
        self,
        command: c.Reporting | c.TaskCommand,
        *,
        caller: Caller,
        key: str | None = ...,
        reason: str = ...,
        request: str = ...,
    ) -> TaskOutcome: ...
    @overload
    async def execute(
        self, command: c.AboutPerson, *, caller: Caller, key: str | None = ..., reason: str = ..., request: str = ...
    ) -> PersonOutcome: ...
    @overload
    async def execute(
        self, command: c.Inviting, *, caller: Caller, key: str | None = ..., reason: str = ..., request: str = ...
    ) -> InviteOutcome: ...
    @overload
    async def execute(
        self, command: UnitCommand, *, caller: Caller, key: str | None = ..., reason: str = ..., request: str = ...
    ) -> UnitOutcome: ...
    @overload
    async def execute(
        self, command: CheckInCommand, *, caller: Caller, key: str | None = ..., reason: str = ..., request: str = ...
    ) -> CheckInOutcome: ...

    async def execute(
        self, command: c.AnyCommand, *, caller: Caller, key: str | None = None, reason: str = "", request: str = ""
    ) -> Outcome:
        """Carry out a command once. The same ``key`` again changes nothing and gets the same answer (P2).

        The answer bears the ``request`` that it was first given to: with another one, the key was used twice.

        Raises:
            KeyReused: the key was used for a command of another family.
        """

        async def unit(repository: Repository) -> tuple[Outcome, list[timers.Timer]]:
            if key is not None and (answer := await repository.recall(key)) is not None:
                return decoded(answer, command), []
            now = self._clock.now()
            outcome = await self._carry_out(repository, command, await fresh_caller(repository, caller), reason, now)
            if key is not None:
                outcome = replace(outcome, request=request)
                await repository.remember(key, encoded(outcome), now)
            return outcome, repository.at_once

        outcome, freed = await self._units.write(unit)
        for person in changed_by(outcome):
            await act_at_once(self._units, self._clock, self._fire, person)
        for each in freed:
            await search_at_once(self._units, self._clock, self._search, each)
        if outcome.events:
            self._posted()
        return outcome

    async def done_before(self, key: str, command: c.TaskCommand) -> TaskDone | None:
        """The outcome that a command of this family had under this key; None: there was none, or it was refused."""

        async def unit(repository: Repository) -> Outcome | None:
            answer = await repository.recall(key)
            return decoded(answer, command) if answer is not None else None

        outcome = await self._units.write(unit)
        return outcome if isinstance(outcome, TaskDone) else None

    async def fire_due(self, *, limit: int = 100) -> int:
        """Act on what is due now, each in the transaction that takes it off the list (P8); how many there were.

        One at a time: what one of them brings about may set another anew, whose time has not come then.

        Raises:
            HeldUp: what is due goes ahead, and somebody holds what it takes to put it off.
        """
        fired = await fire_due(self._units, self._clock, self._fire, limit)
        if fired:
            self._posted()
        return fired

    async def _fire(self, repository: Repository, timer: timers.Timer, now: datetime) -> None:
        command = timers.command_of(timer)
        if timer.kind is timers.TimerKind.FREED:
            await search_on(repository, self._search, timer, now)
            return
        if command is None:
            for each in await due_page(repository, self._composer, self.group, timer, now):
                await self._carry_out(repository, each, DESK, "", now)
            return
        outcome = await self._carry_out(repository, command, DESK, "", now)
        if not isinstance(outcome, Refused):
            return
        await repository.set_timers(timers.again(timer, outcome.task, self.rules, now))

    async def _carry_out(
        self, repository: Repository, command: c.AnyCommand, caller: Caller, reason: str, now: datetime
    ) -> Outcome:
        outcome = await self._decide(repository, command, caller, reason, now)
        await note_freed(repository, outcome, now)
        return outcome

    async def _search(self, repository: Repository, command: c.Search, now: datetime) -> Outcome:
        return await self._decide(repository, command, DESK, "", now)

    async def _decide(
        self, repository: Repository, command: c.AnyCommand, caller: Caller, reason: str, now: datetime
    ) -> Outcome:
        situation = await load_situation(repository, command, caller, self.rules, self.group, now)
        if isinstance(command, UnitCommand):
            unit_events = decide(situation, command, now)
            if isinstance(unit_events, Refusal):
                return _refused(unit_events, situation)
            unit = await keep_unit(repository, self._composer, situation, unit_events, reason, now)
            for each in await unit_follow_ups(repository, situation, unit_events, now):
                await self._carry_out(repository, each, DESK, "", now)
            return UnitDone(unit=unit, events=unit_events)
        if isinstance(command, CheckInCommand):
            answers = decide(situation, command, now)
            if isinstance(answers, Refusal):
                return _refused(answers, situation)
            return await self._keep_check_in(repository, situation, command, answers, reason, now)
        if isinstance(command, c.PersonCommand):
            person_events = decide(situation, command, now)
            if isinstance(person_events, Refusal):
                return _refused(person_events, situation)
            return await self._keep_person(repository, situation, command, person_events, reason, now)
        task_events, directory = await asking(
            lambda known: decide(replace(situation, directory=known), command, now),
            situation.directory,
            Asker(repository, now),
        )
        if isinstance(task_events, Refusal):
            return _refused(task_events, situation)
        situation = replace(situation, directory=directory)
        return await self._keep_task(repository, situation, command, task_events, reason, now)

    async def _keep_check_in(
        self,
        repository: Repository,
        situation: Situation,
        command: CheckInCommand,
        events: tuple[CheckInEvent, ...],
        reason: str,
        now: datetime,
    ) -> Outcome:
        async def raise_alarm(alarm: Raised, caller: Caller) -> Task | None:
            raised = await self._carry_out(repository, alarm, caller, reason, now)
            return raised.task if isinstance(raised, TaskDone) else None

        check_in = await keep_check_in(repository, self._composer, situation, command, events, raise_alarm, now)
        return CheckInDone(person=situation.agent, check_in=check_in, events=events)

    async def _keep_task(
        self,
        repository: Repository,
        situation: Situation,
        command: c.AboutTask,
        events: tuple[e.TaskEvent, ...],
        reason: str,
        now: datetime,
    ) -> Outcome:
        before = before_of(situation, events)
        others = ask_others(repository, before, events)
        task = await keep_task(repository, self._composer, situation, events, reason, now)
        for each in await of_its_reporter(repository, command, situation.report, before, task):
            await self._carry_out(repository, each, situation.caller, reason, now)
        whose = newly_in_danger(before, task)
        # Read once more: another emergency may have asked them until they were locked with its candidates.
        left = offers_left(await repository.person(whose)) if whose is not None else ()
        for follow_up in (*left, *following(before, task, self.rules), *asks_of(events, task)):
            await self._carry_out(repository, follow_up, DESK, "", now)
        for counted in await recounted(repository, before, task, others):
            await self._carry_out(repository, counted, DESK, "", now)
        for given in await spare(repository, before, task, now):
            await self._carry_out(repository, given, DESK, "", now)
        return TaskDone(task=task, events=events)

    async def _keep_person(
        self,
        repository: Repository,
        situation: Situation,
        command: c.PersonCommand,
        events: tuple[e.PersonEvent, ...],
        reason: str,
        now: datetime,
    ) -> Outcome:
        situation = await keep_rise(repository, situation, command, events, now)
        if isinstance(command, c.Inviting):
            maker = await keep_invitation(repository, situation, events, reason, now)
            if maker is not None:
                await tell_of_person(repository, self._composer, maker, situation, events, now)
            return InviteDone(person=maker, events=events)
        person = await keep_person(repository, situation, command, events, reason, now)
        await put_out(repository, self._composer, person, events, now)
        await remind_later(repository, person, events, now)
        await tell_of_person(repository, self._composer, person, situation, events, now)
        await set_redrawing(repository, person, events, now)
        follow_ups = await person_follow_ups(repository, situation.agent, person, situation.caller, events, now)
        for each in follow_ups:
            # The former account is put out by the one who says that two are one person.
            by = situation.caller if isinstance(each, c.Replace) else DESK
            await self._carry_out(repository, each, by, reason if by is not DESK else "", now)
        if follow_ups:
            person = await repository.person(person.id) or person
        return PersonDone(person=person, events=events)


def _refused(refusal: Refusal, situation: Situation) -> Refused:
    return Refused(refusal=refusal, task=situation.task, person=situation.agent, unit=situation.unit)
