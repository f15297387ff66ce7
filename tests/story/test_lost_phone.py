"""A lost phone: its owner freezes it from any other one, by a word that they set before (P14)."""

import logging

import pytest

from bot.features.access import lost_phone
from core.rules.guesses import AT_PERSON, OF_ACCOUNT
from core.vocabulary.words import Membership
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.test_same_person import known

WORD = "cucurucho77"
WRONG = "No congelé nada"
WHERE_TEXTS_ARE = (
    ("inbox", "payload"),
    ("outbox", "payload"),
    ("event", "body"),
    ("event", "reason"),
    ("form", "data"),
    ("answer", "body"),
    ("card", "digest"),
    ("lost_word", "digest"),
    ("guess", "whose"),
)


async def chooses(phone: Phone, word: str = WORD) -> None:
    await phone.says(f"/clave {word}")
    phone.sees("Guardé tu clave")


async def test_p14_a_lost_phone_is_frozen_from_any_other_by_its_owners_word(
    desk: StoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """The word is in no message, table, event and line of the log afterwards, and was in none."""
    caplog.set_level(logging.DEBUG)
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    await ana.says("/clave")
    question = ana.sees("Elige una clave")
    await ana.says("corta")
    question.says("Esa no sirve")
    await ana.says(WORD)
    question.says("Guardé tu clave")
    other = desk.stranger("Luis Vera")
    await other.says(f"/congelar Ana Ruiz {WORD}")
    other.sees("el acceso de Ana Ruiz está congelado")
    await other.says(f"/congelar @ana {WORD.upper()}")
    other.sees("ya tiene el acceso congelado")
    ana.sees("Tu acceso está congelado")
    asked = marta.sees("Acceso congelado", "Ana Ruiz", "con su propia clave desde la cuenta", str(other.user.id))
    asked.offers("⛔ Confirmar la baja", "Descongelar", "👤 Ana Ruiz")
    assert (await known(desk, ana)).membership is Membership.FROZEN
    for phone in (ana, other):
        assert not any(WORD in message.text.lower() for message in phone.messages if message.text)
    for name, column in WHERE_TEXTS_ARE:
        rows = f"SELECT count(*) FROM {name} WHERE lower({column}) LIKE '%{WORD}%'"  # noqa: S608 - names of the desk's
        assert await desk.asks(rows) == 0, name
    assert WORD not in caplog.text.lower()


async def test_p9_a_wrong_name_and_a_wrong_word_are_answered_alike(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ana, beto = await desk.agent("Ana Ruiz"), await desk.agent("Beto Salas")
    await chooses(ana)
    other, said = desk.stranger("Luis Vera"), set()
    for words in ("Ana Ruiz otraclave", f"Nadie Nunca {WORD}", f"Beto Salas {WORD}", f"999 {WORD}"):
        await other.says(f"/congelar {words}")
        said.add(other.sees(WRONG).text)
    assert len(said) == 1
    assert (await known(desk, ana)).active
    assert (await known(desk, beto)).active
    await other.says(f"/congelar {ana.user.id} {WORD}")
    other.sees("el acceso de Ana Ruiz está congelado")
    for phone in (marta, ana, beto):
        phone.reads_all()


async def test_p9_guesses_are_held_and_told(desk: StoryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """After three at one person she and the administrators hear of it; an account that goes on is held for a while."""
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    await chooses(ana)
    other = desk.stranger("Luis Vera")
    for number in range(OF_ACCOUNT):
        await desk.passes(5)
        await other.says(f"/congelar Ana Ruiz prueba{number}x")
        other.sees(WRONG)
    marta.sees("probaron 3 claves", "Ana Ruiz", str(other.user.id)).offers("👤 Ana Ruiz")
    ana.sees("probaron 3 claves para congelar tu acceso")
    await desk.passes(5)
    with monkeypatch.context() as held:
        held.delattr(lost_phone, "digest_of")  # a guess that is held costs no digest
        await other.says(f"/congelar Ana Ruiz {WORD}")
    other.sees("Demasiadas claves equivocadas")
    assert (await known(desk, ana)).active
    await desk.advance(11 * 60)
    await other.says(f"/congelar Ana Ruiz {WORD}")
    other.sees("está congelado")
    await desk.advance(3 * 60 * 60)
    await other.says("/congelar Nadie Nunca otraclave")
    other.sees(WRONG)
    assert await desk.asks("SELECT count(*) FROM guess") == 1, "older ones are forgotten"
    for phone in (marta, ana):
        phone.reads_all()


async def test_p9_many_accounts_are_held_at_one_person_and_hear_nothing_of_it(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    await chooses(ana)
    crowd = [desk.stranger(f"Nadie{number} Paz") for number in range(AT_PERSON)]
    for phone in crowd:
        await phone.says("/congelar Ana Ruiz otraclave")
    late = desk.stranger("Luis Vera")
    await late.says(f"/congelar Ana Ruiz {WORD}")
    late.sees(WRONG)
    assert (await known(desk, ana)).active
    await desk.advance(11 * 60)
    await late.says(f"/congelar Ana Ruiz {WORD}")
    late.sees("está congelado")
    ana.sees("probaron 3 claves")
    ana.sees(f"probaron {AT_PERSON} claves")
    for phone in (marta, ana, *crowd):
        phone.reads_all()


async def test_p4_a_flood_goes_on_where_nobody_takes_charge_of_it_by_freezing(desk: StoryDesk) -> None:
    """Their own word from another phone puts nobody in charge: what they reported rings on until somebody answers."""
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    await chooses(ana)
    for number in range(3):
        await ana.says(f"/emergencia Robo {number}")
    other = desk.stranger("Luis Vera")
    await other.says(f"/congelar Ana Ruiz {WORD}")
    other.sees("el acceso de Ana Ruiz está congelado")
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1 AND quiet = 1") == 0
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1 AND alerting = 1") == 2
    for phone in (marta, ana, other):
        phone.reads_all()
