"""A bot's profile: its names, descriptions and menu button.

https://core.telegram.org/bots/api#getme
"""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from telegram.constants import BotDescriptionLimit, BotNameLimit

from emulator import wire
from emulator.errors import bad_request
from emulator.methods.registry import Call, Nothing, method


class SetName(Struct):
    name: str = ""
    language_code: str = ""


class SetDescription(Struct):
    description: str = ""
    language_code: str = ""


class SetShortDescription(Struct):
    short_description: str = ""
    language_code: str = ""


class MenuButton(Struct):
    chat_id: int | None = None
    menu_button: dict[str, Any] | None = None


@method("getMe")
def get_me(call: Call, params: Nothing) -> wire.User:
    return replace(
        call.bot.wire,
        can_join_groups=True,
        can_read_all_group_messages=not call.bot.privacy,
        supports_inline_queries=False,
    )


@method("setMyName")
def set_my_name(call: Call, params: SetName) -> bool:
    _check(params.name, int(BotNameLimit.MAX_NAME_LENGTH), "name")
    call.bot.name = params.name or call.bot.username
    call.bot.wire = replace(call.bot.wire, first_name=call.bot.name)
    return True


@method("getMyName")
def get_my_name(call: Call, params: Nothing) -> dict[str, str]:
    return {"name": call.bot.name}


@method("setMyDescription")
def set_my_description(call: Call, params: SetDescription) -> bool:
    _check(params.description, int(BotDescriptionLimit.MAX_DESCRIPTION_LENGTH), "description")
    call.bot.description = params.description
    return True


@method("getMyDescription")
def get_my_description(call: Call, params: Nothing) -> dict[str, str]:
    return {"description": call.bot.description}


@method("setMyShortDescription")
def set_my_short_description(call: Call, params: SetShortDescription) -> bool:
    _check(params.short_description, int(BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH), "short description")
    call.bot.short_description = params.short_description
    return True


@method("getMyShortDescription")
def get_my_short_description(call: Call, params: Nothing) -> dict[str, str]:
    return {"short_description": call.bot.short_description}


@method("setChatMenuButton")
def set_chat_menu_button(call: Call, params: MenuButton) -> bool:
    """Set the menu button of a private chat, or of all without one of their own.

    Raises:
        ApiError: 400 for a kind of button that there is not.
    """
    if params.chat_id is not None:
        call.chat(params.chat_id)
    button = params.menu_button or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("MenuButton has unsupported type")
    call.bot.menu_buttons[params.chat_id] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call, params: MenuButton) -> dict[str, Any]:
    return call.bot.menu_buttons.get(params.chat_id, {"type": "commands"})


@method("logOut")
def log_out(call: Call, params: Nothing) -> bool:
    """Leaving the cloud server changes nothing here: this one is a local server already."""
    return True


@method("close")
def close(call: Call, params: Nothing) -> bool:
    return True


def _check(text: str, most: int, what: str) -> None:
    if len(text) > most:
        raise bad_request(f"bot {what} is too long")
