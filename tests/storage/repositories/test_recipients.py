"""Recipients found by rung, unit, duty and page: what the rule over a list of everybody says."""

import random
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from core.desk.asking import Asker
from core.state.directory import PAGE, Found, Question
from core.state.person import Person
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.words import Membership, Role
from storage.engine.session import Session
from storage.repositories import duty
from storage.repositories.repository import SqlRepository
from tests.core.everybody import Everybody
from tests.storage.team import SEVEN, Team
from tests.support.databases import Direct

TARGETS = tuple(target for target in EscalationTarget if target is not EscalationTarget.ASSIGNEE)


def plain(found: Found) -> tuple[dict[EscalationTarget, list[int]], int | None]:
    return {target: [one.id for one in named] for target, named in found.people.items()}, found.after


@pytest.mark.parametrize("seed", range(6))
async def test_the_people_whom_a_question_finds_are_those_of_the_written_rule(direct: Direct, seed: int) -> None:
    """Rungs, units, rotas, hands, people out of reach, page by page: what a list of everybody would say."""
    dice, team = random.Random(seed), Team(direct)
    some: list[Person] = []
    for number in range(dice.choice((5, 40, 3 * PAGE))):
        some.append(
            team.adds(
                f"P{dice.randrange(1_000)}",
                dice.choice((None, 1, 2)),
                dice.choice((Role.AGENT, Role.SUPERVISOR, Role.SUPERVISOR, Role.ADMIN)),
                membership=dice.choice((*[Membership.ACTIVE] * 5, Membership.DISABLED)),
                reachable=dice.random() < 0.8,
                shift_since=SEVEN if dice.random() < dice.choice((0.05, 0.5)) else None,
            )
        )
        if number % 5 == 0:
            team.turns(*dice.sample(some, min(3, len(some))), unit=1 + number % 3)
    now = SEVEN + timedelta(days=dice.choice((0, 1)))
    on_duty = direct.run(lambda session: duty.on_duty(session, now, role=Role.SUPERVISOR))
    active = tuple(one for one in some if one.active)
    rule = Everybody(known=active, on_duty=frozenset(on_duty))
    for target in TARGETS:
        await _compare(direct, rule, Question(targets=(target,), unit=dice.choice((None, 1))), now)
    but = frozenset(one.id for one in dice.sample(some, 2))
    for _ in range(6):
        targets = tuple(dice.sample(TARGETS, dice.randint(1, len(TARGETS))))
        await _compare(direct, rule, Question(targets=targets, unit=dice.choice((None, 1, 2)), but=but), now)


async def _compare(direct: Direct, rule: Everybody, question: Question, now: datetime) -> None:
    """The same people on each page, to the last; and the same reason where there is nobody."""
    after: int | None = 0
    while after is not None:
        asked = replace(question, after=after)
        expected = rule.ask(asked)

        async def answer(session: Session) -> Found:
            return await Asker(SqlRepository(session), now)(asked)  # noqa: B023 - it is run at once

        found = direct.run(answer)
        assert plain(found) == plain(expected)
        if not any(found.people.values()):
            assert found.deaf == expected.deaf
        after = found.after
