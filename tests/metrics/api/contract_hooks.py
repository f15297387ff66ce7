"""Values that a schema can't know, for Schemathesis: keys that were not used before, and people who are at the desk."""

from itertools import count
from typing import Any

import schemathesis

PEOPLE = ("@beto", "sara", 1)
LEADER = "@sara"
_keys, _turns = count(), count()


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A request that is meant to be right names what is there."""
    if not case.meta.generation.mode.is_positive:
        return
    for name in [name for name in case.headers or () if name.lower() == "idempotency-key"]:
        case.headers[name] = f"contract-{next(_keys)}"
    if isinstance(case.body, dict) and case.body.get("assignee") is not None:
        case.body["assignee"] = PEOPLE[next(_turns) % len(PEOPLE)]
    if isinstance(case.body, dict) and case.body.get("on_behalf_of") is not None:
        case.body["on_behalf_of"] = LEADER
