"""Agents say what they do instead of pressing it: the button comes to them."""

from tests.story.desk import StoryDesk

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)


async def test_whoever_says_voy_llegue_termine_is_given_the_button(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas")
    await sara.says("/nueva Portón roto @beto")
    beto.sees("Portón roto")
    for words, label in (("voy", "Voy"), ("ya llegué", "Llegué"), ("terminé la 1", "Finalizar")):
        await beto.says(words)
        question = beto.sees("Tócalo para que quede anotado").offers(f"{label} · T-000001")
        await question.presses(f"{label} · T-000001")
    assert await desk.asks("SELECT state FROM task WHERE id = 1") == "completed"
    await beto.says("terminé")
    beto.sees("No esperaba eso")
    sara.reads_all()
    beto.reads_all()


async def test_whoever_came_to_help_calls_for_help_themselves_with_one_press(desk: StoryDesk) -> None:
    eva, ana = await desk.agent("Eva Mora", at=PARK), await desk.agent("Ana Paz", at=NEAR)
    await eva.says("/emergencia Robo")
    await ana.presses("Voy")
    ana.reads_all()
    await ana.says("auxilio me disparan")
    await ana.sees("Lo sumé a T-000001").presses("Pedir ayuda ya")
    assert await desk.asks("SELECT count(*) FROM task WHERE kind = 'emergency'") == 2
    assert await desk.asks("SELECT title FROM task WHERE id = 2") == "auxilio me disparan"
    for phone in (eva, ana):
        phone.reads_all()


async def test_a_photo_with_nothing_open_becomes_a_note_or_work_with_one_press(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas")
    await sara.says("/nueva Portón roto @beto")
    await beto.presses("Voy")
    beto.reads_all()
    await beto.does(lambda telegram: telegram.send_photo(beto.user, "así quedó"))
    question = beto.sees("¿Qué es?")
    await question.presses("Sumar a T-000001")
    question.says("Nota guardada en T-000001").offers()
    await beto.says("hay basura en la entrada")
    await beto.sees("¿Qué es?").presses("Reportar como trabajo")
    await beto.presses("Patrullaje")
    beto.has("¿Está bien así?", "hay basura en la entrada")
    for phone in (sara, beto):
        phone.reads_all()


async def test_nobody_else_presses_my_call_for_help(desk: StoryDesk) -> None:
    eva, ana = await desk.agent("Eva Mora"), await desk.agent("Ana Paz")
    group, (in_group, anas) = desk.group("Guardia", eva, ana)
    desk.telegram.promote(group, desk.bot, eva.user)
    await in_group.says("auxilio")
    question = in_group.sees("¿Es una emergencia?")
    await anas.presses("Pedir ayuda ya")
    assert await desk.asks("SELECT count(*) FROM task") == 0
    await question.presses("Pedir ayuda ya")
    assert await desk.asks("SELECT count(*) FROM task") == 1
    for phone in (eva, ana, in_group):
        phone.reads_all()
