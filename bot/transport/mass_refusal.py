"""Many people who refuse the bot within a moment: one cause, and nobody's doing (P13)."""

from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions

# People block a bot one by one. Three different ones within a minute, more than were reached in it, are something
# that befell the bot: whoever is marked for it would be silent for good.
PEOPLE = 3
LOOKS_BACK = timedelta(minutes=1)


class MassRefusal:
    """Tells a person's own refusal from one that everybody gives; says `Condition.REACH` while many do."""

    def __init__(self, conditions: Conditions, clock: Timepiece) -> None:
        self._conditions = conditions
        self._clock = clock
        self._refused: dict[int, datetime] = {}
        self._taken: dict[int, datetime] = {}
        self._doubted: dict[int, datetime] = {}
        self._last_taken: datetime | None = None
        self._ill = False

    def taken(self, account: int) -> None:
        """Telegram took a message to this person."""
        now = self._clock.now()
        self._taken.pop(account, None)
        self._taken[account] = self._last_taken = now
        _forget(self._taken, now)
        if self._refused:
            self._refused.pop(account, None)
            self._doubted.pop(account, None)
            self._judge(now)

    def believed(self, account: int) -> bool:
        """Whether this person, who was just refused, refuses by themselves.

        A refusal that was doubted once is believed when it comes again although others were reached since.
        """
        now = self._clock.now()
        self._refused.pop(account, None)
        self._refused[account] = now
        self._taken.pop(account, None)
        _forget(self._taken, now)
        self._judge(now)
        doubted = self._doubted.get(account)
        proved = doubted is not None and self._last_taken is not None and self._last_taken > doubted
        if not self._ill or proved:
            self._doubted.pop(account, None)
            return True
        self._doubted.setdefault(account, now)
        return False

    def _judge(self, now: datetime) -> None:
        _forget(self._refused, now)
        many = len(self._refused) >= PEOPLE and len(self._refused) > len(self._taken)
        if many:
            self._ill = True
            why = f"Telegram refused {len(self._refused)} people within a minute; nobody more is marked unreachable"
            self._conditions.ill(Condition.REACH, why)
        elif self._ill:
            self._ill = False
            self._conditions.well(Condition.REACH)


def _forget(people: dict[int, datetime], now: datetime) -> None:
    while people and next(iter(people.values())) < now - LOOKS_BACK:
        del people[next(iter(people))]
