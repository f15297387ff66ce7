"""Sign of life of one loop: when its last round was good, and by when the next one must be."""

from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import BOUNDS, Condition

LONGEST = BOUNDS[Condition.LOOP].said_within


class Pulse:
    """Judges one loop by its rounds.

    To wait for a bell or a due time is no failure; a round that does not end, or that fails again and again, is.
    ``why`` is the failure of the last round, None since a good one; ``last_good`` when a good one ended last;
    ``longest`` the time that a round may take.
    """

    def __init__(self, clock: Timepiece, *, longest: timedelta = LONGEST) -> None:
        self._clock = clock
        self._longest = longest
        self._since: datetime | None = clock.now()
        self._set_forward = clock.set_forward
        self.why: str | None = None
        self.last_good: datetime | None = None
        self.waits_for_storage = False

    def begins(self) -> None:
        """A round begins; while rounds fail, the lag counts from the first of them."""
        self._follow()
        if self.why is None:
            self._since = self._clock.now()

    def asks(self) -> None:
        """The round waits for an answer from outside, which has a time-out of its own."""
        if self.why is None:
            self._since = None

    def rests(self, until: datetime | None) -> None:
        """The round was good; the next one begins at this moment at the latest, None for a bell alone."""
        self._follow()
        self.why, self._since, self.waits_for_storage = None, until, False
        self.last_good = self._clock.now()

    def fails(self, why: str, *, storage: bool = False) -> None:
        """The round failed; ``storage``: because that refused."""
        self._follow()
        self.why, self.waits_for_storage = why, storage
        self._since = min(self._since or self._clock.now(), self._clock.now())

    @property
    def lag(self) -> timedelta:
        """How long the loop has been without a good round that it should have had."""
        self._follow()
        behind = self._clock.now() - self._since if self._since is not None else timedelta(0)
        return max(behind, timedelta(0))

    @property
    def well(self) -> bool:
        """Whether it has had the good rounds that it should have had."""
        return self.lag <= (self._longest if self.why is None else LONGEST)

    def _follow(self) -> None:
        """Count no time that did not pass: the clock was wrong, and was set forward."""
        if self._since is not None:
            self._since += self._clock.set_forward - self._set_forward
        self._set_forward = self._clock.set_forward
