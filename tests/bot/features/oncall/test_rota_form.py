"""The forms of a rota: what each step takes, and what it says to what it does not take."""

from datetime import UTC, datetime, timedelta

import pytest

from core.rules.permissions import DESK, caller_of
from core.state.person import Person
from core.vocabulary import unit_commands as uc
from core.vocabulary.rotas import Rota, Stretch
from core.vocabulary.words import Role
from tests.bot.features.room import Room
from tests.bot.features.seen import Seen


class Boss:
    """Sara at her form: presses by label, words by typing; ``seen`` is the form."""

    def __init__(self, room: Room, sara: Person) -> None:
        self.room = room
        self.sara = sara
        self.seen: Seen

    async def presses(self, *labels: str) -> str:
        """One after another, each on the form as it is by then; what is read last."""
        text = ""
        for label in labels:
            data = next(data for text, data in self.seen.buttons.items() if label in text)
            text = self._reads(await self.room.presses(self.sara, data))
        return text

    async def says(self, words: str) -> str:
        """A message; what is read then."""
        return self._reads(await self.room.says(self.sara, words))

    def _reads(self, messages: list[Seen]) -> str:
        """A sentence without buttons leaves the form as it was."""
        self.room.clock.advance(2)
        if messages[-1].buttons:
            self.seen = messages[-1]
        return messages[-1].text


async def unit(room: Room, zone: str = "America/Guayaquil") -> tuple[Boss, Person, Person]:
    """Norte, which Sara leads; Ana and Beto are in it."""
    sara, ana, beto = await room.person("Sara", Role.SUPERVISOR), await room.person("Ana"), await room.person("Beto")
    await room.desk.execute(uc.CreateUnit(name="Norte", zone=zone), caller=DESK)
    for person in (sara, ana, beto):
        await room.desk.execute(uc.Enroll(unit=1, person=person.id), caller=DESK)
    boss = Boss(room, sara)
    await boss.says("/guardia")
    await boss.presses("Norte")
    return boss, ana, beto


async def rota(room: Room) -> Rota:
    found = await room.queries.rota(1)
    assert found is not None
    return found


async def test_a_rotation_is_typed(room: Room) -> None:
    boss, ana, beto = await unit(room)
    await room.person("Otro")
    assert "Paso 1 de 5" in await boss.presses("➕ Rotación")
    for words, answer in (
        ("hoy no", "Falta a quién"),
        ("@nadie", "No conozco a @nadie"),
        ("@otro", "Otro no es de esta unidad"),
    ):
        assert answer in await boss.says(words)
    await boss.says("@beto")
    assert "Beto está dos veces" in await boss.says("@beto")
    assert "Personas: Beto → Ana" in await boss.says("@ana")

    assert "Paso 2 de 5" in await boss.presses("Listo")
    for words, answer in (("nunca", "Toca un botón"), ("400 días", "de 1 hora a 366 días"), ("30 min", "de 1 hora")):
        assert answer in await boss.says(words)
    assert "Cambia: cada 3 días" in await boss.says("3 días")
    assert "escribe día y hora" in await boss.says("pronto")
    assert "Primer turno: lun 9 mar 08:00" in await boss.says("lunes 8:00")
    assert "escribe días y horas" in await boss.says("a veces")
    assert "Horario: lun–vie 08:00–18:00; sáb 09:00–13:00" in await boss.says("lun-vie 8-18; sáb 9-13")
    assert "toca" in (await boss.says("sí")).lower()
    assert "actualizada" in await boss.presses("Confirmar")

    (rotation,) = (await rota(room)).rotations
    assert rotation.people == (beto.id, ana.id)
    assert rotation.begins.isoformat() == "2026-03-09T08:00:00"
    assert len(rotation.windows) == 2


async def test_a_rotation_is_pressed_and_changed(room: Room) -> None:
    boss, ana, beto = await unit(room)
    await boss.presses("➕ Rotación", "Ana", "Beto", "Quitar último", "Beto", "Listo", "Una semana", "mar 3 mar 07:00")
    await boss.presses("Atrás", "mar 3 mar 19:00", "Noches", "Confirmar")
    assert (await rota(room)).rotations[0].people == (ana.id, beto.id)

    await boss.says("/guardia")
    await boss.presses("Norte")
    assert "Personas: Ana → Beto" in await boss.presses("✏️ Rotación 1")
    await boss.presses("Quitar último", "Listo", "12 horas", "lun 9 mar 07:00", "Siempre")
    await boss.presses("Confirmar")
    (rotation,) = (await rota(room)).rotations
    assert (rotation.people, rotation.windows) == ((ana.id,), ())


async def test_a_monthly_turn_and_a_shift_on_each_third_day(room: Room) -> None:
    boss, ana, beto = await unit(room)
    await boss.presses("➕ Rotación", "Ana", "Beto", "Listo")
    assert "de 1 hora a 366 días" in await boss.says("13 meses")
    assert "Cambia: cada 2 meses" in await boss.says("2 meses")
    await boss.presses("Atrás", "Un mes", "lun 9 mar 07:00", "Siempre")
    assert "Cambia: cada mes" in boss.seen.text
    assert "lun 9 mar 07:00 – jue 9 abr 07:00 · Ana" in boss.seen.text
    await boss.presses("Confirmar")

    await boss.says("/guardia")
    await boss.presses("Norte", "➕ Rotación", "Ana", "Beto", "Listo", "Un día", "lun 9 mar 08:00")
    assert "Horario: un día de cada 3, lun–dom 08:00–20:00" in await boss.says("cada 3 días 08:00-20:00")
    assert "jue 12 mar 08:00 – 20:00 · Beto" in boss.seen.text
    await boss.presses("Confirmar")
    monthly, third = (await rota(room)).rotations
    assert (monthly.months, monthly.every, third.months, third.every) == (1, 1, 0, 3)
    assert third.people == (ana.id, beto.id)


async def test_two_people_on_monday_wednesday_friday_take_turns(room: Room) -> None:
    boss, _, _ = await unit(room)
    await boss.presses("➕ Rotación", "Ana", "Beto", "Listo", "Un día", "lun 9 mar 08:00")
    seen = await boss.says("lun, mié, vie 8-18")
    names = [line.rsplit(" · ", 1)[1] for line in seen.splitlines() if "18:00 · " in line]
    assert names == ["Ana", "Beto", "Ana", "Beto"]


async def test_whoever_makes_a_rota_is_told_of_the_hours_that_it_leaves_open(room: Room) -> None:
    boss, _, _ = await unit(room)
    await boss.presses("➕ Rotación", "Ana", "Listo", "Una semana", "lun 9 mar 07:00")
    assert "nadie de guardia" not in await boss.presses("Siempre")
    await boss.presses("Atrás")
    seen = await boss.says("lun-vie 07:00-19:00")
    assert "no habría nadie de guardia: lun 9 mar 19:00 – mar 10 mar 07:00" in seen
    assert "…" in seen, "and more of them"
    await boss.presses("Confirmar")
    await boss.says("/guardia")
    await boss.presses("Norte", "➕ Rotación", "Beto", "Listo", "Un día", "lun 9 mar 07:00")
    assert "no habría nadie" not in await boss.presses("Siempre"), "somebody of another rotation is there"


async def test_whoever_changes_a_rota_is_told_which_covers_end_before_it_counts(room: Room) -> None:
    boss, ana, beto = await unit(room)
    await boss.presses("➕ Rotación", "Ana", "Beto", "Listo", "Un día", "lun 9 mar 07:00", "Siempre", "Confirmar")
    start = datetime(2026, 3, 9, 12, tzinfo=UTC)
    gives = Stretch(rotation=1, start=start, end=start + timedelta(days=1))
    await room.desk.execute(uc.AskSwap(unit=1, asked=beto.id, gives=gives), caller=caller_of(await room.now(ana)))
    answer = uc.AnswerSwap(unit=1, swap=(await rota(room)).swaps[0].id, yes=True)
    await room.desk.execute(answer, caller=caller_of(await room.now(beto)))
    await room.reads(ana)

    await boss.says("/guardia")
    await boss.presses("Norte", "✏️ Rotación 1", "Quitar último", "Quitar último", "Beto", "Ana", "Listo", "Un día")
    seen = await boss.presses("lun 9 mar 07:00", "Siempre")
    assert "Deja de valer el reemplazo de Beto: lun 9 mar 07:00 – mar 10 mar 07:00" in seen
    assert len((await rota(room)).covers) == 1, "nothing has changed yet"
    await boss.presses("Confirmar")
    assert (await rota(room)).covers == ()
    assert any("se anuló un reemplazo" in message.text for message in await room.reads(ana))


async def test_a_form_of_the_rota_can_be_left(room: Room) -> None:
    boss, _, _ = await unit(room)
    await boss.presses("➕ Rotación", "Ana")
    assert "Cancelado" in await boss.presses("Cancelar")
    assert (await rota(room)).rotations == ()


async def test_a_time_that_the_unit_has_not_is_refused_and_asked_for_again(room: Room) -> None:
    boss, _, _ = await unit(room, "America/New_York")
    await boss.presses("➕ Rotación", "Ana", "Listo", "Un día")
    lost = await boss.says("8/3 02:30")
    assert "Esa hora no existe en America/New_York" in lost
    assert "Paso 4 de 5" in await boss.says("dom 8 mar 03:30 UTC-4")
    await boss.presses("Atrás")
    assert "pasa dos veces" in await boss.says("1/11 01:30")
    assert "Paso 4 de 5" in await boss.says("1 nov 01:30 UTC-5")


async def test_a_cover_is_typed(room: Room) -> None:
    boss, _, beto = await unit(room)
    await boss.presses("🔄 Reemplazo")
    assert "Toca una rotación" in await boss.says("la primera")
    await boss.presses("Refuerzo")
    assert "No conozco a @nadie" in await boss.says("@nadie")
    await boss.says("@beto")
    assert "escribe día y hora" in await boss.says("luego")
    await boss.presses("Ahora")
    assert "Hasta cuándo" in boss.seen.text
    await boss.says("ayer")
    await boss.says("hoy 11:00")
    assert "El final tiene que ser después" in await boss.presses("Confirmar")
    assert "Toca Confirmar" in await boss.says("sí")
    assert (await rota(room)).covers == ()
    await boss.presses("Atrás")
    await boss.says("hoy 23:00")
    assert "Reemplazo anotado" in await boss.presses("Confirmar")
    (cover,) = (await rota(room)).covers
    assert (cover.person, cover.rotation) == (beto.id, 0)
    (notified,) = [message for message in await room.reads(beto) if "refuerzo" in message.text]
    assert "vas de refuerzo: lun 2 mar 12:0" in notified.text


@pytest.mark.parametrize("what", ["🔄 Reemplazo", "🏖 Ausencia"])
async def test_covers_and_absences_can_be_left(room: Room, what: str) -> None:
    boss, _, _ = await unit(room)
    await boss.presses(what)
    assert "Cancelado" in await boss.presses("Cancelar")
