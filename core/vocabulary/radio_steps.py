"""Steps that somebody says by radio or telephone, as a supervisor notes them on their behalf."""

from enum import StrEnum


class RadioStep(StrEnum):
    """A step of one's own, or that one is well; ``UNDO`` takes the noted one back."""

    GO = "go"
    DECLINE = "decline"
    DEPART = "depart"
    ARRIVE = "arrive"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    FINE = "fine"
    UNDO = "undo"
