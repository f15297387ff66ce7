"""How the desk keeps what happened to a person, and the invitations that let people in."""

from datetime import datetime

from core.desk.circulars import page_of, shown_page, tell
from core.desk.ports import Composer, Record, Repository
from core.notifications.freezing import CALLS_HEARD
from core.notifications.person_context import PersonContext
from core.notifications.person_notifications import person_notifications
from core.notifications.requests import ALONE, COUNTED_TO, is_heard
from core.rules.situation import Invitation, Situation
from core.state.crowd import Circle, Crowd, Page
from core.state.lost_word import LostWord, after
from core.state.person import Person, evolve
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.access_commands import SetLostWord
from core.vocabulary.card_names import access_card, freeze_card, frozen_call_card, reach_card, requests_card, rise_card
from core.vocabulary.words import Membership

ADMINS, SUPERVISORS = Crowd(circle=Circle.ADMINS), Crowd(circle=Circle.SUPERVISORS)


async def keep_person(
    repository: Repository,
    situation: Situation,
    command: c.AboutPerson,
    events: tuple[e.PersonEvent, ...],
    reason: str,
    now: datetime,
) -> Person:
    """The person as they are now, kept and recorded."""
    before = person = situation.agent
    if isinstance(command, c.Enter):
        person = person or Person(id=0, account=command.account, name=command.name, username=command.username)
        if command.token_digest is not None:
            await repository.use_invitation(command.token_digest)
    assert person is not None  # decide answers a command about nobody with a refusal
    for event in events:
        person = evolve(person, event)
    if isinstance(command, SetLostWord):
        word = LostWord(salt=command.salt, digest=command.digest)
        await repository.keep_lost_word(person.id, after(await repository.lost_word(person.id), word, now))
    if before is not None and person.account != before.account:
        await repository.move_account(before.account, person.account, now)
    if person != before:
        person = await repository.save_person(before, person)
    await _record(repository, situation, events, person.id, reason, now)
    return person


async def person_context(
    repository: Repository,
    person: Person,
    situation: Situation,
    events: tuple[e.PersonEvent, ...],
    now: datetime,
) -> PersonContext:
    """All that messages about what happened to a person speak of."""
    asks = any(isinstance(event, e.AccessRequested) for event in events)
    before = situation.agent
    same = next((event.by for event in events if isinstance(event, a.Replaced)), None)
    waiting = await repository.waiting(COUNTED_TO) if asks or _answers(before, events) else 0
    return PersonContext(
        person=person,
        leaders=await _who_hears(repository, events),
        shown_to=await shown_page(repository, access_card(person.id)),
        caller=situation.caller.person,
        link=situation.invitation,
        maker=situation.maker,
        rise=situation.rise,
        asker=situation.asker,
        rise_shown_to=await shown_page(repository, rise_card(situation.rise.id)) if situation.rise else Page(),
        was=before.role if before is not None and before.active else None,
        at=now,
        alike=await repository.alike(person) if asks else (),
        same=await repository.person(same) if same is not None else None,
        waiting=waiting,
        counted_to=await shown_page(repository, requests_card()) if not asks and _answers(before, events) else Page(),
        heard=await _is_heard(repository, person, events, waiting if asks else 0, now),
        freeze_shown_to=await shown_page(repository, freeze_card(person.id)) if _was_frozen(before) else Page(),
        call_shown_to=await shown_page(repository, frozen_call_card(person.id)) if _was_frozen(before) else Page(),
        reach_shown_to=await shown_page(repository, reach_card(person.id)) if _is_reached(events) else Page(),
    )


def _answers(before: Person | None, events: tuple[e.PersonEvent, ...]) -> bool:
    """Whether somebody who waited has their answer."""
    waited = before is not None and before.membership is Membership.PENDING
    return waited and any(isinstance(event, e.Admitted | e.Rejected | a.Replaced) for event in events)


def _is_reached(events: tuple[e.PersonEvent, ...]) -> bool:
    return any(isinstance(event, r.Heard) for event in events)


def _was_frozen(before: Person | None) -> bool:
    return before is not None and before.membership is Membership.FROZEN


async def _is_heard(
    repository: Repository, person: Person, events: tuple[e.PersonEvent, ...], waiting: int, now: datetime
) -> bool:
    """Whether the count of those who wait is heard again, or one more call of a frozen phone."""
    if any(isinstance(event, a.FrozenCalled) for event in events):
        sent = await repository.sent_alerts(frozen_call_card(person.id))
        return not sent or now - sent[-1].at >= CALLS_HEARD
    if waiting <= ALONE:
        return False
    sent = await repository.sent_alerts(requests_card())
    return is_heard(sent[-1].at if sent else None, now)


async def tell_of_person(
    repository: Repository,
    composer: Composer,
    person: Person,
    situation: Situation,
    events: tuple[e.PersonEvent, ...],
    now: datetime,
) -> None:
    """Post the messages about what happened to a person."""
    file = await person_context(repository, person, situation, events, now)
    said = [(composer.person(one, file, now), one.rest) for one in person_notifications(events, file)]
    await tell(repository, said, now, person=person.id)


async def keep_invitation(
    repository: Repository, situation: Situation, events: tuple[e.PersonEvent, ...], reason: str, now: datetime
) -> Person | None:
    """Keep a link that was made, or drop one that was taken back; the person who did it, None for a program."""
    by = situation.caller.person
    maker = situation.invitation.made_by if situation.invitation is not None else situation.caller.id
    for event in events:
        if isinstance(event, e.Invited):
            invitation = Invitation(
                role=event.role,
                expires_at=event.expires_at,
                made_by=situation.caller.id,
                made_with=by.account if by is not None else None,
                confirmed=not any(isinstance(each, a.RiseAsked) for each in events),
            )
            await repository.keep_invitation(event.token_digest, invitation)
        elif isinstance(event, a.Revoked):
            await repository.use_invitation(event.token_digest)
    await _record(repository, situation, events, maker, reason, now)
    return by


async def _record(
    repository: Repository,
    situation: Situation,
    events: tuple[e.PersonEvent, ...],
    subject: int | None,
    reason: str,
    now: datetime,
) -> None:
    caller = situation.caller
    await repository.record(
        Record(at=now, event=event, by=caller.id, via=caller.via, reason=reason, person=subject) for event in events
    )


async def _who_hears(repository: Repository, events: tuple[e.PersonEvent, ...]) -> Page:
    """The first of the leaders who are told of these events; nobody is read when it is nobody's matter."""
    if any(isinstance(event, r.Silenced) for event in events):
        return await page_of(repository, SUPERVISORS, ADMINS)
    if any(isinstance(event, a.FrozenCalled) for event in events):
        return await page_of(repository, ADMINS, SUPERVISORS)  # who can't lift it can still go and look
    about = (
        e.AccessRequested | e.Admitted | e.Promoted | e.Disabled | a.Relinked | a.OfRise | a.OfFreeze | a.LostWordTried
    )
    asked = any(isinstance(event, about) for event in events)
    return await page_of(repository, ADMINS) if asked else Page()
