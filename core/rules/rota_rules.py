"""Setting up a rota: who takes turns, who stands in, who is away. The impossible is refused before any change."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from core.rules import swaps
from core.state.person import Person
from core.state.shifts import turn_number
from core.state.slots import anchor_of, misfits
from core.state.turn_count import cycle_of, hours_of, place, turns_in_cycle
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.civil import Ambiguous, CivilTime, Nonexistent, civil_at, read
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import DAY_MINUTES, Absence, Cover, Entry, Rota, Rotation, Stretch, Window

SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=366)
FARTHEST = timedelta(days=800)
MONTHS_LIMIT, EVERY_LIMIT, CYCLE_LIMIT = 12, 31, 11_000
PEOPLE_LIMIT, ROTATIONS_LIMIT, WINDOWS_LIMIT, ENTRIES_LIMIT = 60, 8, 14, 200

People = dict[int, Person]
Answer = tuple[u.UnitEvent, ...] | Refusal


def set_rotation(unit: Unit, people: People, command: uc.SetRotation, now: datetime) -> Answer:
    """A new rotation, or another in place of one that is there."""
    rota, number = unit.rota, command.rotation
    if number and rota.rotation(number) is None:
        return Refusal(reason=Reason.STALE)
    if not number and len(rota.rotations) >= ROTATIONS_LIMIT:
        return Refusal(reason=Reason.TOO_MANY, limit=ROTATIONS_LIMIT)
    begins = moment_of(command.begins, rota, now)
    refusal = _bad_people(unit, people, command.people) or _bad_length(command) or _bad_windows(command.windows)
    if refusal is not None:
        return refusal
    if isinstance(begins, Refusal):
        return begins
    rotation = rotation_of(command, number or rota.numbered + 1)
    if turns_in_cycle(rotation) > CYCLE_LIMIT:
        return Refusal(reason=Reason.BAD_LENGTH)
    if hours_of(rotation) and not rotation.months and not cycle_of(rotation).wanted:
        return Refusal(reason=Reason.BAD_HOURS)
    present = rota.rotation(number)
    if present is not None and not hours_of(present):
        present = replace(present, skips=True)  # every turn is wanted: there is none to skip
    if present == rotation:
        return Refusal(reason=Reason.UNCHANGED)
    lost = misfits(rota, rotation, now) if number else ()
    withdrawn = (u.EntryWithdrawn(entry=c.id, person=c.person, giver=c.anchor.giver if c.anchor else 0) for c in lost)
    return (*withdrawn, u.RotationSet(rotation=rotation))


def rotation_of(command: uc.SetRotation, number: int) -> Rotation:
    """The rotation that a command describes."""
    return Rotation(
        id=number,
        people=command.people,
        begins=command.begins.wall,
        length=command.length,
        windows=command.windows,
        months=command.months,
        every=command.every,
    )


def drop_rotation(unit: Unit, command: uc.DropRotation) -> Answer:
    """End the turns of a rotation."""
    if unit.rota.rotation(command.rotation) is None:
        return Refusal(reason=Reason.STALE)
    return (u.RotationDropped(rotation=command.rotation),)


def stand_in(unit: Unit, people: People, command: uc.StandIn, now: datetime) -> Answer:
    """One stands in for whoever's turn it is, or is on duty besides."""
    rota = unit.rota
    if command.rotation and rota.rotation(command.rotation) is None:
        return Refusal(reason=Reason.STALE)
    span = _span(unit, people, command, now)
    if isinstance(span, Refusal):
        return span
    start, end = span
    for other in rota.covers:
        same = other.rotation == command.rotation and (command.rotation or other.person == command.person)
        if same and other.meets(start, end):
            return Refusal(reason=Reason.OVERLAP, person=other.person)
    if any(a.person == command.person and a.meets(start, end) for a in rota.absences):
        return Refusal(reason=Reason.AWAY, person=command.person)
    cover = Cover(
        id=rota.numbered + 1,
        rotation=command.rotation,
        person=command.person,
        start=start,
        end=end,
        begins=civil_at(start, rota.tz),
        closes=civil_at(end, rota.tz),
        anchor=anchor_of(rota, Stretch(rotation=command.rotation, start=start, end=end)),
    )
    return (u.CoverSet(cover=cover),)


def mark_absent(unit: Unit, people: People, command: uc.MarkAbsent, now: datetime) -> Answer:
    """One is away; whoever stands in somewhere can't be at the same time."""
    rota = unit.rota
    span = _span(unit, people, command, now)
    if isinstance(span, Refusal):
        return span
    start, end = span
    entries: tuple[Entry, ...] = (*rota.absences, *rota.covers)
    if any(entry.person == command.person and entry.meets(start, end) for entry in entries):
        return Refusal(reason=Reason.OVERLAP, person=command.person)
    absence = Absence(
        id=rota.numbered + 1,
        person=command.person,
        start=start,
        end=end,
        begins=civil_at(start, rota.tz),
        closes=civil_at(end, rota.tz),
    )
    return (u.AbsenceSet(absence=absence),)


def withdraw(unit: Unit, command: uc.Withdraw) -> Answer:
    """A cover or an absence does not count any more."""
    entries: tuple[Entry, ...] = (*unit.rota.covers, *unit.rota.absences)
    found = next((entry for entry in entries if entry.id == command.entry), None)
    if found is None:
        return Refusal(reason=Reason.STALE)
    giver = found.anchor.giver if isinstance(found, Cover) and found.anchor is not None else 0
    return (u.EntryWithdrawn(entry=found.id, person=found.person, giver=giver),)


def take_out(rota: Rota, person: int, now: datetime) -> tuple[u.UnitEvent, ...]:
    """Somebody takes no turns any more; those of everybody else stay theirs until the present one ends."""
    posts = (post.rotation for post in rota.posts if post.holder == person)
    entries: tuple[Entry, ...] = (*rota.covers, *rota.absences)
    return (
        *(u.Relieved(rotation=rotation, person=person) for rotation in posts),
        *swaps.end(rota, person),
        *(u.EntryWithdrawn(entry=entry.id, person=person) for entry in entries if entry.person == person),
        *(u.EntryWithdrawn(entry=c.id, person=c.person) for c in _swapped_with(rota, person) if c.start > now),
        *(_without(rota, rotation, person, now) for rotation in rota.rotations if person in rotation.people),
    )


def _swapped_with(rota: Rota, person: int) -> tuple[Cover, ...]:
    """The turns of a person, or for one of theirs, that others took in a swap."""
    anchored = [(cover, cover.anchor) for cover in rota.covers if cover.anchor is not None and cover.anchor.swap]
    swaps = {anchor.swap for cover, anchor in anchored if person in (cover.person, anchor.giver)}
    return tuple(cover for cover, anchor in anchored if anchor.swap in swaps and cover.person != person)


def _without(rota: Rota, rotation: Rotation, person: int, now: datetime) -> u.RotationSet | u.RotationDropped:
    """Take a person out: whose turn it is keeps it, or the next one gets it; the order is the same."""
    if set(rotation.people) == {person}:
        return u.RotationDropped(rotation=rotation.id)
    number = max(turn_number(rotation, now, rota.tz), 0)
    present = place(rotation, number)
    following = [one for one in (*rotation.people[present:], *rotation.people[:present]) if one != person]
    # Their place is counted anew among fewer people: the present one stands where the count is now.
    first = -place(replace(rotation, people=tuple(following)), number) % len(following)
    return u.RotationSet(rotation=replace(rotation, people=(*following[first:], *following[:first])))


def moment_of(time: CivilTime, rota: Rota, now: datetime) -> datetime | Refusal:
    """The moment that a person means by a civil time of the unit, or why it is none."""
    if abs(time.wall - now.replace(tzinfo=None)) > FARTHEST:
        return Refusal(reason=Reason.TOO_FAR)
    match read(time, rota.tz):
        case Nonexistent(readings):
            return Refusal(reason=Reason.LOST_TIME, readings=readings, zone=rota.zone)
        case Ambiguous(readings):
            return Refusal(reason=Reason.DOUBLE_TIME, readings=readings, zone=rota.zone)
        case datetime() as moment:
            return moment


def _span(
    unit: Unit, people: People, command: uc.StandIn | uc.MarkAbsent, now: datetime
) -> tuple[datetime, datetime] | Refusal:
    start, end = (moment_of(time, unit.rota, now) for time in (command.start, command.end))
    if isinstance(start, Refusal):
        return start
    if isinstance(end, Refusal):
        return end
    if end <= start:
        return Refusal(reason=Reason.BACKWARDS)
    if end <= now:
        return Refusal(reason=Reason.PAST)
    if len(unit.rota.covers) + len(unit.rota.absences) >= ENTRIES_LIMIT:
        return Refusal(reason=Reason.TOO_MANY, limit=ENTRIES_LIMIT)
    return _bad_people(unit, people, (command.person,)) or (start, end)


def _bad_people(unit: Unit, people: People, chosen: tuple[int, ...]) -> Refusal | None:
    if not chosen:
        return Refusal(reason=Reason.NO_PEOPLE)
    if len(chosen) > PEOPLE_LIMIT:
        return Refusal(reason=Reason.TOO_MANY, limit=PEOPLE_LIMIT)
    for number in chosen:
        person = people.get(number)
        if person is None or not person.active or person.unit != unit.id:
            return Refusal(reason=Reason.NOT_IN_UNIT, person=number)
        if chosen.count(number) > 1:
            return Refusal(reason=Reason.TWICE, person=number)
    return None


def _bad_length(command: uc.SetRotation) -> Refusal | None:
    """Turns of months are by the calendar, and of each second or third day there is no such turn."""
    whole = command.length % timedelta(minutes=1) == timedelta() and SHORTEST <= command.length <= LONGEST
    months = 0 <= command.months <= MONTHS_LIMIT and (command.every == 1 or not command.months)
    return None if whole and months and 1 <= command.every <= EVERY_LIMIT else Refusal(reason=Reason.BAD_LENGTH)


def _bad_windows(windows: tuple[Window, ...]) -> Refusal | None:
    if len(windows) > WINDOWS_LIMIT:
        return Refusal(reason=Reason.TOO_MANY, limit=WINDOWS_LIMIT)
    for window in windows:
        days = bool(window.days) and set(window.days) <= set(range(7))
        if not days or not all(0 <= minute < DAY_MINUTES for minute in (window.opens, window.closes)):
            return Refusal(reason=Reason.BAD_HOURS)
    return None
