"""Drills: whether to begin one, and the report on how each person did."""

from datetime import timedelta

from bot.features.insight.steps_view import names_text
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.elapsed import elapsed
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.notifications.notifications import TaskContext
from core.rules.drills import Part, Result
from core.state.units import Unit

BEGIN, LEAVE = "si", "no"
NO_UNIT = 0
PARTS_SHOWN = 60
_ANSWERS = {"accepted": "button-accept", "declined": "button-decline", "acknowledged": "button-acknowledge"}


def title_of(unit: Unit | None, texts: Texts) -> str:
    """The title of a drill."""
    return texts("drill-title-unit", unit=user_text.name(unit.name)) if unit is not None else texts("drill-title")


def begin_screen(unit: Unit | None, length: timedelta, texts: Texts) -> Screen:
    """Is it meant? Everybody gets an alert."""
    number = unit.id if unit is not None else NO_UNIT
    lines = [texts("drill-sure", title=title_of(unit, texts), length=elapsed(length))]
    yes = button(texts("drill-begin"), Action.DRILL, number, BEGIN)
    no = button(texts("drill-leave"), Action.DRILL, number, LEAVE)
    return Screen(text="\n".join(lines), buttons=((yes,), (no,)))


def report_screen(file: TaskContext, texts: Texts) -> Screen:
    """Person by person: pressed after so long, silent, blocked."""
    task, parts = file.task, file.report
    lasted = (task.closed_at or task.opened_at) - task.opened_at
    count = {result: sum(part.result is result for part in parts) for result in Result}
    lines = [
        texts("drill-report", code=task.code, title=user_text.user_text(task.title), lasted=elapsed(lasted)),
        texts(
            "drill-sum",
            notified=len(parts),
            pressed=count[Result.PRESSED],
            silent=count[Result.SILENT],
            blocked=count[Result.BLOCKED],
        ),
        Html(""),
        *(_line(part, file, texts) for part in parts[:PARTS_SHOWN]),
    ]
    if not parts:
        lines.append(texts("drill-nobody"))
    elif len(parts) > PARTS_SHOWN:
        lines.append(texts("drill-more", count=len(parts) - PARTS_SHOWN))
    return Screen(text="\n".join(lines))


def _line(part: Part, file: TaskContext, texts: Texts) -> Html:
    who = names_text((part.person,), file.people, texts)
    taken = elapsed(part.taken) if part.taken is not None else texts("drill-not-taken")
    after = elapsed(part.after) if part.after is not None else ""
    if part.result is Result.PRESSED:
        return texts("drill-pressed", who=who, answer=texts(_ANSWERS[part.answer]), after=after, taken=taken)
    return texts(f"drill-{part.result.value}", who=who, after=after, taken=taken)
