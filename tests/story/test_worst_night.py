"""The worst night: the agents refuse, two supervisors blocked the bot, the third sleeps, the plug is pulled twice.

The emergency ends with a person all the same.
"""

from pathlib import Path
from typing import Any

from emulator import Bot, Message
from tests.story.process import Field, field
from tests.support.desks.process import until

# A night in a quarter of a minute: the pauses of the ladder are as short as they may be.
CONFIG = """
[dispatch]
offer_timeout = "2s"

[escalation]
broadcast_every = "10s"

[[escalation.critica]]
after = "0s"
notify = ["unit_supervisors_on_duty"]

[[escalation.critica]]
after = "1s"
notify = ["supervisors"]

[[escalation.critica]]
after = "3s"
notify = ["admins"]
"""


class Chat:
    """Somebody's chat with the bot."""

    def __init__(self, scene: Field, account: Any) -> None:
        self.scene = scene
        self.account = account

    def card(self, *words: str) -> Message | None:
        """The newest message from the bot that has all these words."""
        telegram = self.scene.telegram
        mine = [m for m in telegram.messages(self.account) if isinstance(m.sender, Bot) and not m.deleted]
        return next((m for m in reversed(mine) if all(word in m.text for word in words)), None)

    async def sees(self, *words: str) -> Message:
        """It comes, sooner or later."""
        await until(lambda: self.card(*words) is not None, f"{self.account.full_name} reads {words}")
        found = self.card(*words)
        assert found is not None
        return found

    async def presses(self, label: str, *words: str) -> None:
        """They press a button under the message that has these words, once it is there."""
        message = await self.sees(*words)
        button = next(button for row in message.keyboard or () for button in row if button.text == label)
        self.scene.telegram.press_button(self.account, message, button)


async def test_p4_p7_p8_the_worst_night_ends_with_a_person(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    async with field(tmp_path) as scene:
        people = await scene.enrol(
            agent=["Rita Paz", "Ana Mora", "Beto Salas"],
            supervisor=["Sara Luna", "Luis Vega", "Eva Ríos"],
            admin=["Marta Solís"],
        )
        rita, ana, beto, sara, luis, eva, marta = (Chat(scene, account) for account in people)
        for boss in (sara, luis):
            scene.telegram.block(boss.account, scene.bot)

        await scene.open()
        scene.telegram.say(rita.account, "/emergencia Incendio en el mercado")
        await rita.sees("Alerta enviada")
        await scene.kill()

        await scene.open()
        await ana.presses("No puedo", "te necesitan")
        await beto.presses("No puedo", "te necesitan")
        await until(lambda: len(causes(scene)) >= 2, "the alert climbs")
        await scene.kill()

        await scene.open()
        await eva.sees("AVISO A TODOS", "Incendio")
        await marta.sees("AVISO A TODOS", "Incendio")
        await eva.presses("Recibido", "AVISO A TODOS")
        await rita.sees("Eva Ríos se hizo cargo")
        await marta.sees("Recibido: Eva Ríos")
        await scene.rest()

        assert scene.asks("SELECT acknowledged_by IS NOT NULL, alerting FROM task") == [(1, 0)]
        silenced = scene.asks("SELECT name FROM person WHERE reachable = 0 ORDER BY name")
        assert silenced == [("Luis Vega",), ("Sara Luna",)]
        assert scene.asks("SELECT name FROM person WHERE hold IS NOT NULL") == []
        happened_once(scene)


def causes(scene: Field) -> list[str]:
    """Why the alert climbed, each time."""
    return [cause for (cause,) in scene.asks("SELECT body ->> 'cause' FROM event WHERE body ->> 'type' = 'escalated'")]


def happened_once(scene: Field) -> None:
    """P8: no two answers to one offer, and no step of the ladder twice at one time."""
    events = scene.asks(
        "SELECT body ->> 'type', body ->> 'agent', body ->> 'rung', at FROM event WHERE task IS NOT NULL"
    )
    escalates = [(rung, at) for kind, _, rung, at in events if kind == "escalated"]
    assert len(escalates) == len(set(escalates))
    for agent in {agent for kind, agent, *_ in events if kind == "offered"}:
        of_agent = [kind for kind, who, *_ in events if who == agent]
        assert of_agent.count("offered") >= max(of_agent.count("expired"), of_agent.count("declined"))
