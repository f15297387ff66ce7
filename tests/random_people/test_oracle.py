"""Wrong rules that somebody might write: in a random night the oracle finds each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.conversation.worker import Worker
from core.notifications.notifications import task_notifications
from core.rules.timers import TimerKind
from core.vocabulary.words import Lane
from storage.queues import outbox, timers
from storage.repositories import counters, holds
from tests.random_people.driver import LIKELY
from tests.random_people.nights import night
from tests.random_people.steps import night as steps_of

Plant = Callable[[pytest.MonkeyPatch], None]
SEED, LENGTH = 11, 40


def updates_fail(patch: pytest.MonkeyPatch) -> None:
    """Pressing anything under a card is an error."""
    begin: Callable[[Worker, Any, Any], Awaitable[Any]] = Worker._begin

    async def fails(self: Worker, row: Any, update: Any) -> Any:
        if update.callback_query is not None and update.callback_query.data.startswith(("voy", "no:", "recibido")):
            raise RuntimeError("planted")
        return await begin(self, row, update)

    patch.setattr(Worker, "_begin", fails)


def cards_stay(patch: pytest.MonkeyPatch) -> None:
    """Only what rings is drawn."""
    patch.setattr(
        "core.notifications.turns.task_notifications",
        lambda *given: tuple(one for one in task_notifications(*given) if one.notify),
    )


def nothing_climbs(patch: pytest.MonkeyPatch) -> None:
    """No alert has a next step."""
    true = timers.set_timers

    async def forgets(session: Any, due: Any) -> None:
        kept = (TimerKind.SHIFT, TimerKind.CHECK_IN, TimerKind.GRACE)
        await true(session, [timer for timer in due if timer.kind in kept])

    patch.setattr(timers, "set_timers", forgets)


def nobody_is_let_go(patch: pytest.MonkeyPatch) -> None:
    """An agent stays held by an emergency that is over."""
    patch.setattr(holds, "_let_go", holds._seize)


def totals_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    """A task that closes is counted as open still."""
    tally = counters.tally

    async def forgets(session: Any, before: str | None, after: str | None) -> None:
        if before is None:
            await tally(session, before, after)

    patch.setattr(counters, "tally", forgets)


def messages_lie(patch: pytest.MonkeyPatch) -> None:
    """Routine messages wait for a day."""
    post = outbox.post

    async def puts_off(session: Any, calls: Any, now: Any) -> None:
        tomorrow = now + timedelta(days=1)
        late = [replace(call, not_before=tomorrow) if call.lane is Lane.ROUTINE else call for call in calls]
        await post(session, late, now)

    patch.setattr(outbox, "post", puts_off)


PLANTS: dict[str, tuple[Plant, tuple[str, ...]]] = {
    "updates fail": (updates_fail, ("P1 an update was set aside", "the desk apologises")),
    "cards stay as they were": (cards_stay, ("a card is not the truth",)),
    "nothing climbs": (nothing_climbs, ("P4 an emergency ends in silence",)),
    "nobody is let go": (nobody_is_let_go, ("P7 somebody is held twice",)),
    "totals are not kept": (totals_are_not_kept, ("a number is wrong",)),
    "messages lie": (messages_lie, ("P3 a message was not sent",)),
}


@pytest.mark.parametrize("plant", PLANTS)
async def test_a_wrong_rule_is_found(plant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plants, promises = PLANTS[plant]
    plants(monkeypatch)
    outcome = await night(tmp_path, steps_of(SEED, LENGTH, LIKELY))
    for promise in promises:
        assert any(one.startswith(promise) for one in outcome.wrong), "\n".join((*outcome.wrong, *outcome.told))
