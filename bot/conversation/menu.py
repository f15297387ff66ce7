"""The list of commands that Telegram shows behind its menu button: each person's own, by role."""

from bot.conversation.registry import Command, commands_for
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.vocabulary.contents import Menu
from core.vocabulary.destinations import Destination
from core.vocabulary.words import Lane, Role

ORDER = """start emergency mayday call new tasks mytasks team assign escalate radio round oncall plan why available
off shift checkin word task note complete history search cancel status users freeze drill units
invite link mydata help""".split()
"""The commands by their ids; the most used come first, so that a hurried thumb need not scroll."""
TO_COME_IN = ("start", "help")


def menu_commands(role: Role | None) -> tuple[Command, ...]:
    """The commands of a role, in ``ORDER``; without ``/start`` for a person who is in.

    Whoever is not sees how to come in: who has a word to freeze a lost phone with was told how when they chose it.
    """
    if role is None:
        return tuple(entry for entry in commands_for(role) if entry.id in TO_COME_IN)
    entries = [entry for entry in commands_for(role) if entry.id != "start"]
    return tuple(sorted(entries, key=_rank))


def stranger_menu(texts: Texts) -> list[tuple[str, str]]:
    """Names and lines of what somebody who is not registered may do."""
    return _lines(None, texts)


def menu_message(role: Role | None, texts: Texts, *, to: Destination, lane: Lane) -> OutgoingMessage:
    """Sets one person's menu; ``role`` None: not registered."""
    return OutgoingMessage(to=to, lane=lane, content=Menu(tuple(_lines(role, texts))))


def _lines(role: Role | None, texts: Texts) -> list[tuple[str, str]]:
    return [(texts.command(entry.id), str(texts(f"command-{entry.id}"))) for entry in menu_commands(role)]


def _rank(entry: Command) -> int:
    return ORDER.index(entry.id) if entry.id in ORDER else len(ORDER)
