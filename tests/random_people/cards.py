"""Cards as they stand in the chats, against the pure view of what is in the database."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.cards.card import card
from bot.ui.texts import Texts
from core.notifications.notifications import TaskContext
from core.rules.permissions import caller_of, may_see
from core.rules.timers import PAGES
from core.state.person import Person
from core.vocabulary.contents import Screen
from emulator import Message
from tests.chaos.evidence import MARK, words
from tests.random_people.traces import Shown, Traces
from tests.random_people.world import World

# A card is not drawn anew because time passes or somebody moves: that is no part of what it promises.
VOLATILE = (
    (re.compile(r"^📏 .*\n?", re.MULTILINE), ""),
    (re.compile(r" \(a [\d.,]+ k?m\)"), ""),
    (re.compile(r" \(ubicación de hace [^)]*\)"), ""),
    (re.compile(r"[Hh]ace \d+ [a-zí]+"), "hace un rato"),
    (re.compile(r"\d{1,2} \w{3} (?=\d\d:\d\d)"), ""),
)


def old_cards(traces: Traces, world: World, texts: Texts) -> Iterator[str]:
    """Each card that its reader may see, and that does not say how its task stands."""
    readers = {person.account: person for person in traces.people.values()}
    for shown in traces.cards:
        reader = readers.get(shown.chat)
        if _is_owed(shown, reader, traces):
            yield from _differs(shown, reader, traces, world, texts)


def _is_owed(shown: Shown, reader: Person | None, traces: Traces) -> bool:
    """Whether it has to be true by now: whoever reads of it on a later page may not have had their turn."""
    task = traces.tasks.get(shown.task)
    if task is None or shown.message is None or any(due.kind in PAGES for due in traces.timers[task.id]):
        return False
    if reader is None:
        return shown.chat < 0
    return reader.active and reader.reachable and may_see(caller_of(reader), task)


def _differs(shown: Shown, reader: Person | None, traces: Traces, world: World, texts: Texts) -> Iterator[str]:
    message = shown.message
    assert message is not None
    file = TaskContext(task=traces.tasks[shown.task], people=traces.people)
    true = card(file, reader, texts, traces.now)
    says, should = _settled(message.text, world), _settled(words(true.text), world)
    where = f"{file.task.code} in {shown.chat}"
    if not says.endswith(should):
        yield f"{where} reads {says!r}, not {should!r}"
    shows, meant = [_settled(each, world) for each in _buttons(message)], [_settled(e, world) for e in _meant(true)]
    if shows != meant:
        yield f"{where} has the buttons {shows}, not {meant}"


def _settled(text: str, world: World) -> str:
    """The text without what may be older than the truth."""
    text = world.anonymous(text.removesuffix(MARK))
    for pattern, instead in VOLATILE:
        text = pattern.sub(instead, text)
    return text


def _buttons(message: Message) -> list[str]:
    return [f"{button.text} ({button.data})" for row in message.keyboard for button in row]


def _meant(screen: Screen) -> list[str]:
    return [f"{button.text} ({button.data})" for row in screen.buttons for button in row]
