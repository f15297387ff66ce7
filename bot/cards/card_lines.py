"""The lines of a task's card: what, where, who reported it, who goes, and who has taken charge."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.cards.actors import in_charge, reporter_of
from bot.cards.reader_view import ReaderView
from bot.ui import user_text
from bot.ui.dispositions import disposition_text
from bot.ui.kinds import work_text
from bot.ui.texts import Html, Texts
from core.rules.place_doubts import doubt_from
from core.state.commitments import has_reserves
from core.state.task import Assignment, Task, code_of
from core.vocabulary.places import Place
from core.vocabulary.words import AssignmentState, TaskState

LATE = timedelta(minutes=1)
ASKED_SHOWN = 8
_GONE = (AssignmentState.EN_ROUTE, AssignmentState.ON_SCENE)


def sign(task: Task, texts: Texts) -> Html:
    """The kind of thing, at a glance."""
    return texts("sign-drill") if task.drill else texts(f"sign-{task.kind.value}")


def title(task: Task, texts: Texts, most: int = 200) -> str:
    """The title; an emergency may have none, and an alarm says why it was raised."""
    if task.alarm is not None and not task.title:
        return texts(f"alarm-{task.alarm.trigger.value}")
    return user_text.user_text(task.title, most) or texts("untitled")


def state(task: Task, texts: Texts) -> Html:
    """Its state; what nobody has is never *en curso*, and an emergency never *programada*: it waits for somebody."""
    if task.owner is None and not task.state.closed:
        if task.emergency:
            return texts("state-searching")
        if task.state is TaskState.IN_PROGRESS:
            return texts("state-unassigned")
    return texts(f"state-{task.state.value}")


def head(view: ReaderView) -> Iterator[Html]:
    """Sign and title; code, priority, type and state."""
    task, texts = view.task, view.texts
    yield texts("card-title", sign=sign(task, texts), title=title(task, texts))
    priority = task.priority.name.lower()
    yield texts(
        f"card-meta-{task.kind.value}",
        code=task.code,
        dot=texts(f"priority-sign-{priority}"),
        priority=texts(f"priority-{priority}"),
        type=work_text(task, texts),
        state=state(task, texts),
    )


def drill(view: ReaderView) -> Iterator[Html]:
    """Whether it is practice."""
    if view.task.drill:
        yield view.texts("card-drill")


def where(view: ReaderView) -> Iterator[Html]:
    """The place with its age, and how far the reader is from it."""
    task, texts = view.task, view.texts
    if task.place is None and task.address is None:
        if task.urgent:
            yield texts("card-place-missing" if view.reports else "card-place-unknown")
        return
    place = Html(" · ".join(_place(task, texts)))
    known = _known_there(view)
    yield texts("card-place-aged", where=place, at=view.at(known)) if known else texts("card-place", where=place)
    yield from _distance(view)
    yield from _in_doubt(view)


def _in_doubt(view: ReaderView) -> Iterator[Html]:
    """Whether the place is hardly meant, seen from where the others are: whoever goes asks first."""
    task, texts = view.task, view.texts
    if task.place is None or task.state.closed:
        return
    others = [person for person in view.file.people.values() if person.position is not None]
    places = [one.position.place for one in others if one.position is not None and one.id != task.reporter]
    found = doubt_from(task.place, places)
    if found is None:
        return
    if found.away is None:
        yield texts("card-place-zero")
    elif found.instead is None:
        yield texts("card-place-far", distance=texts.distance(found.away))
    else:
        yield texts("card-place-swapped", distance=texts.distance(found.away), point=point(found.instead))


def _place(task: Task, texts: Texts) -> Iterator[str]:
    if task.address is not None:
        yield texts("as-typed", text=user_text.user_text(task.address))
    if task.place is not None:
        yield texts("coordinates", point=point(task.place))


def point(place: Place) -> str:
    """``-0.18065, -78.46784``: as every map takes it; five decimals are a metre."""
    return f"{place.lat:.5f}, {place.lon:.5f}"


def _known_there(view: ReaderView) -> datetime | None:
    """When the reporter was last seen, when that is what stands for the place and was not fresh."""
    task = view.task
    if task.alarm is not None and task.alarm.track and task.alarm.track[-1].place == task.place:
        return task.alarm.track[-1].at
    return task.seen_at if task.seen_at is not None and task.opened_at - task.seen_at >= LATE else None


def _distance(view: ReaderView) -> Iterator[Html]:
    part, reader, texts = view.part, view.reader, view.texts
    going = part is not None and part.state not in _GONE and not view.task.state.closed
    away = view.metres(part) if part is not None and going else None
    if away is None or reader is None:
        return
    metres = texts.distance(away)
    known = reader.known_at(view.now)
    if known is not None and view.now - known >= LATE:
        yield texts("card-distance-aged", distance=metres, at=view.at(known))
    else:
        yield texts("card-distance", distance=metres)


def origin(view: ReaderView) -> Iterator[Html]:
    """The reporter and the time; an emergency that came late says by how much: no words that age stay on a card."""
    task, texts = view.task, view.texts
    if view.reports:
        yield texts("card-reported-you", at=view.at(task.sent_at))
    else:
        yield texts("card-reported", who=reporter_of(view.file, texts), at=view.at(task.sent_at))
    yield from reporter_out(view)
    if task.emergency and not task.state.closed and task.opened_at - task.sent_at >= LATE:
        yield texts("card-late-on" if task.still_on else "card-late", age=texts.lasting(task.opened_at - task.sent_at))


def reporter_out(view: ReaderView) -> Iterator[Html]:
    """Whether the reporter has lost their access since, for those who oversee what is open."""
    reporter = view.file.person(view.task.reporter)
    if reporter is not None and not reporter.active and view.oversees and not view.task.state.closed:
        yield view.texts("card-reporter-out")


def ending(view: ReaderView) -> Iterator[Html]:
    """How it ended."""
    task = view.task
    if task.closed_at is not None and task.disposition:
        how = disposition_text(task.disposition, view.texts)
        yield view.texts("card-completed-as", at=view.at(task.closed_at), how=how)
    elif task.closed_at is not None:
        yield view.texts(f"card-{task.state.value}", at=view.at(task.closed_at))


def mine(view: ReaderView) -> Iterator[Html]:
    """The reader's own part."""
    part, owner, texts = view.part, view.task.owner, view.texts
    if part is None:
        return
    if view.task.state.closed:
        if part.state.holds:
            yield texts(f"card-had-you-{view.task.state.value}")
    elif part.state.holds:
        yield _held("card-yours" if view.task.seats == 1 else "card-going", part, view)
    elif part.reserve:
        yield texts("card-you-reserve")
    elif has_reserves(view.task) and not view.task.missing:
        yield texts("card-full", seats=view.task.seats)
    elif owner is not None and not view.task.missing:
        yield texts("card-taken", who=view.who(owner.agent), at=view.at(owner.since))
        if part.state is AssignmentState.RELEASED:
            yield texts("card-you-not-needed")
    else:
        yield texts(f"card-you-{part.state.value}", at=view.at(part.since))


def crew(view: ReaderView) -> Iterator[Html]:
    """How many go of how many, by name: where more than one is to go, for everybody who has the card."""
    task, texts = view.task, view.texts
    held = task.crew
    if task.seats == 1 and len(held) < 2:
        return
    me = view.reader.id if view.reader is not None else None
    names = [_of_crew(view, part, lead=part is held[0], me=me) for part in held]
    if task.state.closed:
        if names and (view.oversees or view.reports):
            yield texts(f"card-crew-{task.state.value}", who=", ".join(names))
    elif names:
        yield texts("card-crew", crew=len(held), seats=task.seats, who=", ".join(names))
    else:
        yield texts("card-crew-none", seats=task.seats)


def _of_crew(view: ReaderView, part: Assignment, *, lead: bool, me: int | None) -> Html:
    texts = view.texts
    who = texts("card-crew-you") if part.agent == me else view.who(part.agent)
    gone = part.state in _GONE and not view.task.state.closed
    words = [*([texts("card-crew-lead")] if lead else []), *([texts(f"assignment-{part.state.value}")] if gone else [])]
    return texts("card-crew-name", who=who, words=", ".join(words)) if words else Html(who)


def _held(key: str, part: Assignment, view: ReaderView, **who: str) -> Html:
    """Since when somebody has it, and how far they have got."""
    texts = view.texts
    if part.state not in _GONE:
        return texts(key, at=view.since(part.since), **who)
    return texts(f"{key}-gone", at=view.since(part.since), state=texts(f"assignment-{part.state.value}"), **who)


def others(view: ReaderView) -> Iterator[Html]:
    """Agents who go and who were asked: for the reporter and those who oversee it."""
    task, texts = view.task, view.texts
    if not (view.oversees or view.reports):
        return
    me = view.reader.id if view.reader is not None else None
    owner = task.owner
    several = task.seats > 1 or len(task.crew) > 1
    if owner is not None and owner.agent != me and (view.part is None or task.state.closed) and not several:
        who = view.who(owner.agent)
        had = f"card-had-{task.state.value}"
        yield texts(had, who=who) if task.state.closed else _held("card-owner", owner, view, who=who)
    asked = [part for part in task.assignments if part.agent != me and _answered(part)]
    if asked:
        yield texts("card-asked")
        yield from (_asked(view, part) for part in asked[-ASKED_SHOWN:])
        if len(asked) > ASKED_SHOWN:
            yield texts("card-asked-more", count=len(asked) - ASKED_SHOWN)
    if owner is None and not task.offers and not task.state.closed:
        yield texts(f"card-nobody-{'overseer' if view.oversees else 'reporter'}")


def _answered(part: Assignment) -> bool:
    return part.state in (AssignmentState.OFFERED, AssignmentState.DECLINED, AssignmentState.EXPIRED)


def _asked(view: ReaderView, part: Assignment) -> Html:
    texts = view.texts
    values = {
        "who": view.who(part.agent),
        "answer": texts(f"assignment-{part.state.value}"),
        "at": view.at(part.since),
    }
    if part.distance is None:
        return texts("card-asked-line", **values)
    # As when they were asked, so that every card says the same whenever it was drawn.
    return texts("card-asked-line-far", **values, distance=texts.distance(part.distance))


def charge(view: ReaderView) -> Iterator[Html]:
    """The person in charge of the alert, how often it climbed, and what was noted."""
    task, texts = view.task, view.texts
    if task.acknowledged_at is not None and (view.oversees or view.reports):
        yield texts("card-acknowledged", who=in_charge(view), at=view.at(task.acknowledged_at))
    elif view.oversees and task.alert and not task.state.closed:
        yield texts("card-unacknowledged")
    if task.escalations and view.oversees:
        yield texts("card-escalated", count=task.escalations)
    if task.joined:
        yield texts("card-joined", count=task.joined)
    if task.taken_from is not None:
        yield texts("card-taken-from", code=code_of(task.taken_from))
    if task.quiet and not task.state.closed:
        yield texts("card-quiet")
    if task.notes > task.joined:
        yield texts("card-notes", count=task.notes - task.joined)
