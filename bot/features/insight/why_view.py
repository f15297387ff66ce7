"""``/porque``: why each person was told what, one sentence for each cause."""

from datetime import datetime

from bot.cards.reader_view import moment_text
from bot.features.insight.steps_view import asked_text, names_text, step_text
from bot.ui import user_text
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.queries.replay import Because, Why
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause

SHOWN = 40
REASON_SHOWN = 200


def why_screen(
    task: Task, causes: tuple[Because, ...], people: dict[int, Person], texts: Texts, now: datetime
) -> Screen:
    """The newest of them; ``people`` are those whom they name."""
    lines = [texts("because", code=task.code)]
    if len(causes) > SHOWN:
        lines.append(texts("because-older", count=len(causes) - SHOWN))
    for one in causes[-SHOWN:]:
        at = moment_text(texts, one.at, now)
        lines.append(texts("because-line", at=at, what=_sentence(task, one, people, texts, now)))
    return Screen(text="\n".join(lines))


def named_in(causes: tuple[Because, ...]) -> frozenset[int]:
    """The people whose names the shown sentences need."""
    ids: set[int | None] = set()
    for one in causes[-SHOWN:]:
        ids |= {one.by, *one.people, *(asked.agent for asked in one.asked)}
    return frozenset(person for person in ids if person is not None)


def _sentence(task: Task, one: Because, people: dict[int, Person], texts: Texts, now: datetime) -> Html:
    by = names_text((one.by,), people, texts) if one.by is not None else texts("the-desk")
    match one.why:
        case Why.EVERYBODY:
            return _everybody(one, people, texts, now)
        case Why.STEP:
            return _step(task, one, people, by, texts)
        case Why.PASSED:
            assert isinstance(one.event, e.Passed)
            why = one.event.why.value.replace("_", "-")
            return texts(
                f"because-passed-{why}", number=one.event.step + 1, step=step_text(task, one.event.step, texts)
            )
        case Why.TAKEN | Why.REASSIGNED | Why.RELIEVED | Why.CLOSED | Why.IN_DANGER:
            who = names_text(one.people, people, texts)
            return texts(f"because-{one.why.value}", who=who, count=len(one.people), by=by)
        case Why.REPORTED | Why.ACCEPTED | Why.ACKNOWLEDGED | Why.GAVE_UP | Why.SHUT_OUT:
            return texts(f"because-{one.why.value}", by=by)
        case (
            Why.CALLED
            | Why.RESERVED
            | Why.REPORTER_OUT
            | Why.REPORTER_BACK
            | Why.REOPENED
            | Why.UNDONE
            | Why.UNDECLINED
        ):
            return texts(f"because-{one.why.value}", by=by)
        case (
            Why.NEAREST
            | Why.UNPLACED
            | Why.UNSEEN
            | Why.DECLINED
            | Why.EXPIRED
            | Why.VACATED
            | Why.PLACE
            | Why.FREE
            | Why.HAND
            | Why.MORE
        ):
            who = asked_text(one.asked, people, texts)
            return texts(f"because-{one.why.value}", who=who, count=len(one.asked), by=by)


def _step(task: Task, one: Because, people: dict[int, Person], by: Html, texts: Texts) -> Html:
    assert one.step is not None
    assert one.cause is not None
    who = names_text(one.people, people, texts) if one.people else texts("target-group")
    notified = texts("because-told", number=one.step + 1, step=step_text(task, one.step, texts), who=who)
    if one.cause is Cause.BY_HAND and one.reason:
        reason = user_text.user_text(one.reason, REASON_SHOWN)
        return texts("because-climbed-by-hand-why", notified=notified, by=by, reason=reason)
    return texts(f"because-climbed-{one.cause.value.replace('_', '-')}", notified=notified, by=by)


def _everybody(one: Because, people: dict[int, Person], texts: Texts, now: datetime) -> Html:
    who = names_text(one.people, people, texts) if one.people else texts("plan-nobody")
    if one.until is None:
        return texts("because-everybody", who=who)
    return texts("because-everybody-again", who=who, count=one.times, until=moment_text(texts, one.until, now))
