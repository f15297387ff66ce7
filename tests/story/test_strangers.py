"""Strangers who ask to be let in: a few have a card each, a crowd is one card with a count, below every answer."""

from tests.story.desk import StoryDesk


async def test_three_hundred_strangers_are_a_few_messages_and_the_administrator_is_answered(desk: StoryDesk) -> None:
    ada = await desk.admin("Ada Vera")
    await desk.advance(60)
    strangers = [desk.stranger(f"Vecino {number}") for number in range(300)]
    for phone in strangers:
        desk.telegram.say(phone.user, "/start")
    desk.telegram.say(ada.user, "/estado")
    await desk.passes(6)
    ada.sees("Estado")
    await desk.passes(60)
    assert len(ada.messages) <= 2 + 8, "the question, its answer, and at most eight"
    card = ada.has("300 personas piden acceso", "La última")
    ada.reads_all()

    await card.presses("Ver quiénes piden acceso")
    page = ada.sees("Esperan respuesta")
    await page.presses("Vecino 0")
    await page.presses("Rechazar")
    await page.presses("Sí, sin acceso")
    await desk.advance(30)
    ada.has("299 personas piden acceso")
    for phone in (ada, *strangers):
        phone.reads_all()


async def test_the_next_day_the_count_is_heard_again(desk: StoryDesk) -> None:
    ada = await desk.admin("Ada Vera")
    for number in range(5):
        await desk.stranger(f"Vecino {number}").says("/start")
    for number in range(3):
        ada.sees(f"Vecino {number}", "Pide acceso")
    ada.sees("personas piden acceso")
    await desk.advance(60)
    ada.has("5 personas piden acceso", "Vecino 4")
    ada.sees_nothing()
    await desk.advance(86_400)
    late = desk.stranger("Vecina tardía")
    await late.says("/start")
    ada.sees("6 personas piden acceso", "Vecina tardía")
    for phone in (late, *desk.phones):
        phone.reads_all()
