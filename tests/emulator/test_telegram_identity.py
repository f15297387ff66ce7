"""The command menu by scope, and what a bot says about itself."""

import pytest
import telegram as ptb
from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
)
from telegram.error import BadRequest

from emulator import Bot, CommandsChanged, Event, Person, Server, Telegram
from tests.emulator.by_hand import refusal_of


async def test_the_narrowest_scope_wins(api: ptb.Bot, world: Telegram, bot: Bot, juan: Person, ana: Person) -> None:
    group = world.add_group("Supervisores", [ana, juan, bot])

    async def menu(name: str, scope: ptb.BotCommandScope | None = None) -> None:
        await api.set_my_commands([(name, name)], scope=scope)

    def seen(person: Person, where: object = None) -> list[str]:
        chat = group if where is group else None
        return [command.command for command in world.commands_for(bot, person, chat)]

    assert seen(juan) == []
    await menu("todos")
    await menu("privados", BotCommandScopeAllPrivateChats())
    await menu("juan", BotCommandScopeChat(juan.id))
    assert (seen(juan), seen(ana), seen(juan, group)) == (["juan"], ["privados"], ["todos"])
    await menu("grupos", BotCommandScopeAllGroupChats())
    await menu("jefes", BotCommandScopeAllChatAdministrators())
    assert (seen(juan, group), seen(ana, group)) == (["grupos"], ["jefes"])
    await menu("grupo", BotCommandScopeChat(group.id))
    await menu("ana", BotCommandScopeChatMember(group.id, ana.id))
    assert (seen(juan, group), seen(ana, group)) == (["grupo"], ["ana"])
    await api.delete_my_commands(BotCommandScopeChat(juan.id))
    assert seen(juan) == ["privados"]
    assert [c.command for c in await api.get_my_commands(BotCommandScopeChatMember(group.id, ana.id))] == ["ana"]


async def test_a_language_goes_before_none(api: ptb.Bot, world: Telegram, bot: Bot, juan: Person) -> None:
    heard: list[Event] = []
    world.listen(heard.append)
    await api.set_my_commands([("new", "new")])
    await api.set_my_commands([("nueva", "nueva")], language_code="es")
    assert [c.command for c in world.commands_for(bot, juan)] == ["nueva"]
    assert [type(event) for event in heard] == [CommandsChanged] * 2


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([("Nueva", "x")], "BOT_COMMAND_INVALID"),
        ([("x" * 33, "x")], "BOT_COMMAND_INVALID"),
        ([("nueva tarea", "x")], "BOT_COMMAND_INVALID"),
        ([("nueva", " ")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("nueva", "x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([(f"c{n}", "x") for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_menus(server: Server, bot: Bot, commands: list[tuple[str, str]], refusal: str) -> None:
    listed = [{"command": name, "description": text} for name, text in commands]
    assert await refusal_of(server, "setMyCommands", {"commands": listed}) == refusal


@pytest.mark.parametrize(
    "scope",
    [
        {"type": "unheard"},
        {"type": "chat"},
        {"type": "chat", "chat_id": 99},
        {"type": "chat_member", "chat_id": 1001, "user_id": 1001},
    ],
)
async def test_wrong_scopes(server: Server, juan: Person, scope: dict[str, object]) -> None:
    assert await refusal_of(server, "setMyCommands", {"commands": [], "scope": scope})


async def test_what_a_bot_says_about_itself(api: ptb.Bot, juan: Person) -> None:
    await api.set_my_name("Despacho")
    await api.set_my_description("Mesa de despacho")
    await api.set_my_short_description("Despacho")
    assert (await api.get_me()).first_name == "Despacho"
    assert (await api.get_my_name()).name == "Despacho"
    assert (await api.get_my_description()).description == "Mesa de despacho"
    assert (await api.get_my_short_description()).short_description == "Despacho"
    with pytest.raises(BadRequest):
        await api.set_my_short_description("x" * 121)
    await api.set_chat_menu_button(juan.id, ptb.MenuButtonCommands())
    assert (await api.get_chat_menu_button(juan.id)).type == "commands"
    assert await api.log_out()
    assert await api.send_chat_action(juan.id, "typing")
    with pytest.raises(BadRequest):
        await api.send_chat_action(juan.id, "dancing")


async def test_nobody_has_a_picture(api: ptb.Bot, juan: Person) -> None:
    photos = await api.get_user_profile_photos(juan.id)
    assert (photos.total_count, photos.photos) == (0, ())
    with pytest.raises(BadRequest, match="User not found"):
        await api.get_user_profile_photos(99)
