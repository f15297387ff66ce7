"""Random holdings: after the cut or a freeze nothing is theirs, and nothing of it is forgotten (P14)."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.desk.outcome import PersonDone, UnitDone
from core.rules.permissions import DESK
from core.state.lost_word import digest_of
from core.state.person import Person
from core.state.shifts import upcoming
from core.vocabulary import access_commands as ac
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary.civil import CivilTime, wall_of
from core.vocabulary.rotas import Stretch
from core.vocabulary.words import Membership, Role
from storage.repositories import forms, units
from tests.core.dispatch import Dispatch

SEEDS = range(12)
SALT = b"s" * 16
WORD = digest_of("sésamo", SALT)
# Of an alert that nobody is at: the desk does something by itself, or somebody is in charge.
FORGOTTEN = (
    "SELECT id FROM task WHERE open = 1 AND alerting = 1"
    " AND NOT EXISTS (SELECT 1 FROM timer WHERE timer.task = task.id)"
)


class Night:
    """A desk on which one person holds a random part of all that can be held."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance, self.dispatch = Random(seed), Dispatch(folder)
        dispatch = self.dispatch
        self.ada, self.ines = dispatch.admin("Ada"), dispatch.admin("Inés")
        self.sara, self.tito = dispatch.supervisor("Sara", on_duty=True), dispatch.supervisor("Tito")
        role = self.chance.choice([*Role])
        # Nearer than everybody: what asks an agent asks them.
        self.who = dispatch.agent("Beto", away=1) if role is Role.AGENT else dispatch._member("Beto", role)
        self.others = [dispatch.agent(f"Agente {number}", away=100.0 + number) for number in range(4)]
        self.unit = 0

    async def holds(self) -> None:
        """They get hold of some of it, in a random order."""
        parts = [
            self._turns,
            self._reports,
            self._work,
            self._alert,
            self._check_in,
            self._form,
            self._link,
            self._word,
        ]
        for part in self.chance.sample(parts, self.chance.randint(3, len(parts))):
            await part()

    async def _turns(self) -> None:
        made = await self.dispatch.does(self.ada, uc.CreateUnit(name="Norte", zone="America/Guayaquil"))
        assert isinstance(made, UnitDone)
        self.unit, mates = made.unit.id, (self.who, self.others[0])
        for one in mates:
            await self.dispatch.does(self.ada, uc.Enroll(unit=self.unit, person=one.id))
        wall = wall_of(self.dispatch.moment - timedelta(hours=1), made.unit.rota.tz)
        begins = CivilTime(wall=wall)
        day, people = timedelta(days=1), tuple(one.id for one in mates)
        made = await self.dispatch.does(
            self.ada, uc.SetRotation(unit=self.unit, people=people, begins=begins, length=day)
        )
        assert isinstance(made, UnitDone), made
        rota = made.unit.rota
        turns = upcoming(rota, rota.rotations[0], self.dispatch.moment, 4)
        give = next(turn for turn in turns if turn.person == self.who.id and turn.start > self.dispatch.moment)
        gives = Stretch(rotation=rota.rotations[0].id, start=give.start, end=give.end)
        asked = uc.AskSwap(unit=self.unit, asked=self.others[0].id, gives=gives)
        assert isinstance(await self.dispatch.does(self.who, asked), UnitDone)
        await self.dispatch.does(self.who, c.StartShift(person=self.who.id))

    async def _reports(self) -> None:
        for number in range(self.chance.randint(1, 4)):
            await self.dispatch.calls(self.who, f"Robo {number}")

    async def _work(self) -> None:
        for number in range(self.chance.randint(1, 3)):
            work = c.OpenTask(title=f"Ronda {number}", sent_at=self.dispatch.moment, assignee=self.who.id)
            done = await self.dispatch.does(self.sara, work)
            if self.chance.random() < 0.5 and (task := getattr(done, "task", None)) is not None:
                await self.dispatch.does(self.who, c.Accept(task=task.id))

    async def _alert(self) -> None:
        task = await self.dispatch.calls(self.others[3], "Choque")
        answer = self.chance.choice([None, c.Accept(task=task.id), c.Acknowledge(task=task.id)])
        if answer is not None:
            await self.dispatch.does(self.who, answer)

    async def _check_in(self) -> None:
        await self.dispatch.does(self.who, cc.StartCheckIn(person=self.who.id, every=timedelta(minutes=30)))
        self.dispatch.moves(self.who)

    async def _form(self) -> None:
        form = forms.Form(kind="tarea", step="titulo", data={"title": "Ronda"})
        for one in (self.who, self.others[1]):
            keep = partial(forms.keep, person=one.id, chat=one.account, form=form, now=self.dispatch.moment)
            self.dispatch.direct.run(keep)

    async def _link(self) -> None:
        for one in (self.who, self.ines):
            await self.dispatch.does(one, c.Invite(role=Role.AGENT, token_digest=f"ab{one.id}"))

    async def _word(self) -> None:
        await self.dispatch.does(self.who, ac.SetLostWord(person=self.who.id, salt=SALT, digest=WORD))

    async def ends(self) -> None:
        """Their access is taken away, or frozen by a supervisor, an administrator, or a word of their own."""
        mine, account = self.who.id, 77
        ways: list[tuple[Person | None, c.AboutPerson]] = [
            (self.ada, c.Disable(person=mine)),
            (self.ada, ac.Freeze(person=mine)),
        ]
        if self.who.role < Role.ADMIN:
            ways.append((self.sara, ac.Freeze(person=mine)))
        if self.value("SELECT count(*) FROM lost_word"):
            ways.append((None, ac.FreezeByWord(account=account, people=(mine,), person=mine, digest=WORD)))
        by, command = self.chance.choice(ways)
        caller = self.dispatch.caller(by) if by is not None else DESK
        outcome = await self.dispatch.desk.execute(command, caller=caller)
        assert isinstance(outcome, PersonDone), outcome
        await self.dispatch.delivers()

    def value(self, query: str, **values: object) -> Any:
        """The one value that a query gives; ``:mine`` and ``:account`` are the person's."""
        return self.rows(query, **values)[0][0]

    def rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """The rows that a query gives, as they can be compared."""
        given = {"mine": self.who.id, "account": self.who.account} | values
        return sorted(map(tuple, self.dispatch.direct.connection.execute(query, given).fetchall()), key=repr)

    def of_others(self) -> dict[str, list[tuple[Any, ...]]]:
        """State of everybody else that no cut of this person changes."""
        return {
            "people": self.rows(
                "SELECT id, name, role, membership, unit, shift_since, lat, reachable FROM person WHERE id <> :mine"
            ),
            "forms": self.rows("SELECT person, kind FROM form WHERE person <> :mine"),
            "links": self.rows("SELECT digest FROM invitation WHERE made_by <> :mine"),
            "check-ins": self.rows("SELECT telegram_id FROM check_in WHERE telegram_id <> :account"),
            "tasks": self.rows("SELECT id, reporter, title FROM task WHERE open = 1"),
            "agreed": self.rows(
                "SELECT task, agent FROM assignment JOIN task ON task.id = assignment.task"
                " WHERE open = 1 AND agent <> :mine AND assignment.state IN ('accepted', 'en_route', 'on_scene')"
            ),
        }


@pytest.mark.parametrize("seed", SEEDS)
async def test_p14_whoever_is_cut_or_frozen_holds_nothing_and_nothing_of_it_is_forgotten(
    tmp_path: Path, seed: int
) -> None:
    night = Night(tmp_path, seed)
    await night.holds()
    before, was = night.of_others(), night.dispatch.person(night.who)
    reported = night.rows("SELECT id FROM task WHERE open = 1 AND reporter = :mine")
    night.dispatch._cards.clear()
    await night.ends()
    assert not [card for card, chat in night.dispatch._cards if chat == was.account], "they read something more"
    _holds_nothing(night)
    assert night.of_others() == before
    await night.dispatch.passes(11)  # all of it is done once more, and changes nothing more
    _holds_nothing(night)
    assert night.of_others()["tasks"] == before["tasks"]
    for (task,) in reported:
        outs = night.value("SELECT count(*) FROM event WHERE task = :task AND body LIKE '%reporter_out%'", task=task)
        assert outs >= 1, "what they reported goes on, and says so"
    if night.dispatch.person(night.who).membership is Membership.FROZEN:
        await night.dispatch.does(night.ada, ac.Thaw(person=was.id))
        after = night.dispatch.person(night.who)
        assert (after.active, after.role, after.unit) == (True, was.role, was.unit)


def _holds_nothing(night: Night) -> None:
    mine, person = night.who.id, night.dispatch.person(night.who)
    assert not person.active
    assert (person.hold, person.position, person.live_until, person.shift_since) == (None, None, None, None)
    for nothing in (
        "SELECT count(*) FROM assignment WHERE agent = :mine AND standing = 2",
        "SELECT count(*) FROM task WHERE open = 1 AND acknowledged_by = :mine",
        "SELECT count(*) FROM check_in WHERE telegram_id = :account",
        "SELECT count(*) FROM form WHERE person = :mine",
        "SELECT count(*) FROM invitation WHERE made_by = :mine",
        "SELECT count(*) FROM duty WHERE person = :mine",
        "SELECT count(*) FROM card WHERE chat = :account",
        "SELECT count(*) FROM outbox WHERE chat = :account AND state < 3",
    ):
        assert night.value(nothing) == 0, nothing
    if night.unit:
        unit = night.dispatch.direct.run(lambda session: units.find(session, night.unit))
        assert unit is not None
        assert mine not in unit.rota.people
        assert not any(mine in (swap.asker, swap.asked) for swap in unit.rota.swaps)
    assert night.rows(FORGOTTEN) == []
    if person.membership is Membership.DISABLED:
        assert night.value("SELECT count(*) FROM lost_word WHERE person = :mine") == 0
