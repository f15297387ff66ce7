"""A drill: the real chain, marked as a drill everywhere, that takes nobody away from anything real."""

from core.queries.queries import Which
from core.vocabulary.words import Availability
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)
MARK = "SIMULACRO"


def read_all(*phones: Phone) -> None:
    for phone in phones:
        phone.reads_all()


async def begin(marta: Phone) -> None:
    await marta.says("/simulacro")
    await marta.sees("¿Empezamos? Simulacro", "Nadie tiene que moverse", "10 min").presses("🧪 Sí, empezar")
    marta.has("T-000001", "está en marcha")


async def test_a_drill_goes_through_the_real_chain_and_ends_in_a_report_on_each_person(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    eva, luis = await desk.supervisor("Eva Ríos"), await desk.supervisor("Luis Vega")
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=NEAR)
    desk.telegram.delete_account(luis.user)

    await begin(marta)
    marta.sees(MARK, "Alerta enviada").offers(
        "Recibido", "Asignar", "Escalar", "🧪 Terminar simulacro", "Nota", "Historia"
    )
    for boss in (sara, eva):
        boss.sees(MARK, "EMERGENCIA", "nadie se mueve").offers("Recibido", "Asignar", "Escalar", "Nota", "Historia")
    asked = ana.sees(MARK, "te necesitan", "nadie se mueve").offers("Voy", "No puedo")
    beto.sees(MARK)
    marta.reads_all()

    await desk.advance(8)
    await beto.presses("No puedo")
    await desk.advance(4)
    await asked.presses("Voy")
    ana.has(MARK).offers("Nota", "Historia", "No puedo")
    await desk.advance(18)
    await marta.presses("🧪 Terminar simulacro")

    report = marta.sees("Informe de Simulacro", "T-000001", "Duró 3")
    report.says("Avisados: 5", "respondieron: 2", "en silencio: 2", "bloquearon el bot: 1")
    report.says("✅ Ana Mora: «Voy» después de 1", "✅ Beto Salas: «No puedo» después de")
    report.says("🔇 Sara Luna: Telegram lo tomó en", "no respondió en 1", "🔕 Luis Vega: bloqueó el bot")
    read_all(marta, sara, eva, luis, ana, beto)
    for phone in (sara, eva, ana, beto):
        phone.has(MARK, "Finalizada")


async def test_a_drill_ends_by_itself_and_reports_all_the_same(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await begin(marta)
    read_all(marta, sara)
    await desk.advance(595)
    read_all(marta, sara)
    await desk.advance(5)
    marta.sees("Informe de Simulacro", "Duró 10 min", "🔇 Sara Luna", "no respondió en 9 min 5")
    read_all(marta, sara)
    await desk.advance(600)
    for phone in (marta, sara):
        phone.sees_nothing()


async def test_p7_a_drill_keeps_nobody_from_what_is_real(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora", at=NEAR)
    juan = await desk.agent("Juan Pérez", at=PARK)
    await begin(marta)
    await ana.presses("Voy")
    read_all(marta, ana, juan)
    await juan.says("/emergencia Robo")
    ana.sees("te necesitan", "Robo").lacks(MARK).presses("Voy")
    ana.sees("📍")
    await ana.presses("Voy")
    juan.has("Ana Mora va")
    read_all(marta, ana, juan)


async def test_a_drill_is_in_no_number_and_marked_in_every_list(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora", at=NEAR)
    await begin(marta)
    await ana.presses("Voy")
    read_all(marta, ana)
    board = await desk.app.queries.board()
    assert sum(board.tasks.values()) == 0
    assert board.unanswered.waiting == 0
    assert board.agents[Availability.AVAILABLE] == 1
    (task,) = (await desk.app.queries.tasks(Which.OPEN)).tasks
    assert task.drill
    await marta.says("/tareas")
    marta.sees("Tareas abiertas", "🧪🔴 T-000001 Simulacro")
    await ana.says("/mistareas")
    ana.sees("🧪🔴 T-000001 Simulacro")
    await marta.presses("🧪 Terminar simulacro")
    board = await desk.app.queries.board()
    assert sum(board.tasks.values()) == 0
    read_all(marta, ana)


async def test_only_administrators_begin_and_end_drills(desk: StoryDesk) -> None:
    marta, sara, ana = await desk.admin("Marta"), await desk.supervisor("Sara"), await desk.agent("Ana", at=NEAR)
    await sara.says("/simulacro")
    sara.sees("administrador")
    await begin(marta)
    read_all(marta, sara)
    await sara.says("/finalizar T-1")
    sara.sees("administrador")
    await ana.presses("Voy")
    await ana.says("/finalizar T-1")
    ana.has("administrador")
    read_all(marta, sara, ana)


async def test_a_drill_can_be_left_and_the_same_is_not_begun_twice(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta")
    await marta.says("/simulacro Sur")
    marta.sees("Esa unidad no existe")
    await marta.says("/simulacro")
    await marta.sees("¿Empezamos?").presses("No")
    marta.has("No se empezó ningún simulacro")
    await marta.says("/simulacro")
    sure = marta.sees("¿Empezamos?")
    again = sure.holds("🧪 Sí, empezar")
    await sure.presses("🧪 Sí, empezar")
    await again
    marta.has("Ya recibí ese mismo reporte")
    marta.reads_all()
