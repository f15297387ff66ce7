"""Put out: what somebody could see, do, share and give away ends with their access, in that moment (P14)."""

from datetime import timedelta
from functools import partial

import pytest

from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import cards, outbox
from storage.queues.addressed_call import AddressedCall
from storage.schema.tables import OutboxRow
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.test_lone_worker import moves
from tests.story.test_shut_out import page_of, shuts_out

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)
GONE = "Ya no tienes acceso"


async def lets_in_again(admin: Phone, name: str) -> None:
    page = await page_of(admin, name)
    await page.presses("→ Agente")


async def test_p14_the_cards_of_whoever_is_put_out_say_nothing_more(desk: StoryDesk) -> None:
    """The sergeant's phone still shows the alert and where it is: both go, and her thumb comes too late."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo con arma").at(*PARK)
    card = sara.sees("Robo con arma", "Juan Pérez")
    thumb = card.holds("Recibido")
    assert any(message.place for message in sara.messages)
    await shuts_out(marta, "Sara Luna")
    card.says(GONE).lacks("Robo", "Juan").offers()
    assert not any(message.place for message in sara.messages)
    sara.sees("cerró tu acceso")
    sara.sees_nothing()
    await thumb
    sara.sees("No tienes acceso")
    await desk.passes(60)
    card.says(GONE).lacks("Robo")
    assert await desk.asks("SELECT acknowledged_by FROM task") is None
    for phone in (marta, juan):
        phone.reads_all()


async def test_p14_cards_that_grew_with_the_years_go_page_by_page(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    for number in range(60):
        await desk.app.store.write(
            partial(cards.keep, card=f"task:{number}", chat=sara.user.id, message_id=9_000 + number, digest="")
        )
    await shuts_out(marta, "Sara Luna")
    assert await desk.asks("SELECT count(*) FROM card WHERE card LIKE 'task:%'") == 0
    await desk.passes(120)
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state < 3") == 0
    sara.sees("cerró tu acceso")
    marta.reads_all()


WORDS: dict[str, dict[str, object]] = {
    "sendMessage": {"text": "Robo con arma"},
    "sendLocation": {"latitude": PARK[0], "longitude": PARK[1]},
}
IN_HAND = [("sendMessage", "task:77"), ("sendLocation", pin_of("task:77")), ("sendMessage", None)]


async def in_hand(desk: StoryDesk, phone: Phone, method: str, card: str | None) -> OutboxRow:
    """A message that some process has taken to send it, and has had no answer for."""
    now, chat = desk.clock.now(), phone.user.id
    call = AddressedCall(
        chat=chat, lane=Lane.ACTION, method=method, payload={"chat_id": chat} | WORDS[method], card=card, notify=True
    )

    async def unit(session: Session) -> OutboxRow:
        await outbox.post(session, [call], now)
        (row,) = await outbox.take(session, Lane.ACTION, now, timedelta(seconds=60), 1)
        return row

    return await desk.app.store.write(unit)


@pytest.mark.parametrize(("method", "card"), IN_HAND, ids=["card", "pin", "plain"])
async def test_p14_a_message_that_was_on_its_way_and_comes_back_after_the_cut_says_nothing(
    desk: StoryDesk, method: str, card: str | None
) -> None:
    """The process that was sending it died with it: whoever sends it again sends nothing."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await in_hand(desk, sara, method, card)
    await shuts_out(marta, "Sara Luna")
    await desk.passes(150)
    sara.sees("cerró tu acceso")
    sara.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state < 3") == 0
    assert await desk.asks("SELECT count(*) FROM card WHERE card LIKE 'task:%'") == 0
    marta.reads_all()


@pytest.mark.parametrize("late", [5, 45])
async def test_p14_a_message_that_was_on_its_way_and_arrives_after_the_cut_is_blanked(
    desk: StoryDesk, late: int
) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await sara.says("/ayuda")
    card = sara.sees("/emergencia")
    row = await in_hand(desk, sara, "sendMessage", "task:77")
    await shuts_out(marta, "Sara Luna")
    await desk.passes(late)

    async def arrives(session: Session) -> None:
        await outbox.sent(session, row, desk.clock.now(), desk.clock.now())
        await cards.keep(session, "task:77", sara.user.id, card.message.id, "")

    await desk.app.store.write(arrives)
    await desk.passes(20)
    card.says(GONE).lacks("emergencia")
    sara.sees("cerró tu acceso")
    assert await desk.asks("SELECT count(*) FROM card WHERE card LIKE 'task:%'") == 0
    marta.reads_all()


async def test_p14_a_link_dies_with_whoever_made_it(desk: StoryDesk) -> None:
    """Even where they are let in again."""
    marta, tito = await desk.admin("Marta Solís"), await desk.admin("Tito Vaca")
    await tito.says("/invitar agente")
    link = tito.sees("t.me/gad_bot?start=").text.partition("start=")[2].split()[0]
    await shuts_out(marta, "Tito Vaca")
    assert await desk.asks("SELECT count(*) FROM invitation") == 0
    page = await page_of(marta, "Tito Vaca")
    await page.presses("→ Administrador")
    eve = desk.stranger("Eva Mora")
    await eve.says(f"/start {link}")
    eve.sees("invitación")
    assert await desk.asks("SELECT count(*) FROM person WHERE name = 'Eva Mora'") == 0
    for phone in (marta, tito):
        phone.reads_all()


async def test_p14_a_form_dies_and_what_was_in_it_is_nobodys_answer(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    await ana.says("/nueva")
    ana.reads_all()
    await shuts_out(marta, "Ana Ruiz")
    assert await desk.asks("SELECT count(*) FROM form") == 0
    await ana.says("Patrullaje")
    ana.sees("cerró tu acceso")
    ana.sees("No tienes acceso")
    await lets_in_again(marta, "Ana Ruiz")
    ana.reads_all()
    await ana.says("Patrullaje")
    assert await desk.asks("SELECT count(*) FROM task") == 0
    ana.reads_all()
    marta.reads_all()


async def test_p14_where_somebody_is_is_kept_no_more_and_not_asked_of_their_phone(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    await ana.is_at(*PARK, live=3600)
    ana.reads_all()
    assert await desk.asks("SELECT lat FROM person WHERE name = 'Ana Ruiz'") is not None
    await shuts_out(marta, "Ana Ruiz")
    for _ in range(2):
        assert await desk.asks("SELECT lat FROM person WHERE name = 'Ana Ruiz'") is None
        assert await desk.asks("SELECT live_until FROM person WHERE name = 'Ana Ruiz'") == 0
        await desk.passes(30)
        await moves(ana, desk, *NEAR)
    await ana.is_at(*NEAR)
    assert await desk.asks("SELECT lat FROM person WHERE name = 'Ana Ruiz'") is None
    ana.reads_all()
    marta.reads_all()


async def test_p14_what_whoever_is_put_out_reported_goes_on_and_says_so(desk: StoryDesk) -> None:
    """It is still somebody's emergency: her card says that its reporter is out, and /porque too."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo")
    await sara.presses("Recibido")
    card = sara.has("Robo", "Reportó Juan Pérez")
    card.lacks("ya no tiene acceso")
    sara.reads_all()
    await shuts_out(marta, "Juan Pérez")
    card.says("Robo", "Reportó Juan Pérez", "Quien la reportó ya no tiene acceso")
    sara.sees_nothing()  # rings nobody
    assert await desk.asks("SELECT open FROM task") == 1
    await sara.says("/porque T-1")
    sara.sees("Sigue aunque Juan Pérez, que la reportó, ya no tiene acceso")
    for phone in (marta, juan):
        phone.reads_all()


async def test_p14_an_emergency_sent_before_the_cut_and_handled_after_it_opens_nothing(desk: StoryDesk) -> None:
    """A backlog of a stolen phone rings nobody; whoever holds it reads at once that there is no access."""
    marta, juan = await desk.admin("Marta Solís"), await desk.agent("Juan Pérez", at=PARK)
    before = int(desk.clock.seconds())
    await desk.passes(30)
    await shuts_out(marta, "Juan Pérez")
    juan.sees("cerró tu acceso")
    marta.reads_all()
    late = desk.telegram.say(juan.user, "/emergencia Robo con arma")
    late.wire.date = before
    await desk.settle()
    juan.sees("No tienes acceso")
    assert await desk.asks("SELECT count(*) FROM task") == 0
    marta.sees_nothing()
