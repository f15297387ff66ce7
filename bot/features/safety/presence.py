"""Availability and position: ``/disponible``, ``/fuera``, one's own place, and a chat that falls silent."""

from datetime import timedelta

from telegram import ChatMember, ChatMemberUpdated

from bot.conversation.privacy_notice import inform, with_notice
from bot.conversation.registry import command
from bot.conversation.turn import CommandTurn, MessageTurn, RegisteredTurn, Turn
from bot.features.safety import presence_view as views
from bot.features.safety.leaving import leave, way
from core.desk.outcome import Refused
from core.rules.permissions import DESK
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.places import Place, Position, on_earth
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Availability, Role

OFF = "fuera"


@command("available", role=Role.AGENT)
async def available(turn: CommandTurn) -> None:
    """On duty; asks for the place where it is not known or old."""
    person = await _set(turn, Availability.AVAILABLE) if _alone(turn, "available") else None
    if person is not None:
        placed = _lately_seen(person, turn)
        turn.say(views.available_screen(person, turn.texts, placed=placed, private=turn.private))


@command("off", role=Role.AGENT)
async def off_duty(turn: CommandTurn) -> None:
    """Off duty."""
    if _alone(turn, "off"):
        await leave(turn, OFF)


@way(OFF)
async def _leave(turn: RegisteredTurn) -> bool:
    person = await _set(turn, Availability.OFF_DUTY)
    if person is not None:
        turn.say(views.off_duty_screen(person, turn.texts))
    return person is not None or turn.person.availability is Availability.OFF_DUTY


async def here(turn: MessageTurn) -> None:
    """A location that no form waits for is where its sender is, at the time at which it was sent.

    In a group only a live one is sure to be that; of what is no place of the sender's own, only a private chat hears.
    A live location that moves comes in as positions alone, so this is its first message.
    """
    message = turn.message
    if message.location is None:
        return
    spot, period = message.location, message.location.live_period
    forwarded = message.forward_origin is not None
    if forwarded or message.venue is not None:
        if turn.private:
            turn.say(views.not_own_place_screen(turn.texts, forwarded=forwarded))
    elif not on_earth(spot.latitude, spot.longitude):
        await turn.refuse(Refusal(reason=Reason.OFF_EARTH))
    elif turn.private or period is not None:
        place = Place(lat=spot.latitude, lon=spot.longitude)
        turn.seen(
            Position(place=place, at=turn.sent_at, accuracy=spot.horizontal_accuracy),
            live_until=turn.sent_at + period if isinstance(period, timedelta) else None,
        )
        if turn.private:
            placed = views.placed_screen(turn.person, turn.texts, live=period is not None)
            turn.say(await with_notice(turn, turn.person, placed))
        else:
            await inform(turn, turn.person)


async def membership(turn: Turn, person: Person, change: ChatMemberUpdated) -> None:
    """The person blocked the bot, or took it back (https://core.telegram.org/bots/api#chatmemberupdated)."""
    blocked = change.new_chat_member.status == ChatMember.BANNED
    mark = c.MarkSilenced(person=person.id) if blocked else c.MarkHeard(person=person.id)
    await turn.services.desk.execute(mark, caller=DESK, key=turn.next_key())


def _alone(turn: CommandTurn, name: str) -> bool:
    """Tells whether the command stands alone; otherwise says that nothing may follow it."""
    if turn.words.strip():
        turn.say(views.alone_screen(name, turn.texts))
        return False
    return True


async def _set(turn: RegisteredTurn, availability: Availability) -> Person | None:
    """The person as they are now, or None when why not was said."""
    outcome = await turn.execute(c.SetAvailability(person=turn.person.id, availability=availability))
    if not isinstance(outcome, Refused):
        return outcome.person
    if outcome.refusal.reason is Reason.UNCHANGED:
        turn.say(views.already_screen(availability, turn.texts))
    else:
        await turn.refuse(outcome.refusal)
    return None


def _lately_seen(person: Person, turn: RegisteredTurn) -> bool:
    known = person.known_at(turn.now)
    return known is not None and turn.now - known <= turn.services.rules.location_max_age
