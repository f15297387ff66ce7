"""Random nights: the nearest who are free and did not refuse are always the next asked; nobody in danger ever is."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.rules.free import is_free, is_their_own
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.places import Place, distance
from core.vocabulary.words import AssignmentState, Availability
from tests.core.dispatch import Dispatch, north
from tests.core.night_parts import at_once
from tests.support.outcomes import task_of

AGENTS = 7
PLACES = (north(0), north(2_500))
WORDS = (c.Accept, c.Decline, c.Decline, c.Complete, c.Arrive)

who, which = st.integers(0, AGENTS - 1), st.integers(0, 2)
steps = st.one_of(
    st.tuples(st.just("calls"), who, st.sampled_from(PLACES)),
    st.tuples(st.just("says"), who, which, st.sampled_from(WORDS)),
    st.tuples(st.just("answers"), st.integers(0, 5), st.sampled_from(WORDS)),
    st.tuples(st.just("answers"), st.integers(0, 5), st.sampled_from(WORDS)),
    st.tuples(st.just("assigns"), who, which),
    st.tuples(st.just("cancels"), which),
    st.tuples(st.just("is"), who, st.sampled_from([Availability.AVAILABLE, Availability.OFF_DUTY])),
    st.tuples(st.just("passes"), st.sampled_from([1, 20, 46])),
)


class Night:
    """Agents along a road, a supervisor, and up to three emergencies at a time."""

    def __init__(self, folder: Path, away: list[int]) -> None:
        self.dispatch = Dispatch(folder)
        self.sara = self.dispatch.supervisor("Sara")
        self.agents = [self.dispatch.agent(f"A{number}", away=metres) for number, metres in enumerate(away)]
        self.tasks: list[Task] = []

    def plays(self, step: tuple[object, ...]) -> None:
        """One thing happens, whatever it is worth."""
        match step:
            case ("calls", int(one), Place() as place) if len(self.open) < 3:
                task = task_of(at_once(self.dispatch.does(self.agents[one], self._call(place))))
                self.tasks += [task] if task is not None else []
            case ("says", int(one), int(which), word) if self.open:
                self._does(self.agents[one], word, self.open[which % len(self.open)])
            case ("answers", int(which), word):
                asked = [(task, part) for task in self.open for part in task.assignments if self._waits(part.state)]
                if asked:
                    task, part = asked[which % len(asked)]
                    self._does(next(one for one in self.agents if one.id == part.agent), word, task)
            case ("assigns", int(one), int(which)) if self.open:
                task = self.open[which % len(self.open)]
                at_once(self.dispatch.does(self.sara, c.Assign(task=task.id, agent=self.agents[one].id)))
            case ("cancels", int(which)) if self.open:
                at_once(self.dispatch.does(self.sara, c.Cancel(task=self.open[which % len(self.open)].id)))
            case ("is", int(one), Availability() as availability):
                command = c.SetAvailability(person=self.agents[one].id, availability=availability)
                at_once(self.dispatch.does(self.agents[one], command))
            case ("passes", int(seconds)):
                at_once(self.dispatch.passes(seconds))
            case _:  # nothing to do it to
                pass

    def _call(self, place: Place) -> c.OpenEmergency:
        return c.OpenEmergency(title=f"Robo {len(self.tasks)}", sent_at=self.dispatch.moment, place=place)

    def _waits(self, state: AssignmentState) -> bool:
        return state is AssignmentState.OFFERED or state.holds

    def _does(self, agent: Person, word: object, task: Task) -> None:
        assert isinstance(word, type)
        at_once(self.dispatch.does(agent, word(task=task.id)))

    @property
    def open(self) -> list[Task]:
        """The emergencies that are not over."""
        now = [self.dispatch.task(task) for task in self.tasks]
        return [task for task in now if not task.state.closed]

    def offers(self) -> dict[int, list[int]]:
        """The agents whom the desk has asked so far, by task, in its order."""
        return {
            task.id: [
                one.event.agent
                for one in self.dispatch.history(task)
                if isinstance(one.event, e.Offered) and not one.event.by_hand
            ]
            for task in self.tasks
        }

    def judges(self, before: dict[int, list[int]], *, at_one_moment: bool) -> None:
        """Tell what must hold after a step; while time passes, somebody nearer may become free a moment later."""
        still_open = self.open
        danger = {one.id for one in self.agents if any(is_their_own(task, one.id) for task in still_open)}
        for task in still_open:
            asked = self.offers()[task.id][len(before.get(task.id, [])) :]
            assert not danger & set(asked), "whoever is in danger is never asked"
            able = [one for one in self.agents if self._could_go(one, task, danger)]
            if task.owner is None and not task.offers:
                assert not able, "nobody is forgotten who can go"
            if not at_one_moment:
                continue
            farthest = max((self._away(task, one) for one in asked), default=0.0)
            for one in able:
                assert self._away(task, one.id) >= farthest - 0.01, "the nearest are asked first"

    def _could_go(self, one: Person, task: Task, danger: set[int]) -> bool:
        now = self.dispatch.person(one)
        return is_free(now, in_danger=one.id in danger, part=task.part_of(one.id))

    def _away(self, task: Task, agent: int) -> float:
        position = next(one.position for one in self.agents if one.id == agent)
        assert position is not None
        assert task.place is not None
        return distance(task.place, position.place)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(1, 4_000), min_size=AGENTS, max_size=AGENTS, unique=True),
    st.lists(steps, min_size=3, max_size=14),
)
def test_whoever_is_free_and_nearest_is_the_next_asked_and_nobody_in_danger_is(
    away: list[int], night: list[tuple[object, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Night(Path(folder), away)
        for step in night:
            before = room.offers()
            room.plays(step)
            room.judges(before, at_one_moment=step[0] != "passes")
        room.dispatch.direct.close()


async def test_whoever_calls_for_help_is_not_waited_for(dispatch: Dispatch) -> None:
    """The question to Ana goes to Beto in the same second, and she has refused nothing."""
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    dispatch.rules = replace(dispatch.rules, offer_to=1)
    dispatch.open()
    beto, carla = dispatch.agent("Beto", away=50), dispatch.agent("Carla", away=90)
    robbery = await dispatch.calls(rita)
    assert dispatch.asked(robbery) == [ana.id]
    hers = await dispatch.calls(ana, "Me siguen")
    assert dispatch.asked(hers) == [beto.id]
    assert dispatch.asked(robbery) == [ana.id, carla.id]
    part = dispatch.task(robbery).part_of(ana.id)
    assert part is not None
    assert part.state is AssignmentState.RELEASED
    await dispatch.does(ana, c.Cancel(task=hers.id))
    await dispatch.does(carla, c.Decline(task=robbery.id))
    assert dispatch.asked(robbery)[-1] in (ana.id, beto.id)


async def test_an_emergency_that_begins_again_frees_its_reporter_of_the_question(dispatch: Dispatch) -> None:
    rita, ana, beto = dispatch.agent("Rita"), dispatch.agent("Ana", away=1), dispatch.agent("Beto", away=2)
    sara = dispatch.supervisor("Sara")
    hers = await dispatch.calls(ana, "Me siguen")
    await dispatch.does(sara, c.Cancel(task=hers.id))
    robbery = await dispatch.calls(rita)
    assert ana.id in dispatch.asked(robbery)
    await dispatch.does(sara, c.Reopen(task=hers.id))
    part = dispatch.task(robbery).part_of(ana.id)
    assert part is not None
    assert part.state is AssignmentState.RELEASED
    assert beto.id in {*dispatch.asked(robbery), *dispatch.asked(hers)}


async def test_what_somebody_in_danger_has_accepted_stays_theirs(dispatch: Dispatch) -> None:
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    robbery = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=robbery.id))
    await dispatch.calls(ana, "Me siguen")
    owner = dispatch.task(robbery).owner
    assert owner is not None
    assert owner.agent == ana.id
