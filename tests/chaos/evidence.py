"""Traces of a campaign: the database on one side, Telegram's record on the other."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import json

from bot.ui.texts import Texts
from core.vocabulary import events as e
from core.vocabulary.words import Lane
from emulator.markup import read
from storage.queues.outbox_statements import LIST
from storage.queues.queue import State
from tests.chaos.crowd import TITLE, Crowd
from tests.chaos.site import Site

# The notice that words wait for the storage: it goes past the outbox, each time anew.
STAND_BY = str(Texts("es", ZoneInfo("UTC"))("stand-by"))
MARK = "\n(reenvío)"
PIN = "pin at "
_OUTBOX = (
    "SELECT id, chat, rank, state, method, payload, card, ring, uncertain, ended_at FROM outbox ORDER BY ended_at, id"
)

_HELD_TWICE = """
    SELECT agent FROM assignment JOIN task ON task.id = assignment.task
    WHERE assignment.state IN ('offered', 'accepted', 'en_route', 'on_scene') AND kind = 'emergency' AND open = 1
    GROUP BY agent HAVING count(*) > 1
"""


class Message(NamedTuple):
    """A row of the outbox. ``says`` is what a person reads of it; ``owed``: nothing but its sending ends it."""

    row: int
    chat: int
    says: str
    card: str | None
    ring: bool
    routine: bool
    sends: bool
    uncertain: bool
    done: bool

    @property
    def owed(self) -> bool:
        return self.sends and (self.card is None or self.ring) and not (self.routine and self.uncertain)


class Happening(NamedTuple):
    """An event of a task; ``at`` in seconds since the epoch."""

    task: int
    at: float
    event: e.AnyEvent


class Evidence(NamedTuple):
    """Everything that a verdict looks at.

    ``said``, ``acts`` and ``steps`` are the crowd's own. ``tasks`` are (title, kind, Telegram's id of its reporter),
    ``people`` Telegram's ids, ``inbox`` and ``cards`` as they are on disk.

    ``plain`` and ``marked`` say how often what came to each chat, in the words of `Message.says`, without the mark and
    with it; ``titles`` which reports a chat read of at all; ``taken_back`` (card, chat) what was taken out of the
    outbox before it had left; ``reworded`` what may be there and was put in other words; ``shown`` what each message
    says now, by chat and number.
    """

    said: dict[str, int]
    acts: int
    steps: int
    tasks: dict[int, tuple[str, str, int | None]]
    people: dict[int, int]
    happenings: list[Happening]
    inbox: dict[int, int]
    outbox: list[Message]
    cards: dict[tuple[str, int], int | None]
    plain: dict[tuple[int, str], int]
    marked: dict[tuple[int, str], int]
    titles: set[tuple[int, str]]
    taken_back: set[tuple[str, int]]
    reworded: list[tuple[int, str]]
    shown: dict[tuple[int, int], str]
    held_twice: list[int]


async def gather(site: Site, crowd: Crowd) -> Evidence:
    """All of it, once nothing moves any more."""
    people = {row[0]: row[1] for row in await site.asks("SELECT id, telegram_id FROM person")}
    tasks = await site.asks("SELECT id, title, kind, reporter FROM task")
    events = await site.asks("SELECT task, at, body FROM event WHERE task IS NOT NULL ORDER BY at, id")
    plain: dict[tuple[int, str], int] = defaultdict(int)
    marked: dict[tuple[int, str], int] = defaultdict(int)
    titles = set()
    for sent in site.sent:
        if sent.text == STAND_BY:
            continue
        says = _pin(*sent.place) if sent.place is not None else sent.text
        kind = marked if says.endswith(MARK) else plain
        kind[sent.chat, says.removesuffix(MARK)] += 1
        titles |= {(sent.chat, title) for title in TITLE.findall(sent.text)}
    return Evidence(
        said=crowd.said,
        acts=crowd.acts,
        steps=crowd.steps,
        tasks={number: (title, kind, people.get(reporter)) for number, title, kind, reporter in tasks},
        people=people,
        happenings=[Happening(task, at / 1000, json.decode(body, type=e.AnyEvent)) for task, at, body in events],
        inbox={row[0]: row[1] for row in await site.asks("SELECT update_id, state FROM inbox")},
        outbox=[_message(row) for row in await site.asks(_OUTBOX)],
        cards={(row[0], row[1]): row[2] for row in await site.asks("SELECT card, chat, message_id FROM card")},
        plain=plain,
        marked=marked,
        titles=titles,
        taken_back={(card, chat) for card, chat in await site.asks("SELECT card, chat FROM taken_back")},
        reworded=[
            (chat, _says(method, payload))
            for chat, method, payload in await site.asks("SELECT chat, method, payload FROM reworded")
            if _is_sent(method)
        ],
        shown=site.shown,
        held_twice=[row[0] for row in await site.asks(_HELD_TWICE)],
    )


def _message(row: tuple[Any, ...]) -> Message:
    number, chat, rank, state, method, payload, card, ring, uncertain, _ = row
    return Message(
        row=number,
        chat=chat,
        says=_says(method, payload),
        card=card,
        ring=bool(ring),
        routine=rank == Lane.ROUTINE,
        sends=_is_sent(method),
        uncertain=bool(uncertain),
        done=state == State.DONE,
    )


def _says(method: str, payload: str) -> str:
    body = json.decode(payload)
    return _pin(body["latitude"], body["longitude"]) if method == "sendLocation" else words(body.get("text", ""))


def _is_sent(method: str) -> bool:
    """Whether it is a new message."""
    return method.startswith("send") or method == LIST


def words(html: str) -> str:
    """The text without its marks, as a person reads it."""
    return read(html, "HTML", None)[0]


def _pin(lat: float, lon: float) -> str:
    return f"{PIN}{lat:.6f} {lon:.6f}"
