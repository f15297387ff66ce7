"""Due times at which nothing is decided: pages that are shown, drawn anew, or blanked."""

from datetime import datetime

from core.desk.ports import Composer, Repository
from core.desk.put_out import go_on
from core.desk.redraw_cards import redraw_card
from core.desk.show_more import show_more
from core.rules.timers import Timer, TimerKind
from core.vocabulary import commands as c


async def due_page(
    repository: Repository, composer: Composer, group: int | None, timer: Timer, now: datetime
) -> tuple[c.AnyCommand, ...]:
    """Do what is due; the commands that the desk gives itself then."""
    if timer.kind is TimerKind.SHOW:
        await show_more(repository, composer, group, timer, now)
    elif timer.kind is TimerKind.REDRAW:
        await redraw_card(repository, composer, group, timer, now)
    else:
        return await go_on(repository, composer, timer, now)
    return ()
