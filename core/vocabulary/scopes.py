"""Scopes of a program's token: what it may do."""

from enum import StrEnum


class Scope(StrEnum):
    """Rights of a token; each stands for itself, none includes another."""

    READ = "read"  # tasks and numbers
    REPORT = "report"  # tasks and emergencies that it opens
    ACT = "act"  # changes of tasks
    POSITIONS = "positions"  # where people and tasks are
    METRICS = "metrics"  # metrics, and the details of health
    DURESS = "duress"  # silent alarms are there for it


# Of a token of the configuration: whatever needs no name of its own.
UNNAMED = frozenset(Scope) - {Scope.DURESS}
