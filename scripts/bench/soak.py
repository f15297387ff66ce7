"""Half an hour at 50 updates a second: memory, file handles, tasks of the loop, and how long an answer takes.

    python scripts/bench/soak.py [--minutes 30] [--rate 50]

The desk is a process of its own on SQLite, its limits lifted; Telegram and its people are in this one. Everybody takes
turns to say a command, and every two seconds somebody reports an emergency that an agent then goes to and finishes, all
by the buttons that they are shown: presses are updates too. The desk's own /metrics say what it holds; an answer's time
is from what somebody says to the first message that they get. The first sixth warms up. It fails when memory has moved
by more than 5 % from the sixth after that to the last one, when tasks have grown or handles have by more than the
connections that a busy moment leaves in the pool, or when the p99 of the last third is more than 20 % away from that of
the first.
"""

import argparse
import asyncio
import itertools
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

import aiohttp
import uvloop
from loopback import FIRST, TOKEN, desk
from prometheus_client.parser import text_string_to_metric_families

from emulator import Bot, Message, MessageEdited, MessageSent, Person, Telegram, serve
from scripts.performance.figures import Figure

PORT = 18_081
TALKERS, REPORTERS, SUPERVISORS = 200, 200, 3
CROWD = TALKERS + REPORTERS + SUPERVISORS
WORDS = ("/fuera", "/ayuda", "/disponible", "/mistareas")
WORK = ("Voy", "Llegué", "Finalizar")
EMERGENCY_EVERY = 2.0  # seconds
LOOK_EVERY = 5.0
MEMORY_MAY_MOVE, P99_MAY_MOVE, SPARE_TASKS, IN_FLIGHT = 1.05, 1.20, 4, 64
HELD = {
    "memory": "process_resident_memory_bytes",
    "handles": "process_open_fds",
    "tasks": "gad_loop_tasks",
}


class Look(NamedTuple):
    """Resources of the desk ``at`` seconds from the beginning: MiB, file handles, tasks of its loop."""

    at: float
    memory: float
    handles: float
    tasks: float


class Waited(NamedTuple):
    """Something that was due ``at`` so many seconds from the beginning came after ``took`` seconds."""

    at: float
    took: float


class Town:
    """The people on Telegram, what they are waiting for, and what they have in mind to press."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        people = [telegram.add_person(f"Agente {FIRST + n}", person_id=FIRST + n) for n in range(CROWD)]
        for person in people:
            telegram.private(person).started = True
        self._idle = deque(people[:TALKERS])
        self._reporters = deque(people[TALKERS : TALKERS + REPORTERS])
        self._supervisors = {person.id for person in people[-SUPERVISORS:]}
        self._words = {person.id: itertools.cycle(WORDS) for person in people}
        self._waiting: dict[int, tuple[Person, float]] = {}
        self._presses: deque[tuple[Person, Message, str]] = deque()
        self._begun = time.monotonic()
        self._next_emergency = EMERGENCY_EVERY
        self.answered: list[Waited] = []
        self.lateness: list[Waited] = []
        self.passed_over = 0
        telegram.listen(self._see)

    @property
    def now(self) -> float:
        """Seconds from the beginning."""
        return time.monotonic() - self._begun

    def one_update(self) -> None:
        """The next that somebody does: report, press, or say; nothing when everybody waits for an answer."""
        if self.now >= self._next_emergency:
            self._next_emergency += EMERGENCY_EVERY
            self._reporters.rotate()
            self._say(self._reporters[0], "/emergencia Robo en la esquina")
        elif self._presses:
            person, message, label = self._presses.popleft()
            if any(button.text == label for row in message.keyboard for button in row):
                self.telegram.press(person, message, label)
        elif self._idle:
            person = self._idle.popleft()
            self._say(person, next(self._words[person.id]))
        else:
            self.passed_over += 1

    def _say(self, person: Person, text: str) -> None:
        self._waiting[person.id] = person, self.now
        self.telegram.say(person, text)

    def _see(self, event: object) -> None:
        """Somebody looks at their phone: they press what asks for it, or have their answer."""
        if not isinstance(event, MessageSent | MessageEdited) or not isinstance(event.message.sender, Bot):
            return
        message, person = event.message, self.telegram.people[event.message.chat.id]
        label = self._wish(person, message)
        if label is not None:
            self._presses.append((person, message, label))
        elif isinstance(event, MessageSent) and person.id in self._waiting:
            _, since = self._waiting.pop(person.id)
            self.answered.append(Waited(since, self.now - since))
            if person not in self._reporters:
                self._idle.append(person)

    def _wish(self, person: Person, message: Message) -> str | None:
        shown = [button.text for row in message.keyboard for button in row]
        wanted = ("Recibido",) if person.id in self._supervisors else WORK
        return next((text for wish in wanted for text in shown if wish in text), None)


async def look(url: str, session: aiohttp.ClientSession, at: float) -> Look:
    """Read /metrics."""
    async with session.get(url) as answer:
        page = await answer.text()
    found = {sample.name: sample.value for family in text_string_to_metric_families(page) for sample in family.samples}
    memory, handles, tasks = (found[name] for name in HELD.values())
    return Look(at, memory / 2**20, handles, tasks)


async def soak(minutes: float, rate: float) -> tuple[list[Look], Town]:
    """All of it."""
    telegram = Telegram()
    telegram.add_bot(TOKEN, "gad_bot", "GAD")
    telegram.flood.enabled = False
    server = await serve(telegram)
    looks: list[Look] = []
    try:
        async with desk(server.url, CROWD, SUPERVISORS, GAD_SERVER__PORT=str(PORT)), aiohttp.ClientSession() as session:
            while not telegram.first_bot().updates.is_awaited:
                await asyncio.sleep(0.05)
            town = Town(telegram)
            for number in range(int(minutes * 60 * rate)):
                await asyncio.sleep(max(0.0, number / rate - town.now))
                town.lateness.append(Waited(number / rate, town.now - number / rate))
                town.one_update()
                if town.now >= len(looks) * LOOK_EVERY:
                    looks.append(await look(f"http://127.0.0.1:{PORT}/metrics", session, town.now))
    finally:
        await server.stop()
    return looks, town


def p99(waited: list[Waited], since: float, until: float) -> float:
    """Milliseconds."""
    took = sorted(each.took for each in waited if since <= each.at < until)
    return took[len(took) * 99 // 100] * 1000


def table(looks: list[Look], town: Town, seconds: float) -> Iterator[str]:
    """A line for each sixth: medians of the resources, the answers' times, and the p99 of the people's lateness.

    The lateness is the machine's doing: it tells how far the other figures can be trusted.
    """
    yield (
        f"{'minutes':>12}{'memory MiB':>12}{'handles':>9}{'tasks':>7}"
        f"{'answers':>9}{'p50 ms':>8}{'p99 ms':>8}{'late ms':>9}"
    )
    for sixth in range(6):
        since, until = sixth * seconds / 6, (sixth + 1) * seconds / 6
        memory, handles, tasks = medians(looks, since, until)
        took = [each.took for each in town.answered if since <= each.at < until]
        when = f"{since / 60:.1f}-{until / 60:.1f}"
        yield (
            f"{when:>12}{memory:12.1f}{handles:9.0f}{tasks:7.0f}{len(took):9,}"
            f"{statistics.median(took) * 1000:8.1f}{p99(town.answered, since, until):8.1f}"
            f"{p99(town.lateness, since, until):9.1f}"
        )


def medians(looks: list[Look], since: float, until: float) -> tuple[float, float, float]:
    """Of memory, handles and tasks."""
    within = [each for each in looks if since <= each.at < until]
    return (
        statistics.median(each.memory for each in within),
        statistics.median(each.handles for each in within),
        statistics.median(each.tasks for each in within),
    )


class Moved(NamedTuple):
    """Memory of the last sixth by that of the second; the p99 of the first third and of the last, in milliseconds."""

    memory: float
    early: float
    late: float


def moved(looks: list[Look], answered: list[Waited], seconds: float) -> Moved:
    """How far the end is from the beginning."""
    memory, _, _ = medians(looks, seconds / 6, seconds / 3)
    last_memory, _, _ = medians(looks, seconds * 5 / 6, seconds)
    return Moved(last_memory / memory, p99(answered, 0, seconds / 3), p99(answered, seconds * 2 / 3, seconds))


def figures(short: bool) -> list[Figure]:
    """For `make bench`, where it is asked for by name."""
    minutes = 1 if short else 30
    looks, town = uvloop.run(soak(minutes, 50))
    print("\n".join(table(looks, town, minutes * 60)))
    memory, early, late = moved(looks, town.answered, minutes * 60)
    said = f"p99 {early:.1f} and {late:.1f} ms"
    return [Figure("soak-p99", [late / early], said), Figure("soak-memory", [memory])]


def broken(looks: list[Look], answered: list[Waited], seconds: float) -> Iterator[str]:
    """The bounds that did not hold."""
    _, handles, tasks = medians(looks, seconds / 6, seconds / 3)
    _, last_handles, last_tasks = medians(looks, seconds * 5 / 6, seconds)
    memory, early, late = moved(looks, answered, seconds)
    print(f"memory {memory:.3f} x, p99 {late / early:.2f} x ({early:.1f} and {late:.1f} ms)")
    if not 1 / MEMORY_MAY_MOVE <= memory <= MEMORY_MAY_MOVE:
        yield "memory is not flat"
    if last_handles > handles + IN_FLIGHT:
        yield "file handles leak"
    if last_tasks > tasks + SPARE_TASKS:
        yield "tasks leak"
    if not 1 / P99_MAY_MOVE <= late / early <= P99_MAY_MOVE:
        yield "answers don't take as long as they did"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30, help="at least 1")
    parser.add_argument("--rate", type=float, default=50)
    options = parser.parse_args()
    looks, town = uvloop.run(soak(options.minutes, options.rate))
    seconds = options.minutes * 60
    print("\n".join(table(looks, town, seconds)))
    if town.passed_over:
        print(f"{town.passed_over} turns were passed over: everybody waited for an answer")
    if found := list(broken(looks, town.answered, seconds)):
        sys.exit("; ".join(found))


if __name__ == "__main__":
    main()
