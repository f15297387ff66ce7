"""Strangers who ask to be let in: a few have a card each, a crowd is one card with a count, below every answer."""

from hashlib import sha256

import aiohttp

from core.queries.tokens import ApiToken
from core.vocabulary.scopes import Scope
from storage.repositories import tokens
from tests.story.desk import StoryDesk

STOLEN = f"gad_{'s' * 43}"


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


async def reports(desk: StoryDesk, count: int) -> list[int]:
    """So many emergencies of the program whose token was stolen, one after the other; what it is answered."""
    url = f"http://127.0.0.1:{desk.app.server.port}/api/v1/emergencies"
    headers, found = {"Authorization": f"Bearer {STOLEN}"}, []
    async with aiohttp.ClientSession(headers=headers) as session:
        for number in range(count):
            async with session.post(url, json={"title": f"Falsa número {number}"}) as answer:
                found.append(answer.status)
    return found


async def test_p5_p14_strangers_and_a_stolen_token_at_once_drown_nobody_and_its_revocation_counts_at_once(
    desk: StoryDesk,
) -> None:
    """A thousand ask to be let in while a token reports; after 100 it is revoked. What it said before stays."""
    ada = await desk.admin("Ada Vera")
    token, digest = ApiToken(name="sensores", scopes=frozenset({Scope.REPORT})), sha256(STOLEN.encode()).hexdigest()
    await desk.app.store.write(lambda session: tokens.create(session, token, digest, desk.clock.now()))
    await desk.advance(60)
    for number in range(1_000):
        desk.telegram.say(desk.stranger(f"Vecino {number}").user, "/start")
    before = await reports(desk, 100)
    await desk.passes(2)
    desk.telegram.say(ada.user, "/estado")
    await desk.app.store.write(lambda session: tokens.revoke(session, "sensores", "root", desk.clock.now()))
    after = await reports(desk, 100)
    await desk.passes(6)
    ada.sees("Estado")
    assert set(before) == {200, 201}, "an emergency, or what joined one"
    assert set(after) == {401, 429}, "refused, and after some tries not even heard"

    await desk.passes(60)
    assert len(ada.messages) <= 2 + 8 + 12, "question and answer, the strangers' cards, the flood's"
    ada.has("1.000 personas piden acceso")
    ada.has("Falsa número 0", "Reportó sensores (API)", "Se sumaron 98 reportes")
    opened = await desk.asks('SELECT count(*) FROM event WHERE body LIKE \'{"type":"opened"%\'')
    joined = await desk.asks('SELECT count(*) FROM event WHERE body LIKE \'{"type":"report_joined"%\'')
    assert (opened, joined) == (2, 98), "what it said before stays, and nothing after"
    for phone in desk.phones:
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
