"""Privacy mode: which messages of a group reach a bot.

https://core.telegram.org/bots/features#privacy-mode
"""

import re

from emulator.chats import Group
from emulator.messages import Message
from emulator.people import Bot
from emulator.utf16 import cut

_OTHER = re.compile(r"/[a-zA-Z0-9_]+@([a-zA-Z0-9_]+)")


def sees(bot: Bot, group: Group, message: Message) -> bool:
    """Whether the message reaches this bot, a member of the group.

    Service messages and channel posts reach every bot; messages of other bots none. With privacy mode on and no
    administrator's rights: commands named ``/command@this_bot``, plain commands while this bot was the last to
    speak (or no bot has spoken), and replies to this bot.
    """
    if message.service is not None or group.kind == "channel":
        return True
    if message.from_bot:
        return False
    if not bot.privacy or group.led_by(bot):
        return True
    answered = group.messages.get(message.reply_to) if message.reply_to else None
    if answered is not None and answered.sender is bot:
        return True
    return any(_is_for(bot, group, command) for command in _commands(message))


def _commands(message: Message) -> list[str]:
    return [cut(message.text, e.offset, e.length) for e in message.entities if e.type == "bot_command"]


def _is_for(bot: Bot, group: Group, command: str) -> bool:
    named = _OTHER.fullmatch(command)
    if named:
        return named[1].lower() == bot.username.lower()
    return group.last_bot in (None, bot)
