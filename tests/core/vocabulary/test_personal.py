"""Each field of an event that may hold somebody's words, name, place or account is either erasable or none of these."""

from typing import get_args

from msgspec import NODEFAULT, Struct, inspect, structs

from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.personal import ERASED, PERSONAL, whose
from core.vocabulary.words import Kind, Priority, TaskType
from tests.story.clock import NOON

# Names of tokens, rooms, units and zones, digests and causes: of the desk, and of no person who is let in.
THE_DESKS = {
    *(
        (event, f"work.{field}")
        for event in ("opened", "classified")
        for field in ("name", "emoji", "checklist", "capabilities")
    ),
    ("equipped", "capability"),
    ("offered", "wanted"),
    ("seats_set", "wants"),
    ("seats_set", "asked"),
    ("completed", "disposition"),
    ("disposed", "disposition"),
    ("opened", "share.program"),
    ("opened", "ladder.rungs"),
    ("completed", "program"),
    ("cancelled", "program"),
    ("acknowledged", "program"),
    ("seats_set", "program"),
    ("released", "program"),
    ("disposed", "program"),
    ("invited", "token_digest"),
    ("revoked", "token_digest"),
    ("unit_created", "name"),
    ("unit_created", "zone"),
    ("unit_revised", "name"),
    ("unit_revised", "zone"),
    ("group_linked", "title"),
    ("sealed", "seal"),
    ("sealed", "ends"),
    ("dropped", "cause"),
    ("resealed", "old_seal"),
    ("resealed", "new_seal"),
    ("resealed", "ends"),
    ("resealed", "seals"),
    ("resealed", "key"),
    ("resealed", "signature"),
    ("token_created", "name"),
    ("token_created", "by"),
    ("token_revoked", "name"),
    ("token_revoked", "by"),
}


def texts_of(kind: inspect.Type, path: str = "") -> set[str]:
    """Paths of a type's fields that are texts or places; a list of such counts as one."""
    match kind:
        case inspect.StrType():
            return {path}
        case inspect.UnionType(types):
            return set().union(*(texts_of(one, path) for one in types))
        case inspect.StructType(cls=cls, fields=fields):
            if cls.__name__ in ("Place", "Position"):
                return {path}
            return set().union(*(texts_of(f.type, f"{path}.{f.encode_name}".strip(".")) for f in fields))
        case inspect.VarTupleType(item_type=item):
            return {path} if texts_of(item, path) else set()
        case inspect.TupleType(item_types=items):
            return {path} if any(texts_of(one, path) for one in items) else set()
        case _:
            return set()


def test_p15_whatever_text_or_place_an_event_holds_can_be_erased_or_is_nobodys() -> None:
    undecided = set()
    for event in get_args(e.AnyEvent):
        tag = str(event.__struct_config__.tag)
        undecided |= {(tag, path) for path in texts_of(inspect.type_info(event)) if path not in PERSONAL.get(event, ())}
    assert undecided == THE_DESKS, "text or place that nobody has decided about: core/vocabulary/personal.py"


def test_p15_without_its_words_each_event_can_be_read() -> None:
    for event, names in PERSONAL.items():
        assert issubclass(event, Struct)
        wanted = {f.encode_name for f in structs.fields(event) if f.default is NODEFAULT and f.encode_name in names}
        assert wanted == set(ERASED.get(str(event.__struct_config__.tag), {}))


def test_p15_the_words_of_an_alarm_are_of_whom_it_is_about() -> None:
    opened = e.Opened(
        kind=Kind.EMERGENCY, task_type=TaskType.INTERVENTION, priority=Priority.CRITICAL, title="?", sent_at=NOON
    )
    assert whose(opened, None, 3) == 3
    assert whose(structs.replace(opened, reporter=4), None, 3) == 4
    alarm = Alarm(trigger=Trigger.STILL, person=5, track=())
    assert whose(structs.replace(opened, alarm=alarm), None, None) == 5
    assert whose(e.Renamed(name="Ana"), 6, 7) == 6
