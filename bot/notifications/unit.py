"""Messages about a unit: who belongs to it, its rota, swaps, and handing over."""

from datetime import datetime
from typing import assert_never

from bot.features.oncall import handover_view, swap_view, uncovered_view
from bot.ui import user_text
from bot.ui.moments import span
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.desk.ports import OutgoingMessage
from core.notifications.unit_notifications import UnitContext, UnitNotification
from core.state.shifts import HORIZON, upcoming
from core.vocabulary import unit_events as u
from core.vocabulary.rotas import Cover


def unit_message(
    notification: UnitNotification, file: UnitContext, texts: Texts, now: datetime
) -> OutgoingMessage | None:
    """The message about a unit, its times by the unit's clocks; None where its reader has nothing to see."""
    screen = _screen(notification, file, texts.within(file.unit.rota.tz), now)
    if screen is None:
        return None
    return OutgoingMessage(
        to=notification.to,
        lane=notification.lane,
        content=screen,
        card=notification.card,
        notify=notification.notify,
    )


def _screen(notification: UnitNotification, file: UnitContext, texts: Texts, now: datetime) -> Screen | None:
    event = notification.event
    unit = user_text.name(file.unit.name)
    match event:
        case u.Enrolled():
            return Screen(text=texts("unit-enrolled", unit=unit))
        case u.Dismissed():
            return Screen(text=texts("unit-dismissed", unit=unit))
        case u.RotationSet():
            return Screen(text=_rotation(notification, event, file, texts, now))
        case u.CoverSet():
            return Screen(text=_cover(notification, event.cover, file, texts))
        case u.AbsenceSet(absence=absence):
            return Screen(text=texts("absence-set", unit=unit, when=span(absence.start, absence.end, texts)))
        case u.EntryWithdrawn():
            return Screen(text=texts("entry-withdrawn", unit=unit))
        case u.SwapAsked() | u.SwapAccepted() | u.SwapDeclined():
            return swap_view.swap_screen(notification, event, file, texts, now)
        case u.HandOverDue() | u.TakenOver() | u.Relieved() | u.HandOverLate():
            return handover_view.watch_screen(notification, event, file, texts, now)
        case u.UncoveredFound():
            return uncovered_view.uncovered_screen(event, file.unit, texts, now)
        case u.GroupLinked():
            return Screen(text=_linked(event, file, texts))
        case u.UnitCreated() | u.UnitRevised() | u.RotationDropped() | u.UncoveredFilled():
            return None
        case _:
            assert_never(event)


def _linked(event: u.GroupLinked, file: UnitContext, texts: Texts) -> Html:
    """To administrators: who linked which group, or took it away."""
    unit, by = user_text.name(file.unit.name), handover_view.who(file, file.caller, texts)
    if event.room is None:
        return texts("group-unlinked-told", unit=unit, by=by)
    group = user_text.name(event.title) if event.title else texts("group-nameless")
    return texts("group-linked-told", unit=unit, by=by, group=group, id=str(event.room))


def _rotation(
    notification: UnitNotification, event: u.RotationSet, file: UnitContext, texts: Texts, now: datetime
) -> Html:
    """Where the reader finds their next turn."""
    unit = user_text.name(file.unit.name)
    shifts = upcoming(file.unit.rota, event.rotation, now, 2 * len(event.rotation.people))
    mine = [shift for shift in shifts if notification.reader is not None and shift.person == notification.reader.id]
    if not mine or mine[0].end >= now + HORIZON:
        return texts("rotation-set", unit=unit)
    if mine[0].start <= now:
        return texts("rotation-set-now", unit=unit, until=texts.weekday_and_time(mine[0].end))
    return texts("rotation-set-turn", unit=unit, when=span(mine[0].start, mine[0].end, texts))


def _cover(notification: UnitNotification, cover: Cover, file: UnitContext, texts: Texts) -> Html:
    unit, when = user_text.name(file.unit.name), span(cover.start, cover.end, texts)
    if notification.reader is not None and notification.reader.id != cover.person:
        return texts("cover-relieves", unit=unit, when=when, who=handover_view.who(file, cover.person, texts))
    return texts("cover-set" if cover.rotation else "cover-besides", unit=unit, when=when)
