"""Presence: people who can be sent, and where they are."""

from typing import Any

import pytest

from core.rules.permissions import DESK
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.places import Place
from storage.repositories import people
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
VENUE = {"location": {"latitude": -2.1862, "longitude": -79.8885}, "title": "Parque", "address": "Centro"}


async def known(desk: StoryDesk, phone: Phone) -> Person:
    """A person as the desk knows them."""
    person = await desk.app.store.read(lambda session: people.by_account(session, phone.user.id))
    assert person is not None
    return person


def message(sender: Phone, *, chat: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    """A message that the page's phones can't send."""
    user = {"id": sender.user.id, "is_bot": False, "first_name": sender.name}
    private = {"id": sender.user.id, "type": "private", "first_name": sender.name}
    return {"message": {"message_id": 9_000, "date": 1_772_470_800, "from": user, "chat": chat or private, **content}}


def spot(lat: float, lon: float) -> dict[str, Any]:
    return {"latitude": lat, "longitude": lon}


async def test_off_duty_and_on_again(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora", at=PARK)
    await ana.says("/fuera")
    ana.sees("Estás fuera de servicio", "/disponible")
    await ana.says("/off")
    ana.sees("Ya estabas fuera de servicio")
    await ana.says("/disponible")
    ana.sees("Estás disponible").lacks("No sé dónde estás")
    await ana.says("/available")
    ana.sees("Ya estabas disponible")


async def test_whoever_is_only_asked_to_go_hears_that_an_answer_is_awaited(desk: StoryDesk) -> None:
    """It is an offer, and no work in hand: the words say so, and name the two buttons."""
    ana, juan = await desk.agent("Ana Mora", at=PARK), await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo")
    ana.sees("¿Puedes ir?")
    await ana.says("/fuera")
    ana.sees("espera tu respuesta", "Voy", "No puedo").lacks("en curso")
    for phone in (ana, juan):
        phone.reads_all()


async def test_whoever_comes_on_duty_without_a_place_is_asked_for_it(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/fuera")
    await ana.says("/disponible")
    ana.reads_all()
    asked = ana.has("No sé dónde estás")
    assert [key.text for row in asked.message.reply_keyboard or () for key in row] == ["📍 Enviar mi ubicación"]

    await ana.does(lambda telegram: telegram.press_reply_key(ana.user, None, "Enviar mi ubicación", place=PARK))
    ana.sees("Guardé dónde estás")
    assert (await known(desk, ana)).position is not None


async def test_whoever_leads_is_alerted_off_duty_too(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await sara.says("/disponible")
    sara.sees("Estás disponible").lacks("ubicación")
    await sara.says("/fuera")
    sara.sees("Estás fuera de servicio", "Las alertas te siguen llegando")
    await ana.says("/emergencia Robo")
    sara.sees("Robo")
    ana.reads_all()


async def test_in_a_group_no_key_is_offered(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    await ana.says("/fuera")
    ana.reads_all()
    _, (here, _) = desk.group("Guardia", ana, beto)
    await here.says("/disponible@gad_bot")
    assert not here.sees("No sé dónde estás", "📎").message.reply_keyboard


@pytest.mark.parametrize("words", ["ahora", "@ana", "x" * 4_000])
async def test_other_words_change_nothing(desk: StoryDesk, words: str) -> None:
    ana, sara = await desk.agent("Ana Mora"), await desk.supervisor("Sara Luna")
    await sara.says(f"/fuera {words}")
    sara.sees("Nada cambió: /fuera va solo")
    assert (await known(desk, ana)).free


async def test_a_place_is_where_its_sender_was_when_it_was_sent(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    sent_at = desk.clock.now()
    await ana.is_at(*PARK)
    ana.sees("Guardé dónde estás").lacks("/disponible")
    position = (await known(desk, ana)).position
    assert position is not None
    assert position.place == Place(*PARK)
    assert abs((position.at - sent_at).total_seconds()) < 1


async def test_a_live_location_is_answered_once(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    shared = desk.telegram.send_place(ana.user, *PARK, live_period=3_600)
    await desk.settle()
    ana.sees("ubicación en vivo")
    await desk.advance(60)
    await ana.does(lambda telegram: telegram.move(ana.user, shared, -2.2, -79.9))
    ana.sees_nothing()
    position = (await known(desk, ana)).position
    assert position is not None
    assert position.place == Place(-2.2, -79.9)


async def test_a_place_from_whoever_is_off_duty_says_that_nothing_will_come(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/fuera")
    ana.reads_all()
    await ana.is_at(*PARK)
    ana.sees("Guardé dónde estás", "/disponible")


async def test_a_forwarded_place_is_not_ones_own(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    theirs = desk.telegram.send_place(beto.user, *PARK)
    await desk.settle()
    beto.reads_all()
    await ana.does(lambda telegram: telegram.forward(ana.user, theirs))
    ana.sees("reenviada", "📎")
    assert (await known(desk, ana)).position is None


async def test_a_venue_is_not_ones_own_place(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.does(lambda telegram: telegram.deliver(message(ana, location=spot(*PARK), venue=VENUE)))
    ana.sees("Ese es un lugar")
    assert (await known(desk, ana)).position is None


@pytest.mark.parametrize(("lat", "lon"), [(91.0, 0.0), (0.0, 181.0), (1e300, 1e300)])
async def test_a_place_off_the_earth_is_none(desk: StoryDesk, lat: float, lon: float) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.does(lambda telegram: telegram.deliver(message(ana, location=spot(lat, lon))))
    assert len(ana.unread) == 1
    ana.reads_all()
    assert (await known(desk, ana)).position is None


async def test_a_place_that_is_sent_to_a_group_says_nothing_about_its_sender(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    group, (here, _) = desk.group("Guardia", ana, beto)
    there = {"id": group.id, "type": "group", "title": "Guardia"}
    await ana.does(lambda telegram: telegram.deliver(message(ana, chat=there, location=spot(*PARK))))
    here.sees_nothing()
    assert (await known(desk, ana)).position is None
    live = spot(*PARK) | {"live_period": 900}
    await ana.does(lambda telegram: telegram.deliver(message(ana, chat=there, location=live)))
    here.sees_nothing()
    assert (await known(desk, ana)).position is not None


async def test_whoever_blocks_the_bot_is_passed_by_until_they_come_back(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    await ana.does(lambda telegram: telegram.block(ana.user, desk.bot))
    sara.sees("Ana Mora", "bloqueó el bot")
    assert not (await known(desk, ana)).free

    await ana.does(lambda telegram: telegram.unblock(ana.user, desk.bot))
    assert (await known(desk, ana)).free
    sara.sees_nothing()
    sara.has("Ana Mora", "recibe mensajes otra vez").lacks("bloqueó")


async def test_p2_a_silenced_person_who_writes_is_heard_and_their_command_counts(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await desk.app.desk.execute(c.MarkSilenced(person=(await known(desk, ana)).id), caller=DESK)
    await desk.settle()
    sara.sees("bloqueó el bot")
    await ana.says("/fuera")
    ana.sees("Estás fuera de servicio")
    assert (await known(desk, ana)).reachable
