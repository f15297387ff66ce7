"""Answers about seats: how many go now, and who can be relieved."""

from bot.cards.card_buttons import reinforce_button
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.seats import MOST_SEATS

MORE = (1, 2)
RELIEVED_SHOWN = 8


def reinforced(task: Task, texts: Texts) -> Screen:
    """How many are to go now, and buttons for one or two more."""
    counts = {"crew": len(task.crew), "seats": task.seats, "asked": len(task.offers)}
    wanted = [task.seats + more for more in MORE if task.seats + more <= MOST_SEATS]
    rows = tuple(reinforce_button(task, seats, texts("reinforce-to", seats=seats)) for seats in wanted)
    return Screen(text=texts("reinforced", code=task.code, **counts), buttons=(rows,) if rows else ())


def relieve_buttons(task: Task, people: dict[int, Person], texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """*Relevar a X* for each of those who go."""
    crew = (people[part.agent] for part in task.crew[:RELIEVED_SHOWN] if part.agent in people)
    return tuple((_relieve(task, person, texts),) for person in crew)


def relieved(task: Task, agent: Person, texts: Texts) -> Screen:
    """The answer after one was relieved."""
    return Screen(text=texts("relieved", who=user_text.who(agent), code=task.code))


def _relieve(task: Task, person: Person, texts: Texts) -> Button:
    who = Html(user_text.who(person))  # a button's label is no HTML
    return button(texts("button-relieve", who=who), Action.RELIEVE, task.id, task.version, person.id)
