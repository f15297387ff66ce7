"""Acts by which somebody's access ends: a lost phone is frozen, words for it are chosen and tried, data are erased."""

from __future__ import annotations

import random

from emulator import Person
from tests.random_people.people import Act, presses_again_and_again
from tests.random_people.world import World

WORD = "tucán7azul"


async def freezes(world: World, who: Person, chance: random.Random) -> str:
    """Somebody asks that another one's phone be frozen, and goes on in what comes of it."""
    said = f"/congelar @{chance.choice(world.people).username or 'nadie'}"
    return f"writes {said!r}, then {await _and_on(world, who, said, chance)}"


async def chooses_a_word(world: World, who: Person, chance: random.Random) -> str:
    """A word of their own, by which they freeze themselves from any other phone."""
    world.telegram.say(who, "/clave")
    await world.breathe()
    world.telegram.say(who, WORD)
    return f"chooses the word {WORD!r}"


async def tries_a_word(world: World, who: Person, chance: random.Random) -> str:
    """The right word of somebody, or a wrong one."""
    whose = chance.choice(world.people)
    said = f"/congelar @{whose.username or 'nadie'} {chance.choice((WORD, 'equivocada'))}"
    world.telegram.say(who, said)
    return f"writes {said!r}"


async def asks_to_be_erased(world: World, who: Person, chance: random.Random) -> str:
    """Their own data, and the buttons under it until they are erased or think again."""
    world.telegram.say(who, "/misdatos")
    await world.breathe()
    done: list[str] = []
    for sought in ("Borrar", "Sí"):
        found = [
            (message, button)
            for message in world.recent(world.chats(who)[0])
            for row in message.keyboard
            for button in row
            if sought in button.text
        ]
        if not found:
            break
        message, button = found[-1]
        world.telegram.press_button(who, message, button)
        done.append(button.text)
        await world.breathe()
    return f"writes '/misdatos', then presses {done}"


async def _and_on(world: World, who: Person, said: str, chance: random.Random) -> str:
    world.telegram.say(who, said)
    await world.breathe()
    return await presses_again_and_again(world, who, chance)


WAYS_OUT: dict[str, Act] = {
    "freezes": Act(6, freezes),
    "chooses a word": Act(3, chooses_a_word),
    "tries a word": Act(3, tries_a_word),
    "asks to be erased": Act(4, asks_to_be_erased),
}
