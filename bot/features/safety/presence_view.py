"""Availability and position as the person reads them."""

from bot.ui.screen import Key, Screen
from bot.ui.texts import Texts
from core.state.person import Person
from core.vocabulary.words import Availability, Role


def available_screen(person: Person, texts: Texts, *, placed: bool, private: bool) -> Screen:
    """On duty. An agent whose place is not known or old is asked for it, in private with a key that sends it."""
    if person.role is not Role.AGENT:
        return Screen(text=texts("presence-available"))
    lines = [texts("presence-available"), texts("presence-offers" if placed else "presence-place-needed")]
    keys = ((Key(texts("key-send-place"), location=True),),) if private and not placed else ()
    return Screen(text="\n".join(lines), keys=keys)


def off_duty_screen(person: Person, texts: Texts) -> Screen:
    """Off duty: an agent is offered nothing; whoever leads is alerted all the same."""
    offered = "presence-no-offers" if person.role is Role.AGENT else "presence-alerts-still"
    return Screen(text=f"{texts('presence-off-duty')}\n{texts(offered)}", drop_keys=True)


def already_screen(availability: Availability, texts: Texts) -> Screen:
    """It was so before."""
    off = availability is Availability.OFF_DUTY
    return Screen(text=texts("presence-already-off-duty" if off else "presence-already-available"))


def alone_screen(command: str, texts: Texts) -> Screen:
    """The command takes no words: nobody's availability but one's own is meant."""
    return Screen(text=texts("presence-alone", name=texts.command(command)))


def placed_screen(person: Person, texts: Texts, *, live: bool) -> Screen:
    """The place was taken; says so to whoever would be offered nothing all the same."""
    lines = [texts("presence-live" if live else "presence-placed")]
    if person.role is Role.AGENT and person.availability in (Availability.OFF_DUTY, Availability.UNAVAILABLE):
        lines.append(texts("presence-placed-off-duty"))
    return Screen(text="\n".join(lines), drop_keys=True)


def not_own_place_screen(texts: Texts, *, forwarded: bool) -> Screen:
    """A place that says nothing about where its sender is."""
    return Screen(text=texts("presence-forwarded" if forwarded else "presence-venue"))
