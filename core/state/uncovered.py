"""Hours in which nobody is on duty: those that a rota leaves open, and those that it wants and nobody has."""

from collections.abc import Iterable
from datetime import datetime

from core.state.shifts import rotation_turns, turns, wanted
from core.vocabulary.rotas import Rota

Span = tuple[datetime, datetime]


def uncovered(rota: Rota, start: datetime, end: datetime) -> tuple[Span, ...]:
    """When nobody at all is on duty between the two, in order."""
    return _left((start, end), ((shift.start, shift.end) for shift in turns(rota, start, end)))


def unmet(rota: Rota, start: datetime, end: datetime) -> tuple[Span, ...]:
    """When a rotation wants somebody and has nobody, everybody of it being away."""
    found: set[Span] = set()
    for rotation in rota.rotations:
        shifts = [(shift.start, shift.end) for shift in rotation_turns(rota, rotation, start, end)]
        for span in wanted(rota, rotation, start, end):
            found |= {*_left(span, shifts)}
    return _joined(found)


def gaps(rota: Rota, start: datetime, end: datetime) -> tuple[Span, ...]:
    """The times from when somebody of a rotation was last on duty until somebody is again, with unmet hours in them.

    So hours of several days for which the same people are away are one gap.
    """
    found: set[Span] = set()
    for rotation in rota.rotations:
        shifts = [(shift.start, shift.end) for shift in rotation_turns(rota, rotation, start, end)]
        missed = [left for span in wanted(rota, rotation, start, end) for left in _left(span, shifts)]
        for opening, closing in _left((start, end), shifts):
            if any(first < closing and last > opening for first, last in missed):
                found.add((opening, closing))
    return _joined(found)


def common(some: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The times that are in both."""
    there = tuple(others)
    both = {(max(start, begin), min(end, close)) for start, end in some for begin, close in there}
    return _joined((start, end) for start, end in both if start < end)


def _left(span: Span, taken: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of a span that none of these takes."""
    (moment, end), found = span, []
    for start, until in sorted(taken):
        if start >= end:
            break
        if start > moment:
            found.append((moment, start))
        moment = max(moment, until)
    return (*found, *([(moment, end)] if moment < end else []))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
