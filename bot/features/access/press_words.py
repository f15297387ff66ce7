"""Answers to presses that go no further: in a group they are read in the press itself, by whoever pressed alone."""

from bot.conversation import registry
from bot.ui import buttons
from bot.ui.epoch import Epoch
from bot.ui.refusals import refusal_text
from bot.ui.texts import Texts
from core.state.person import Person
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Membership


class PressWords:
    """The words for a press in a group that is refused before anything is looked up; none for any other."""

    def __init__(self, texts: Texts, epoch: Epoch) -> None:
        self._texts = texts
        self._epoch = epoch

    def __call__(self, data: str, person: Person | None) -> str:
        """Why this button does nothing for somebody (None: the desk has never met them); empty: it may do something."""
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
        return ""


_STRANGERS = {
    Membership.PENDING: "press-pending",
    Membership.DISABLED: "press-disabled",
    Membership.ACTIVE: "press-unknown",
    None: "press-unknown",
}
