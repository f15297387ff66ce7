"""Swaps: the question, its answer, and who hears of it."""

from datetime import datetime
from typing import assert_never

from bot.features.oncall.handover_view import who
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.moments import span
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.notifications.unit_notifications import SwapEvent, UnitContext, UnitNotification
from core.vocabulary import unit_events as u
from core.vocabulary.rotas import Swap

YES, NO = "si", "no"


def swap_screen(
    notification: UnitNotification, event: SwapEvent, file: UnitContext, texts: Texts, now: datetime
) -> Screen:
    """The message about a swap for this reader."""
    swap = event.swap
    me = notification.reader.id if notification.reader is not None else None
    match event:
        case u.SwapAsked() if swap.open:
            take = button(texts("swap-take"), Action.SWAP, file.unit.id, swap.id, YES)
            return Screen(text=_sentence("swap-offered", swap, file, texts), buttons=((take,),))
        case u.SwapAsked():
            words = (file.unit.id, swap.id)
            answers = (
                button(texts("swap-yes"), Action.SWAP, *words, YES),
                button(texts("swap-no"), Action.SWAP, *words, NO),
            )
            return Screen(text=_sentence("swap-asked", swap, file, texts), buttons=(answers,))
        case u.SwapAccepted():
            other = "swap-news" if notification.card is None else "swap-offer-taken"
            key = {swap.asked: "swap-taken", swap.asker: "swap-accepted"}.get(me or 0, other)
            return Screen(text=_sentence(key, swap, file, texts, agreed=True))
        case u.SwapDeclined(left=int(left)):
            lines = [_sentence("swap-closed", swap, file, texts), texts("swap-left", who=who(file, left, texts))]
            return Screen(text="\n".join(lines))
        case u.SwapDeclined() if swap.open:
            unwanted = me == swap.asker and swap.gives.start <= now
            return Screen(text=_sentence("swap-offer-nobody" if unwanted else "swap-closed", swap, file, texts))
        case u.SwapDeclined():
            return Screen(text=_sentence("swap-declined" if me == swap.asker else "swap-closed", swap, file, texts))
        case _:
            assert_never(event)


def asked_screen(swap: Swap, file: UnitContext, texts: Texts) -> Screen:
    """To whoever asked, one person or the whole unit: the question is on its way, and can be taken back."""
    back = button(texts("swap-take-back"), Action.SWAP, file.unit.id, swap.id, NO)
    return Screen(
        text=_sentence("swap-offer-sent" if swap.open else "swap-sent", swap, file, texts), buttons=((back,),)
    )


def _sentence(key: str, swap: Swap, file: UnitContext, texts: Texts, *, agreed: bool = False) -> Html:
    """The line that says what happened, whose turn it is about, and what is done for it."""
    names = {"asker": who(file, swap.asker, texts), "asked": who(file, swap.asked, texts)}
    gives = span(swap.gives.start, swap.gives.end, texts)
    given = "swap-gives-agreed" if agreed else "swap-offer-turn" if swap.open else "swap-gives"
    lines = [texts(key, unit=user_text.name(file.unit.name), **names), texts(given, when=gives, **names)]
    if swap.takes is not None:
        takes = span(swap.takes.start, swap.takes.end, texts)
        lines.append(texts("swap-takes-agreed" if agreed else "swap-takes", when=takes, **names))
    return Html("\n".join(lines))
