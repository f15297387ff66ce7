"""The names of roles, in Spanish and English, whatever the accents and the case."""

from core.vocabulary.search_terms import words_of
from core.vocabulary.words import Role

_ROLES = {
    "agente": Role.AGENT,
    "agent": Role.AGENT,
    "supervisor": Role.SUPERVISOR,
    "supervisora": Role.SUPERVISOR,
    "administrador": Role.ADMIN,
    "administradora": Role.ADMIN,
    "administrator": Role.ADMIN,
    "admin": Role.ADMIN,
}


def role_of(text: str) -> Role | None:
    """``agente``, ``Supervisora`` or ``admin``; None for anything else, more than one word too."""
    words = words_of(text)
    return _ROLES.get(words[0]) if len(words) == 1 else None
