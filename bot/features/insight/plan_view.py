"""``/plan``: who would be told and when, if nobody did anything."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from bot.features.insight.round_view import leaders_text, round_text
from bot.features.insight.steps_view import asked_text, names_text, step_text
from bot.ui import user_text
from bot.ui.elapsed import elapsed
from bot.ui.moments import the_time
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.queries.plan import Plan, Step
from core.queries.replay import Asked
from core.state.person import Person
from core.state.task import answered
from core.state.units import Unit
from core.vocabulary import events as e

STEPS_SHOWN = 30


class Outlook(Struct, frozen=True, kw_only=True):
    """A plan as its reader asked for it: from which moment, in which unit, with the people whom it names.

    ``agents``: how many will be asked at once, where nobody can know yet who they are; ``pace``: messages a second to
    a crowd; ``leaders``: supervisors and administrators of the desk.
    """

    plan: Plan
    people: dict[int, Person]
    since: datetime
    unit: Unit | None = None
    agents: int | None = None
    pace: int = 0
    leaders: int = 0


def named_in(plan: Plan) -> frozenset[int]:
    """The people whose names the plan needs."""
    events = [event for step in plan.steps for event in step.events]
    agents = {event.agent for event in events if isinstance(event, e.Offered)}
    return frozenset(agents.union(*(event.notified for event in events if isinstance(event, e.Escalated))))


def opening_screen(outlook: Outlook, texts: Texts, *, later: bool) -> Screen:
    """The plan of an emergency that is reported now, or at a moment to come."""
    if later:
        heading = texts("plan-then", when=texts.exact_time(outlook.since))
    else:
        heading = texts("plan-now", at=texts.time(outlook.since))
    return _screen(outlook, heading, texts)


def open_screen(outlook: Outlook, texts: Texts) -> Screen:
    """The plan of an open task."""
    task = outlook.plan.task
    return _screen(outlook, texts("plan-open", code=task.code, at=the_time(outlook.since, texts)), texts)


def _screen(outlook: Outlook, heading: Html, texts: Texts) -> Screen:
    lines = [heading, *_about(outlook, texts), ""]
    steps = [line for step in _worth_telling(outlook.plan) for line in _step(outlook, step, texts)]
    takes = round_text(_most_told(outlook.plan), outlook.pace, texts)
    if takes is None and _tells_by_pages(outlook.plan):
        takes = leaders_text(outlook.leaders, outlook.pace, texts)
    lines += steps[:STEPS_SHOWN] or [texts(f"plan-nothing-{_why_nothing(outlook.plan)}")]
    lines += [takes] if takes is not None else []
    return Screen(text="\n".join(lines))


def _most_told(plan: Plan) -> int:
    """The most people whom one step tells at once."""
    events = (event for step in plan.steps for event in step.events)
    return max((len(event.notified) for event in events if isinstance(event, e.Escalated)), default=0)


def _tells_by_pages(plan: Plan) -> bool:
    events = (event for step in plan.steps for event in step.events)
    return any(isinstance(event, e.Escalated) and event.after is not None for event in events)


def _about(outlook: Outlook, texts: Texts) -> Iterator[Html]:
    if outlook.unit is not None:
        yield texts("plan-unit", unit=user_text.name(outlook.unit.name))
    if outlook.plan.group is not None and outlook.plan.task.emergency and not outlook.plan.task.silent:
        yield texts("plan-group")
    if outlook.agents is not None:
        yield texts("plan-agents", count=outlook.agents)


def _worth_telling(plan: Plan) -> Iterator[Step]:
    """Leaves out the repeats: that people are asked again and again is said once."""
    again = False
    for step in plan.steps:
        if not (step.again and again and all(isinstance(event, e.Offered) for event in step.events)):
            yield step
        again = again or step.again


def _step(outlook: Outlook, step: Step, texts: Texts) -> Iterator[Html]:
    after = step.at - outlook.since
    when = texts("plan-after", time=elapsed(after)) if after >= timedelta(seconds=1) else texts("plan-at-once")
    for what in _happenings(outlook, step, texts):
        yield texts("plan-step", when=when, what=what)


def _happenings(outlook: Outlook, step: Step, texts: Texts) -> Iterator[Html]:
    plan, people = outlook.plan, outlook.people
    offers = [Asked(agent=x.agent, distance=x.distance) for x in step.events if isinstance(x, e.Offered)]
    if offers:
        yield texts("plan-again" if step.again else "plan-asked", who=asked_text(offers, people, texts))
    for event in step.events:
        match event:
            case e.Passed():
                why = event.why.value.replace("_", "-")
                yield texts(f"plan-passed-{why}", step=step_text(plan.task, event.step, texts))
            case e.Escalated(step=None):
                yield _everybody(outlook, event, texts)
            case e.Escalated(step=int(number), notified=notified):
                key = "plan-told" if notified else "plan-told-chat"
                step_words = step_text(plan.task, number, texts)
                who = names_text(notified, people, texts, more=event.after is not None)
                yield texts(key, step=step_words, who=who)
            case _:  # offers are in the line above, and nothing else happens in a plan that anybody hears of
                pass


def _everybody(outlook: Outlook, event: e.Escalated, texts: Texts) -> Html:
    every = outlook.plan.repeats
    more = event.after is not None
    who = names_text(event.notified, outlook.people, texts, more=more) if event.notified else texts("plan-nobody")
    if every is None:
        return texts("plan-everybody-once", who=who)
    return texts("plan-everybody", who=who, every=elapsed(every))


def _why_nothing(plan: Plan) -> str:
    """Why nobody will hear of it: it is over, somebody has it, or nothing climbs."""
    if plan.task.state.closed:
        return "closed"
    return "answered" if answered(plan.task) else "ladder"
