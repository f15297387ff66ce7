"""Values that a schema can't know, for Schemathesis: unused keys, people who are at the desk, and its kinds of work."""

from itertools import count
from typing import Any

import schemathesis

PEOPLE = ("@beto", "sara", 1)
WORK, DISPOSITION = "Incendio", "resolved"
LEADER = "@sara"
_keys, _turns = count(), count()


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A request that is meant to be right names what is there."""
    if not case.meta.generation.mode.is_positive:
        return
    for name in [name for name in case.headers or () if name.lower() == "idempotency-key"]:
        case.headers[name] = f"contract-{next(_keys)}"
    if not isinstance(case.body, dict):
        return
    for name in ("assignee", "relieved"):
        if case.body.get(name) is not None:
            case.body[name] = PEOPLE[next(_turns) % len(PEOPLE)]
    if case.body.get("on_behalf_of") is not None:
        case.body["on_behalf_of"] = LEADER
    if case.body.get("work") is not None:
        case.body["work"] = WORK
    if case.body.get("disposition") is not None:
        case.body["disposition"] = DISPOSITION
    if case.body.get("state", "completed") != "completed":
        case.body.pop("disposition", None)  # how it ended is told of an end alone
