"""The list of commands that Telegram shows behind its menu button: each person's own, by role."""

from bot.conversation.registry import Command, commands_for
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.vocabulary.words import Lane, Role

ORDER = """start emergency new tasks mytasks team assign escalate oncall plan why available off
shift checkin task note complete history search cancel status users drill units
invite link help""".split()
"""The commands by their ids; the most used come first, so that a hurried thumb need not scroll."""


def menu_commands(role: Role | None) -> tuple[Command, ...]:
    """The commands of a role, in ``ORDER``; without ``/start`` for a person who is in."""
    entries = [entry for entry in commands_for(role) if role is None or entry.id != "start"]
    return tuple(sorted(entries, key=_rank))


def stranger_menu(texts: Texts) -> list[tuple[str, str]]:
    """Names and lines of what somebody who is not registered may do."""
    return _lines(None, texts)


def menu_letter(role: Role | None, texts: Texts, *, chat: int, lane: Lane) -> OutgoingMessage:
    """Sets one person's menu (https://core.telegram.org/bots/api#setmycommands); ``role`` None: not registered."""
    payload = {
        "commands": [{"command": name, "description": line} for name, line in _lines(role, texts)],
        "scope": {"type": "chat", "chat_id": chat},
    }
    return OutgoingMessage(chat=chat, lane=lane, method="setMyCommands", payload=payload)


def _lines(role: Role | None, texts: Texts) -> list[tuple[str, str]]:
    return [(texts.command(entry.id), str(texts(f"command-{entry.id}"))) for entry in menu_commands(role)]


def _rank(entry: Command) -> int:
    return ORDER.index(entry.id) if entry.id in ORDER else len(ORDER)
