"""An agent's part: *Voy*, *No puedo*, and the steps of their own task."""

from core.state.person import Person
from core.vocabulary.places import Place
from core.vocabulary.words import Availability, Role
from tests.bot.features.room import Room, text_of
from tests.bot.features.seen import Seen

PARK = Place(lat=-2.1862, lon=-79.8885)


async def alarm(room: Room) -> tuple[Person, Person, Person, dict[str, Seen]]:
    """An emergency that Ana and Beto are offered."""
    juan = await room.person("Juan", at=PARK)
    ana, beto = await room.person("Ana", at=PARK), await room.person("Beto", at=PARK)
    await room.says(juan, "/emergencia Robo")
    offers = {person.name: (await room.reads(person))[0] for person in (ana, beto)}
    return juan, ana, beto, offers


async def test_the_first_yes_has_it_and_the_second_reads_who(room: Room) -> None:
    _, ana, beto, offers = await alarm(room)
    (mine,) = await room.presses(ana, offers["Ana"].buttons["Voy"])
    assert "La tienes tú desde las 12:00" in mine.text
    (theirs,) = await room.reads(beto)
    assert "Lo tomó Ana, 12:00" in theirs.text
    late = await room.presses(beto, offers["Beto"].buttons["Voy"])
    assert late[0].text == "Ya lo tomó Ana, 12:00."
    assert "Lo tomó Ana, 12:00" in late[-1].text
    file = await room.queries.task_file(1)
    assert file is not None
    assert file.task.owner is not None
    assert file.task.owner.agent == ana.id


async def test_a_yes_pressed_twice_is_one_yes(room: Room) -> None:
    _, ana, _, offers = await alarm(room)
    await room.presses(ana, offers["Ana"].buttons["Voy"])
    again = await room.presses(ana, offers["Ana"].buttons["Voy"])
    assert again[0].text == "Eso ya estaba hecho: no cambié nada."
    file = await room.queries.task_file(1)
    assert file is not None
    assert len([part for part in file.task.assignments if part.state.holds]) == 1


async def test_an_emergency_from_the_offer_to_the_end(room: Room) -> None:
    juan, ana, _, offers = await alarm(room)
    (card,) = await room.presses(ana, offers["Ana"].buttons["Voy"])
    (card,) = await room.presses(ana, card.buttons["En camino"])
    assert "en camino" in card.text
    (card,) = await room.presses(ana, card.buttons["Llegué"])
    assert "en el lugar" in card.text
    assert "Ana llegó al lugar" in text_of(await room.reads(juan))
    assert (await room.now(ana)).availability is Availability.ON_TASK
    card, answer = await room.presses(ana, card.buttons["Finalizar"])
    assert answer.labels == ["Resuelto", "Falsa alarma", "Trasladado", "Derivado", "Deshacer"]
    assert "Finalizada, 12:00" in card.text
    assert card.labels == ["Nota", "Historia"]
    assert (await room.now(ana)).availability is Availability.AVAILABLE
    again = await room.presses(ana, offers["Ana"].buttons["Voy"])
    assert "ya está finalizada" in again[0].text


async def test_a_no_is_kept_and_may_be_taken_back(room: Room) -> None:
    _, ana, _, offers = await alarm(room)
    card, answer = await room.presses(ana, offers["Ana"].buttons["No puedo"])
    assert answer.labels == ["Deshacer"]
    assert "Dijiste que no puedes" in card.text
    assert card.labels == ["Voy", "Historia"]
    (card,) = await room.presses(ana, card.buttons["Voy"])
    assert "La tienes tú" in card.text


async def test_a_task_is_started_paused_resumed_and_ended(room: Room) -> None:
    ana = await room.person("Ana")
    (card,) = await room.says(ana, "/nueva Ronda @ana")
    for step, words in (("Iniciar", "en curso"), ("Pausar", "pausada"), ("Reanudar", "en curso")):
        (card,) = await room.presses(ana, card.buttons[step])
        assert words in card.text
    said = await room.says(ana, "/finalizar T-000001")
    assert "🏁 T-000001 finalizada." in [message.text.splitlines()[0] for message in said]


async def test_p7_a_late_tap_on_pause_changes_nothing_and_says_why(room: Room) -> None:
    ana = await room.person("Ana")
    (card,) = await room.says(ana, "/nueva Ronda @ana")
    (going,) = await room.presses(ana, card.buttons["Iniciar"])
    (paused,) = await room.presses(ana, going.buttons["Pausar"])
    await room.presses(ana, paused.buttons["Reanudar"])
    late = await room.presses(ana, going.buttons["Pausar"])
    assert late[0].text.startswith("Eso cambió mientras tanto")
    assert "en curso" in late[-1].text


async def test_a_button_of_somebody_elses_task_says_so(room: Room) -> None:
    _, ana, _, offers = await alarm(room)
    eva = await room.person("Eva", Role.AGENT)
    await room.says(ana, "/nueva Ronda @ana")
    (no,) = await room.presses(eva, "fin:2:1")
    assert "no es tuya" in no.text
    assert offers["Ana"].labels == ["Voy", "No puedo"]
