"""How soon a report gets its answers: the promise itself, as it was kept."""

from itertools import product

from prometheus_client import CollectorRegistry, Histogram

from core.state.milestones import Milestone, Reached
from core.vocabulary.words import Kind, Priority

# Seconds. 10 and 60 are those of NFPA 1225 (an alarm is answered, and is on its way out), 5 the desk's own objective.
AFTER = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 14_400)


class MilestoneInstruments:
    """The time from a report to each of its milestones."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._seconds = Histogram(
            "gad_report_milestone_seconds",
            "Seconds from the moment at which a report was sent to the first time that Telegram took an alert of it"
            " (told), that somebody pressed Recibido (acknowledged) or Voy (accepted) or either (answered), was on"
            " scene, and that it was closed; drills and silent alarms are not counted",
            ["milestone", "kind", "priority"],
            buckets=AFTER,
            registry=registry,
        )
        kinds = [(Kind.EMERGENCY, Priority.CRITICAL), *product([Kind.TASK], Priority)]
        for milestone, (kind, priority) in product(Milestone, kinds):
            self._seconds.labels(milestone, kind, priority.name.lower())

    def reached(self, reached: Reached) -> None:
        """A milestone was reached, for the first time."""
        labels = (reached.milestone, reached.kind, reached.priority.name.lower())
        self._seconds.labels(*labels).observe(reached.after.total_seconds())
