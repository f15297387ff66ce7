"""Due times without a command of their own: pages shown, redrawn, blanked or erased, and what is looked for again."""

from datetime import datetime

from core.desk.circulars import tell_more
from core.desk.erase import erase_on
from core.desk.ports import Composer, Repository
from core.desk.put_out import go_on
from core.desk.redraw_cards import redraw_card
from core.desk.share_desk import look_for_one_to_spare
from core.desk.show_more import show_more
from core.rules.timers import Timer, TimerKind
from core.vocabulary import commands as c


async def due_page(
    repository: Repository, composer: Composer, group: int | None, timer: Timer, now: datetime
) -> tuple[c.AnyCommand, ...]:
    """Do what is due; the commands that the desk gives itself then."""
    if timer.kind is TimerKind.SHOW:
        await show_more(repository, composer, group, timer, now)
    elif timer.kind is TimerKind.ERASE:
        await erase_on(repository, composer, timer, now)
    elif timer.kind is TimerKind.REDRAW:
        await redraw_card(repository, composer, group, timer, now)
    elif timer.kind is TimerKind.SPARE:
        task = await repository.task(timer.task)
        return await look_for_one_to_spare(repository, task, now) if task is not None else ()
    elif timer.kind is TimerKind.CIRCULAR:
        await tell_more(repository, timer, now)
    else:
        return await go_on(repository, composer, timer, now)
    return ()
