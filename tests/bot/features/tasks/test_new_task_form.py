"""The form of a new task: question by question, kept in storage, nothing made before *Confirmar*."""

from msgspec.structs import replace

from core.state.person import Person
from core.state.task import Task
from core.vocabulary.places import Place
from core.vocabulary.words import Priority, TaskType
from tests.bot.features.room import GROUP, Room, text_of
from tests.bot.features.seen import Seen

PARK = Place(lat=-2.1862, lon=-79.8885)
LOCATION = {"latitude": PARK.lat, "longitude": PARK.lon}


async def made(room: Room, number: int = 1) -> Task | None:
    file = await room.queries.task_file(number)
    return file.task if file is not None else None


def form(messages: list[Seen]) -> Seen:
    """The form's message among others."""
    return next(message for message in reversed(messages) if "Nueva tarea" in message.text)


async def up_to_place(room: Room, juan: Person) -> Seen:
    """The first three answers."""
    asked = form(await room.says(juan, "/nueva"))
    await room.presses(juan, asked.buttons["Patrullaje"])
    asked = form(await room.says(juan, "Zona <norte> 🚓"))
    return form(await room.presses(juan, asked.buttons["🟡 alta"]))


async def test_from_the_first_question_to_the_task(room: Room) -> None:
    juan, beto = await room.person("Juan"), await room.person("Beto", at=PARK)
    asked = form(await room.says(juan, "/nueva"))
    assert "Paso 1 de 6" in asked.text
    asked = form(await room.presses(juan, asked.buttons["Patrullaje"]))
    assert "Paso 2 de 6" in asked.text
    assert asked.payload["text"].count("patrullaje") == 1
    asked = form(await room.says(juan, "Zona <norte>"))
    assert "Paso 3 de 6" in asked.text
    messages = await room.presses(juan, asked.buttons["🟡 alta"])
    assert "Paso 4 de 6" in form(messages).text
    assert messages[-1].keys == [{"text": "📍 Enviar mi ubicación", "request_location": True}]
    messages = await room.sends(juan, location=LOCATION)
    assert messages[0].payload["reply_markup"] == {"remove_keyboard": True}
    asked = form(messages)
    assert "Paso 5 de 6" in asked.text
    asked = form(await room.presses(juan, asked.buttons["Beto · 0 m"]))
    assert "Paso 6 de 6" in asked.text
    assert asked.labels == ["Confirmar", "Editar", "Atrás", "Cancelar"]
    assert await made(room) is None
    messages = await room.presses(juan, asked.buttons["Confirmar"])
    assert "✅ Tarea creada: T-000001" in [message.text for message in messages]
    task = await made(room)
    assert task is not None
    assert (task.title, task.type, task.priority) == ("Zona <norte>", TaskType.PATROL, Priority.HIGH)
    assert (task.place, [part.agent for part in task.assignments]) == (PARK, [beto.id])
    assert (await room.now(juan)).position is None


async def test_confirmed_twice_it_is_made_once(room: Room) -> None:
    juan = await room.person("Juan")
    asked = await up_to_place(room, juan)
    asked = form(await room.presses(juan, asked.buttons["Omitir"]))
    asked = form(await room.presses(juan, asked.buttons["Omitir"]))
    await room.presses(juan, asked.buttons["Confirmar"])
    (again,) = await room.presses(juan, asked.buttons["Confirmar"])
    assert again.text.startswith("Ese formulario ya terminó")
    assert await made(room, 2) is None


async def test_a_press_of_an_earlier_step_is_told_so(room: Room) -> None:
    juan = await room.person("Juan")
    first = form(await room.says(juan, "/nueva"))
    await room.presses(juan, first.buttons["Patrullaje"])
    (again,) = await room.presses(juan, first.buttons["Vigilancia"])
    assert again.text.startswith("Eso ya lo respondiste")
    assert "Tipo: patrullaje" in form(await room.says(juan, "Ronda")).text


async def test_a_form_that_was_begun_anew_leaves_the_old_one_without_effect(room: Room) -> None:
    juan = await room.person("Juan")
    old = form(await room.says(juan, "/nueva"))
    await room.says(juan, "/nueva")
    (no,) = await room.presses(juan, old.buttons["Patrullaje"])
    assert no.text.startswith("Ese formulario ya terminó")


async def test_back_and_forth(room: Room) -> None:
    juan = await room.person("Juan")
    asked = await up_to_place(room, juan)
    messages = await room.presses(juan, asked.buttons["Atrás"])
    assert {"remove_keyboard": True} in [message.payload.get("reply_markup") for message in messages]
    asked = form(messages)
    assert "Paso 3 de 6" in asked.text
    asked = form(await room.presses(juan, asked.buttons["🔴 crítica"]))
    assert "Prioridad: 🔴 crítica" in asked.text


async def test_any_answer_can_be_changed_at_the_end(room: Room) -> None:
    juan = await room.person("Juan")
    asked = await up_to_place(room, juan)
    asked = form(await room.presses(juan, asked.buttons["Omitir"]))
    asked = form(await room.presses(juan, asked.buttons["Yo"]))
    asked = form(await room.presses(juan, asked.buttons["Editar"]))
    assert asked.labels[:5] == ["Tipo", "Qué", "Prioridad", "Lugar", "Quién"]
    await room.presses(juan, asked.buttons["Qué"])
    asked = form(await room.says(juan, "Zona sur"))
    assert "Paso 6 de 6" in asked.text
    assert "Qué: Zona sur" in asked.text
    asked = form(await room.presses(juan, asked.buttons["Editar"]))
    asked = form(await room.presses(juan, asked.buttons["Tipo"]))
    asked = form(await room.presses(juan, asked.buttons["Atrás"]))
    assert "Paso 6 de 6" in asked.text
    await room.presses(juan, asked.buttons["Confirmar"])
    task = await made(room)
    assert task is not None
    assert task.title == "Zona sur"
    assert task.owner is not None


async def test_an_answer_can_be_taken_away_at_the_end(room: Room) -> None:
    juan = await room.person("Juan")
    await up_to_place(room, juan)
    asked = form(await room.says(juan, "Calle Larga 5"))
    asked = form(await room.presses(juan, asked.buttons["Yo"]))
    for field in ("Prioridad", "Lugar", "Quién"):
        asked = form(await room.presses(juan, asked.buttons["Editar"]))
        asked = form(await room.presses(juan, asked.buttons[field]))
        asked = form(await room.presses(juan, asked.buttons["Omitir"]))
    for words in ("Prioridad: 🔵 media", "Lugar: sin lugar", "Quién: sin asignar"):
        assert words in asked.text
    await room.presses(juan, asked.buttons["Confirmar"])
    task = await made(room)
    assert task is not None
    assert (task.priority, task.address, task.assignments) == (Priority.MEDIUM, None, ())


async def test_answers_may_be_typed_where_there_are_buttons(room: Room) -> None:
    juan, beto = await room.person("Juan"), await room.person("Beto")
    await room.says(juan, "/nueva")
    for answer in ("Investigación", "Un robo", "URGENTE"):
        await room.says(juan, answer)
    asked = form(await room.says(juan, "-2.18620, -79.88850"))
    assert "Lugar: -2.18620, -79.88850" in asked.text
    asked = form(await room.says(juan, "@beto"))
    assert "Quién: Beto" in asked.text
    await room.presses(juan, asked.buttons["Confirmar"])
    task = await made(room)
    assert task is not None
    assert (task.priority, task.place) == (Priority.URGENT, PARK)
    assert task.part_of(beto.id) is not None


async def test_each_step_says_what_it_wants_and_keeps_what_it_has(room: Room) -> None:
    juan = await room.person("Juan")
    await room.says(juan, "/nueva")
    (no,) = await room.says(juan, "cualquiera")
    assert "Toca uno de los botones" in no.text
    await room.says(juan, "patrullaje")
    for wrong, answer in (("x" * 1_000, "200 caracteres"), ("   ", "Escribe en un mensaje")):
        (no,) = await room.says(juan, wrong)
        assert answer in no.text
    (no,) = await room.sends(juan, location=LOCATION)
    assert "Escribe en un mensaje" in no.text
    await room.says(juan, "Ronda")
    (no,) = await room.says(juan, "mucha")
    assert "por ejemplo alta" in no.text
    await room.says(juan, "alta")
    (no,) = await room.says(juan, "91.5, 10.5")
    assert "Esas coordenadas no existen" in no.text
    (no,) = await room.says(juan, "calle " * 100)
    assert "200 caracteres" in no.text
    photo = [{"file_id": "F", "file_unique_id": "u", "width": 9, "height": 9}]
    (no,) = await room.sends(juan, photo=photo)
    assert "Envía una ubicación" in no.text
    await room.says(juan, "Calle Larga 5")
    for wrong, answer in (("alguien", "Toca uno de los botones"), ("@nadie", "No conozco a @nadie")):
        (no,) = await room.says(juan, wrong)
        assert answer in no.text
    asked = form(await room.says(juan, "@juan"))
    for words in ("patrullaje", "Ronda", "alta", "Calle Larga 5", "Juan"):
        assert words in asked.text
    (no,) = await room.says(juan, "sí")
    assert "Toca Confirmar" in no.text


async def test_a_refusal_at_the_end_leaves_the_form_as_it_is(room: Room) -> None:
    juan, beto = await room.person("Juan"), await room.person("Beto")
    asked = await up_to_place(room, juan)
    asked = form(await room.presses(juan, asked.buttons["Omitir"]))
    asked = form(await room.says(juan, "@beto"))
    await room.says(beto, "/fuera")
    (no,) = await room.presses(juan, asked.buttons["Confirmar"])
    assert "Beto no está disponible" in no.text
    await room.says(beto, "/disponible")
    await room.presses(juan, asked.buttons["Confirmar"])
    assert await made(room) is not None


async def test_cancelling_makes_nothing(room: Room) -> None:
    juan = await room.person("Juan")
    asked = await up_to_place(room, juan)
    gone, key = await room.presses(juan, asked.buttons["Cancelar"])
    assert (gone.text, gone.labels) == ("✖️ Cancelado: no se guardó nada.", [])
    assert key.payload["reply_markup"] == {"remove_keyboard": True}
    await room.says(juan, "/nueva")
    question, gone = await room.says(juan, "/cancelar")
    assert "no se guardó nada" in gone.text
    assert "no se guardó nada" in question.text
    assert question.labels == []
    (nothing,) = await room.says(juan, "/cancelar")
    assert nothing.text == "No hay nada que cancelar."
    assert await made(room) is None


async def test_an_emergency_in_the_middle_comes_first_and_the_form_waits(room: Room) -> None:
    juan = await room.person("Juan")
    asked = form(await room.says(juan, "/nueva"))
    await room.presses(juan, asked.buttons["Patrullaje"])
    await room.says(juan, "/emergencia Robo")
    messages = await room.sends(juan, location=LOCATION)
    assert "Gracias: el lugar ya está en T-000001" in text_of(messages)
    again = form(messages)
    assert "Paso 2 de 6" in again.text
    assert "Paso 3 de 6" in form(await room.says(juan, "Ronda")).text


async def test_a_form_in_a_group_is_its_owners(room: Room) -> None:
    juan, ana = await room.person("Juan"), await room.person("Ana")
    asked = form(await room.says(juan, "/nueva@gad_bot", chat=GROUP))
    (no,) = await room.presses(ana, asked.buttons["Patrullaje"], chat=GROUP)
    assert no.text.startswith("Ese formulario es de otra persona")
    theirs = form(await room.says(ana, "/nueva@gad_bot", chat=GROUP))
    asked = form(await room.presses(juan, asked.buttons["Patrullaje"], chat=GROUP))
    assert "Responde a este mensaje" in asked.text
    await room.presses(ana, theirs.buttons["Vigilancia"], chat=GROUP)
    assert "Tipo: patrullaje" in form(await room.says(juan, "Ronda", chat=GROUP)).text
    assert "Tipo: vigilancia" in form(await room.says(ana, "Parque", chat=GROUP)).text


async def test_the_form_is_kept_by_storage_alone(room: Room) -> None:
    juan = await room.person("Juan")
    asked = await up_to_place(room, juan)
    nobody = replace(juan, name="Otro")
    await room.presses(nobody, asked.buttons["Omitir"])
    assert "Zona <norte> 🚓" in form(await room.says(juan, "@juan")).text
