"""A request that somebody becomes an administrator, which a second administrator answers."""

from datetime import datetime

from msgspec import Struct

from core.vocabulary.account_events import Way


class Rise(Struct, frozen=True, kw_only=True):
    """Wanted by ``asked_by``, with the account that they had; open until somebody decides, or until ``due_at``.

    ``person`` is whom it is about; of an invitation, who made it, and ``digest`` is its token's. Of a move to another
    account ``newcomer`` is who has the new one, and ``account`` the one that is left.
    """

    id: int
    way: Way
    person: int
    asked_by: int
    asked_with: int
    due_at: datetime
    digest: str | None = None
    newcomer: int | None = None
    account: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    confirmed: bool = False

    @property
    def subjects(self) -> tuple[int, ...]:
        """The people whom it is about: none of them answers it."""
        return tuple(one for one in (self.person, self.newcomer, self.asked_by) if one is not None)
