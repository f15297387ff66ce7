"""The process dies, or is told to end, in the middle of the work: what Telegram was told had arrived is done once."""

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from core.rules.shares import ALONE, HEARD
from emulator import Person
from tests.story.process import Field, dice, field

LIVES, IN_EACH = 6, 50
CALLERS = LIVES * IN_EACH // 10 // ALONE  # so many that none of their emergencies joins another
AGENTS = 40  # more than there are emergencies
MARK, JOINED = "(reenvío)", "de la misma persona"
# No person answers, and each emergency finds an agent of its own: on a slow machine too each alert is told once,
# and not again because it climbed, or drawn anew because it gave an agent up.
PATIENT = """
[dispatch]
offer_to = 1
offer_timeout = "1h"

[[escalation.critica]]
after = "0s"
notify = ["supervisors"]

[[escalation.critica]]
after = "2h"
notify = ["admins"]
"""


async def test_p1_p2_p3_killed_under_load_every_update_is_handled_once_and_every_alert_arrives(tmp_path: Path) -> None:
    """Forty agents report without a pause, the plug is pulled five times, whenever it happens to be.

    Each tenth is an emergency of somebody who has no more than one open; as many are of one, whose later ones join.
    """
    chance = dice(7)
    (tmp_path / "config.toml").write_text(PATIENT)
    async with field(tmp_path) as scene:
        names = [f"Agente {n}" for n in range(1 + CALLERS + AGENTS)]
        sara, hugo, *agents = await scene.enrol(supervisor=["Sara Luna"], agent=names)
        callers, agents = agents[:CALLERS], agents[CALLERS:]
        await scene.open()
        # Off duty: whoever is asked to go and calls for help leaves an alert, which would rightly be told again.
        for somebody in (hugo, *callers):
            scene.telegram.say(somebody, "/fuera")
        await scene.rest()
        callings = cycle(callers)
        said: dict[str, int] = {}
        for life in range(LIVES):
            if life:
                await scene.open()
            said |= all_report(scene, life, callings, hugo, agents)
            if life < LIVES - 1:
                await scene.sends(chance.randrange(5, IN_EACH))
                await scene.kill()
        await scene.rest()

        first, *flood = (title for title, who in said.items() if who == hugo.id)
        joined = flood[ALONE - 1 :]
        tasks = {title: who for title, who in said.items() if title not in joined}
        assert dict(scene.asks("SELECT title, count(*) FROM task GROUP BY title")) == dict.fromkeys(tasks, 1)
        assert scene.asks("SELECT count(*), min(state), max(state) FROM inbox") == [(len(said) + 1 + CALLERS, 3, 3)]
        assert scene.asks("SELECT count(*) FROM outbox WHERE state <> 3") == [(0,)]
        for title, reporter in tasks.items():
            arrived_once_or_marked(scene, reporter, title)
            arrived_once_or_marked(scene, sara.id, title)
        joined_once_and_seen(scene, sara, hugo, first, joined)


def all_report(
    scene: Field, life: int, callings: Iterator[Person], hugo: Person, agents: list[Person]
) -> dict[str, int]:
    """The reports of one life of the process, with who made them."""
    said: dict[str, int] = {}
    for number in range(IN_EACH):
        match number % 10:
            case 0:
                who, command = next(callings), "emergencia"
            case 5:
                who, command = hugo, "emergencia"
            case _:
                who, command = agents[number % len(agents)], "nueva"
        title = f"Asunto {life}-{number:02}"
        said[title] = who.id
        scene.telegram.say(who, f"/{command} {title}")
    return said


def joined_once_and_seen(scene: Field, sara: Person, hugo: Person, first: str, joined: list[str]) -> None:
    """Each is a note of its reporter's first one, once: three are heard in words, all are on the card and told."""
    notes = """
        SELECT json_extract(body, '$.text'), task.title, count(*) FROM event JOIN task ON task.id = event.task
        WHERE json_extract(body, '$.type') = 'report_joined' GROUP BY 1, 2 ORDER BY min(event.id)
    """
    assert scene.asks(notes) == [(title, first, 1) for title in joined]
    for title in joined[:HEARD]:
        arrived_once_or_marked(scene, sara.id, title)
    card = next(message.text for message in reversed(scene.telegram.messages(sara)) if first in message.text)
    assert f"Se sumaron {len(joined)} reportes {JOINED}" in card
    told = [text for where, text in scene.sent if where == hugo.id and "Se sumó a T-" in text]
    assert told, "their reporter hears that they joined"


def arrived_once_or_marked(scene: Field, chat: int, title: str) -> None:
    """It is there, and whatever came again says so, or that others have joined it."""
    texts = [text for where, text in scene.sent if where == chat and title in text]
    assert texts, f"{title} never came to {chat}"
    again = "\n---\n".join(text for text in texts[1:] if MARK not in text and JOINED not in text)
    assert not again, f"{title} came to {chat} more than once:\n{texts[0]}\n---\n{again}"


async def test_p1_p2_told_to_end_it_finishes_what_it_holds_and_forgets_nothing(tmp_path: Path) -> None:
    """SIGTERM in the middle of 200 routine commands, which are not sent again when their fate is unknown: all are."""
    async with field(tmp_path) as scene:
        agents = await scene.enrol(agent=[f"Agente {n}" for n in range(20)])
        await scene.open()
        for number in range(200):
            scene.telegram.say(agents[number % 20], "/fuera" if number // 20 % 2 == 0 else "/disponible")
        await scene.sends(30)
        assert await scene.close() == 0
        held = scene.asks("SELECT (SELECT count(*) FROM inbox WHERE state = 2), count(*) FROM outbox WHERE state = 2")
        assert held == [(0, 0)], "nothing is left in its hands"
        await scene.open()
        await scene.rest()
        assert Counter(chat for chat, _ in scene.sent) == {agent.id: 10 for agent in agents}
        assert not [text for _, text in scene.sent if MARK in text]
