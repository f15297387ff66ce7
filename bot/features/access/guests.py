"""Groups that are nobody's: the desk says so once and leaves, unless a supervisor is about to link the group."""

from datetime import timedelta

from telegram import ChatMember, ChatMemberUpdated

from bot.conversation.arrival import Arrival
from bot.conversation.turn import Turn
from bot.ui.farewell import farewell
from bot.ui.screen import Screen
from core.state.person import Person
from core.vocabulary.words import Role
from storage.queues.rooms import Guest

LINKED_WITHIN = timedelta(minutes=10)
_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED)


def at_home(arrival: Arrival) -> bool:
    """Whether it came from a private chat or from a group of the desk's."""
    return arrival.room is None or arrival.room.known


def may_link(person: Person | None) -> bool:
    """Whether somebody may make this group one of the desk's."""
    return person is not None and person.active and person.role >= Role.SUPERVISOR


def be_guest(arrival: Arrival, guest: Guest) -> None:
    """Say once what becomes of it: a supervisor has some minutes to link it, everybody else hears a farewell."""
    waits = guest.until is not None and arrival.now < guest.until
    if guest.told or waits:
        return
    if may_link(arrival.person) and guest.until is None:
        minutes = int(LINKED_WITHIN.total_seconds()) // 60
        Turn(arrival).say(Screen(text=arrival.services.texts("guest-link", minutes=minutes)))
        arrival.results.guest = Guest(until=arrival.now + LINKED_WITHIN)
        return
    Turn(arrival).pass_on(farewell(arrival.here, arrival.services.texts))
    arrival.results.guest = Guest(told=True)


def membership(arrival: Arrival, change: ChatMemberUpdated) -> None:
    """Meet a group that the bot was added to; whoever put it out has nothing to hear, then or later."""
    was, is_in = (member.status in _INSIDE for member in (change.old_chat_member, change.new_chat_member))
    if at_home(arrival):
        return
    if is_in and not was:
        be_guest(arrival, Guest())
    elif was and not is_in:
        arrival.results.guest = Guest()
