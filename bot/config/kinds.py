"""The agency's own kinds of work, one ``[[kinds]]`` table each."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.config.escalation import Steps
from bot.config.section import Section
from bot.config.types import AsList, Duration, OwnWord, Whole, between
from core.vocabulary.folding import folded
from core.vocabulary.seats import MOST_SEATS
from core.vocabulary.words import Priority

MOST_KINDS = 24
PRIORITIES = {
    "baja": Priority.LOW,
    "media": Priority.MEDIUM,
    "alta": Priority.HIGH,
    "urgente": Priority.URGENT,
}

Emoji = Annotated[str, Field(pattern=r"^[^\s\w<>&]{0,8}$")]
Line = Annotated[str, Field(pattern=r"^\S(.{0,78}\S)?$")]
Target = Annotated[Duration, between("10s", "24h")]


class Kind(Section):
    """One kind of work: its name, what it needs, and what its cards say."""

    name: OwnWord
    emoji: Emoji = ""
    words: Annotated[tuple[OwnWord, ...], AsList, Field(max_length=20)] = ()
    priority: Literal["baja", "media", "alta", "urgente"] = "media"
    needs: Annotated[Whole, Field(ge=1, le=MOST_SEATS)] | None = None
    capabilities: Annotated[tuple[OwnWord, ...], AsList, Field(max_length=MOST_SEATS)] = ()
    ladder: Steps = ()
    checklist: Annotated[tuple[Line, ...], AsList, Field(max_length=10)] = ()
    answer_within: Target | None = None
    arrive_within: Target | None = None
    proof: bool = False


def _told_apart(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    taken: dict[str, str] = {}
    for kind in kinds:
        for word in dict.fromkeys(map(folded, (kind.name, *kind.words))):
            if word in taken:
                raise ValueError(f"expected each word for one kind: {taken[word]} and {kind.name} are both {word}")
            taken[word] = kind.name
    return kinds


Kinds = Annotated[tuple[Kind, ...], AsList, Field(max_length=MOST_KINDS), AfterValidator(_told_apart)]
