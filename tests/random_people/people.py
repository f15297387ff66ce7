"""Acts of people, each as likely as it is, which say in a sentence what was done."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

from emulator import Impossible, Message, Person
from emulator.chats import Group
from tests.random_people import words
from tests.random_people.world import World

Doing: TypeAlias = Callable[[World, Person, random.Random], Awaitable[str]]
CITY = (-2.19, -79.89)
NOTHING = "does nothing"


class Act(NamedTuple):
    """How likely it is beside the others, and how it is done."""

    weight: int
    does: Doing


async def perform(world: World, act: Act, who: Person, chance: random.Random) -> str:
    """Do it, where no client forbids it; the sentence that tells of it."""
    try:
        done = await act.does(world, who, chance)
    except (Impossible, LookupError):
        done = NOTHING
    return f"{who.full_name} {done}"


def somewhere(chance: random.Random) -> tuple[float, float]:
    """A point of the city in degrees."""
    return round(CITY[0] + chance.gauss(0, 0.03), 5), round(CITY[1] + chance.gauss(0, 0.03), 5)


async def calls(world: World, who: Person, chance: random.Random) -> str:
    said = words.emergency(chance)
    world.telegram.say(who, said)
    return f"writes {said!r}"


async def speaks(world: World, who: Person, chance: random.Random) -> str:
    said = words.anything(chance, world.people)
    world.telegram.say(who, said)
    return f"writes {said!r}"


async def speaks_in_a_group(world: World, who: Person, chance: random.Random) -> str:
    group = chance.choice(world.groups)
    said = words.to_the_bot(words.anything(chance, world.people), world.bot.username)
    world.telegram.say(who, said, group)
    return f"writes {said!r} in {group.title}"


async def answers(world: World, who: Person, chance: random.Random) -> str:
    """A reply to something that the desk wrote."""
    chat = chance.choice(world.chats(who))
    message = chance.choice([m for m in list(chat.messages.values())[-12:] if m.from_bot])
    said = words.answer(chance)
    world.telegram.say(who, said, chat, reply_to=message)
    return f"answers {said!r} to {message.text[:40]!r}"


async def presses(world: World, who: Person, chance: random.Random) -> str:
    """A button of one of the last messages; the newest more often."""
    chat = world.chats(who)[0] if chance.random() < 0.85 else chance.choice(world.chats(who))
    messages = world.recent(chat)
    message = messages[-1] if messages and chance.random() < 0.5 else chance.choice(messages)
    button = chance.choice([button for row in message.keyboard for button in row])
    world.telegram.press_button(who, message, button)
    return f"presses {button.text!r} ({button.data}) under {message.text[:40]!r}"


async def presses_again_and_again(world: World, who: Person, chance: random.Random) -> str:
    """Somebody finds their way: up to four buttons one after another, each under the newest message."""
    done = []
    for _ in range(chance.randint(2, 4)):
        done.append(await presses(world, who, chance))
        await world.breathe()
    return ", then ".join(done)


async def presses_an_old_one(world: World, who: Person, chance: random.Random) -> str:
    chat = chance.choice(world.chats(who))
    message, button = chance.choice(world.buttons[chat.id])
    world.telegram.press_button(who, message, button)
    return f"presses {button.text!r} ({button.data}) of long ago under {message.text[:40]!r}"


async def manages(world: World, who: Person, chance: random.Random) -> str:
    """The roster, where whoever may makes roles and shuts people out."""
    said = chance.choice(words.PAGES)
    world.telegram.say(who, said)
    await world.breathe()
    return f"writes {said!r}, then {await presses_again_and_again(world, who, chance)}"


async def edits(world: World, who: Person, chance: random.Random) -> str:
    mine = [m for m in world.telegram.messages(who) if m.sender is who and m.wire.text]
    said = words.anything(chance, world.people)
    world.telegram.edit(who, chance.choice(mine[-3:]), said)
    return f"edits a message into {said!r}"


async def shows_a_place(world: World, who: Person, chance: random.Random) -> str:
    place = somewhere(chance)
    world.telegram.send_place(who, *place)
    return f"sends a place {place}"


async def shares_live(world: World, who: Person, chance: random.Random) -> str:
    place, seconds = somewhere(chance), chance.choice((60, 900, 28_800))
    world.live[who.id] = world.telegram.send_place(who, *place, live_period=seconds)
    return f"shares live for {seconds} s from {place}"


async def moves(world: World, who: Person, chance: random.Random) -> str:
    place = somewhere(chance)
    world.telegram.move(who, world.live[who.id], *place)
    return f"moves to {place}"


async def stops_sharing(world: World, who: Person, chance: random.Random) -> str:
    world.telegram.stop_live(who, world.live.pop(who.id))
    return "stops sharing"


async def shows_a_picture(world: World, who: Person, chance: random.Random) -> str:
    caption = words.anything(chance, world.people) if chance.random() < 0.5 else ""
    telegram = world.telegram
    chance.choice((telegram.send_photo, telegram.send_voice, telegram.send_video, telegram.send_document))(who, caption)
    return f"sends a file with the caption {caption!r}"


async def shows_an_album(world: World, who: Person, chance: random.Random) -> str:
    caption = words.anything(chance, world.people) if chance.random() < 0.5 else ""
    pictures = chance.randint(2, 6)
    world.telegram.send_album(who, pictures, caption)
    return f"sends an album of {pictures} with the caption {caption!r}"


async def forwards(world: World, who: Person, chance: random.Random) -> str:
    message: Message = chance.choice(world.telegram.messages(chance.choice(world.people))[-5:])
    world.telegram.forward(who, message)
    return f"forwards {message.text[:40]!r}"


async def blocks(world: World, who: Person, chance: random.Random) -> str:
    world.telegram.block(who, world.bot)
    return "blocks the desk"


async def unblocks(world: World, who: Person, chance: random.Random) -> str:
    """Anybody who had blocked it: the more have, the more come back."""
    silent = [person for person in world.people if world.telegram.private(person, world.bot).blocked]
    back = chance.choice(silent)
    world.telegram.unblock(back, world.bot)
    return f"sees that {back.full_name} unblocks the desk"


async def comes_and_goes(world: World, who: Person, chance: random.Random) -> str:
    group: Group = chance.choice(world.groups)
    if group.has(who):
        world.telegram.remove_from_group(group, who, who)
        return f"leaves {group.title}"
    world.telegram.add_to_group(group, who, who)
    return f"joins {group.title}"


async def renames(world: World, who: Person, chance: random.Random) -> str:
    name = f"{chance.choice(words.NAMES)} {who.id}"  # no two of one name: what cards say of them is compared
    world.telegram.rename(who, name)
    world.named(who)
    return f"is called {name} from now on"


async def changes_username(world: World, who: Person, chance: random.Random) -> str:
    """A new one, none, or one that somebody has just given up."""
    username = chance.choice((*words.NAMES, None))
    world.telegram.change_username(who, username.lower() if username else None)
    return f"is @{username} from now on"


async def speaks_in_a_topic(world: World, who: Person, chance: random.Random) -> str:
    forum = chance.choice([group for group in world.groups if group.topics])
    topic = chance.choice(list(forum.topics))
    said = words.to_the_bot(words.anything(chance, world.people), world.bot.username)
    world.telegram.say(who, said, forum, topic=topic)
    return f"writes {said!r} in topic {topic} of {forum.title}"


async def tends_a_topic(world: World, who: Person, chance: random.Random) -> str:
    """A leader of the forum makes, closes or opens a topic; General stays open, for answers have to go somewhere."""
    forum = chance.choice([group for group in world.groups if group.topics])
    topic = chance.choice([number for number in forum.topics if number is not None] or [None])
    if topic is None or chance.random() < 0.4:
        return f"makes topic {world.telegram.create_topic(forum, 'Ronda', who)}"
    (world.telegram.reopen_topic if forum.topics[topic].closed else world.telegram.close_topic)(forum, topic, who)
    return f"opens or closes topic {topic} of {forum.title}"


ACTS: dict[str, Act] = {
    "calls": Act(10, calls),
    "speaks": Act(20, speaks),
    "speaks in a group": Act(4, speaks_in_a_group),
    "answers": Act(6, answers),
    "presses": Act(40, presses),
    "presses again and again": Act(8, presses_again_and_again),
    "presses an old one": Act(8, presses_an_old_one),
    "manages": Act(4, manages),
    "edits": Act(3, edits),
    "shows a place": Act(5, shows_a_place),
    "shares live": Act(3, shares_live),
    "moves": Act(5, moves),
    "stops sharing": Act(1, stops_sharing),
    "shows a picture": Act(4, shows_a_picture),
    "shows an album": Act(1, shows_an_album),
    "forwards": Act(1, forwards),
    "blocks": Act(2, blocks),
    "unblocks": Act(3, unblocks),
    "comes and goes": Act(1, comes_and_goes),
    "renames": Act(2, renames),
    "changes username": Act(1, changes_username),
    "speaks in a topic": Act(3, speaks_in_a_topic),
    "tends a topic": Act(1, tends_a_topic),
}
