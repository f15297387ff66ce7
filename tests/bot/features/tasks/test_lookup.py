"""Looking up: one task, one's own, all, those that were, those with certain words, and the agents."""

from core.state.person import Person
from core.vocabulary.words import Role
from tests.bot.features.room import GROUP, Room


async def desk_with_tasks(room: Room, many: int = 12) -> tuple[Person, Person]:
    """Sara has reported tasks; Ana is asked to do the last."""
    sara, ana = await room.person("Sara", Role.SUPERVISOR), await room.person("Ana")
    for number in range(1, many):
        await room.says(sara, f"/nueva Ronda número {number}")
    await room.says(sara, "/nueva Vigilancia del <parque> @ana")
    await room.reads(ana)
    return sara, ana


async def test_a_task_is_shown_to_who_may_see_it(room: Room) -> None:
    sara, ana = await desk_with_tasks(room, 2)
    (card,) = await room.says(ana, "/tarea t-2")
    assert "Vigilancia del <parque>" in card.text
    assert card.labels == ["Voy", "No puedo"]
    (no,) = await room.says(ana, "/tarea 1")
    assert no.text.startswith("La tarea T-000001 no es tuya")
    (card,) = await room.says(sara, "/task T-000001")
    assert "Ronda número 1" in card.text


async def test_open_tasks_are_leafed_through_by_key(room: Room) -> None:
    sara, _ = await desk_with_tasks(room, 12)
    (first,) = await room.says(sara, "/tareas")
    assert "T-000012" in first.text
    (second,) = await room.presses(sara, first.buttons["Más »"])
    assert second.method == "editMessageText"
    assert "T-000012" not in second.text
    assert "T-000001" in second.text
    assert "Más »" not in second.labels
    (again,) = await room.presses(sara, second.buttons["« Inicio"])
    assert again.text == first.text


async def test_a_line_opens_its_card(room: Room) -> None:
    sara, _ = await desk_with_tasks(room, 2)
    (page,) = await room.says(sara, "/tareas")
    (card,) = await room.presses(sara, page.buttons["📋 T-000001"])
    assert "Ronda número 1" in card.text


async def test_ones_own_list_holds_what_one_is_asked_to_do(room: Room) -> None:
    sara, ana = await desk_with_tasks(room, 3)
    (mine,) = await room.says(ana, "/mistareas")
    assert "Vigilancia del <parque>" in mine.text
    assert "Ronda" not in mine.text
    (none,) = await room.says(sara, "/mistareas")
    assert "No tienes nada pendiente" in none.text


async def test_the_history_by_halves_and_by_who_asks(room: Room) -> None:
    sara, ana = await desk_with_tasks(room, 3)
    await room.says(sara, "/finalizar T-1")
    (everything,) = await room.says(sara, "/historial")
    assert all(code in everything.text for code in ("T-000001", "T-000002", "T-000003"))
    (closed,) = await room.says(sara, "/historial finalizadas")
    assert "T-000001" in closed.text
    assert "T-000002" not in closed.text
    (open_ones,) = await room.presses(sara, closed.buttons["Activas"])
    assert "T-000001" not in open_ones.text
    (theirs,) = await room.says(ana, "/historial todas")
    assert "T-000003" in theirs.text
    assert "T-000001" not in theirs.text
    (no,) = await room.says(sara, "/historial ayer")
    assert no.text.startswith("No conozco «ayer»")


async def test_words_find_tasks_whatever_their_accents(room: Room) -> None:
    sara, ana = await desk_with_tasks(room, 3)
    (found,) = await room.says(sara, "/buscar NUMERO ron")
    assert "T-000001" in found.text
    assert "T-000002" in found.text
    assert "T-000003" not in found.text
    (none,) = await room.says(ana, "/buscar ronda")
    assert "No encontré" in none.text
    (no,) = await room.says(sara, "/buscar ¿?!")
    assert "¿Qué busco?" in no.text


async def test_a_search_is_leafed_through_too(room: Room) -> None:
    sara, _ = await desk_with_tasks(room, 14)
    (first,) = await room.says(sara, "/buscar ronda numero")
    (second,) = await room.presses(sara, first.buttons["Más »"])
    assert second.text.splitlines()[0] == first.text.splitlines()[0]
    assert not set(second.text.splitlines()[1:]) & set(first.text.splitlines()[1:])


async def test_the_team_and_what_each_is_doing(room: Room) -> None:
    sara, ana = await desk_with_tasks(room, 2)
    await room.says(ana, "/fuera")
    for number in range(16):
        await room.person(f"Agente {number:02}")
    (page,) = await room.says(sara, "/equipo")
    assert "🟢 Agente 00 · disponible · sin tareas" in page.text
    (more,) = await room.presses(sara, page.buttons["Más »"])
    assert "🟢 Agente 15" in more.text
    assert "⚫ Ana · fuera de servicio · una tarea" in more.text


async def test_a_list_in_a_group_is_turned_by_whoever_asked_for_it(room: Room) -> None:
    sara, _ = await desk_with_tasks(room, 12)
    rosa = await room.person("Rosa", Role.SUPERVISOR)
    (page,) = await room.says(sara, "/tareas@gad_bot", chat=GROUP)
    (no,) = await room.presses(rosa, page.buttons["Más »"], chat=GROUP)
    assert no.text == "Esa lista la pidió otra persona: pide la tuya."
    (more,) = await room.presses(sara, page.buttons["Más »"], chat=GROUP)
    assert more.method == "editMessageText"


async def test_p9_a_page_of_all_tasks_is_for_supervisors(room: Room) -> None:
    _, ana = await desk_with_tasks(room, 2)
    for name in ("abiertas", "equipo"):
        (no,) = await room.presses(ana, f"pag:{name}:{ana.id}:0")
        assert "Eso solo lo hace quien tiene el rol de supervisor" in no.text


async def test_a_button_that_no_desk_made_changes_nothing(room: Room) -> None:
    sara, _ = await desk_with_tasks(room, 2)
    for data in ("pag", "pag:x:1:2", "pag:todo:1:0:ayer", "ver", "ver:x", f"ver:{9**30}", "f:1:2", "asignar", "??"):
        messages = await room.presses(sara, data)
        assert len(messages) == 1, data
