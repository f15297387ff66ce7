"""Swaps: one asks another to take a turn, for one of theirs or for nothing; it counts when the other says yes.

A turn may be offered to the whole unit as well: whoever says yes first has it.
"""

from datetime import datetime

from msgspec.structs import replace

from core.rules.permissions import Caller
from core.state.person import Person
from core.state.shifts import holder_of
from core.state.slots import anchor_of
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.civil import civil_at
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Cover, Rota, Stretch, Swap

Answer = tuple[u.UnitEvent, ...] | Refusal


def ask(unit: Unit, caller: Caller, asked: Person | None, command: uc.AskSwap, now: datetime) -> Answer:
    """The question reaches the other; nothing changes before they answer."""
    if command.asked and not _member(asked, unit):
        return Refusal(reason=Reason.NOT_IN_UNIT, person=command.asked)
    if caller.id is None or command.asked == caller.id:
        return Refusal(reason=Reason.NOT_YOUR_SWAP)
    swap = Swap(
        id=unit.rota.numbered + 1, asker=caller.id, asked=command.asked, gives=command.gives, takes=command.takes
    )
    if any((s.asker, s.asked, s.gives) == (swap.asker, swap.asked, swap.gives) for s in unit.rota.swaps):
        return Refusal(reason=Reason.ALREADY)
    return _impossible(unit.rota, swap, now) or (u.SwapAsked(swap=swap),)


def answer(unit: Unit, people: dict[int, Person], caller: Caller, command: uc.AnswerSwap, now: datetime) -> Answer:
    """With a yes each stands in for the other; a question that the rota has overtaken has no answer any more.

    Who the two are is asked now: whoever has left the unit since takes no turn of it, and gives none away.
    """
    swap = unit.rota.swap(command.swap)
    if swap is None:
        return Refusal(reason=Reason.SWAP_OVER)
    if not _may_answer(unit, people, caller.id, swap, yes=command.yes):
        return Refusal(reason=Reason.NOT_YOUR_SWAP)
    if not command.yes:
        return (u.SwapDeclined(swap=swap),)
    offered, swap = swap.open, replace(swap, asked=swap.asked or caller.id or 0)
    gone = next((each for each in (swap.asker, swap.asked) if not _member(people.get(each), unit)), None)
    if gone is not None:
        return Refusal(reason=Reason.NOT_IN_UNIT, person=gone)
    refusal = _impossible(unit.rota, swap, now)
    if refusal is not None:
        return refusal
    rota = unit.rota
    covers = [_cover(rota, swap, swap.gives, swap.asked, 1)]
    if swap.takes is not None:
        covers.append(_cover(rota, swap, swap.takes, swap.asker, 2))
    return (u.SwapAccepted(swap=swap, offered=offered), *(u.CoverSet(cover=cover) for cover in covers))


def end(rota: Rota, person: int) -> tuple[u.SwapDeclined, ...]:
    """The open questions of somebody who leaves the unit, to them or by them: the other one hears of it."""
    return tuple(u.SwapDeclined(swap=swap, left=person) for swap in rota.swaps if person in (swap.asker, swap.asked))


def overtaken(before: Rota, after: Rota, events: tuple[u.UnitEvent, ...], now: datetime) -> tuple[u.SwapDeclined, ...]:
    """Offers to the whole unit that end with these events, or with the time: nobody can take them any more."""
    done = {event.swap.id for event in events if isinstance(event, u.SwapAccepted | u.SwapDeclined)}
    offers = (swap for swap in before.swaps if swap.open and swap.id not in done)
    return tuple(u.SwapDeclined(swap=swap) for swap in offers if _impossible(after, swap, now) is not None)


def begins(rota: Rota) -> datetime | None:
    """The moment at which the first turn begins that is offered to the whole unit."""
    return min((swap.gives.start for swap in rota.swaps if swap.open), default=None)


def _may_answer(unit: Unit, people: dict[int, Person], caller: int | None, swap: Swap, *, yes: bool) -> bool:
    """The asker only takes it back; an offer to the whole unit is any other member's to take, and nobody's no."""
    if caller == swap.asker:
        return not yes
    if not swap.open:
        return caller == swap.asked
    return yes and _member(people.get(caller or 0), unit)


def _member(person: Person | None, unit: Unit) -> bool:
    return person is not None and person.active and person.unit == unit.id


def _impossible(rota: Rota, swap: Swap, now: datetime) -> Refusal | None:
    for stretch, giver, taker in ((swap.gives, swap.asker, swap.asked), (swap.takes, swap.asked, swap.asker)):
        if stretch is None:
            continue
        if stretch.start <= now or holder_of(rota, stretch) != giver:
            return Refusal(reason=Reason.SWAP_OVER)
        if any(c.rotation == stretch.rotation and c.meets(stretch.start, stretch.end) for c in rota.covers):
            return Refusal(reason=Reason.COVERED, person=giver)
        if any(a.person == taker and a.meets(stretch.start, stretch.end) for a in rota.absences):
            return Refusal(reason=Reason.AWAY, person=taker)
    return None


def _cover(rota: Rota, swap: Swap, stretch: Stretch, person: int, number: int) -> Cover:
    """The ``number``-th cover of a swap: it belongs to the turn that is given."""
    giver = swap.asker if person == swap.asked else swap.asked
    return Cover(
        id=rota.numbered + number,
        rotation=stretch.rotation,
        person=person,
        start=stretch.start,
        end=stretch.end,
        begins=civil_at(stretch.start, rota.tz),
        closes=civil_at(stretch.end, rota.tz),
        anchor=anchor_of(rota, stretch, giver=giver, swap=swap.id),
    )
