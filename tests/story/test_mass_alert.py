"""One emergency alerts a crowd, and the next ones are heard all the same: emergencies take turns (P5)."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.desk.outcome import TaskDone
from core.rules.permissions import Caller
from core.state.person import Person
from core.state.task import code_of
from core.vocabulary import commands as c
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from emulator import Fault
from emulator.events import MessageSent
from storage.engine.session import Session
from storage.repositories import people
from tests.story.desk import StoryDesk

CITY = Place(-2.19, -79.88)
PROGRAM = Caller(via="story")
CODE = re.compile(r"T-\d{6}")
CROWD = 60  # supervisors: their alerts and pins take 4 s


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    story = StoryDesk(tmp_path, escalation={"critica": [{"after": "0s", "notify": ["supervisors"]}]})
    await story.open()
    yield story
    await story.end()


class Crowd:
    """Many supervisors, thirty agents, and when each of them first heard of which emergency."""

    def __init__(self, desk: StoryDesk) -> None:
        self.desk = desk
        self.agents: set[int] = set()
        self.heard: dict[str, dict[int, float]] = defaultdict(dict)
        desk.telegram.listen(self._hears)

    async def gathers(self) -> None:
        """They are registered, and have opened their chat with the bot."""
        roles = [Role.AGENT] * 30 + [Role.SUPERVISOR] * CROWD
        members = [self._member(number, role) for number, role in enumerate(roles)]

        async def unit(session: Session) -> None:
            for person in members:
                await people.save(session, None, person)

        await self.desk.app.store.write(unit)

    def _member(self, number: int, role: Role) -> Person:
        user = self.desk.telegram.add_person(f"Persona {number}")
        self.desk.telegram.private(user).started = True
        if role is Role.AGENT:
            self.agents.add(user.id)
        free = Availability.AVAILABLE if role is Role.AGENT else Availability.UNAVAILABLE
        return Person(
            id=0,
            account=user.id,
            name=f"Persona {number}",
            role=role,
            membership=Membership.ACTIVE,
            availability=free,
            position=Position(place=CITY, at=self.desk.clock.now()),
        )

    def _hears(self, event: object) -> None:
        if isinstance(event, MessageSent):
            for code in CODE.findall(event.message.text):
                self.heard[code].setdefault(event.message.chat.id, self.desk.clock.seconds())

    async def reports(self) -> tuple[str, float]:
        """An emergency; its code, and when it was reported."""
        now = self.desk.clock.now()
        opening = c.OpenEmergency(title="Robo", sent_at=now, place=CITY)
        outcome = await self.desk.app.desk.execute(opening, caller=PROGRAM)
        assert isinstance(outcome, TaskDone)
        return code_of(outcome.task.id), now.timestamp()

    def waited(self, code: str, reported: float) -> float:
        """Until its three agents were asked and a first supervisor told, in seconds."""
        asked = sorted(at for who, at in self.heard[code].items() if who in self.agents)
        told = sorted(at for who, at in self.heard[code].items() if who not in self.agents)
        assert len(asked) == 3, f"{code}: {len(asked)} agents were asked"
        assert told, f"{code}: no supervisor was told"
        return max(asked[2], told[0]) - reported


async def test_p5_a_second_emergency_is_heard_in_the_middle_of_the_firsts_crowd(desk: StoryDesk) -> None:
    crowd = Crowd(desk)
    await crowd.gathers()
    first = await crowd.reports()
    await desk.passes(1)
    second = await crowd.reports()
    others = [await crowd.reports() for _ in range(8)]
    await desk.passes(2)

    assert crowd.waited(*first) <= 1
    assert crowd.waited(*second) <= 2
    assert max(crowd.waited(*each) for each in others) <= 2
    assert not desk.telegram.flood.refused


async def test_answers_come_while_a_crowd_is_told(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Vera", at=(0.0, 0.0))
    crowd = Crowd(desk)
    await crowd.gathers()
    for _ in range(3):
        await crowd.reports()
    desk.telegram.say(ana.user, "/mistareas")
    await desk.passes(1)

    ana.sees("No")


async def test_the_time_to_answer_runs_from_when_the_offer_left(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Vera", at=(-2.19, -79.89))
    desk.telegram.faults.add(Fault("status", code=500, method="sendMessage", chat_id=ana.user.id, times=None, lasts=25))
    await Crowd(desk).reports()
    await desk.passes(60)
    assert "Voy" in ana.has("Robo").buttons
    assert await desk.asks("SELECT count(*) FROM assignment WHERE state = 'expired'") == 0, "she has 45 s from then on"

    await desk.passes(20)
    assert await desk.asks("SELECT count(*) FROM assignment WHERE state = 'expired'") == 1
    ana.reads_all()
