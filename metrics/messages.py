"""Messages on their way out: how soon the first try, what came of each, and what Telegram's limits made them wait."""

from itertools import product

from prometheus_client import CollectorRegistry, Counter, Histogram

from core.vocabulary.words import Lane
from metrics.verdicts import VERDICTS, verdict_in

# Seconds. The first ones are finer than what a person notices: that is where a change for the worse begins.
DELAYS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
OUTCOMES = (*VERDICTS, "needless")


class MessageInstruments:
    """One method for each thing that may happen to a message of the outbox."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._first_call = Histogram(
            "gad_first_call_seconds",
            "Seconds from the moment at which a message of an emergency might leave, by the limits of its chat and the"
            " bot, to its first call: the desk's own part",
            buckets=DELAYS,
            registry=registry,
        )
        self._tries = Counter(
            "gad_messages",
            "Tries to send a message, by what came of it: taken, a code of Telegram's, needless (it is there already),"
            " not_sent, broken (somebody else answered), unknown (no answer), stumbled (the desk's own fault)",
            ["lane", "outcome"],
            registry=registry,
        )
        self._waits = Histogram(
            "gad_limit_wait_seconds",
            "Seconds for which the limits of its chat and of the bot held back a message before its first call",
            ["lane"],
            buckets=(0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60),
            registry=registry,
        )
        for lane, outcome in product(Lane, OUTCOMES):
            self._tries.labels(lane.name.lower(), outcome)
        for lane in Lane:
            self._waits.labels(lane.name.lower())

    def first_call(self, seconds: float) -> None:
        """The first call of an emergency's message begins, so long after it might leave."""
        self._first_call.observe(seconds)

    def left(self, lane: Lane, outcome: str) -> None:
        """A message was tried; ``outcome`` is as in the counter's description."""
        self._tries.labels(lane.name.lower(), verdict_in(outcome)).inc()

    def held_back(self, lane: Lane, seconds: float) -> None:
        """The first call of a message begins, so much later for the limits of its chat and of the bot."""
        self._waits.labels(lane.name.lower()).observe(seconds)
