"""Rises and falls: every other administrator hears that somebody came in by a link, leads now, or leads no more (P9).

One rule for the button, the link, the configuration's door and the command line. The move to another account has its
own message (`core.notifications.person_notifications`), to the same people.
"""

from core.notifications.person_context import PersonContext
from core.state.crowd import Page
from core.vocabulary import events as e
from core.vocabulary.words import Role


def rises(event: e.PersonEvent, file: PersonContext) -> bool:
    """Whether somebody leads now who did not, or leads more people than before, or came in by a link."""
    if not isinstance(event, e.Admitted | e.Promoted):
        return False
    if isinstance(event, e.Admitted) and file.link is not None:
        return True
    return event.role >= Role.SUPERVISOR and event.role > (file.was or 0)


def falls(event: e.PersonEvent, file: PersonContext) -> bool:
    """Whether an administrator is one no more: put out, or lowered."""
    lowered = isinstance(event, e.Promoted) and event.role < Role.ADMIN
    return file.was is Role.ADMIN and (lowered or isinstance(event, e.Disabled))


def who_may_confirm(file: PersonContext) -> Page:
    """Administrators who are asked: all whom the request is not about."""
    return file.leaders.without(*file.rise.subjects) if file.rise is not None else Page()


def who_hears(event: e.PersonEvent, file: PersonContext) -> Page:
    """Administrators who are told: all but whoever did it, and whom it happened to."""
    if not rises(event, file) and not falls(event, file):
        return Page()
    # The asker hears that it was confirmed.
    return file.leaders.without(*(one.id for one in (file.person, file.caller, file.asker) if one is not None))
