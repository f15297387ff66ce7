"""Requests that somebody becomes an administrator: their answer and the pages on which others are asked."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from core.state.rises import Rise
from core.vocabulary.account_events import Way
from storage.engine.locks import Lock, of_person
from storage.engine.session import Session
from storage.repositories import rises
from tests.support.databases import Direct

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("confirmed", [False, True])
def test_an_answer_waits_for_the_page_on_which_others_are_being_asked(
    direct: Direct, monkeypatch: pytest.MonkeyPatch, confirmed: bool
) -> None:
    """A page is told under the person's lock; without it, it would be drawn with buttons after they were taken away."""
    taken: list[Lock] = []

    async def noted(_: Session, *locks: Lock) -> None:
        taken.extend(locks)

    async def answers(session: Session) -> None:
        asked = Rise(id=0, way=Way.PROMOTE, person=7, asked_by=1, asked_with=11, due_at=NOW + timedelta(hours=1))
        rise = await rises.keep(session, asked)
        monkeypatch.setattr(type(session), "lock", noted)
        await rises.decide(session, replace(rise, decided_by=2, decided_at=NOW, confirmed=confirmed))

    direct.run(answers)
    assert of_person(7) in taken
