"""``/nueva`` in one line."""

from core.state.task import Task
from core.vocabulary.words import Availability, Priority, Role, TaskType
from tests.bot.features.room import GROUP, Room, text_of


async def task(room: Room, number: int = 1) -> Task:
    file = await room.queries.task_file(number)
    assert file is not None
    return file.task


async def test_a_line_says_everything(room: Room) -> None:
    juan, beto = await room.person("Juan"), await room.person("Beto")
    (card,) = await room.says(juan, "/nueva Patrullaje zona <norte> !alta @beto")
    assert "Tarea creada" in card.text
    made = await task(room)
    assert (made.title, made.type, made.priority) == ("Patrullaje zona <norte>", TaskType.PATROL, Priority.HIGH)
    (offer,) = await room.reads(beto)
    assert "Te piden una tarea" in offer.text
    assert "Patrullaje zona <norte>" in offer.text


async def test_a_line_says_as_little_as_one_likes(room: Room) -> None:
    sara, juan = await room.person("Sara", Role.SUPERVISOR), await room.person("Juan")
    await room.says(juan, "/new Revisar el portón")
    made = await task(room)
    assert (made.priority, made.assignments) == (Priority.MEDIUM, ())
    await room.says(juan, "/nueva Vigilancia !urgente", chat=GROUP)
    assert (await task(room, 2)).type is TaskType.SURVEILLANCE
    assert (await room.reads(GROUP)) == []
    assert sara.role is Role.SUPERVISOR


async def test_somebody_without_a_user_name_is_asked(room: Room) -> None:
    juan, nina = await room.person("Juan"), await room.person("Нина Ω")
    text = "/nueva 🚓 Ronda Нина Ω !alta"
    user = {"id": nina.account, "is_bot": False, "first_name": nina.name}
    await room.says(juan, text, entities=[{"type": "text_mention", "offset": 16, "length": 6, "user": user}])
    made = await task(room)
    assert made.title == "🚓 Ronda"
    assert made.part_of(nina.id) is not None


async def test_what_a_line_can_not_say_is_said_back_and_nothing_is_made(room: Room) -> None:
    juan = await room.person("Juan")
    await room.person("Beto")
    eva = await room.person("Eva")
    await room.says(eva, "/fuera")
    for line, answer in (
        ("!alta @beto", "Falta decir qué hay que hacer"),
        ("Ronda !altisima", "No conozco la prioridad «altisima»"),
        ("Ronda !alta !baja", "Pon una sola prioridad"),
        ("Ronda @nadie", "No conozco a @nadie"),
        ("Ronda @beto @eva", "Nombra a una sola persona"),
        ("Ronda @eva", "Eva no está disponible"),
        ("x" * 300, "envíalo en 200 caracteres como mucho"),
    ):
        (no,) = await room.says(juan, f"/nueva {line}")
        assert answer in no.text
    assert await room.queries.task_file(1) is None
    assert (await room.now(eva)).availability is Availability.OFF_DUTY


async def test_the_same_line_twice_in_a_hurry_is_one_task(room: Room) -> None:
    juan = await room.person("Juan")
    await room.says(juan, "/nueva Ronda")
    (again,) = await room.says(juan, "/nueva Ronda")
    assert "es T-000001" in again.text


async def test_in_a_group_the_task_is_said_there_and_the_card_goes_to_the_reporter(room: Room) -> None:
    juan = await room.person("Juan")
    (said,) = await room.says(juan, "/nueva@gad_bot Ronda", chat=GROUP)
    assert said.text == "✅ Tarea creada: T-000001"
    assert "Ronda" in text_of(await room.reads(juan))
