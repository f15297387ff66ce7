"""The first line of a card that rings: what has just happened."""

from bot.cards.actors import actor, in_the_name_of, named, of_which_unit, program_name
from bot.cards.reader_view import ReaderView
from bot.ui.texts import Html
from core.notifications.rung import program_of
from core.state.task import code_of
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import seats as st
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.maydays import MaydayHeard


def headline(view: ReaderView, event: e.AnyEvent | None) -> Html | None:
    """One line for this reader, or None where the card says it all; a drill never reads like the real thing."""
    what = _headline(view, event)
    return view.texts("news-drill", what=what) if what is not None and view.task.drill else what


def _headline(view: ReaderView, event: e.AnyEvent | None) -> Html | None:
    texts, kind = view.texts, view.task.kind.value
    if event is not None and in_the_name_of(view.file, view.reader_id, event):
        return _in_your_name(view, event)
    match event:
        case e.Opened() | e.Escalated(cause=Cause.OPENED) | n.Notified(cause=Cause.OPENED) | e.Offered() if (
            view.task.silent
        ):
            return texts("news-silent")
        case e.Opened():
            return texts(f"news-opened-{'reporter' if view.reports else 'other'}-{kind}")
        case e.Offered():
            return texts(f"news-offered-{kind}")
        case e.Escalated(cause=Cause.OPENED):
            return texts(f"news-opened-other-{kind}")
        case e.Escalated(step=None, cause=Cause.TIME):
            return texts("news-broadcast")
        case e.Escalated():
            return _of_a_climb(view, event.cause, actor(view, event))
        case n.Notified():
            return _of_a_page(view, event)
        case e.Located(place=None):
            return texts("news-located-words", who=actor(view, event))
        case e.Located():
            return texts("news-located", who=actor(view, event))
        case e.Accepted() if view.task.seats > 1:
            crew, seats = len(view.task.crew), view.task.seats
            return texts("news-accepted-of", who=view.who(event.agent), crew=crew, seats=seats)
        case e.Accepted():
            return texts("news-accepted", who=view.who(event.agent))
        case st.SeatsSet():
            return texts("news-called", who=actor(view, event))
        case MaydayHeard():
            return texts("news-mayday", who=view.who(event.agent), code=code_of(event.alarm))
        case e.OnScene():
            return texts("news-on-scene", who=view.who(event.agent))
        case r.Reopened():
            return texts("news-undone" if event.undone else "news-reopened", who=actor(view, event))
        case r.DeclineUndone():
            return texts("news-decline-undone", who=view.who(event.agent))
        case e.Declined(held=True):
            return texts("news-gave-up", who=view.who(event.agent))
        case e.Released():
            return _of_a_release(view, event)
        case e.Declined():
            return texts("news-declined", who=view.who(event.agent))
        case e.Expired():
            return texts("news-expired", who=view.who(event.agent))
        case e.Reached():
            return texts("news-reached")
        case e.Vacated():
            return texts(f"news-vacated-{'held' if event.held else 'asked'}", who=view.who(event.agent))
        case e.Acknowledged():
            return texts(
                "news-acknowledged", who=of_which_unit(view, event.person, named(view, event.program, event.person))
            )
        case e.Completed():
            return texts("news-completed", who=of_which_unit(view, view.file.caller, actor(view, event)))
        case e.Cancelled(in_time=True):
            alarm = view.task.alarm
            return texts("news-answered-in-time", who=view.who(alarm.person if alarm is not None else None))
        case e.Cancelled():
            return texts("news-cancelled", who=of_which_unit(view, view.file.caller, actor(view, event)))
        case _:  # a card that changes in place for anything else needs no headline
            return None


def _of_a_release(view: ReaderView, event: e.Released) -> Html:
    """Somebody relieves who goes, or the desk needs them elsewhere."""
    you, who = "-you" if view.reader_id == event.agent else "", view.who(event.agent)
    if view.file.caller is None:
        return view.texts(f"news-released{you}", who=who)
    by = of_which_unit(view, view.file.caller, actor(view, event))
    return view.texts(f"news-relieved{you}", who=who, by=by)


def _in_your_name(view: ReaderView, event: e.AnyEvent) -> Html:
    """An act of a program in the reader's name; each such event has words that are called as it is stored."""
    tag = str(event.__struct_config__.tag).replace("_", "-")
    who = view.who(event.agent) if isinstance(event, e.Released) else ""
    return view.texts(f"news-{tag}-in-your-name", program=program_name(view.texts, program_of(event), None), who=who)


def _of_a_page(view: ReaderView, event: n.Notified) -> Html:
    """As the climb itself says it."""
    match event.cause:
        case Cause.OPENED:
            return view.texts(f"news-opened-other-{view.task.kind.value}")
        case Cause.TIME if event.step is None:
            return view.texts("news-broadcast")
        case _:  # each cause has words that are called as it is
            return _of_a_climb(view, event.cause, view.who(event.by))


def _of_a_climb(view: ReaderView, cause: Cause, who: str) -> Html:
    return view.texts(f"news-escalated-{cause.value.replace('_', '-')}", who=who)
