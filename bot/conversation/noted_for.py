"""Late presses of somebody for whom a supervisor noted it already, said by radio: why they change nothing."""

from bot.cards.reader_view import moment_text
from bot.conversation.turn import PressTurn
from bot.ui import user_text
from bot.ui.screen import Screen
from core.rules.permissions import noter_in
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal

_DONE = frozenset({Reason.ALREADY, Reason.CLOSED, Reason.OFFER_OVER})
_ENDED = (e.Completed, e.Cancelled)


async def noted_for(turn: PressTurn, refusal: Refusal, task_id: int) -> Screen | None:
    """The sentence that says who noted it on the presser's behalf, and when; None: that is not why.

    It is not where they have done something themselves since, or where somebody else ended the task.
    """
    if refusal.reason not in _DONE:
        return None
    for record in reversed(await turn.queries.history(task_id)):
        if record.by != turn.person.id:
            if isinstance(record.event, _ENDED):
                return None
            continue
        noter = noter_in(record.via)
        if noter is None:
            return None
        by = await turn.queries.person(noter)
        who = user_text.who(by) if by is not None else turn.texts("somebody")
        at = moment_text(turn.texts, record.at, turn.now)
        return Screen(text=turn.texts("radio-noted-for-you", who=who, at=at))
    return None
