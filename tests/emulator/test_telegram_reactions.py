"""Reactions: the emoji that Telegram knows, one at a time."""

from typing import Any

import pytest
import telegram as ptb
from telegram.constants import ReactionEmoji

from emulator import Person, Server, Telegram
from tests.emulator.by_hand import refusal_of


async def test_every_emoji_of_the_list_can_be_given_and_taken_back(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    said = world.say(juan, "listo")
    for emoji in ReactionEmoji:
        assert await api.set_message_reaction(juan.id, said.id, emoji)
    with_selector = ptb.ReactionTypeEmoji("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}")
    assert await api.set_message_reaction(juan.id, said.id, with_selector)
    assert await api.set_message_reaction(juan.id, said.id, [], is_big=True)


@pytest.mark.parametrize(
    ("reaction", "why"),
    [
        ([{"type": "emoji", "emoji": "🚒"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍👍"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": ""}], "REACTION_INVALID"),
        ([{"type": "emoji"}], "REACTION_INVALID"),
        ([{"type": "custom_emoji", "custom_emoji_id": "5301"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🔥"}], "REACTIONS_TOO_MANY"),
        ([{"type": "applause"}], "can't parse reaction type: invalid reaction type specified"),
    ],
)
async def test_what_telegram_refuses(
    server: Server, world: Telegram, juan: Person, reaction: list[dict[str, Any]], why: str
) -> None:
    said = world.say(juan, "listo")
    params = {"chat_id": juan.id, "message_id": said.id, "reaction": reaction}
    assert await refusal_of(server, "setMessageReaction", params) == why


async def test_a_service_message_and_one_that_is_gone(server: Server, world: Telegram, juan: Person) -> None:
    group = world.add_group("Alertas", [juan, world.first_bot()])
    world.add_to_group(group, world.add_person("Ana Mora"), juan)
    thumb = [{"type": "emoji", "emoji": "👍"}]
    params = {"chat_id": group.id, "message_id": group.last_id, "reaction": thumb}
    assert await refusal_of(server, "setMessageReaction", params) == "message can't be reacted"
    params["message_id"] = 999
    assert await refusal_of(server, "setMessageReaction", params) == "message to react not found"
