"""The steps of a ladder and the people whom they reach, in words."""

from collections.abc import Iterable

from bot.ui import user_text
from bot.ui.texts import Html, Texts
from core.queries.replay import Asked
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.escalation_policy import EscalationTarget

NAMES_SHOWN = 6


def step_text(task: Task, number: int, texts: Texts) -> Html:
    """``supervisores de guardia y administradores``."""
    steps = task.policy.steps if task.policy is not None else ()
    targets = steps[number].notify if number < len(steps) else ()
    words = [texts(f"target-{target.value.replace('_', '-')}") for target in EscalationTarget if target in targets]
    if any(isinstance(target, int) for target in targets):
        words.append(texts("target-group"))
    return Html(", ".join(words))


def names_text(ids: Iterable[int], people: dict[int, Person], texts: Texts, *, more: bool = False) -> Html:
    """The first of them by name, and how many more there are; ``more``: others follow whom nobody has counted."""
    names = [_name(number, people, texts) for number in ids]
    if more:
        return texts("names-many-more", names=Html(", ".join(names[:NAMES_SHOWN])))
    return _listed(names, texts)


def asked_text(asked: Iterable[Asked], people: dict[int, Person], texts: Texts) -> Html:
    """Agents with how far away they are, where that is known."""
    return _listed([_agent(one, people, texts) for one in asked], texts)


def _agent(one: Asked, people: dict[int, Person], texts: Texts) -> Html:
    who = _name(one.agent, people, texts)
    if one.distance is None:
        return who
    return texts("agent-far", who=who, distance=texts.distance(one.distance))


def _name(number: int, people: dict[int, Person], texts: Texts) -> Html:
    person = people.get(number)
    return texts("as-typed", text=user_text.who(person)) if person is not None else texts("somebody")


def _listed(words: list[Html], texts: Texts) -> Html:
    shown = Html(", ".join(words[:NAMES_SHOWN]))
    return shown if len(words) <= NAMES_SHOWN else texts("names-more", names=shown, count=len(words) - NAMES_SHOWN)
