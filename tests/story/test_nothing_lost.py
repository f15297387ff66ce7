"""The process dies, or is told to end, in the middle of the work: what Telegram was told had arrived is done once."""

from collections import Counter
from pathlib import Path

from tests.story.process import Field, dice, field

LIVES, IN_EACH = 6, 50
MARK = "(reenvío)"
# No person answers: on a slow machine too each alert is told once, and not again because it climbed.
PATIENT = """
[dispatch]
offer_timeout = "1h"

[[escalation.critica]]
after = "0s"
notify = ["supervisors"]

[[escalation.critica]]
after = "2h"
notify = ["admins"]
"""


async def test_p1_p2_p3_killed_under_load_every_update_is_handled_once_and_every_alert_arrives(tmp_path: Path) -> None:
    """Twenty agents report without a pause, the plug is pulled five times, whenever it happens to be."""
    chance = dice(7)
    (tmp_path / "config.toml").write_text(PATIENT)
    async with field(tmp_path) as scene:
        sara, *agents = await scene.enrol(supervisor=["Sara Luna"], agent=[f"Agente {n}" for n in range(20)])
        said: dict[str, int] = {}
        for life in range(LIVES):
            await scene.open()
            for number in range(IN_EACH):
                agent = agents[number % len(agents)]
                title = f"Asunto {life}-{number:02}"
                said[title] = agent.id
                scene.telegram.say(agent, f"/{'emergencia' if number % 10 == 0 else 'nueva'} {title}")
            if life < LIVES - 1:
                await scene.sends(chance.randrange(5, IN_EACH))
                await scene.kill()
        await scene.rest()

        assert dict(scene.asks("SELECT title, count(*) FROM task GROUP BY title")) == dict.fromkeys(said, 1)
        assert scene.asks("SELECT count(*), min(state), max(state) FROM inbox") == [(len(said), 3, 3)]
        assert scene.asks("SELECT count(*) FROM outbox WHERE state <> 3") == [(0,)]
        for title, reporter in said.items():
            arrived_once_or_marked(scene, reporter, title)
            arrived_once_or_marked(scene, sara.id, title)


def arrived_once_or_marked(scene: Field, chat: int, title: str) -> None:
    """It is there, and whatever came again says so."""
    texts = [text for where, text in scene.sent if where == chat and title in text]
    assert texts, f"{title} never came to {chat}"
    assert all(MARK in text for text in texts[1:]), f"{title} came to {chat} more than once:\n" + "\n---\n".join(texts)


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
