"""Works in a group with topics: the desk answers where it is asked, and alerts arrive whatever is closed."""

from pathlib import Path

from emulator import Group
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

FORUM = -1_000_000_005_002
PARK = (-2.1862, -79.8885)


def forum(desk: StoryDesk, *phones: Phone) -> Group:
    """A group with topics, and the bot in it; its first member leads it."""
    group = desk.telegram.add_group("Guardia", [*(phone.user for phone in phones), desk.bot], forum=True)
    desk.telegram.promote(group, phones[0].user, phones[0].user)
    return group


def topic(desk: StoryDesk, group: Group, name: str, *phones: Phone) -> tuple[int, list[Phone]]:
    """A topic, with each member's view of it."""
    number = desk.telegram.create_topic(group, name, phones[0].user)
    return number, [Phone(desk.telegram, phone.user, desk.settle, group, number) for phone in phones]


async def test_the_answer_comes_in_the_topic_of_the_question(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    group = forum(desk, ana, beto)
    _, (here, _) = topic(desk, group, "Zona norte", ana, beto)
    general = Phone(desk.telegram, ana.user, desk.settle, group)
    desk.telegram.close_topic(group, None, ana.user)
    await here.says("/mistareas@gad_bot")
    here.sees("No tienes nada pendiente")
    general.sees_nothing()
    desk.telegram.reopen_topic(group, None, ana.user)
    await general.says("/fuera@gad_bot")
    general.sees("Estás fuera de servicio")
    here.sees_nothing()


async def test_what_i_write_in_one_topic_answers_no_question_of_another(desk: StoryDesk) -> None:
    ana, sara = await desk.agent("Ana Mora"), await desk.supervisor("Sara Luna")
    group = forum(desk, sara, ana)
    _, (_, north) = topic(desk, group, "Norte", sara, ana)
    _, (_, south) = topic(desk, group, "Sur", sara, ana)
    await ana.says("/nueva Ronda norte").says("/nueva Ronda sur")
    ana.reads_all()
    sara.reads_all()
    await north.says("/nota@gad_bot 1")
    first = north.sees("T-000001")
    await south.says("/nota@gad_bot 2")
    second = south.sees("T-000002")
    await south.answers(second, "todo tranquilo en el sur")
    south.sees("T-000002")
    await north.answers(first, "luz apagada en el norte")
    north.sees("T-000001")
    sara.reads_all()
    ana.reads_all()
    assert await desk.asks("SELECT notes FROM task WHERE id = 1") == 1
    assert await desk.asks("SELECT notes FROM task WHERE id = 2") == 1
    assert await desk.asks("SELECT count(*) FROM topic_form") == 0
    for view in (north, south):
        view.reads_all()


async def test_p13_the_alert_reaches_the_group_although_general_is_closed(tmp_path: Path) -> None:
    desk = StoryDesk(tmp_path, alerts={"group_chat_id": FORUM})
    await desk.open()
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    group = forum(desk, sara)
    _, (here,) = topic(desk, group, "Turno", sara)
    await here.says("/fuera@gad_bot")
    here.reads_all()
    desk.telegram.close_topic(group, None, sara.user)

    await ana.says("/emergencia Robo con arma")
    alert = here.sees("Robo con arma")
    sara.sees("Robo con arma")
    await sara.presses("Recibido")
    alert.says("Sara")
    sara.reads_all()
    ana.reads_all()
    here.reads_all()
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state = 4") == 0
    await desk.end()


async def test_alerts_come_in_the_topic_of_the_configuration_and_in_general_once_it_is_gone(tmp_path: Path) -> None:
    desk = StoryDesk(tmp_path, alerts={"group_chat_id": FORUM, "group_topic_id": 2})
    await desk.open()
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    group = forum(desk, sara)
    number, (here,) = topic(desk, group, "Alertas", sara)
    general = Phone(desk.telegram, sara.user, desk.settle, group)
    assert number == 2
    await ana.says("/emergencia Robo")
    here.sees("Robo")
    general.sees_nothing()

    desk.telegram.delete_topic(group, number)
    await ana.says("/emergencia Incendio")
    general.sees("Incendio")
    sara.reads_all()
    ana.reads_all()
    general.reads_all()
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state = 4") == 0
    await desk.end()


async def test_linking_from_inside_a_topic_keeps_the_units_news_there(desk: StoryDesk) -> None:
    sara, admin = await desk.supervisor("Sara Luna"), await desk.admin("Ada Paz")
    await admin.says("/unidades").presses("Nueva").says("Norte").presses("America/Guayaquil")
    admin.reads_all()
    group = forum(desk, admin, sara)
    number, (here, _) = topic(desk, group, "Cambios", admin, sara)
    await here.says("/vincular@gad_bot Norte")
    here.sees("Este grupo es ahora el de la unidad Norte")
    assert await desk.asks("SELECT topic FROM room") == number
    other, (there, _) = topic(desk, group, "Avisos", admin, sara)
    await there.says("/vincular@gad_bot Norte")
    there.sees("Este grupo es ahora el de la unidad Norte")
    assert await desk.asks("SELECT topic FROM room") == other
    sara.reads_all()
