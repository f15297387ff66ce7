"""Tells the administrators of what is ill where they can act: one message a spell, through the outbox (P13)."""

from datetime import timedelta

from bot.jobs.poster import Poster
from bot.runtime.conditions import BOUNDS, Condition, Conditions, Trouble
from bot.ui.screen import Screen
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import jobs

# Several processes meet the same trouble, and one that comes and goes is told once: half of it passes in between.
ONCE_IN = timedelta(minutes=2)
# While nothing leaves, a message would only wait: on recovery it says what was.
NOTHING_LEAVES = (Condition.SENDING, Condition.IDENTITY)

_Key = tuple[Condition, str]


class AdminNotices:
    """Reads the ledger of conditions."""

    def __init__(self, poster: Poster, conditions: Conditions) -> None:
        self._poster = poster
        self._conditions = conditions
        self._told: set[_Key] = set()
        self._missed: dict[_Key, Trouble] = {}

    async def round(self) -> None:
        """Tell what is new.

        Raises:
            StorageError: it can't be kept; the next round tells it.
        """
        ill = {
            (each.condition, each.part): each for each in self._conditions.all() if BOUNDS[each.condition].tells_admins
        }
        self._told &= ill.keys()
        new = {key: trouble for key, trouble in ill.items() if key not in self._told}
        if any(self._conditions.trouble(condition) is not None for condition in NOTHING_LEAVES):
            self._missed |= new
            return
        for key, trouble in new.items():
            await self._tell("condition-ill", trouble)
            self._told.add(key)
            self._missed.pop(key, None)
        for key, trouble in list(self._missed.items()):
            await self._tell("condition-was", trouble)
            del self._missed[key]

    async def _tell(self, heading: str, trouble: Trouble) -> None:
        now, texts = self._poster.clock.now(), self._poster.texts
        screen = Screen(text=texts(heading, what=texts(f"condition-{trouble.condition}"), why=trouble.why))

        async def unit(session: Session) -> bool:
            if not await jobs.claim(session, f"told:{trouble.condition}:{trouble.part}", now, ONCE_IN):
                return False
            return await self._poster.to_admins(session, screen, Lane.ACTION)

        await self._poster.write(unit)
