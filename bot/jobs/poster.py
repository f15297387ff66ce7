"""Posts what the desk says of its own accord: into the outbox, in the unit of whatever it is about."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from msgspec import Struct

from bot.runtime.clock import Timepiece
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.circulars import tell_administrators
from core.desk.ports import OutgoingMessage
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import outbox
from storage.queues.addressed_call import Render
from storage.repositories.repository import over_repository


class Poster(Struct, frozen=True):
    """The parts that a message takes. ``posted`` is called after a unit that put some in the outbox."""

    store: Store
    clock: Timepiece
    texts: Texts
    render: Render
    posted: Callable[[], None]

    async def write(self, unit: Callable[[Session], Awaitable[bool]]) -> bool:
        """Run a unit that returns whether it posted something; delivery is woken when it did.

        Raises:
            StorageError: nothing of it is kept.
        """
        something = await self.store.write(unit)
        if something:
            self.posted()
        return something

    async def post(self, session: Session, messages: Iterable[OutgoingMessage]) -> None:
        """Put these in the outbox with the unit."""
        await outbox.post(session, [self.render(message) for message in messages], self.clock.now())

    async def to_admins(self, session: Session, screen: Screen, lane: Lane) -> bool:
        """Tell every administrator who can be reached, page by page; whether there is one."""
        unit = partial(tell_administrators, screen=screen, lane=lane, now=self.clock.now())
        told, _ = await over_repository(unit, self.render, session)
        return told
