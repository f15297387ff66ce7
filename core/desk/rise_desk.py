"""How the desk keeps the requests that somebody becomes an administrator, and their answers."""

from datetime import datetime

from msgspec.structs import replace

from core.desk.ports import Repository
from core.rules.situation import Situation
from core.state.rises import Rise
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e


async def keep_rise(
    repository: Repository,
    situation: Situation,
    command: c.PersonCommand,
    events: tuple[e.PersonEvent, ...],
    now: datetime,
) -> Situation:
    """The situation with the request that these events begin or decide, as it is kept now."""
    for event in events:
        match event:
            case a.RiseAsked():
                rise = await repository.keep_rise(_asked(situation, command, event))
                return replace(situation, rise=rise, asker=situation.caller.person)
            case a.RiseConfirmed() | a.RiseRefused():
                return await _decide(repository, situation, now, confirmed=isinstance(event, a.RiseConfirmed))
            case _:  # nothing else begins or decides a request
                pass
    return situation


def _asked(situation: Situation, command: c.PersonCommand, event: a.RiseAsked) -> Rise:
    asker = situation.caller.person
    assert asker is not None  # programs and the desk need no second one
    agent = situation.agent
    move = command if isinstance(command, c.Relink) else None
    return Rise(
        id=0,
        way=event.way,
        person=agent.id if agent is not None else asker.id,
        asked_by=asker.id,
        asked_with=asker.account,
        due_at=event.due_at,
        digest=command.token_digest if isinstance(command, c.Invite) else None,
        newcomer=move.newcomer if move is not None else None,
        account=move.account if move is not None else None,
    )


async def _decide(repository: Repository, situation: Situation, now: datetime, *, confirmed: bool) -> Situation:
    assert situation.rise is not None  # only a request that exists is answered
    rise = replace(situation.rise, decided_by=situation.caller.id, decided_at=now, confirmed=confirmed)
    await repository.decide_rise(rise)
    if rise.digest is not None and confirmed:
        await repository.confirm_invitation(rise.digest)
    elif rise.digest is not None:
        await repository.use_invitation(rise.digest)
    return replace(situation, rise=rise)
