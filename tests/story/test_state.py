"""``/estado``: how the desk is doing, for administrators."""

from tests.story.desk import StoryDesk


async def test_the_numbers_of_the_desk(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ana = await desk.agent("Ana Mora")
    await ana.says("/emergencia Robo")
    for phone in (ana, marta):
        phone.reads_all()
    await desk.advance(120)
    for phone in (ana, marta):
        phone.reads_all()

    await marta.says("/estado")
    state = marta.sees("Estado", "Alertas sin recibir: 1 · la más antigua, hace 2 min", "Tareas abiertas: 1")
    redis = "🟢 Redis" if desk.app.config.redis.url else "⚪ Redis"
    state.says("Agentes: 1", "🟢 Base de datos", "🟢 Telegram", redis, "Versión").offers("🔄 Actualizar")


async def test_work_is_an_alert_once_somebody_was_told_of_it(desk: StoryDesk) -> None:
    """A ladder that begins in half an hour is none yet; one that has begun waits for *Recibido*, and takes it."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    ana = await desk.agent("Ana Mora")
    await sara.says("/nueva Ronda !alta @ana")
    await marta.says("/estado")
    state = marta.sees("Ninguna alerta espera respuesta", "Tareas abiertas: 1")
    await desk.advance(30 * 60)
    await state.presses("Actualizar")
    state.says("Alertas sin recibir: 1")
    await sara.says("/turno inicio")
    await ana.says("/nueva Corte de luz !urgente")
    sara.reads_all()
    await sara.has("Corte de luz", "Nadie ha dicho «Recibido»").presses("Recibido")
    sara.has("Corte de luz", "Recibido: Sara Luna")
    await state.presses("Actualizar")
    state.says("Alertas sin recibir: 1")
    for phone in (marta, sara, ana):
        phone.reads_all()


async def test_work_whose_step_reached_nobody_is_no_alert(desk: StoryDesk) -> None:
    """The first step names who has it, and nobody has; the next one names supervisors on duty, and nobody is."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await sara.says("/nueva Ronda !alta")
    await desk.advance(30 * 60)
    sara.reads_all()
    sara.has("Ronda").lacks("Nadie ha dicho «Recibido»")
    await marta.says("/estado")
    marta.sees("Ninguna alerta espera respuesta", "Tareas abiertas: 1")
    assert await desk.asks("SELECT rung FROM task") == 2, "both steps were passed"


async def test_the_numbers_are_drawn_again_in_place(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await marta.says("/status")
    state = marta.sees("Estado", "disponible: 1")
    await ana.says("/fuera")
    ana.reads_all()
    await state.presses("Actualizar")
    state.says("disponible: 0", "fuera de servicio: 1")
    marta.sees_nothing()


async def test_a_double_tap_on_refresh_troubles_nobody(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    await marta.says("/estado")
    state = marta.sees("Estado")
    for _ in range(3):
        desk.telegram.press(marta.user, state.message, "Actualizar")
    await desk.settle()
    marta.sees_nothing()


async def test_p9_the_numbers_are_for_administrators_and_for_them_alone(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await sara.says("/estado")
    sara.sees("administrador").lacks("Colas")
    _, (here, _) = desk.group("Guardia", marta, sara)
    await here.says("/estado@gad_bot")
    here.sees("Te respondí en privado")
    marta.sees("Estado", "Colas")


async def test_an_emergency_that_looks_for_an_agent_is_not_scheduled(desk: StoryDesk) -> None:
    """Neither at the start, nor when the helper gives up; and Juan, who called, is in danger."""
    marta, juan = await desk.admin("Marta Solís"), await desk.agent("Juan Pérez", at=(-2.18, -79.88))
    ana = await desk.agent("Ana Mora", at=(-2.18, -79.88))
    await juan.says("/emergencia Robo")
    await marta.says("/estado")
    state = marta.sees("1 buscando agente", "🆘 con una emergencia abierta: 1").lacks("programada", "en curso")
    await ana.presses("Voy")
    await state.presses("Actualizar")
    state.says("1 en curso").lacks("buscando")
    await ana.presses("No puedo")
    await state.presses("Actualizar")
    state.says("1 buscando agente").lacks("en curso")
    for phone in (marta, juan, ana):
        phone.reads_all()


async def test_the_lists_say_who_is_in_danger_asked_or_out_of_reach(desk: StoryDesk) -> None:
    """/equipo and *Asignar* have one sign for each, beside the words."""
    here = (-2.18, -79.88)
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=here)
    for name in ("Ana Mora", "Beto Salas", "Carla Díaz"):
        await desk.agent(name, at=here)
    eva, raul = await desk.agent("Eva Ríos", at=here), await desk.agent("Raúl Paz", at=here)
    desk.telegram.block(raul.user, desk.bot)
    await juan.says("/emergencia Robo")
    await sara.says("/nueva Ronda @raul")
    await eva.says("/fuera")
    for phone in desk.phones:
        phone.reads_all()
    await sara.says("/equipo")
    team = sara.sees("Agentes")
    await sara.presses("Asignar")
    choice = sara.sees("¿A quién envío")
    if "Raúl" not in choice.text:
        await choice.presses("Por nombre")
    for seen in (team, choice):
        seen.says("🆘 Juan Pérez", "🟡 Ana Mora", "🟡 Beto Salas", "⚫ Eva Ríos", "🔕 Raúl Paz")
    for phone in desk.phones:
        phone.reads_all()


async def test_whoever_is_promoted_reads_their_cards_as_a_supervisor(desk: StoryDesk) -> None:
    marta, juan = await desk.admin("Marta Solís"), await desk.agent("Juan Pérez", at=(-2.18, -79.88))
    ana = await desk.agent("Ana Mora", at=(-2.18, -79.88))
    await desk.agent("Beto Salas", at=(-2.18, -79.88))
    await juan.says("/emergencia Robo")
    ana.has("te necesitan", "Robo").lacks("Preguntados")
    await marta.says("/usuarios @ana")
    await marta.presses("→ Supervisor")
    ana.has("Robo", "¿Puedes ir?").says("Preguntados", "Beto Salas")
    for phone in desk.phones:
        phone.reads_all()
