"""Groups: what privacy mode hides, who comes and goes, and the move to a supergroup."""

import pytest
import telegram as ptb
from telegram.error import BadRequest, ChatMigrated, Forbidden

from emulator import Bot, Group, Impossible, Person, Status, Telegram


@pytest.fixture
def group(world: Telegram, bot: Bot, juan: Person, ana: Person) -> Group:
    group = world.add_group("Supervisores", [ana, juan, bot])
    bot.updates.clear()
    return group


async def seen(api: ptb.Bot) -> list[str | None]:
    updates = await api.get_updates()
    await api.get_updates(offset=updates[-1].update_id + 1 if updates else 0)
    return [update.effective_message.text if update.effective_message else None for update in updates]


async def test_privacy_mode(api: ptb.Bot, world: Telegram, group: Group, juan: Person, ana: Person) -> None:
    other = world.add_bot("77:x", "otro_bot")
    world.add_to_group(group, other, by=ana)
    await seen(api)
    world.say(juan, "hablemos", group)
    world.say(juan, "/tareas", group)
    world.say(juan, "/tareas@gad_bot hoy", group)
    world.say(juan, "/tareas@otro_bot", group)
    world.say(juan, "y /estado@GAD_BOT", group)
    assert await seen(api) == ["/tareas", "/tareas@gad_bot hoy", "y /estado@GAD_BOT"]
    sent = await api.send_message(group.id, "aquí")
    world.say(juan, "respondo", group, reply_to=sent.message_id)
    world.say(ana, "a Juan", group, reply_to=world.messages(group)[-1])
    assert await seen(api) == ["respondo"]
    world.post(group, other, text="soy otro bot")
    world.say(juan, "/tareas", group)
    assert await seen(api) == []


async def test_without_privacy_a_bot_sees_what_people_say(world: Telegram, ana: Person) -> None:
    nosy = world.add_bot("78:x", "curioso_bot", privacy=False)
    other = world.add_bot("79:x", "otro_bot")
    group = world.add_group("Todos", [ana, nosy, other])
    nosy.updates.clear()
    world.say(ana, "hola", group)
    world.post(group, other, text="bip")
    assert len(nosy.updates) == 1


async def test_an_administrator_sees_all(
    api: ptb.Bot, world: Telegram, group: Group, bot: Bot, juan: Person, ana: Person
) -> None:
    world.promote(group, bot, by=ana)
    world.say(juan, "hablemos", group)
    assert await seen(api) == [None, "hablemos"]
    me = await api.get_chat_member(group.id, bot.id)
    assert isinstance(me, ptb.ChatMemberAdministrator)


async def test_members_come_and_go(
    api: ptb.Bot, world: Telegram, group: Group, bot: Bot, juan: Person, ana: Person
) -> None:
    assert await api.get_chat_member_count(group.id) == 3
    assert [m.user.id for m in await api.get_chat_administrators(group.id)] == [ana.id]
    world.remove_from_group(group, juan, by=ana)
    with pytest.raises(Impossible):
        world.say(juan, "¿y yo?", group)
    assert (await api.get_chat_member(group.id, juan.id)).status == "kicked"
    world.add_to_group(group, juan, by=ana)
    left, joined = [update.message for update in await api.get_updates()]
    assert left is not None
    assert joined is not None
    assert left.left_chat_member is not None
    assert [user.id for user in joined.new_chat_members] == [juan.id]
    assert [m.service for m in world.messages(group)] == ["Juan salió del grupo", "Juan se unió al grupo"]


async def test_a_bot_that_was_removed_or_left(
    api: ptb.Bot, world: Telegram, group: Group, bot: Bot, ana: Person
) -> None:
    world.remove_from_group(group, bot, by=ana)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await api.send_message(group.id, "hola")
    world.add_to_group(group, bot, by=ana)
    await api.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await api.send_message(group.id, "hola")
    standings = [u.my_chat_member.new_chat_member.status for u in await api.get_updates() if u.my_chat_member]
    assert standings == ["kicked", "member", "left"]


async def test_a_group_becomes_a_supergroup(
    api: ptb.Bot, world: Telegram, group: Group, juan: Person, ana: Person
) -> None:
    new = world.migrate(group)
    with pytest.raises(ChatMigrated) as moved:
        await api.send_message(group.id, "hola")
    assert moved.value.new_chat_id == new.id
    await api.send_message(new.id, "hola")
    old_says, new_says = [update.message for update in await api.get_updates()]
    assert old_says is not None
    assert new_says is not None
    assert (old_says.chat.id, old_says.migrate_to_chat_id) == (group.id, new.id)
    assert (new_says.chat.id, new_says.migrate_from_chat_id) == (new.id, group.id)
    assert new.status(ana) is Status.CREATOR
    with pytest.raises(Impossible):
        world.say(juan, "tarde", group)
    with pytest.raises(Impossible):
        world.migrate(new)


async def test_pinning_in_a_supergroup_takes_rights(
    api: ptb.Bot, world: Telegram, bot: Bot, group: Group, ana: Person
) -> None:
    await (await api.send_message(group.id, "en un grupo cualquiera puede")).pin()
    new = world.migrate(group)
    board = await api.send_message(new.id, "tablero")
    with pytest.raises(BadRequest, match="Not enough rights"):
        await board.pin()
    world.promote(new, bot, by=ana)
    await board.pin()
    assert world.messages(new)[1].pinned


async def test_channels(api: ptb.Bot, world: Telegram, bot: Bot, ana: Person) -> None:
    channel = world.add_channel("Avisos", [ana, bot], username="avisos")
    bot.updates.clear()
    post = await api.send_message("@avisos", "hola")
    assert post.sender_chat is not None
    assert post.sender_chat.id == channel.id
    said = world.say(ana, "/estado", channel)
    world.edit(ana, said, "/estado ya")
    first, second = await api.get_updates()
    assert first.channel_post is not None
    assert first.channel_post.from_user is None
    assert second.edited_channel_post is not None
    world.promote(channel, bot, by=ana, to=Status.MEMBER)
    with pytest.raises(BadRequest, match="administrator rights"):
        await api.send_message(channel.id, "hola")


async def test_several_bots_have_their_own_private_chats(world: Telegram, bot: Bot, juan: Person) -> None:
    other = world.add_bot("77:x", "otro_bot")
    world.say(juan, "a ti", other)
    assert [m.text for m in world.messages(juan)] == ["/start"]
    assert [m.text for m in world.messages(juan, other)] == ["a ti"]
