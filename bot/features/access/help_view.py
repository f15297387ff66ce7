"""The help by role, and the hint after words that were not understood."""

from collections.abc import Sequence

from bot.conversation.registry import Command
from bot.features.access.access_view import role_name
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from bot.ui.user_text import user_text
from core.vocabulary.words import Role

WORD_LIMIT = 32


def help_screen(role: Role, commands: Sequence[Command], texts: Texts) -> Screen:
    """The commands of a role with their lines, grouped by the role that brings them."""
    parts: list[str] = [texts("help-title", role=role_name(role, texts))]
    for least in Role:
        lines = [
            texts("help-line", name=texts.command(entry.id), what=texts(f"command-{entry.id}"))
            for entry in commands
            if (entry.role or Role.AGENT) is least
        ]
        if lines:
            parts.append("\n".join([texts(f"help-group-{least.name.lower()}"), *lines]))
    return Screen(text="\n\n".join([*parts, texts("help-foot")]))


def unknown_screen(word: str, nearest: str | None, texts: Texts) -> Screen:
    """No command has that name; ``nearest`` is the id of the one that was probably meant."""
    shown = user_text(word, WORD_LIMIT)
    if nearest is None:
        return Screen(text=texts("unknown-command", word=shown))
    return Screen(text=texts("unknown-command-near", word=shown, nearest=texts.command(nearest)))
