"""Check-ins: whoever works alone says every so often that they are well."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from core.vocabulary import checkin_events as k
from core.vocabulary.alarms import Trigger
from core.vocabulary.places import Position, distance, on_earth

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=720)
MOVED = 25.0  # metres; less is what a position trembles by
TRACKED = 6


class Sighting(Struct, frozen=True, kw_only=True):
    """A position of a person. ``live_until``: the end of their live share, perhaps past; None: no word of one."""

    position: Position
    live_until: datetime | None = None


class CheckIn(Struct, frozen=True, kw_only=True):
    """One person's check-in: a word is wanted by ``due_at``, ``by_hand`` or for as long as one of the ``tasks`` lasts.

    ``asked``: why they were asked, at ``asked_at``, and have not answered. ``track``: where they have been since it
    began, each place more than ``MOVED`` from the one before; at the last since ``still_since``. ``live_until``: until
    when they share their location, None where they don't. ``alarm``: the emergency that was opened in their name; until
    they say that they are well nothing is wanted. ``round``: the task in whose round they were asked, and have not
    answered so often (``misses``).
    """

    person: int
    every: timedelta
    grace: timedelta
    still_after: timedelta
    due_at: datetime
    still_since: datetime
    by_hand: bool = False
    tasks: tuple[int, ...] = ()
    answered_at: datetime | None = None
    asked: Trigger | None = None
    asked_at: datetime | None = None
    track: tuple[Position, ...] = ()
    live_until: datetime | None = None
    alarm: int | None = None
    round: int | None = None
    misses: int = 0

    @property
    def lasts(self) -> bool:
        """Whether there is a check-in beside the question of a round."""
        return self.by_hand or bool(self.tasks)


def evolve(check_in: CheckIn | None, event: k.CheckInEvent, person: int, at: datetime) -> CheckIn | None:
    """The check-in after one more event; None: there is none."""
    if isinstance(event, k.CheckInStarted):
        return _started(check_in, event, person, at)
    if isinstance(event, k.RoundAsked):
        return _asked_in_round(check_in, event, person, at)
    if check_in is None:
        return None
    match event:
        case k.CheckInJoined():
            return replace(check_in, tasks=(*check_in.tasks, event.task))
        case k.CheckInLeft():
            return replace(check_in, tasks=tuple(task for task in check_in.tasks if task != event.task))
        case k.CheckInAnswered():
            over = check_in.live_until is not None and check_in.live_until <= at
            if not check_in.lasts:
                return None
            fresh = replace(_unasked(check_in), alarm=None, answered_at=at, still_since=at)
            return replace(fresh, due_at=at + check_in.every, live_until=None if over else check_in.live_until)
        case k.CheckInReminded():
            return replace(check_in, asked=event.why, asked_at=at)
        case k.CheckInMissed() | k.HelpWanted() | k.MaydayCalled():
            return _unasked(check_in)
        case k.RoundMissed():
            return replace(check_in, asked_at=at, misses=check_in.misses + 1)
        case k.RoundLeft() if check_in.round != event.task:
            return check_in
        case k.RoundLeft():
            return _unasked(check_in) if check_in.lasts or check_in.alarm is not None else None
        case k.CheckInStopped():
            return None
        case k.DuressGiven() | k.DuressWordSet():
            return check_in
        case _:
            assert_never(event)


def _started(before: CheckIn | None, event: k.CheckInStarted, person: int, at: datetime) -> CheckIn:
    """Begun anew; what is known of the person's way stays known."""
    tasks = before.tasks if before is not None else ()
    live_until = before.live_until if before is not None else None
    return CheckIn(
        person=person,
        every=event.every,
        grace=event.grace,
        still_after=event.still_after,
        due_at=at + event.every,
        still_since=at,
        by_hand=event.task is None or (before is not None and before.by_hand),
        tasks=(*tasks, event.task) if event.task is not None else tasks,
        track=way_of(before, event.seen),
        live_until=live_until if live_until is not None and live_until > at else None,
    )


def _unasked(check_in: CheckIn) -> CheckIn:
    return replace(check_in, asked=None, asked_at=None, round=None, misses=0)


def _asked_in_round(before: CheckIn | None, event: k.RoundAsked, person: int, at: datetime) -> CheckIn:
    """Asked now; a question that waits already keeps its clock."""
    if before is None:
        before = CheckIn(
            person=person,
            every=event.grace,
            grace=event.grace,
            still_after=event.still_after,
            due_at=at,
            still_since=at,
            track=way_of(None, event.seen),
        )
    if before.asked is not None:
        return replace(before, round=event.task)
    return replace(before, round=event.task, asked=Trigger.ROUND, asked_at=at, misses=0)


def followed(check_in: CheckIn, seen: Sighting) -> CheckIn:
    """The check-in when the person was seen. Only a location that was live can end."""
    position, live_until = seen.position, seen.live_until
    last = check_in.track[-1] if check_in.track else None
    if last is None or (position.at > last.at and distance(last.place, position.place) > MOVED):
        track = (*check_in.track, position)[-TRACKED:]
        check_in = replace(check_in, track=track, still_since=max(check_in.still_since, position.at))
    if live_until is None or (check_in.live_until is None and live_until <= position.at):
        return check_in
    if check_in.live_until is None:
        check_in = replace(check_in, still_since=max(check_in.still_since, position.at))
    return replace(check_in, live_until=live_until)


def without_old_places(check_in: CheckIn, before: datetime) -> CheckIn:
    """The check-in without the places of before; the last one stays while it runs, whatever its age."""
    way, last = check_in.track[:-1], check_in.track[-1:]
    return replace(check_in, track=(*(position for position in way if position.at >= before), *last))


def way_of(check_in: CheckIn | None, last: Position | None) -> tuple[Position, ...]:
    """The person's positions, oldest first, up to the last one."""
    if last is None or not on_earth(last.place.lat, last.place.lon):
        return ()
    before = check_in.track if check_in is not None else ()
    return (*(p for p in before if p.at < last.at and distance(p.place, last.place) > MOVED), last)


def wanted(check_in: CheckIn, now: datetime) -> Trigger | None:
    """The reason to ask now; None: there is none, or they were asked already."""
    if check_in.asked is not None or check_in.alarm is not None:
        return None
    if check_in.round is not None:
        return Trigger.ROUND
    if not check_in.lasts:
        return None
    if check_in.due_at <= now:
        return Trigger.LATE
    if check_in.live_until is None:
        return None
    if check_in.live_until <= now:
        return Trigger.LOST
    return Trigger.STILL if check_in.still_since + check_in.still_after <= now else None


def next_look(check_in: CheckIn) -> datetime | None:
    """When the desk must look at it again; None: when the person says something."""
    if check_in.alarm is not None:
        return None
    if check_in.asked_at is not None:
        return check_in.asked_at + check_in.grace
    if not check_in.lasts and check_in.round is None:
        return None
    if check_in.live_until is None:
        return check_in.due_at
    return min(check_in.due_at, check_in.live_until, check_in.still_since + check_in.still_after)
