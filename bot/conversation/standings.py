"""Standings: on which screens a button may stand, whose it is, and which late presses of it still count.

They are declared beside the handler (`bot.conversation.registry`), and asked where a press comes in
(`bot.conversation.standing`).
"""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from bot.ui.buttons import Press
from core.vocabulary.card_names import (
    access_card,
    checkin_card,
    form_card,
    freeze_card,
    handover_card,
    rise_card,
    swap_card,
    task_card,
)


class ScreenKind(StrEnum):
    """The kinds of screens that have buttons. A card is the one message that shows a thing in its chat, by its name."""

    CARD = "task's card"
    ALERT = "task's card in a group"
    ANSWER = "answer about work"
    SURE = "question whether it is meant"
    LIST = "list of tasks"
    PICKER = "list of agents"
    REQUEST = "request for access"
    PEOPLE = "page of people"
    CHECK_IN = "check-in"
    LEAVING = "question about a check-in left behind"
    FORM = "form"
    UNITS = "page of units"
    ROOM = "question whose group it is"
    ONCALL = "page of duties"
    DAY = "question about the day"
    SHIFT = "own turns"
    SWAP = "question about a swap"
    HANDOVER = "handover"
    DRILL = "question about a drill"
    STATE = "state of the desk"
    INVITE = "question about a role"
    LINKS = "page of invitations"
    RISE = "request for an administrator"
    DATA = "own data"
    FREEZE = "question about a freeze"
    MEMBER = "one of the team"


class Stand(StrEnum):
    """Where the button of a press is: on its message; no more, though the message is still the card that it is about.

    Or it may have been there, and the message may be anything by now; or it is nowhere on it.
    """

    HERE = "here"
    OVER = "over"
    LATE = "late"
    NOWHERE = "nowhere"


Name = Callable[[Press, int, int | None], str]
"""The name of the card that a press is about, from who pressed (the person's id) and the topic."""


class Standing(Struct, frozen=True, kw_only=True):
    """One kind of callback data: an action with so many words (None: any number), the last of them ``last``.

    ``on`` are the screens that it may stand on, and ``private`` says that nobody else may read along there. It is for
    everybody who may act, or, ``asked``, for whom the screen answered; ``owner`` is the place of their id among the
    words (else the button carries it as its mark, where others read along).

    A press of a button that the message no longer has counts where ``late`` says so: on the card that it names, of the
    kinds in ``late_on``; or, with ``drawn_anew``, where the same button stands as it was drawn later. ``whoever``: it
    is about nobody but whoever presses, and alone with the bot it counts on any screen.
    """

    on: frozenset[ScreenKind]
    words: int | None = None
    last: str | None = None
    private: bool = False
    asked: bool = False
    owner: int | None = None
    late: Name | None = None
    late_on: frozenset[ScreenKind] = frozenset()
    drawn_anew: bool = False
    whoever: bool = False

    def fits(self, press: Press) -> bool:
        """Whether a press is of this kind."""
        words = press.words
        return self.words in (None, len(words)) and (self.last is None or words[-1:] == (self.last,))

    def owner_of(self, press: Press) -> int | None:
        """The id of the person whose button it is; None: everybody's who may act, or of before buttons had a mark."""
        if not self.asked:
            return None
        return press.number(self.owner) if self.owner is not None else press.owner


CARDS = frozenset({ScreenKind.CARD, ScreenKind.ALERT, ScreenKind.ANSWER})
OWN = CARDS - {ScreenKind.ALERT}


def of_task(*, own: bool = False, alert_late: bool = True) -> Standing:
    """A step on a task: its id, and the version that it was drawn for; the rules say why a late one does nothing.

    ``own``: an agent's, which no group's card has; ``alert_late``: the rules refuse it wherever a card doesn't show it.
    """
    kinds = OWN if own else CARDS
    late_on = kinds if alert_late else kinds - {ScreenKind.ALERT}
    return Standing(on=kinds, words=2, late=_task, late_on=late_on, drawn_anew=True)


def of_crew() -> Standing:
    """*Pido refuerzo*: a task, its version, and how many are to go; the rules say why a late one does nothing."""
    return Standing(on=OWN, words=3, late=_task, late_on=OWN, drawn_anew=True)


def of_whoever_goes() -> Standing:
    """*Mayday*: a call for help from a task, about nobody but whoever presses, and never too late."""
    return Standing(on=OWN, words=1, late=_task, late_on=OWN, drawn_anew=True, whoever=True)


def opens(*kinds: ScreenKind, words: int = 2) -> Standing:
    """A button that shows or asks something, and changes nothing by itself; a late one asks at home, not in a group."""
    if words != 2:
        return Standing(on=frozenset(kinds), words=words)
    late_on = frozenset(kinds) & {ScreenKind.CARD}
    return Standing(on=frozenset(kinds), words=words, late=_task, late_on=late_on, drawn_anew=True)


def on_page(
    *kinds: ScreenKind, words: int | None = None, private: bool = False, asked: bool = False, owner: int | None = None
) -> Standing:
    """A button of a page, a list or a question: it counts only as long as it is there."""
    return Standing(on=frozenset(kinds), words=words, private=private, asked=asked, owner=owner)


def of_oneself(kind: ScreenKind, name: Name, *, words: int = 0) -> Standing:
    """A sign of life or a call for help: about nobody but whoever presses, and never too late."""
    kinds = frozenset({kind})
    return Standing(on=kinds, words=words, private=True, late=name, late_on=kinds, whoever=True)


def of_card(kind: ScreenKind, name: Name, *, words: int | None = None, private: bool = False) -> Standing:
    """A button of a card that is found by its name; the rules say why a late one does nothing."""
    kinds = frozenset({kind})
    return Standing(on=kinds, words=words, private=private, late=name, late_on=kinds)


def _task(press: Press, _: int, __: int | None) -> str:
    return task_card(press.number(0))


def request(press: Press, _: int, __: int | None) -> str:
    """The card of a request for access."""
    return access_card(press.number(0))


def newcomer(press: Press, _: int, __: int | None) -> str:
    """The card of the request of the second person that a button names."""
    return access_card(press.number(1))


def rise(press: Press, _: int, __: int | None) -> str:
    """The card of a request that somebody becomes an administrator."""
    return rise_card(press.number(0))


def freeze(press: Press, _: int, __: int | None) -> str:
    """The card of the question whether somebody stays out."""
    return freeze_card(press.number(0))


def check_in(_: Press, person: int, __: int | None) -> str:
    """The card of the check-in of whoever presses."""
    return checkin_card(person)


def form_of(press: Press, _: int, topic: int | None) -> str:
    """The card of a form, by its owner."""
    return form_card(press.number(0), topic)


def handover(press: Press, _: int, __: int | None) -> str:
    """The card of a unit's handover."""
    return handover_card(press.number(0))


def swap(press: Press, _: int, __: int | None) -> str:
    """The card of a swap."""
    return swap_card(press.number(0), press.number(1))
