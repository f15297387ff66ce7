"""Answers about seats: how many go now, and who can be relieved."""

from bot.cards.card_buttons import reinforce_button
from bot.ui import user_text
from bot.ui.buttons import Action, button, word_key
from bot.ui.forms import in_rows
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.seats import MOST_SEATS

MORE = (1, 2)
RELIEVED_SHOWN = 8


def reinforced(task: Task, known: tuple[str, ...], texts: Texts, *, wanted: str = "") -> Screen:
    """How many are to go now, and buttons for one or two more, or for one who has a capability.

    ``wanted``: the one that was asked for; where nobody free has it, the answer says so at once.
    """
    counts = {"crew": len(task.crew), "seats": task.seats, "asked": len(task.offers)}
    numbers = [task.seats + more for more in MORE if task.seats + more <= MOST_SEATS]
    rows = tuple(reinforce_button(task, seats, texts("reinforce-to", seats=seats)) for seats in numbers)
    able = in_rows((_with(task, one, texts) for one in known if task.seats < MOST_SEATS), 2)
    text = [texts("reinforced", code=task.code, **counts)]
    if wanted and not any(part.wanted == wanted for part in task.offers):
        text.append(texts("reinforced-without", capability=user_text.user_text(wanted)))
    return Screen(text="\n".join(text), buttons=tuple(row for row in (rows, *able) if row))


def _with(task: Task, word: str, texts: Texts) -> Button:
    label = texts("reinforce-with", capability=Html(word))  # a button's label is no HTML
    return button(label, Action.REINFORCE, task.id, task.version, task.seats + 1, word_key(word))


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
