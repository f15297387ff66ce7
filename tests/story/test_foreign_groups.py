"""Works in groups that are nobody's, for strangers in the desk's own, and for people whom a group hides."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from emulator import Group, Message
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
ALERTS = -5002


async def closed_desk(folder: Path, *, alerts: int = 0) -> StoryDesk:
    """A desk that has no groups but those which it is told."""
    desk = StoryDesk(folder, access={"groups": []}, alerts={"group_chat_id": alerts})
    await desk.open()
    return desk


def said_in(desk: StoryDesk, group: Group) -> list[Message]:
    """Everything that the bot wrote there."""
    return [m for m in desk.telegram.messages(group) if m.from_bot and m.service is None]


async def test_who_is_not_registered_hears_it_in_the_press_and_the_group_does_not(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path, alerts=ALERTS)
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    kim = desk.stranger("Kim Ruiz")
    _, (here, *_) = desk.group("Guardia", sara, kim, ana)
    await ana.says("/emergencia Robo")
    alert = here.sees("Robo")
    for phone in (sara, ana):
        phone.reads_all()
    for _ in range(6):
        query = desk.telegram.press(kim.user, alert.message, "Recibido")
        await desk.settle()
        assert query.answered is not None
        assert "personas registradas" in query.answered.text
        assert query.answered.alert
    late = desk.telegram.press(ana.user, alert.message, "Recibido")
    await desk.settle()
    assert late.answered is not None
    assert "supervisor" in late.answered.text
    here.sees_nothing()
    kim.sees_nothing()
    mine = desk.telegram.press(sara.user, alert.message, "Recibido")
    await desk.settle()
    assert mine.answered is not None
    assert mine.answered.text == ""
    alert.says("Sara")
    here.reads_all()
    sara.reads_all()
    ana.reads_all()
    await desk.end()


async def test_a_group_of_somebody_elses_is_told_once_and_left(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path)
    eve, ana = desk.stranger("Eve Roca"), await desk.agent("Ana Mora")
    group = desk.telegram.add_group("Vecinos", [eve.user, ana.user])
    desk.telegram.add_to_group(group, desk.bot, eve.user)
    for number in range(5):
        desk.telegram.say(eve.user, f"/tareas@gad_bot {number}", group)
    await desk.settle()
    assert ["me voy" in message.text for message in said_in(desk, group)] == [True]
    assert not group.has(desk.bot)
    assert await desk.asks("SELECT count(*) FROM outbox WHERE state = 4") == 0

    desk.telegram.add_to_group(group, desk.bot, eve.user)
    await desk.settle()
    assert len(said_in(desk, group)) == 2
    assert not group.has(desk.bot)
    await desk.end()


async def test_a_supervisor_has_some_minutes_to_link_the_group(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path)
    sara, admin, eve = await desk.supervisor("Sara Luna"), await desk.admin("Ada Paz"), desk.stranger("Eve Roca")
    await admin.says("/unidades").presses("Nueva").says("Norte").presses("America/Guayaquil")
    admin.reads_all()
    group = desk.telegram.add_group("Norte", [admin.user, sara.user, eve.user])
    desk.telegram.add_to_group(group, desk.bot, admin.user)
    await desk.settle()
    here = Phone(desk.telegram, admin.user, desk.settle, group)
    here.sees("no es de la central", "/vincular")
    await here.says("/tareas@gad_bot")
    desk.telegram.say(eve.user, "/ayuda@gad_bot", group)
    await desk.settle()
    here.sees_nothing()
    assert group.has(desk.bot)
    await here.says("/vincular@gad_bot Norte")
    here.sees("Este grupo es ahora el de la unidad Norte")
    await here.says("/equipo@gad_bot")
    assert group.has(desk.bot)
    for phone in (here, admin, sara):
        phone.reads_all()
    await desk.end()


async def test_when_nobody_links_it_in_time_the_desk_leaves_though_nobody_writes(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path)
    sara = await desk.supervisor("Sara Luna")
    group = desk.telegram.add_group("Norte", [sara.user])
    desk.telegram.add_to_group(group, desk.bot, sara.user)
    await desk.settle()
    await desk.passes(590)
    assert group.has(desk.bot)
    await desk.close()
    await desk.open()
    await desk.passes(75)
    await desk.until(lambda: not group.has(desk.bot), "the desk leaves")
    assert [("/vincular antes" in m.text, "me voy" in m.text) for m in said_in(desk, group)] == [
        (True, True),
        (False, True),
    ]
    await desk.passes(1200)
    assert len(said_in(desk, group)) == 2
    await desk.end()


async def test_a_group_that_was_linked_or_put_the_desk_out_hears_no_farewell(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path)
    admin = await desk.admin("Ada Paz")
    await admin.says("/unidades").presses("Nueva").says("Norte").presses("America/Guayaquil")
    admin.reads_all()
    linked, grown, former = (desk.telegram.add_group(name, [admin.user]) for name in ("Norte", "Sur", "Este"))
    for group in (linked, grown, former):
        desk.telegram.add_to_group(group, desk.bot, admin.user)
    await desk.settle()
    desk.telegram.say(admin.user, "/vincular@gad_bot Norte", linked)
    await desk.settle()
    desk.telegram.remove_from_group(former, desk.bot, admin.user)
    await desk.settle()
    await desk.passes(700)
    assert linked.has(desk.bot)
    assert not grown.has(desk.bot)
    assert [sum("así que me voy" in m.text for m in said_in(desk, group)) for group in (linked, grown, former)] == [
        0,
        1,
        0,
    ]
    assert await desk.asks("SELECT count(*) FROM room WHERE guest_until IS NOT NULL") == 0
    admin.reads_all()
    await desk.end()


async def test_p4_an_emergency_is_one_in_whatever_group_it_is_written(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path)
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    group = desk.telegram.add_group("Vecinos", [ana.user, desk.bot])
    desk.telegram.say(ana.user, "/emergencia@gad_bot Robo", group)
    await desk.settle()
    sara.sees("Robo")
    for phone in (sara, ana):
        phone.reads_all()
    await desk.end()


async def test_a_foreign_channel_that_posts_300_commands_gets_one_answer(tmp_path: Path) -> None:
    desk = await closed_desk(tmp_path)
    eve = desk.stranger("Eve Roca")
    channel = desk.telegram.add_channel("Ofertas", [eve.user, desk.bot])
    for number in range(300):
        desk.telegram.say(eve.user, f"/x {number}", channel)
    await desk.settle()
    assert len(said_in(desk, channel)) == 1
    assert not channel.has(desk.bot)
    await desk.end()


def drafts(message: Message) -> list[str]:
    """The words that its buttons put into the input field of the private chat."""
    links = [urlsplit(button.url or "") for row in message.keyboard for button in row]
    assert all((link.netloc, link.path) == ("t.me", "/gad_bot") for link in links)
    return [parse_qs(link.query)["text"][0] for link in links]


async def test_whoever_the_group_hides_sends_the_emergency_with_one_button(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    group, (here,) = desk.group("Guardia", sara)
    desk.telegram.hide(group, sara.user)
    await here.says("/emergencia@gad_bot Robo con arma & heridos, calle 5")
    hint = here.sees("Todavía no salió ninguna alerta")
    [draft] = drafts(hint.message)
    assert draft == "/emergencia Robo con arma & heridos, calle 5"
    await here.says("hola a todos").says("/tareas@otro_bot")
    here.sees_nothing()
    await here.says("/tareas@gad_bot")
    assert drafts(here.sees("oculta quién escribe").message) == ["/tareas"]
    await sara.says(draft)
    sara.sees("Alerta enviada")
    sara.reads_all()
    here.reads_all()
    assert await desk.asks("SELECT count(*) FROM task") == 1


async def test_what_a_linked_channel_forwards_is_not_answered(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    group, (here,) = desk.group("Guardia", sara)
    desk.telegram.promote(group, desk.bot, sara.user)
    channel = desk.telegram.add_channel("Avisos", [sara.user])
    desk.telegram.link_channel(channel, group)
    desk.telegram.say(sara.user, "/emergencia@gad_bot Simulacro mañana", channel)
    await desk.settle()
    here.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM task") == 0
