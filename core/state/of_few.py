"""Fields that few tasks have."""

from msgspec import Struct

from core.state.rounds import Round
from core.vocabulary.kinds import Work
from core.vocabulary.outside import OutsideCaller


class OfFew(Struct, frozen=True, kw_only=True):
    """How a task ended, of which kind it is, what its seats want, its last round, and who reported it by telephone."""

    disposition: str = ""
    work: Work | None = None
    wants: tuple[str, ...] = ()
    round: Round | None = None
    outside: OutsideCaller | None = None
