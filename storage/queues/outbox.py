"""Messages, from the commit that wants them until Telegram took them (P3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import json
from msgspec.structs import replace

from core.rules.drills import SentAlert
from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import cards, chat_migrations, rooms
from storage.queues import outbox_statements as statements
from storage.queues.addressed_call import THREAD, AddressedCall
from storage.queues.card_states import (
    NOTHING,
    Met,
    ask_states,
    line_behind,
    meet_nothing,
    merge_all,
    say_newest,
    side_by_side,
    take_back,
    take_out,
)
from storage.queues.outbox_rows import (
    Place,
    crowds_of,
    encoder,
    first_states,
    line_of,
    lines_of,
    new_row,
    queue,
)
from storage.queues.outbox_statements import BESIDE, Unsent
from storage.schema.instants import from_ms, to_ms
from storage.schema.tables import OutboxRow

BLOCKED = "403"  # why a message to somebody who takes none came to nothing


async def post(session: Session, calls: Iterable[AddressedCall], now: datetime) -> None:
    """Put messages in; a card's new state takes the place of an older one that has not left yet."""
    redirected = [await _redirected(session, call) for call in calls]
    await queue.lock(session, *(line_of(call) for call in redirected))
    crowds = crowds_of(redirected)
    states = ask_states(session, [call for call in redirected if call.card not in crowds])
    first = await first_states(session, redirected, crowds)
    met = await states
    first |= meet_nothing(redirected, met)
    for number, some in enumerate(side_by_side(redirected, first)):
        later = [call for call in some if (call.card, call.chat) not in first and (number or call.card in crowds)]
        await _post_all(session, some, first, {**met, **await ask_states(session, later)}, now)


async def _post_all(
    session: Session, calls: list[AddressedCall], first: frozenset[Place], met: Mapping[Place, Met], now: datetime
) -> None:
    """Put messages in, in their order; what they meet in their chats was asked for once for all.

    Those that may meet something are for different chats, and the chats are locked: none changes what another meets.
    """
    at_once: list[AddressedCall] = []
    outdated: list[Unsent] = []
    for call in calls:
        if (call.card, call.chat) in first:
            at_once.append(call)
            continue
        await _put_in(session, at_once, now)
        at_once = []
        outdated += await _post(session, call, met, now)
    await _put_in(session, at_once, now)
    await take_out(session, outdated)


async def _put_in(session: Session, calls: list[AddressedCall], now: datetime) -> None:
    """Put in what is the first state of its card, all with one statement."""
    await queue.push_all(session, [new_row(call, line_of(call), now) for call in calls])
    await cards.expect_all(session, [(call.card or "", call.chat, call.payload.get(THREAD)) for call in calls])


async def _post(session: Session, call: AddressedCall, places: Mapping[Place, Met], now: datetime) -> Sequence[Unsent]:
    """Put one in, in the place of older states of its card that have not left; those that are to be taken out."""
    met: Met | None = places.get((call.card, call.chat), NOTHING)
    if call.superseded:
        met = await take_back(session, call, met or NOTHING, places.get((pin_of(call.card or ""), call.chat), NOTHING))
    if met is None:
        return ()
    outdated = await say_newest(session, met.unsent, new_row(call, await line_behind(session, call, met), now))
    if call.card is not None:
        await cards.expect(session, call.card, call.chat, call.payload.get(THREAD))
    return outdated


async def hold(session: Session, chat: int) -> None:
    """Until the end of the transaction nobody else puts messages to this chat in."""
    chat = await chat_migrations.where_now(session, chat) if chat < 0 else chat
    await queue.lock(session, str(chat))


async def _redirected(session: Session, call: AddressedCall) -> AddressedCall:
    """A call to a group that became a supergroup goes there; a new message of a forum to its topic."""
    if call.chat >= 0:
        return call
    chat = await chat_migrations.where_now(session, call.chat)
    if chat != call.chat:
        call = replace(call, chat=chat, payload={**call.payload, "chat_id": chat})
    if call.topic is not None or not call.method.startswith("send"):
        return call
    topic = await _own_topic(session, call)
    return call if topic is None else replace(call, payload={**call.payload, THREAD: topic})


async def _own_topic(session: Session, call: AddressedCall) -> int | None:
    """The topic in a group of what names none: its card's, or the one that the desk has there; None: the main one."""
    shown = await cards.find(session, call.card, call.chat) if call.card is not None and not call.notify else None
    return shown.topic if shown is not None else await rooms.topic_of(session, call.chat)


async def repost(session: Session, row: OutboxRow, chat: int, now: datetime) -> None:
    """Post the same message to another chat, once, in the place of the one that could not be sent."""
    if await queue.done(session, row, now=to_ms(now)):
        await post_to(session, row, chat, now)


async def follow(session: Session, group: int, supergroup: int, now: datetime) -> None:
    """The group became a supergroup: whatever waits for it goes there, in its order and before anything newer."""
    await chat_migrations.hold(session, group, supergroup)
    await chat_migrations.note(session, group, supergroup)
    waiting = await session.rows(statements.waiting, **lines_of(group))
    for row in sorted(waiting, key=lambda row: int(row.id)):
        await session.run(statements.take_out, row=row.id)
        await post_to(session, row, supergroup, now)


async def post_to(session: Session, row: OutboxRow, chat: int, now: datetime) -> None:
    """Post the same message to another chat."""
    payload = json.decode(row.payload) | {"chat_id": chat}
    call = AddressedCall(
        chat=chat,
        lane=Lane(row.rank),
        method=row.method,
        payload=payload,
        card=row.card,
        notify=bool(row.ring),
        turn=row.turn,
    )
    await post(session, [call], now)


async def take(session: Session, lane: Lane, now: datetime, lease: timedelta, most: int) -> list[OutboxRow]:
    """Heads of this lane that may leave now. Whoever takes a row sends it: if they die first, nobody can know."""
    return await queue.take(session, rank=int(lane), now=to_ms(now), lease=to_ms(now + lease), most=most)


async def postpone(session: Session, row: OutboxRow, due: datetime) -> None:
    """It was not tried: its chat must wait."""
    await queue.put_back(session, row, due=to_ms(due), tries=row.attempts, why=row.error)
    await _let_newer_speak(session, row)


async def say_in(session: Session, row: OutboxRow, tried: rooms.TopicTried, now: datetime) -> None:
    """Send it again at once, in another topic of its group."""
    payload = {name: value for name, value in json.decode(row.payload).items() if name != THREAD}
    if tried.topic is not None:
        payload[THREAD] = tried.topic
    await say_otherwise(session, row, row.method, payload, now, why=tried.note)


async def say_otherwise(
    session: Session, row: OutboxRow, method: str, payload: dict[str, Any], now: datetime, *, why: str
) -> None:
    """Send it again at once, by this method and with these parameters."""
    await queue.put_back(session, row, due=to_ms(now), tries=row.attempts, why=why)
    await session.run(statements.say_otherwise, row=row.id, method=method, payload=encoder.encode(payload).decode())
    await _let_newer_speak(session, row)


async def wait_beside(session: Session, row: OutboxRow, due: datetime) -> None:
    """It was not tried: its method must wait in this chat, and the rest of its line goes on without it."""
    line = row.line if row.line.endswith(BESIDE) else f"{row.line}{BESIDE}"
    await queue.step_aside(session, row, line=line, due=to_ms(due))
    await _let_newer_speak(session, row)


async def retry(session: Session, row: OutboxRow, due: datetime, why: str, *, uncertain: bool) -> None:
    """Try again later. ``uncertain``: Telegram may have taken it, so the next try says that it is one."""
    await queue.put_back(session, row, due=to_ms(due), tries=row.attempts + 1, why=why)
    if uncertain:
        await session.run(statements.mark_uncertain, row=row.id)
    await _let_newer_speak(session, row)


async def _let_newer_speak(session: Session, row: OutboxRow) -> None:
    """While it was in hand, its card may have got a newer state."""
    if row.card is not None:
        await merge_all(session, [(row.card, row.chat)])


async def sent(session: Session, row: OutboxRow, now: datetime, next_not_before: datetime) -> bool:
    """Telegram took it; the chat's next of this lane may leave from the given moment. False: that is known already."""
    return await queue.done(session, row, now=to_ms(now), next_not_before=to_ms(next_not_before))


async def park(session: Session, row: OutboxRow, now: datetime, why: str) -> None:
    """Put it on the dead-call list, with the reason."""
    await queue.park(session, row, now=to_ms(now), why=why)


async def refused(session: Session, row: OutboxRow, now: datetime) -> None:
    """Its reader takes no messages: that is known now, and nobody has to look at it."""
    await queue.refused(session, row, now=to_ms(now), why=BLOCKED)


async def sent_alerts(session: Session, card: str) -> tuple[SentAlert, ...]:
    """The messages that asked somebody to look at this card and have not been forgotten, oldest first."""
    rows = await session.rows(statements.sent_alerts, card=card)
    return tuple(
        SentAlert(
            account=row.chat,
            at=from_ms(row.created_at),
            taken_at=from_ms(row.ended_at) if row.error is None and row.ended_at is not None else None,
            blocked=row.error == BLOCKED and row.ended_at is not None,
        )
        for row in rows
    )


async def lately_sent(session: Session, since: datetime) -> list[tuple[int, Lane, datetime]]:
    """Chat, lane and moment of what left since then, in order."""
    rows = await session.rows(statements.lately_sent, since=to_ms(since))
    return [(row.chat, Lane(row.rank), from_ms(row.ended_at)) for row in rows]


async def next_due(session: Session, lanes: Iterable[Lane] = Lane) -> int | None:
    """When the next message of these lanes may leave, in milliseconds since the epoch."""
    return await queue.next_due(session, lanes)


async def reclaim(session: Session, now: datetime, *, everything: bool) -> int:
    """Take back what a dead process was sending; each is uncertain now. How many.

    What its cards got to say meanwhile is said in its place: sent again after it, an older state would be what stays.
    """
    held = await queue.reclaim(session, now=to_ms(now), everything=everything)
    for row in held:
        await session.run(statements.mark_uncertain, row=row.id)
    await merge_all(session, dict.fromkeys((row.card, row.chat) for row in held if row.card is not None))
    return len(held)


async def prune(session: Session, before: datetime, most: int) -> int:
    """Forget what was sent before, at most so many; how many."""
    return await queue.prune(session, before=to_ms(before), most=most)
