"""Reactions to messages, which the world does not show.

https://core.telegram.org/bots/api#setmessagereaction
"""

from msgspec import Struct
from telegram.constants import ReactionEmoji

from emulator.errors import bad_request
from emulator.methods.registry import Call, ChatId, method

# Telegram takes a heart with and without its variation selector; the page of the Bot API names it without.
_SELECTOR = "\ufe0f"
_EMOJI = frozenset(emoji.value.replace(_SELECTOR, "") for emoji in ReactionEmoji)


class Reaction(Struct):
    """``type`` is emoji, custom_emoji or paid."""

    type: str
    emoji: str = ""
    custom_emoji_id: str = ""


class SetReaction(Struct):
    chat_id: ChatId
    message_id: int
    reaction: list[Reaction] = []
    is_big: bool = False


@method("setMessageReaction")
def set_message_reaction(call: Call, params: SetReaction) -> bool:
    """Take a reaction, or take it back with an empty list.

    Raises:
        ApiError: 400 for a service message, for two of them, and for one that bots can't give: nobody here has
            allowed a custom emoji.
    """
    message = call.message(params.chat_id, params.message_id, "to react")
    if message.service is not None:
        raise bad_request("message can't be reacted")
    for reaction in params.reaction:
        _check(reaction)
    if len(params.reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    return True


def _check(reaction: Reaction) -> None:
    match reaction.type:
        case "emoji" if reaction.emoji.replace(_SELECTOR, "") in _EMOJI:
            return
        case "emoji" | "custom_emoji" | "paid":
            raise bad_request("REACTION_INVALID")
        case _:
            raise bad_request("can't parse reaction type: invalid reaction type specified")
