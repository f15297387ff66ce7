"""A card that gives its place to a new message: its buttons go, and where it has none nothing is sent for it."""

from tests.story.desk import StoryDesk

PARK = (-2.1885, -79.8880)


async def test_a_card_without_buttons_is_not_told_to_lose_them(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora", at=PARK), await desk.agent("Beto Salas", at=PARK)
    juan = await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo")
    await juan.is_at(*PARK)
    offer = ana.sees("Robo", "¿Puedes ir?")
    await beto.presses("Voy")
    offer.offers()
    await beto.presses("No puedo")
    await desk.passes(5)

    ana.has("Robo", "¿Puedes ir?").offers("Voy", "No puedo")
    refused = [call for call in desk.telegram.calls if call.method == "editMessageReplyMarkup" and not call.ok]
    assert refused == []
    for phone in (ana, beto, juan):
        phone.reads_all()
