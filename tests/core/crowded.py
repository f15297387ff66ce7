"""A unit with a watch, and a crowd that leads or belongs to it: put in at once, so that thousands are no matter."""

from datetime import datetime, timedelta

from core.desk.outcome import Outcome, UnitDone
from core.state.person import Person
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary.civil import CivilTime
from core.vocabulary.rotas import Stretch
from core.vocabulary.words import Role
from tests.core.dispatch import Dispatch

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MONDAY, WEDNESDAY = datetime.fromisoformat("2026-03-02T12:00Z"), datetime.fromisoformat("2026-03-04T12:00Z")
ACCOUNTS = 50_000
_COPY = """
INSERT INTO person (telegram_id, name, role, membership, availability, seen_at, unit, reachable)
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
SELECT ? + n, 'S' || n, ?, 'active', 'unavailable', 0, ?, 1 FROM n
"""
_SHOW = """
INSERT OR IGNORE INTO card (card, chat, message_id, digest)
SELECT ?, telegram_id, telegram_id, '' FROM person WHERE telegram_id > 50000
"""


class Watch:
    """Ana and Beto take turns of a day in a unit; Ada administers. It is Monday, and Ana has taken over."""

    def __init__(self, dispatch: Dispatch) -> None:
        self.dispatch = dispatch
        self.ada, self.ana, self.beto = dispatch.admin("Ada"), dispatch.agent("Ana"), dispatch.agent("Beto")
        self.unit = 0
        self._accounts = ACCOUNTS

    def crowd(self, count: int, role: Role, *, unit: int | None = None) -> list[int]:
        """The accounts of so many more people."""
        first, self._accounts = self._accounts, self._accounts + count
        self.dispatch.direct.connection.execute(_COPY, (count, first, int(role), unit))
        return [*range(first + 1, first + count + 1)]

    async def begins(self) -> int:
        """The number of the unit, once its watch has begun."""
        made = await self.does(self.ada, uc.CreateUnit(name="Norte", zone="America/Guayaquil"))
        assert isinstance(made, UnitDone)
        self.unit = unit = made.unit.id
        for person in (self.ana, self.beto):
            await self.does(self.ada, uc.Enroll(unit=unit, person=person.id))
        begins = CivilTime(wall=datetime.fromisoformat("2026-03-02T07:00"))
        turns = uc.SetRotation(unit=unit, people=(self.ana.id, self.beto.id), begins=begins, length=DAY)
        await self.does(self.ada, turns)
        await self.does(self.ana, uc.TakeOver(unit=unit))
        return unit

    async def does(self, who: Person, command: c.AnyCommand) -> Outcome:
        """Execute a command; nothing of what it brings about leaves yet."""
        return await self.dispatch.desk.execute(command, caller=self.dispatch.caller(who))

    async def offers(self) -> Outcome:
        """Ana offers her turn of Wednesday to the whole unit."""
        gives = Stretch(rotation=1, start=WEDNESDAY, end=WEDNESDAY + DAY)
        return await self.does(self.ana, uc.AskSwap(unit=self.unit, asked=0, gives=gives))

    async def takes(self) -> Outcome:
        """Beto takes the turn that Ana offers."""
        return await self.does(self.beto, uc.AnswerSwap(unit=self.unit, swap=2, yes=True))

    async def asks_for_words(self) -> Outcome:
        """Ana has a control."""
        return await self.does(self.ana, cc.StartCheckIn(person=self.ana.id, every=30 * MINUTE))

    async def ends_her_control(self) -> Outcome:
        """Ana wants no more of it."""
        return await self.does(self.ana, cc.StopCheckIn(person=self.ana.id))

    async def turns_the_page(self) -> int:
        """Do what is due now, one page of it; how much that was."""
        self.dispatch.moment += timedelta(milliseconds=1)
        return await self.dispatch.desk.fire_due(limit=1)

    def has_heard(self, card: str) -> None:
        """The rest of the crowd has heard it, and each of them is shown the card, if it has one."""
        connection = self.dispatch.direct.connection
        connection.execute("DELETE FROM circular")
        connection.execute("DELETE FROM timer WHERE kind = 'circular'")
        if card:
            connection.execute(_SHOW, (card,))
