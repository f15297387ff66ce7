"""Random nights with capabilities: whoever is asked for one has it, no seat is had twice, none is forgotten (P12)."""

from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from core.rules.capabilities import wanted_still
from core.rules.situation import Rules
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import seats as st
from core.vocabulary.capabilities import Equip
from core.vocabulary.kinds import Classify, Work, WorkKind
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import task_of

MEDIC, LADDER = "paramédico", "escalera"
KINDS = tuple(
    WorkKind(work=Work(name=name, capabilities=wants), seats=seats)
    for name, wants, seats in (("Choque", (MEDIC,), 2), ("Incendio", (LADDER, MEDIC), 3), ("Ronda", (), 1))
)
RULES = Rules(offer_to=2, kinds=KINDS, capabilities=(MEDIC, LADDER))


@pytest.mark.parametrize("seed", range(8))
async def test_p7_p12_whoever_is_asked_has_what_is_wanted_and_no_seat_is_forgotten(tmp_path: Path, seed: int) -> None:
    dispatch, dice = Dispatch(tmp_path, rules=RULES), Random(seed)
    ada, sara = dispatch.admin("Ada"), dispatch.supervisor("Sara")
    agents = [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, 8)]
    for agent in agents[2:]:
        for word in dice.sample((MEDIC, LADDER), dice.randint(0, 2)):
            await dispatch.does(ada, Equip(person=agent.id, capability=word))
    tasks: list[Task] = []
    for name in ("Choque", "Vengan"):
        opening = c.OpenEmergency(title=name, sent_at=dispatch.moment, place=PARK)
        task = task_of(await dispatch.does(dispatch.supervisor(f"De {name}"), opening))
        assert task is not None
        tasks.append(task)
    for turn, task in zip(range(45), cycle(tasks), strict=False):
        agent, word = dice.choice(agents), dice.choice((MEDIC, LADDER, ""))
        command: c.TaskCommand | Equip = dice.choice(
            (
                c.Accept(task=task.id),
                c.Accept(task=task.id),
                c.Decline(task=task.id),
                st.Reinforce(task=task.id, wants=word),
                Classify(task=task.id, work=dice.choice(KINDS).work.name),
                st.Relieve(task=task.id, agent=agent.id),
                Equip(person=agent.id, capability=word, has=bool(turn % 2)),
            )
        )
        own = isinstance(command, c.Accept | c.Decline | st.Reinforce)
        await dispatch.does(agent if own else ada if isinstance(command, Equip) else sara, command)
        await dispatch.passes(dice.choice((0, 1, 20, 46)))
        holds(dispatch, tasks)


def holds(dispatch: Dispatch, tasks: list[Task]) -> None:
    """Holds that people are in one place, missing seats looked for, and what is wanted counted once."""
    now = [dispatch.task(task) for task in tasks]
    holding = [part.agent for task in now for part in (*task.crew, *task.offers)]
    assert len(holding) == len(set(holding)), "nobody is in two places"
    for task in now:
        assert len(task.crew) <= task.seats <= st.MOST_SEATS
        left = wanted_still(task.wants, task.assignments)
        assert len(left) + sum(part.wanted in task.wants for part in task.crew) >= len(task.wants)
        assert all(part.wanted in ("", MEDIC, LADDER) for part in task.assignments)
        kinds = {timer.kind for timer in dispatch.pending(task)}
        assert not task.missing or task.offers or "search" in kinds, f"{task.code} has forgotten a seat"
