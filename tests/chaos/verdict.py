"""Promises that must have held in the end, counted (P1, P2, P3, P7, P8, P10)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from core.vocabulary import events as e
from core.vocabulary.card_names import task_card
from core.vocabulary.shares import ReportJoined
from storage.queues.queue import State
from tests.chaos.crowd import EMERGENCY
from tests.chaos.evidence import MARK, PIN, Evidence, Happening, Message

# An agent who is asked no more need not be rung.
ANSWERS = (
    e.Accepted
    | e.Declined
    | e.Expired
    | e.Released
    | e.Acknowledged
    | e.Completed
    | e.Cancelled
    | e.EnRoute
    | e.OnScene
)


class Count(NamedTuple):
    """One line of the verdict; a ``promise`` is broken by any number but 0, of which there are examples then."""

    what: str
    number: int
    promise: str = ""
    examples: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        return bool(self.promise and self.number)


def judge(evidence: Evidence) -> list[Count]:
    """Every count, in the order of an update's way."""
    return [
        *_updates(evidence),
        *_reports(evidence),
        *_alerts(evidence),
        *_messages(evidence),
        *_cards(evidence),
        _wrong("agents who are held by two emergencies", "P7", [str(agent) for agent in evidence.held_twice]),
        _wrong("offers and steps of a ladder that happened twice", "P8", list(_twice(evidence.happenings))),
    ]


def _wrong(what: str, promise: str, examples: list[str]) -> Count:
    return Count(what, len(examples), promise, tuple(examples[:5]))


def _updates(evidence: Evidence) -> Iterator[Count]:
    unhandled = [f"update {number}" for number, state in evidence.inbox.items() if state != State.DONE]
    lost = evidence.acts - len(evidence.inbox)
    yield Count("updates that Telegram was told had arrived", evidence.acts + evidence.steps)
    yield Count("  of them steps of live locations, which are not kept", evidence.steps)
    yield Count("  lost", abs(lost), "P1", (f"{evidence.acts} were sent, {len(evidence.inbox)} are on disk",))
    yield _wrong("  not handled", "P1", unhandled)


def _reports(evidence: Evidence) -> Iterator[Count]:
    there = Counter((title, reporter) for title, _, reporter in evidence.tasks.values())
    # A reporter's third open emergency is a part of their first one.
    joined = ((one.task, one.event) for one in evidence.happenings)
    there.update((event.text, evidence.tasks[task][2]) for task, event in joined if isinstance(event, ReportJoined))
    yield Count("tasks reported", len(evidence.said))
    yield Count("  of them emergencies", sum(title.startswith(EMERGENCY) for title in evidence.said))
    yield _wrong("  not there", "P1", [title for title, who in evidence.said.items() if not there[title, who]])
    yield _wrong("  there more than once", "P2", [title for (title, _), times in there.items() if times > 1])


def _alerts(evidence: Evidence) -> Iterator[Count]:
    """Alerts that must have been sent, by the record alone."""
    answers: dict[int, list[float]] = defaultdict(list)
    for one in evidence.happenings:
        if isinstance(one.event, ANSWERS):
            answers[one.task].append(one.at)
    arrived, answered_first, lost = 0, 0, []
    for task, person, since in _implied(evidence):
        title, chat = evidence.tasks[task][0], evidence.people[person]
        if (chat, title) in evidence.titles:
            arrived += 1
        elif (task_card(task), chat) in evidence.taken_back and any(at >= since for at in answers[task]):
            answered_first += 1
        else:
            lost.append(f"{title} to {chat}, implied at {since:.3f}, answered at {answers[task]}")
    yield Count("alerts that emergencies imply (task and person)", arrived + answered_first + len(lost))
    yield Count("  arrived", arrived)
    yield Count("  answered by somebody before they left, and taken back", answered_first)
    yield _wrong("  lost", "P3", lost)


def _implied(evidence: Evidence) -> Iterator[tuple[int, int, float]]:
    """Task, person, and since when: the first time each was to be told."""
    known = set()
    for task, at, event in evidence.happenings:
        match event:
            case e.Opened(reporter=int(reporter)):
                notified: tuple[int, ...] = (reporter,)
            case e.Escalated():
                notified = event.notified
            case e.Offered():
                notified = (event.agent,)
            case _:
                continue
        for person in notified:
            if evidence.tasks[task][1] == "emergency" and (task, person) not in known:
                known.add((task, person))
                yield task, person, at


def _messages(evidence: Evidence) -> Iterator[Count]:
    rows, owed, answer_in_doubt = Counter[tuple[int, str]](), Counter[tuple[int, str]](), set()
    unknown: list[Message] = []
    for message in evidence.outbox:
        place = message.chat, message.says
        rows[place] += message.sends
        owed[place] += message.owed and message.done
        if message.uncertain:
            answer_in_doubt.add(place)
        if message.uncertain and message.routine and message.sends:
            unknown.append(message)
    for place in evidence.reworded:
        rows[place] += 1
        answer_in_doubt.add(place)
    plain, marked = evidence.plain, evidence.marked
    pins = {place for place in plain if place[1].startswith(PIN)}
    again = {place: plain[place] - rows[place] for place in plain if plain[place] > rows[place]}
    yield Count("messages that came to Telegram", sum(plain.values()) + sum(marked.values()))
    yield Count("  again, and marked: the answer was unknowable", sum(marked.values()))
    yield Count("    there already, so twice", sum(min(marked[place], plain.get(place, 0)) for place in marked))
    yield Count(
        "  pins on a map again, which can't be marked", sum(again.get(pin, 0) for pin in pins & answer_in_doubt)
    )
    unmarked = [_named(place) for place in again if place not in pins & answer_in_doubt]
    yield _wrong("  twice without a mark", "P2", unmarked)
    yield _wrong("  marked without need", "P2", [_named(place) for place in marked if place not in answer_in_doubt])
    never = [_named(place) for place, times in owed.items() if plain.get(place, 0) + marked.get(place, 0) < times]
    yield _wrong("  that never came", "P3", never)
    stuck = [f"row {message.row}" for message in evidence.outbox if not message.done]
    yield _wrong("  set aside, or left behind", "P3", stuck)
    came = sum(bool(plain.get((message.chat, message.says))) for message in unknown)
    yield Count("  routine ones of which nobody can know, not sent again", len(unknown))
    yield Count("    and so lost", len(unknown) - came)


def _named(place: tuple[int, str]) -> str:
    return f"to {place[0]}: {place[1][:80]!r}"


def _cards(evidence: Evidence) -> Iterator[Count]:
    """Each card says the last thing that it was to say."""
    last: dict[tuple[str, int], Message] = {}
    for message in evidence.outbox:
        if message.card is not None and message.says and not message.says.startswith(PIN):
            last[message.card, message.chat] = message
    shown = {place: number for place, number in evidence.cards.items() if number is not None and place in last}
    old = []
    for place, number in shown.items():
        message, now = last[place], evidence.shown[place[1], number]
        if now.removesuffix(MARK) != message.says and not (message.routine and message.uncertain):
            old.append(f"{place[0]} in {place[1]}: {now[:60]!r}, not {message.says[:60]!r}")
    yield Count("cards", len(shown))
    yield _wrong("  that show an older state", "P3", old)


def _twice(happenings: list[Happening]) -> Iterator[str]:
    """Due times that acted twice."""
    asked = set()
    escalates: Counter[tuple[int, int | None, float]] = Counter()
    for task, at, event in happenings:
        match event:
            case e.Offered(agent=agent):
                asked.add((task, agent))
            case e.Accepted(agent=agent) | e.Declined(agent=agent) | e.Released(agent=agent):
                asked.discard((task, agent))
            case e.Expired(agent=agent):
                if (task, agent) not in asked:
                    yield f"an offer of task {task} to {agent} ended twice"
                asked.discard((task, agent))
            case e.Escalated():
                escalates[task, event.step, at] += 1
            case _:
                pass
    yield from (f"task {key[0]} climbed twice at once" for key, times in escalates.items() if times > 1)
