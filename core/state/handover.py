"""Handing over: when the turn changes, whoever had it answers for it until the next one says *Recibido*."""

from datetime import datetime, timedelta

from msgspec import Struct

from core.state.shifts import next_boundary, on_duty, whose_turn
from core.vocabulary import unit_events as u
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Post, Rota

Answer = tuple[u.UnitEvent, ...] | Refusal


class Watch(Struct, frozen=True, kw_only=True):
    """People on duty in a unit, and until when that holds (None: until something is changed)."""

    people: frozenset[int]
    until: datetime | None


def changes(rota: Rota, now: datetime, patience: timedelta) -> tuple[u.UnitEvent, ...]:
    """Events that the time brings to the posts of the rotations; none when all is as it should be."""
    found: list[u.UnitEvent] = []
    for rotation in rota.rotations:
        post = rota.post(rotation.id)
        person = whose_turn(rota, rotation, now)
        if person is None:
            if post.holder is not None or post.successor is not None:
                found.append(u.Relieved(rotation=rotation.id, person=post.holder))
        elif person == post.holder:
            if post.successor is not None:
                found.append(u.TakenOver(rotation=rotation.id, person=person))
        elif person != post.successor:
            found.append(u.HandOverDue(rotation=rotation.id, incoming=person, outgoing=post.holder))
        elif _overdue_at(post, patience) <= now and not post.notified:
            found.append(u.HandOverLate(rotation=rotation.id, incoming=person, outgoing=post.holder))
    return tuple(found)


def take_over(rota: Rota, person: int) -> Answer:
    """*Recibido*."""
    taken = tuple(
        u.TakenOver(rotation=post.rotation, person=person, outgoing=post.holder)
        for post in rota.posts
        if post.successor == person
    )
    if taken:
        return taken
    if any(post.holder == person for post in rota.posts):
        return Refusal(reason=Reason.ALREADY)
    return Refusal(reason=Reason.NOT_YOUR_TURN)


def answerable(rota: Rota, now: datetime) -> frozenset[int]:
    """Everybody on duty now: those whose turn it is, and those who have not been relieved yet."""
    wanted = (rotation for rotation in rota.rotations if whose_turn(rota, rotation, now) is not None)
    holders = {rota.post(rotation.id).holder for rotation in wanted}
    return on_duty(rota, now) | {person for person in holders if person is not None}


def watch_of(rota: Rota, now: datetime) -> Watch:
    """The people on duty now."""
    return Watch(people=answerable(rota, now), until=next_boundary(rota, now))


def due_at(rota: Rota, now: datetime, patience: timedelta) -> datetime | None:
    """When the desk must look at the rota again: at the next boundary, or when a hand-over has waited long enough."""
    overdue = [_overdue_at(post, patience) for post in rota.posts if post.successor is not None and not post.notified]
    boundary = next_boundary(rota, now)
    return min([*overdue, *([boundary] if boundary is not None else [])], default=None)


def _overdue_at(post: Post, patience: timedelta) -> datetime:
    assert post.due_at is not None  # whoever has a successor was to hand over at some moment
    return post.due_at + patience
