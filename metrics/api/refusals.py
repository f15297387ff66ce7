"""The desk's refusals as problems: each has a status and a sentence for whoever writes the program."""

from http import HTTPStatus

from core.state.task import code_of
from core.vocabulary.refusals import Reason, Refusal
from metrics.problems import Problem, ProblemError

# No request makes the commands that these refuse: units, rotas, check-ins and drills are run in chats.
_ONLY_IN_CHATS = (
    Reason.NO_CHECK_IN,
    Reason.BAD_INTERVAL,
    Reason.ENDANGERED,
    Reason.DRILL,
    Reason.UNKNOWN_UNIT,
    Reason.NOT_YOUR_UNIT,
    Reason.NAME_TAKEN,
    Reason.UNKNOWN_ZONE,
    Reason.GROUP_TAKEN,
    Reason.NOT_IN_UNIT,
    Reason.IN_ROTA,
    Reason.NO_PEOPLE,
    Reason.TWICE,
    Reason.TOO_MANY,
    Reason.BAD_LENGTH,
    Reason.BAD_HOURS,
    Reason.LOST_TIME,
    Reason.DOUBLE_TIME,
    Reason.TOO_FAR,
    Reason.BACKWARDS,
    Reason.PAST,
    Reason.OVERLAP,
    Reason.AWAY,
    Reason.COVERED,
    Reason.UNMANNED,
    Reason.SWAP_OVER,
    Reason.NOT_YOUR_SWAP,
    Reason.NOT_YOUR_TURN,
    Reason.PLANNED,
    Reason.NOT_ON_DUTY,
    Reason.DRILL_OVER,
    Reason.LAST_ADMIN,
    Reason.NEEDS_SECOND,
    Reason.ERASURE_ASKED,
    Reason.ALREADY_FROZEN,
    Reason.NOT_FROZEN,
    Reason.OUT_ALREADY,
    Reason.WRONG_WORD,
    Reason.WORD_HELD,
    Reason.LAST_FREEZE,
)
_TITLES: dict[Reason, tuple[HTTPStatus, str]] = {
    Reason.UNKNOWN_TASK: (HTTPStatus.NOT_FOUND, "No task has this code"),
    Reason.UNKNOWN_PERSON: (HTTPStatus.UNPROCESSABLE_ENTITY, "Nobody at the desk is called so"),
    Reason.NEEDS_PERSON: (HTTPStatus.CONFLICT, "A person ends an emergency: name one with on_behalf_of"),
    Reason.UNREACHABLE: (HTTPStatus.CONFLICT, "No message reaches the person"),
    Reason.ABOVE_ROLE: (HTTPStatus.FORBIDDEN, "The role is too low"),
    Reason.NOT_YOURS: (HTTPStatus.FORBIDDEN, "The task is somebody else's"),
    Reason.CLOSED: (HTTPStatus.CONFLICT, "The task is closed"),
    Reason.STALE: (HTTPStatus.PRECONDITION_FAILED, "The task has changed since"),
    Reason.TAKEN: (HTTPStatus.CONFLICT, "Somebody has the task already"),
    Reason.NOT_OFFERED: (HTTPStatus.CONFLICT, "The task was not offered"),
    Reason.OFFER_OVER: (HTTPStatus.CONFLICT, "The offer is over"),
    Reason.ALREADY: (HTTPStatus.CONFLICT, "It is so already"),
    Reason.WRONG_STATE: (HTTPStatus.CONFLICT, "The task's state does not allow it"),
    Reason.ACKNOWLEDGED: (HTTPStatus.CONFLICT, "Somebody has taken charge already"),
    Reason.NOTHING_TO_ACKNOWLEDGE: (HTTPStatus.CONFLICT, "There is no alert to take charge of"),
    Reason.AGENT_BUSY: (HTTPStatus.CONFLICT, "The agent is held by another emergency"),
    Reason.IN_EMERGENCY: (HTTPStatus.CONFLICT, "The caller is held by another emergency"),
    Reason.AGENT_UNFIT: (HTTPStatus.CONFLICT, "The agent can't be sent now"),
    Reason.DUPLICATE: (HTTPStatus.CONFLICT, "The same was reported a moment ago"),
    Reason.EMPTY: (HTTPStatus.UNPROCESSABLE_ENTITY, "A text is empty"),
    Reason.TOO_LONG: (HTTPStatus.UNPROCESSABLE_ENTITY, "A text is too long"),
    Reason.OFF_EARTH: (HTTPStatus.UNPROCESSABLE_ENTITY, "The place is not on the earth"),
    Reason.INVITATION_OVER: (HTTPStatus.CONFLICT, "The invitation is over"),
    Reason.INVITATION_WAITS: (HTTPStatus.CONFLICT, "The invitation waits for a second administrator"),
    Reason.RISE_DECIDED: (HTTPStatus.CONFLICT, "The request was decided already"),
    Reason.RISE_OVER: (HTTPStatus.CONFLICT, "The request is over"),
    Reason.RISE_ASKER_GONE: (HTTPStatus.CONFLICT, "Whoever asked may not ask any more"),
    Reason.OWN_RISE: (HTTPStatus.FORBIDDEN, "Another administrator confirms it"),
    Reason.NOBODY_APPROVES: (HTTPStatus.CONFLICT, "There is no other administrator to approve it"),
    Reason.ERASURE_HELD: (HTTPStatus.CONFLICT, "A task of theirs is open"),
    Reason.RESEAL_FIRST: (HTTPStatus.CONFLICT, "The record must be resealed first"),
    Reason.DISABLED: (HTTPStatus.FORBIDDEN, "The person is shut out"),
    Reason.FROZEN: (HTTPStatus.FORBIDDEN, "The person is frozen until an administrator decides"),
    Reason.PENDING: (HTTPStatus.CONFLICT, "The request for access waits for an answer"),
    Reason.SELF: (HTTPStatus.CONFLICT, "Nobody does this to themselves"),
    Reason.UNCHANGED: (HTTPStatus.CONFLICT, "It would change nothing"),
    Reason.HOLDING: (HTTPStatus.CONFLICT, "The person holds a task"),
    Reason.OFFER_WAITS: (HTTPStatus.CONFLICT, "The person has not answered an offer"),
    Reason.ANSWERED: (HTTPStatus.CONFLICT, "Somebody has answered the alert"),
    Reason.NOBODY_FREE: (HTTPStatus.CONFLICT, "Nobody is free"),
    Reason.NOT_YOUR_ACT: (HTTPStatus.CONFLICT, "There is nothing of the caller's to take back"),
    Reason.UNDO_OVER: (HTTPStatus.CONFLICT, "It is too late to take it back"),
    Reason.REOPEN_OVER: (HTTPStatus.CONFLICT, "It was closed too long ago"),
    **dict.fromkeys(_ONLY_IN_CHATS, (HTTPStatus.CONFLICT, "The desk does not allow it now")),
}


def refused(refusal: Refusal) -> ProblemError:
    """The problem that a refusal is. Its ``type`` ends in the reason, which never changes."""
    status, title = _TITLES[refusal.reason]
    return ProblemError(
        Problem(
            type=f"urn:gad:problem:{refusal.reason.value}",
            title=title,
            status=status,
            detail=f"The task is {refusal.state.value}." if refusal.state is not None else "",
            task=code_of(refusal.task) if refusal.task is not None else None,
            person=refusal.person,
            at=refusal.at,
            limit=refusal.limit,
        )
    )
