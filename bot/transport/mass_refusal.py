"""Many people who refuse the bot within a moment: one cause, and nobody's doing (P13)."""

from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions

# People block a bot one by one. Three different ones in a row, or within a minute and more than were reached in it,
# are something that befell the bot: whoever is marked for it would be silent for good.
PEOPLE = 3
LOOKS_BACK = timedelta(minutes=1)


class MassRefusal:
    """Tells a person's own refusal from one that everybody gives; says `Condition.REACH` while many do.

    The first of a mass are believed, because it can't be known yet: `wronged` names them once it is.
    """

    def __init__(self, conditions: Conditions, clock: Timepiece) -> None:
        self._conditions = conditions
        self._clock = clock
        self._refused: dict[int, datetime] = {}
        self._taken: dict[int, datetime] = {}
        self._doubted: dict[int, datetime] = {}
        self._believed: set[int] = set()  # of those who refused, before it was known that everybody does
        self._last_taken = clock.now()  # or the beginning
        self._ill = False

    def taken(self, account: int) -> None:
        """Telegram took a new message to this person; a change of an old one proves nothing about the new."""
        now = self._clock.now()
        self._taken.pop(account, None)
        self._taken[account] = self._last_taken = now
        _forget(self._taken, now - LOOKS_BACK)
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
        _forget(self._taken, now - LOOKS_BACK)
        self._judge(now)
        doubted = self._doubted.get(account)
        if not self._ill:
            self._believed.add(account)
        elif doubted is not None and self._last_taken > doubted:
            self._believed.discard(account)
        else:
            self._doubted.setdefault(account, now)
            return False
        self._doubted.pop(account, None)
        return True

    def wronged(self) -> list[int]:
        """Name the first ones of what everybody gives, who were believed; none while it is not known to be that."""
        return sorted(self._believed) if self._ill else []

    def righted(self, account: int) -> None:
        """No mark is left on this person."""
        self._believed.discard(account)

    def _judge(self, now: datetime) -> None:
        # While nobody is reached, refusals count however slowly they come: on a quiet night few are sent anything.
        _forget(self._refused, min(now - LOOKS_BACK, self._last_taken))
        self._believed &= self._refused.keys()
        many = len(self._refused) >= PEOPLE and len(self._refused) > len(self._taken)
        if many:
            self._ill = True
            why = f"Telegram refused {len(self._refused)} people in a row; nobody more is marked unreachable"
            self._conditions.ill(Condition.REACH, why)
        elif self._ill:
            self._ill = False
            self._conditions.well(Condition.REACH)


def _forget(people: dict[int, datetime], before: datetime) -> None:
    while people and next(iter(people.values())) < before:
        del people[next(iter(people))]
