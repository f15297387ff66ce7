"""Offers to agents: how many were asked, and what came of it."""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter

from core.desk.committed import Happened
from core.vocabulary import events as e


class OfferEnd(StrEnum):
    """End of an offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"  # another took it, or the task was closed
    VACATED = "vacated"  # the agent lost their access


class OfferInstruments:
    """Counts offers, by hand and by the desk, of everything but drills and silent alarms."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._made = Counter("gad_offers", "Agents who were asked to take a task or an emergency", registry=registry)
        self._waves = Counter(
            "gad_offer_waves", "Times that the desk asked the nearest free agents, several at once", registry=registry
        )
        self._ended = Counter(
            "gad_offers_ended", "Offers to agents that are over, by their outcome", ["outcome"], registry=registry
        )
        for end in OfferEnd:
            self._ended.labels(end)

    def happened(self, happened: Happened) -> None:
        """Something was committed."""
        offered = [record.event for record in happened.records if isinstance(record.event, e.Offered)]
        self._made.inc(len(offered))
        self._waves.inc(any(not offer.by_hand for offer in offered))
        for record in happened.records:
            end = end_of(record.event)
            if end is not None:
                self._ended.labels(end).inc()


def end_of(event: e.AnyEvent) -> OfferEnd | None:
    """The end of an offer that an event is; what ends after a yes is none."""
    match event:
        case e.Accepted():
            return OfferEnd.ACCEPTED
        case e.Declined(held=False):
            return OfferEnd.DECLINED
        case e.Expired():
            return OfferEnd.EXPIRED
        case e.Released(held=False):
            return OfferEnd.RELEASED
        case e.Vacated(held=False):
            return OfferEnd.VACATED
        case _:  # no other event ends one
            return None
