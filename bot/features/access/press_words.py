"""Answers to presses that go no further: they are read in the press itself, by whoever pressed alone."""

from bot.conversation import registry
from bot.conversation.standings import Stand
from bot.transport.pressed import Pressed
from bot.ui import buttons
from bot.ui.buttons import Action, Press
from bot.ui.epoch import Epoch
from bot.ui.refusals import refusal_text
from bot.ui.texts import Texts
from core.state.person import Person
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership


class PressWords:
    """The words for a press that is refused before anything is looked up; none for any other."""

    def __init__(self, texts: Texts, epoch: Epoch) -> None:
        self._texts = texts
        self._epoch = epoch

    def __call__(self, pressed: Pressed, person: Person | None, stand: Stand = Stand.HERE) -> str:
        """Why this button does nothing for somebody (None: the desk has never met them); empty: it may do something.

        Alone with the bot whoever may not hears it in a message, with what to do instead.
        """
        in_group = "" if pressed.private else self._in_group(pressed.data, person)
        if in_group or stand is not Stand.NOWHERE:
            return in_group
        plain = self._epoch.read(pressed.data)
        press = buttons.parse(plain) if plain is not None else None
        help_wanted = press is not None and press.action in buttons.CALLS
        return str(self._texts("press-nowhere-help" if help_wanted else "press-nowhere"))

    def _in_group(self, data: str, person: Person | None) -> str:
        """Why it does nothing where others read along."""
        if person is None or not person.active:
            return str(self._texts(_STRANGERS[person.membership if person is not None else None]))
        plain = self._epoch.read(data)
        if plain is None:
            return ""  # of before a restore: that is told with what to do instead
        press = buttons.parse(plain)
        if press is None:
            return str(refusal_text(Refusal(reason=Reason.STALE), None, self._texts))
        role, _ = registry.press_of(press.action)
        if person.role < role:
            return str(refusal_text(Refusal(reason=Reason.ABOVE_ROLE, role=role), None, self._texts))
        return self._elsewhere(press, person)

    def _elsewhere(self, press: Press, person: Person) -> str:
        """Why a press of another person's button, or of one that no group has, does nothing."""
        standing = registry.standing_of(press)
        if standing is None:
            return ""
        if standing.private:
            return str(self._texts("press-nowhere-help" if press.action in buttons.CALLS else "press-nowhere"))
        try:
            owner = standing.owner_of(press)
        except buttons.NotOurs:
            return str(self._texts("press-nowhere"))
        return "" if owner in (None, person.id) else str(self._texts(_foreign(press.action)))


_STRANGERS = {
    Membership.PENDING: "press-pending",
    Membership.DISABLED: "press-disabled",
    Membership.FROZEN: "press-frozen",
    Membership.FORGOTTEN: "press-disabled",
    Membership.ACTIVE: "press-unknown",
    None: "press-unknown",
}


def _foreign(action: Action) -> str:
    """The key of what a press of another person's button is told."""
    match action:
        case Action.FORM:
            return "form-foreign"
        case Action.PAGE:
            return "list-foreign"
        case Action.CALL | Action.TAKE:
            return "call-foreign"
        case _:  # answers whose reader can simply ask anew
            return "press-foreign"
