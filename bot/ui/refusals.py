"""Refusals in words: one clear sentence that says what to do instead."""

from zoneinfo import ZoneInfo

from bot.ui import user_text
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.task import code_of
from core.vocabulary.refusals import Refusal


def refusal_text(refusal: Refusal, who: Person | None, texts: Texts) -> Html:
    """The sentence; ``who`` is the person whom the refusal names."""
    return texts(
        f"refusal-{refusal.reason.value}",
        code=code_of(refusal.task) if refusal.task is not None else "",
        who=user_text.who(who) if who is not None else texts("somebody"),
        at=texts.time(refusal.at) if refusal.at is not None else "",
        state=texts(f"state-{refusal.state.value}") if refusal.state is not None else "",
        role=texts(f"role-{refusal.role.name.lower()}") if refusal.role is not None else "",
        limit=refusal.limit or 0,
        zone=refusal.zone or "",
        **_readings(refusal, texts),
    )


def _readings(refusal: Refusal, texts: Texts) -> dict[str, str]:
    """The two moments for which a time of the clock may stand, by the clock."""
    if refusal.readings is None or refusal.zone is None:
        return {"early": "", "late": ""}
    there = texts.within(ZoneInfo(refusal.zone))
    early, late = refusal.readings
    return {"early": there.exact_time(early), "late": there.exact_time(late)}


def refusal_screen(refusal: Refusal, who: Person | None, texts: Texts) -> Screen:
    """The sentence as a message."""
    return Screen(text=refusal_text(refusal, who, texts))
