"""Names of cards: under its name, the message that shows a thing in a chat is found again and changes in place.

They are stored with the messages: a name that changes strands every message sent under the old one.
"""

FAREWELL = "farewell"  # the desk's last words in a group that is nobody's


def task_card(task: int) -> str:
    """The card of a task."""
    return f"task:{task}"


def task_of_card(card: str) -> int | None:
    """The task that a card shows, None for a card of something else."""
    name, _, number = card.partition(":")
    return int(number) if name == "task" and number.isdigit() else None


def joined_card(task: int) -> str:
    """The answer to its reporter that later reports joined this emergency."""
    return f"joined:{task}"


def access_card(person: int) -> str:
    """The request for access of a person."""
    return f"access:{person}"


def requests_card() -> str:
    """The number of requests for access that wait."""
    return "requests"


def rise_card(rise: int) -> str:
    """The request that somebody becomes an administrator."""
    return f"rise:{rise}"


def freeze_card(person: int) -> str:
    """The question whether somebody who is frozen stays out."""
    return f"freeze:{person}"


def frozen_call_card(person: int) -> str:
    """The call for help of a phone that is frozen."""
    return f"freeze:{person}:call"


def reach_card(person: int) -> str:
    """The message that no message reaches a person, or that they are reached again."""
    return f"reach:{person}"


def checkin_card(person: int) -> str:
    """The check-in of a person."""
    return f"check_in:{person}"


def form_card(person: int, conversation: int | None = None) -> str:
    """The form that a person is filling in, in one of a room's conversations (None: the main one)."""
    return f"form:{person}" if conversation is None else f"form:{person}:{conversation}"


def album_card(album: str) -> str:
    """The answer to an album."""
    return f"album:{album}"


def handover_card(unit: int) -> str:
    """The message with which somebody takes over a unit's on-call duty."""
    return f"guard:{unit}"


def swap_card(unit: int, swap: int) -> str:
    """The question whether somebody takes another's turn."""
    return f"swap:{unit}:{swap}"


def pin_of(card: str) -> str:
    """The name of the pin on the map that goes with a card, and is taken back with it."""
    return f"{card}:pin"


def is_pin(card: str) -> bool:
    """Whether this is the name of a pin that goes with a card."""
    return card.endswith(":pin")
