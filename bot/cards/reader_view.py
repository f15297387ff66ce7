"""A task in the eyes of one reader."""

from datetime import datetime

from msgspec import Struct

from bot.ui import user_text
from bot.ui.moments import TODAY, the_moment
from bot.ui.texts import Html, Texts
from core.notifications.notifications import TaskContext
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary.places import distance
from core.vocabulary.words import AssignmentState, Role


class ReaderView(Struct, frozen=True, kw_only=True):
    """The source of a card. ``reader`` is None in a group, which sees what supervisors see."""

    file: TaskContext
    reader: Person | None
    texts: Texts
    now: datetime

    @property
    def task(self) -> Task:
        """The task."""
        return self.file.task

    @property
    def part(self) -> Assignment | None:
        """The reader's own part in it."""
        return self.task.part_of(self.reader.id) if self.reader is not None else None

    @property
    def reader_id(self) -> int | None:
        """The reader's id; None in a group."""
        return self.reader.id if self.reader is not None else None

    @property
    def oversees(self) -> bool:
        """Whether it is for the reader to see that it gets done."""
        return self.reader is None or self.reader.role >= Role.SUPERVISOR

    @property
    def reports(self) -> bool:
        """Whether the reader reported it."""
        return self.reader is not None and self.task.reporter == self.reader.id

    @property
    def outpaced(self) -> bool:
        """Whether the reader was asked and has no more to do with it."""
        part = self.part
        if part is None or self.oversees or self.reports or part.state.holds:
            return False
        return not self.task.missing or part.state is AssignmentState.RELEASED or self.task.state.closed

    def metres(self, part: Assignment) -> float | None:
        """Distance of the agent in metres: as known now, else as when the offer was made.

        None without a point on the map: there may have been another one then.
        """
        agent, place = self.file.person(part.agent), self.task.place
        if place is None:
            return None
        if agent is None or agent.position is None:
            return part.distance
        return distance(place, agent.position.place)

    def who(self, person_id: int | None) -> str:
        """A name; the desk itself where nobody is named."""
        if person_id is None:
            return self.texts("the-desk")
        person = self.file.person(person_id)
        return user_text.who(person) if person is not None else self.texts("somebody")

    def at(self, moment: datetime) -> str:
        """``10:42``, with the day when it was not today."""
        return moment_text(self.texts, moment, self.now)

    def since(self, moment: datetime) -> Html:
        """``las 10:42``: as ``at``, with its article."""
        return the_moment(moment, self.now, self.texts)


def moment_text(texts: Texts, moment: datetime, now: datetime) -> str:
    """``10:42``, or ``24 nov 10:42`` when that was many hours ago."""
    return texts.time(moment) if now - moment < TODAY else texts.day_and_time(moment)
