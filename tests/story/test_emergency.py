"""An emergency, from the street to the end."""

from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)
FAR = (-2.2100, -79.9000)


async def test_the_nearest_agents_are_asked_and_the_first_yes_wins(desk: StoryDesk) -> None:
    """Juan calls, Ana and Beto are asked, Ana goes; Beto and the supervisor see who has it."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez")
    ana = await desk.agent("Ana Mora", at=NEAR)
    beto = await desk.agent("Beto Salas", at=FAR)

    await juan.says("/emergencia Robo con arma").at(*PARK)

    print("---J", [m.text for m in juan.messages]); print("---S", [m.text or m.place for m in sara.messages]); print("---A", [m.text or m.place for m in ana.messages], ana.unread[0].keyboard)
    ana.sees("Robo con arma")
    await ana.presses("Voy")
    print("---B", [m.text for m in beto.messages])
