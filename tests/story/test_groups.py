"""Works in groups: whom a command is for, who sees what, several people in one chat, channels."""

from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)


async def test_a_command_for_another_bot_is_none_of_ours(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    _, (here, _) = desk.group("Guardia", ana, beto)
    await here.says("/fuera@otro_bot")
    here.sees_nothing()
    await here.says("/FUERA@GAD_Bot")
    here.sees("Estás fuera de servicio")


async def test_alone_with_the_bot_nobody_means_another(desk: StoryDesk) -> None:
    """A wrong name behind the command keeps no emergency from going out."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    await ana.says("/emergencia@otro_bot Robo")
    ana.sees("Alerta enviada")
    sara.sees("Robo")
    sara.sees("📍")


async def test_privacy_mode_keeps_what_people_say_to_each_other(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    _, (here, there) = desk.group("Guardia", ana, beto)
    await desk.settle()
    before = await desk.asks("SELECT count(*) FROM inbox")
    await here.says("¿alguien cerca del parque?").says("yo")
    await there.says("voy")
    here.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM inbox") == before


async def test_several_people_in_one_chat_are_not_mixed_up(desk: StoryDesk) -> None:
    """Each fills in a form of their own, and a button of somebody else's changes nothing."""
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    _, (here, there) = desk.group("Guardia", ana, beto)
    await here.says("/nueva@gad_bot")
    hers = here.sees("Paso 1")
    await there.says("/nueva@gad_bot")
    his = here.sees("Paso 1")
    label = hers.buttons[0]

    await here.does(lambda telegram: telegram.press(beto.user, hers.message, label))
    hers.says("Paso 1")
    here.reads_all()
    await here.does(lambda telegram: telegram.press(beto.user, his.message, label))
    his.says("Paso 2")
    hers.says("Paso 1")
    await here.does(lambda telegram: telegram.press(ana.user, hers.message, label))
    hers.says("Paso 2")
    here.reads_all()


async def test_in_a_channel_nobody_can_be_asked_and_it_says_so(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    channel = desk.telegram.add_channel("Avisos", [ana.user, desk.bot])
    desk.telegram.promote(channel, desk.bot, ana.user)
    desk.telegram.say(ana.user, "Buenos días", channel)
    await desk.settle()
    desk.telegram.say(ana.user, "/emergencia Robo", channel)
    await desk.settle()
    said = [message.text for message in desk.telegram.messages(channel) if message.from_bot]
    assert len(said) == 1
    assert "Todavía no salió ninguna alerta" in said[0]
    assert await desk.asks("SELECT count(*) FROM task") == 0
