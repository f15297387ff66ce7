"""A supervisor's part: *Recibido*, *Asignar*, *Escalar*, *Cancelar tarea*, and the commands for it."""

from core.state.person import Person
from core.vocabulary.places import Place
from core.vocabulary.words import Availability, Role, TaskState
from tests.bot.features.room import Room, text_of
from tests.bot.features.seen import Seen

PARK = Place(lat=-2.1862, lon=-79.8885)


async def alert(room: Room) -> tuple[Person, Person, Person, Seen]:
    """Sara reads the alert that Juan sent; Ana is offered it."""
    sara = await room.person("Sara", Role.SUPERVISOR)
    juan, ana = await room.person("Juan", at=PARK), await room.person("Ana", at=PARK)
    await room.says(juan, "/emergencia Robo")
    card = next(message for message in await room.reads(sara) if message.buttons)
    return sara, juan, ana, card


async def state(room: Room, task: int = 1) -> TaskState:
    file = await room.queries.task_file(task)
    assert file is not None
    return file.task.state


async def test_received_says_who_and_is_said_once(room: Room) -> None:
    sara, juan, _, card = await alert(room)
    rosa = await room.person("Rosa", Role.SUPERVISOR)
    (mine,) = await room.presses(sara, card.buttons["Recibido"])
    assert "Recibido: Sara, 12:00" in mine.text
    assert "Recibido" not in mine.labels
    assert "Sara se hizo cargo" in text_of(await room.reads(juan))
    late = await room.presses(rosa, card.buttons["Recibido"])
    assert late[0].text == "Sara ya se hizo cargo, 12:00."


async def test_p9_an_agent_can_not_press_what_is_a_supervisors(room: Room) -> None:
    _, _, ana, card = await alert(room)
    await room.reads(ana)
    for label in ("Recibido", "Asignar"):
        (no,) = await room.presses(ana, card.buttons[label])
        assert no.text == "Eso solo lo hace quien tiene el rol de supervisor: pídelo a alguien que lo tenga."
    for data in (card.buttons["Escalar"], f"{card.buttons['Cancelar tarea']}:si"):
        messages = await room.presses(ana, data)
        assert "Eso solo lo hace quien tiene el rol de supervisor" in messages[0].text
    assert await state(room) is TaskState.SCHEDULED


async def test_somebody_is_chosen_from_the_nearest_and_asked(room: Room) -> None:
    sara, _, ana, card = await alert(room)
    beto = await room.person("Beto Salas", at=PARK)
    await room.reads(ana)
    (choice,) = await room.presses(sara, card.buttons["Asignar"])
    assert "¿A quién envío a T-000001?" in choice.text
    assert "Beto Salas · a 0 m · disponible · sin tareas" in choice.text
    label = next(label for label in choice.labels if label.startswith("Beto"))
    done = await room.presses(sara, choice.buttons[label])
    assert "✅ Le pregunté a Beto Salas por T-000001." in text_of(done)
    assert "te necesitan" in text_of(await room.reads(beto))
    assert "Se le preguntó a otra persona" in text_of(await room.reads(ana)), "nobody goes yet"
    (again,) = await room.presses(sara, choice.buttons[label])
    assert "ya estaba hecho" in again.text


async def test_the_list_of_agents_goes_on_by_name(room: Room) -> None:
    sara, _, _, card = await alert(room)
    for number in range(12):
        await room.person(f"Agente {number:02}")
    (page,) = await room.presses(sara, card.buttons["Asignar"])
    (page,) = await room.presses(sara, page.buttons["Por nombre"])
    first = [label for label in page.labels if label.startswith("Agente")]
    (page,) = await room.presses(sara, page.buttons["Más »"])
    second = [label for label in page.labels if label.startswith("Agente")]
    assert first == sorted(first)
    assert second == sorted(second)
    assert not set(first) & set(second)
    assert page.method == "editMessageText"
    (page,) = await room.presses(sara, page.buttons["Más cercanos"])
    assert page.labels[0].startswith("Agente"), "Juan, 0 m away, is who calls for help"


async def test_assigning_by_name(room: Room) -> None:
    sara, _, ana, _ = await alert(room)
    beto = await room.person("Beto Salas", at=PARK)
    done = await room.says(sara, "/asignar T-1 @beto")
    assert "Le pregunté a Beto Salas" in text_of(done)
    assert "te necesitan" in text_of(await room.reads(beto))
    nameless = await room.person("Нина", at=PARK)
    entity = {"type": "text_mention", "offset": 13, "length": 4}
    user = {"id": nameless.account, "is_bot": False, "first_name": "Нина"}
    done = await room.says(sara, "/asignar T-1 Нина", entities=[entity | {"user": user}])
    assert "Le pregunté a Нина" in text_of(done)
    (choice,) = await room.says(sara, "/asignar T-1")
    assert "¿A quién envío" in choice.text
    assert ana.name in str(choice.labels)


async def test_whoever_is_off_duty_is_not_asked(room: Room) -> None:
    sara, _, _, _ = await alert(room)
    beto = await room.person("Beto", at=PARK)
    await room.says(beto, "/fuera")
    (no,) = await room.says(sara, "/asignar T-1 @beto")
    assert no.text == "Beto no está disponible o no recibe mensajes: elige a otra persona."
    assert (await room.now(beto)).availability is Availability.OFF_DUTY


async def test_escalating_keeps_the_reason(room: Room) -> None:
    sara, _, _, _ = await alert(room)
    said = await room.says(sara, "/escalar T-1 nadie <contesta>")
    assert "⏫ T-000001 escalada." in [message.text for message in said]
    assert (await room.queries.history(1))[-1].reason == "nadie <contesta>"


async def test_p7_a_double_tap_on_escalate_climbs_once(room: Room) -> None:
    sara, _, _, card = await alert(room)
    await room.presses(sara, card.buttons["Escalar"])
    file = await room.queries.task_file(1)
    again = await room.presses(sara, card.buttons["Escalar"])
    assert again[0].text.startswith("Eso cambió mientras tanto")
    after = await room.queries.task_file(1)
    assert file is not None
    assert after is not None
    assert after.task.escalations == file.task.escalations


async def test_a_task_is_cancelled_by_two_presses(room: Room) -> None:
    sara, juan, ana, card = await alert(room)
    (sure,) = await room.presses(sara, card.buttons["Cancelar tarea"])
    assert "¿Cancelar T-000001 (buscando agente)?" in sure.text
    assert sure.labels == ["No, dejarla", "Sí, cancelar"]
    (kept,) = await room.presses(sara, sure.buttons["No, dejarla"])
    assert (kept.method, kept.labels) == ("editMessageText", [])
    assert await state(room) is TaskState.SCHEDULED
    done = await room.presses(sara, sure.buttons["Sí, cancelar"])
    assert "🚫 T-000001 cancelada." in text_of(done)
    assert "Cancelada por Sara" in text_of(await room.reads(juan))
    assert (await room.now(ana)).hold is None
    (again,) = await room.presses(sara, sure.buttons["Sí, cancelar"])
    assert "ya está cancelada" in again.text
    (again,) = await room.presses(sara, card.buttons["Cancelar tarea"])
    assert "ya está cancelada" in again.text


async def test_a_card_that_is_shown_again_never_replaces_a_newer_one(room: Room) -> None:
    """Sara's press comes too late; before she reads so, Ana goes. Whatever leaves first, the last thing says that."""
    sara, _, ana, card = await alert(room)
    (offer,) = [message for message in await room.reads(ana) if message.buttons]
    await room.presses(sara, card.buttons["Recibido"])

    late = await room.is_pressing(sara, card.buttons["Recibido"])
    on_the_way = await room.is_pressing(ana, offer.buttons["Voy"])
    await room.settles(on_the_way)
    await room.settles(late)

    cards = [message.text for message in await room.reads(sara) if "Robo" in message.text]
    assert "La tiene Ana" in cards[-1]


async def test_a_task_that_moved_on_is_not_cancelled_unseen(room: Room) -> None:
    sara, _, ana, card = await alert(room)
    (sure,) = await room.presses(sara, card.buttons["Cancelar tarea"])
    (offer,) = [message for message in await room.reads(ana) if message.buttons]
    await room.presses(ana, offer.buttons["Voy"])
    (again,) = await room.presses(sara, sure.buttons["Sí, cancelar"])
    assert "cambió mientras decidías y ahora está en curso" in again.text
    assert await state(room) is TaskState.IN_PROGRESS
    await room.presses(sara, again.buttons["Sí, cancelar"])
    assert await state(room) is TaskState.CANCELLED


async def test_whoever_reported_it_may_withdraw_it(room: Room) -> None:
    juan = await room.person("Juan", at=PARK)
    (card,) = [message for message in await room.says(juan, "/emergencia Robo") if message.buttons]
    assert card.labels == ["Escalar", "Cancelar tarea", "📍 Corregir lugar", "Nota", "Historia"]
    (sure,) = await room.presses(juan, card.buttons["Cancelar tarea"])
    await room.presses(juan, sure.buttons["Sí, cancelar"])
    assert await state(room) is TaskState.CANCELLED
