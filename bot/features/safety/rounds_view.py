"""A round as it is read: whom it asks, and by whoever looks after somebody who did not answer."""

from datetime import datetime

from bot.cards.card_buttons import open_button
from bot.cards.last_seen import last_seen
from bot.ui import user_text
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.state.person import Person
from core.state.task import Task, code_of


def round_called(task: Task, people: dict[int, Person], texts: Texts) -> Screen:
    """To whoever called it: who was asked; their answers stand on the card."""
    asked = task.round.answers if task.round is not None else ()
    names = ", ".join(user_text.who(people[one.agent]) for one in asked if one.agent in people)
    return Screen(text=texts("round-called", code=task.code, names=names), buttons=((open_button(task, texts),),))


def round_missed(person: Person, task: int, texts: Texts, now: datetime) -> Screen:
    """To their supervisors: one question has gone unanswered, and where they were seen last."""
    lines = [texts("round-unanswered", who=user_text.who(person), code=code_of(task)), *last_seen(person, texts, now)]
    return Screen(text="\n".join(lines))
