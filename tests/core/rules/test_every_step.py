"""The table of what may follow what: every command about a task, at every stage of its life, by each who may ask.

A cell says what happens, or after a dash why not. ``yes`` is an agent's *Voy* with what it brings about, ``moved``
withdraws what others were offered and offers it anew, ``added`` asks one more beside whoever has it.
"""

from collections.abc import Iterator
from typing import get_args

import pytest
from msgspec.structs import replace

from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.words import Availability, Kind, Membership
from tests.core.stages import ANA, BETO, CARLA, COMMANDS, NAMED, NOON, OF_THE_DESK, RITA, SARA, answer, free, staged

ORDINARY = """
                 | unasked      | offered            | declined     | accepted     | running      | paused
Ana  accept      | -not-yours   | yes                | yes          | -already     | -already     | -already
Ana  decline     | -not-yours   | declined           | -offer-over  | declined     | declined     | declined
Ana  depart      | -not-yours   | yes+en_route       | -not-offered | en_route     | en_route     | en_route
Ana  arrive      | -not-yours   | yes+on_scene       | -not-offered | on_scene     | on_scene     | on_scene
Ana  start       | -not-yours   | yes+started        | -not-offered | started      | -already     | resumed
Ana  pause       | -not-yours   | -wrong-state       | -not-offered | -wrong-state | paused       | -already
Ana  resume      | -not-yours   | -wrong-state       | -not-offered | -wrong-state | -already     | resumed
Ana  complete    | -not-yours   | yes+completed      | -not-offered | completed    | completed    | completed
Sara accept      | -not-offered | -not-offered       | -not-offered | -taken       | -taken       | -taken
Sara decline     | -not-offered | -not-offered       | -not-offered | -not-offered | -not-offered | -not-offered
Sara depart      | -not-offered | -not-offered       | -not-offered | -taken       | -taken       | -taken
Sara arrive      | -not-offered | -not-offered       | -not-offered | -taken       | -taken       | -taken
Sara start       | started      | started            | started      | started      | -already     | resumed
Sara pause       | -wrong-state | -wrong-state       | -wrong-state | -wrong-state | paused       | -already
Sara resume      | -wrong-state | -wrong-state       | -wrong-state | -wrong-state | -already     | resumed
Sara complete    | completed    | completed+released | completed    | completed    | completed    | completed
Sara cancel      | cancelled    | cancelled+released | cancelled    | cancelled    | cancelled    | cancelled
Sara undo        | -not-your-act | -not-your-act      | -not-your-act | -not-your-act | -not-your-act | -not-your-act
Sara dispose     | -wrong-state | -wrong-state       | -wrong-state | -wrong-state | -wrong-state | -wrong-state
Sara classify    | -kind        | -kind              | -kind        | -kind        | -kind        | -kind
Sara reopen      | -already     | -already           | -already     | -already     | -already     | -already
Sara acknowledge | -no-alert    | -no-alert          | -no-alert    | -no-alert    | -no-alert    | -no-alert
Sara escalate    | escalated    | escalated          | escalated    | escalated    | escalated    | escalated
Sara assign Ana  | offered      | -already           | offered      | -taken       | -taken       | -taken
Sara assign Beto | offered      | moved              | offered      | added        | added        | added
Ana  reinforce   | -not-yours   | -not-yours         | -not-yours   | -not-yours   | -not-yours   | -not-yours
Sara reinforce   | seats_set    | seats_set          | seats_set    | seats_set    | seats_set    | seats_set
Sara relieve Ana | -already     | -already           | -already     | released     | released     | released
Ana  crew        | -not-yours   | -not-yours         | -not-yours   | mayday_heard | mayday_heard | mayday_heard
Sara crew        | -not-yours   | -not-yours         | -not-yours   | -not-yours   | -not-yours   | -not-yours
Sara round       | -nobody      | -nobody            | -nobody      | -nobody      | -nobody      | -nobody
desk mark Ana    | -already     | -already           | -already     | -already     | -already     | -already
Sara note        | noted        | noted              | noted        | noted        | noted        | noted
Sara locate      | located      | located            | located      | located      | located      | located
Sara revise      | revised      | revised            | revised      | revised      | revised      | revised
desk climb       | -answered    | -answered          | -answered    | -answered    | -answered    | -answered
desk check       | -answered    | -answered          | -answered    | -answered    | -answered    | -answered
desk tell more   | -answered    | -answered          | -answered    | -answered    | -answered    | -answered
desk search      | -answered    | -answered          | -answered    | -answered    | -answered    | -answered
desk expire Ana  | -offer-over  | expired            | -offer-over  | -offer-over  | -offer-over  | -offer-over
desk vacate Ana  | -answered    | vacated            | -answered    | vacated      | vacated      | vacated
desk tell Ana    | -answered    | reached            | -answered    | -answered    | -answered    | -answered
desk yield Ana   | -offer-over  | released           | -offer-over  | released     | released     | released
desk quieten     | acknowledged | released+acknowledged | acknowledged | acknowledged | acknowledged | acknowledged
desk count       | counted      | counted            | counted      | counted      | counted      | counted
Sara take out    | gone         | gone               | gone         | gone         | gone         | gone
"""

EMERGENCY = """
                 | asked                       | nobody           | taken              | on_scene
Ana  accept      | yes                         | accepted+started | -already           | -already
Ana  decline     | declined                    | -offer-over      | declined+escalated | declined+escalated
Ana  depart      | yes+en_route                | -not-offered     | en_route           | -already
Ana  arrive      | yes+on_scene                | -not-offered     | on_scene           | -already
Ana  start       | yes                         | -not-offered     | -already           | -already
Ana  pause       | -wrong-state                | -not-offered     | -wrong-state       | -wrong-state
Ana  resume      | -wrong-state                | -not-offered     | -already           | -already
Ana  complete    | accepted+released+completed | -not-offered     | completed          | completed
Beto accept      | yes                         | accepted+started | -taken             | -taken
Beto decline     | declined                    | declined         | -taken             | -taken
Beto depart      | yes+en_route                | -not-offered     | -taken             | -taken
Beto arrive      | yes+on_scene                | -not-offered     | -taken             | -taken
Beto start       | yes                         | -not-offered     | -taken             | -taken
Beto pause       | -wrong-state                | -not-offered     | -taken             | -taken
Beto resume      | -wrong-state                | -not-offered     | -taken             | -taken
Beto complete    | accepted+released+completed | -not-offered     | -taken             | -taken
Sara accept      | -not-offered                | -not-offered     | -taken             | -taken
Sara decline     | -not-offered                | -not-offered     | -not-offered       | -not-offered
Sara depart      | -not-offered                | -not-offered     | -taken             | -taken
Sara arrive      | -not-offered                | -not-offered     | -taken             | -taken
Sara start       | started                     | started          | -already           | -already
Sara pause       | -wrong-state                | -wrong-state     | -wrong-state       | -wrong-state
Sara resume      | -wrong-state                | -wrong-state     | -already           | -already
Sara complete    | completed+released+released | completed        | completed          | completed
Sara cancel      | cancelled+released+released | cancelled        | cancelled          | cancelled
Sara undo        | -not-your-act               | -not-your-act    | -not-your-act      | -not-your-act
Sara dispose     | -wrong-state                | -wrong-state     | -wrong-state       | -wrong-state
Sara classify    | -kind                       | -kind            | -kind              | -kind
Sara reopen      | -already                    | -already         | -already           | -already
Sara acknowledge | acknowledged                | acknowledged     | acknowledged       | acknowledged
Sara escalate    | escalated                   | escalated        | escalated          | escalated
Sara assign Ana  | moved                       | offered          | -taken             | -taken
Sara assign Beto | moved                       | offered          | added              | added
Ana  reinforce   | -not-yours                  | -not-yours       | seats_set+escalated | seats_set+escalated
Sara reinforce   | seats_set                   | seats_set+escalated | seats_set+escalated | seats_set+escalated
Sara relieve Ana | -already                    | -already         | released+escalated | released+escalated
Ana  crew        | -not-yours                  | -not-yours       | mayday_heard       | mayday_heard
Sara crew        | -not-yours                  | -not-yours       | -not-yours         | -not-yours
Sara round       | -nobody                     | -nobody          | -nobody            | round_called
desk mark Ana    | -already                    | -already         | -already           | -already
Sara note        | noted                       | noted            | noted              | noted
Sara locate      | located                     | located          | located            | located
Sara revise      | revised                     | revised          | revised            | revised
desk climb       | escalated                   | escalated        | -answered          | -answered
desk check       | -answered                   | -answered        | escalated          | -answered
desk tell more   | -answered                   | -answered        | -answered          | -answered
desk search      | -answered                   | -nobody-free     | -answered          | -answered
desk expire Ana  | expired                     | -offer-over      | -offer-over        | -offer-over
desk vacate Ana  | vacated                     | -answered        | vacated+escalated  | vacated+escalated
desk tell Ana    | reached                     | -answered        | -answered          | -answered
desk yield Ana   | released                    | -offer-over      | released           | released
desk quieten     | released+released+acknowledged | acknowledged  | acknowledged       | acknowledged
desk count       | counted                     | counted          | counted            | counted
Sara take out    | gone                        | gone             | gone               | gone
"""

GONE = {
    "gone": "report_taken_out",
    "counted": "share_counted",
    "added": "seats_set+offered",
    "-nobody": "-nobody-on-scene",
}
SHORT = {
    Kind.TASK: {"yes": "accepted", "moved": "released+offered", "-no-alert": "-nothing-to-acknowledge"} | GONE,
    Kind.EMERGENCY: {"yes": "accepted+released+started", "moved": "released+offered"} | GONE,
}

_ASKED = e.Offered(agent=ANA.id, by=SARA.id, by_hand=True)
_YES = e.Accepted(agent=ANA.id)
_CLIMBED = e.Escalated(step=0, notified=(SARA.id,), next_at=NOON, cause=Cause.OPENED)
_WAVE = (e.Offered(agent=ANA.id, until=NOON), e.Offered(agent=BETO.id, until=NOON), _CLIMBED)
_TAKEN = (*_WAVE, _YES, e.Released(agent=BETO.id), e.Started())

STAGES: dict[Kind, dict[str, Task]] = {
    Kind.TASK: {
        "unasked": staged(Kind.TASK),
        "offered": staged(Kind.TASK, _ASKED),
        "declined": staged(Kind.TASK, _ASKED, e.Declined(agent=ANA.id)),
        "accepted": staged(Kind.TASK, _ASKED, _YES),
        "running": staged(Kind.TASK, _ASKED, _YES, e.Started()),
        "paused": staged(Kind.TASK, _ASKED, _YES, e.Started(), e.Paused()),
        "completed": staged(Kind.TASK, _ASKED, _YES, e.Started(), e.Completed()),
        "cancelled": staged(Kind.TASK, _ASKED, _YES, e.Cancelled()),
    },
    Kind.EMERGENCY: {
        "asked": staged(Kind.EMERGENCY, *_WAVE),
        "nobody": staged(Kind.EMERGENCY, *_WAVE, e.Declined(agent=ANA.id), e.Expired(agent=BETO.id), _CLIMBED),
        "taken": staged(Kind.EMERGENCY, *_TAKEN),
        "on_scene": staged(Kind.EMERGENCY, *_TAKEN, e.EnRoute(agent=ANA.id), e.OnScene(agent=ANA.id)),
        "completed": staged(Kind.EMERGENCY, *_TAKEN, e.Completed()),
        "cancelled": staged(Kind.EMERGENCY, *_WAVE, e.Cancelled()),
    },
}
WHO: dict[str, Person | None] = {"Ana": ANA, "Beto": BETO, "Rita": RITA, "Sara": SARA, "desk": None}


def asked(who: str, what: str, task: Task) -> str:
    return answer(WHO[who], COMMANDS[what], task, agent=NAMED.get(what))


def cells() -> Iterator[tuple[Kind, str, str, str, str]]:
    """Kind, who, what, stage and the answer, of each cell of both tables."""
    for kind, text in ((Kind.TASK, ORDINARY), (Kind.EMERGENCY, EMERGENCY)):
        head, *rows = (line.split("|") for line in text.strip("\n").splitlines())
        for name, *line in rows:
            who, what = name.split(maxsplit=1)
            for stage, cell in zip(head[1:], line, strict=True):
                words = (SHORT[kind].get(word, word) for word in cell.strip().split("+"))
                yield kind, who, what.strip(), stage.strip(), "+".join(words)


@pytest.mark.parametrize(("kind", "who", "what", "stage", "expected"), list(cells()))
def test_p7_each_step_at_each_stage(kind: Kind, who: str, what: str, stage: str, expected: str) -> None:
    assert asked(who, what, STAGES[kind][stage]) == expected


def test_every_command_about_a_task_is_in_both_tables() -> None:
    for kind in Kind:
        written = {type(COMMANDS[what]) for table, _, what, _, _ in cells() if table is kind}
        assert written == set(get_args(c.TaskCommand))


@pytest.mark.parametrize("over", ["completed", "cancelled"])
@pytest.mark.parametrize("kind", Kind)
def test_on_a_closed_task_nothing_happens_but_notes_and_reopening(kind: Kind, over: str) -> None:
    said = {what: asked("desk" if what in OF_THE_DESK else "Sara", what, STAGES[kind][over]) for what in COMMANDS}
    closed = dict.fromkeys(COMMANDS, "-closed") | dict.fromkeys(OF_THE_DESK, "-answered")
    reopened = "reopened+escalated" if kind is Kind.EMERGENCY else "reopened"
    held = over == "completed" or kind is Kind.TASK
    again = {"reopen": f"{reopened}+offered" if held and kind is Kind.TASK else reopened, "undo": "-not-your-act"}
    ended = "disposed" if over == "completed" else "-wrong-state"
    kept = {"dispose": ended, "note": "noted", "take out": "report_taken_out", "vacate Ana": "-closed"}
    over_already = dict.fromkeys(("expire Ana", "yield Ana"), "-offer-over") | {"mark Ana": "-already"}
    assert said == closed | again | kept | over_already


@pytest.mark.parametrize("what", ["cancel", "reopen", "escalate", "revise", "note", "locate"])
@pytest.mark.parametrize("kind", Kind)
def test_who_reported_it_may_withdraw_it_escalate_it_and_put_it_right(kind: Kind, what: str) -> None:
    for task in STAGES[kind].values():
        assert asked("Rita", what, task) == asked("Sara", what, task)


@pytest.mark.parametrize("what", COMMANDS)
def test_p9_an_agent_who_has_no_part_in_a_task_can_do_nothing_with_it(what: str) -> None:
    for task in STAGES[Kind.TASK].values():
        assert asked("Beto", what, task) in ("-not-yours", "-above-role")


@pytest.mark.parametrize("what", COMMANDS)
def test_a_task_that_does_not_exist_is_said_to_be_unknown(what: str) -> None:
    assert answer(None, COMMANDS[what], None) == "-unknown-task"


def test_an_alert_is_taken_charge_of_once_and_what_agents_may_do_stays_the_same() -> None:
    for stage in ("asked", "nobody", "taken", "on_scene"):
        before = STAGES[Kind.EMERGENCY][stage]
        after = evolve(before, e.Acknowledged(person=SARA.id), NOON)
        assert asked("Sara", "acknowledge", after) == "-acknowledged"
        for what in ("accept", "depart", "arrive", "complete"):
            assert asked("Ana", what, after) == asked("Ana", what, before)


def test_ordinary_work_can_be_taken_charge_of_once_it_was_escalated() -> None:
    running = STAGES[Kind.TASK]["running"]
    escalated = evolve(running, e.Escalated(notified=(SARA.id,), cause=Cause.BY_HAND), NOON)
    assert asked("Sara", "acknowledge", escalated) == "acknowledged"


@pytest.mark.parametrize(
    ("what", "stage", "then"),
    [
        ("decline", "asked", "declined+offered"),
        ("expire Ana", "asked", "expired+offered"),
        ("decline", "taken", "declined+offered+escalated"),
        ("search", "nobody", "offered"),
        ("locate", "nobody", "located+offered"),
    ],
)
def test_while_there_is_somebody_to_ask_the_next_nearest_is_asked(what: str, stage: str, then: str) -> None:
    who = {"decline": ANA, "locate": RITA}.get(what)
    task = STAGES[Kind.EMERGENCY][stage]
    assert answer(who, COMMANDS[what], task, candidates=free(CARLA)) == then


def test_p4_when_the_last_one_says_no_the_alert_climbs() -> None:
    one_left = evolve(STAGES[Kind.EMERGENCY]["asked"], e.Declined(agent=BETO.id), NOON)
    assert asked("Ana", "decline", one_left) == "declined+escalated"
    assert asked("desk", "expire Ana", one_left) == "expired+escalated"


def test_p7_who_has_another_emergency_is_not_given_this_one() -> None:
    elsewhere = replace(ANA, hold=99)
    for stage in ("asked", "nobody"):
        assert answer(elsewhere, COMMANDS["accept"], STAGES[Kind.EMERGENCY][stage]) == "-in-emergency"
    for what in ("depart", "arrive", "start", "complete"):
        assert answer(elsewhere, COMMANDS[what], STAGES[Kind.EMERGENCY]["asked"]) == "-in-emergency"
    assert answer(SARA, COMMANDS["assign Ana"], STAGES[Kind.EMERGENCY]["nobody"], agent=elsewhere) == "-agent-busy"


@pytest.mark.parametrize(
    ("agent", "why"),
    [
        (None, "-unknown-person"),
        (replace(BETO, membership=Membership.DISABLED), "-unknown-person"),
        (replace(BETO, reachable=False), "-agent-unfit"),
        (replace(BETO, availability=Availability.OFF_DUTY), "-agent-unfit"),
        (replace(BETO, availability=Availability.UNAVAILABLE), "-agent-unfit"),
        (replace(BETO, availability=Availability.ON_TASK), "offered"),
    ],
)
def test_work_is_given_to_whom_it_can_reach(agent: Person | None, why: str) -> None:
    for kind, stage in ((Kind.TASK, "unasked"), (Kind.EMERGENCY, "nobody")):
        assert answer(SARA, COMMANDS["assign Beto"], STAGES[kind][stage], agent=agent) == why


def test_a_press_that_is_meant_for_what_the_card_showed_does_nothing_to_what_came_after() -> None:
    task = STAGES[Kind.TASK]["running"]
    assert answer(SARA, c.Cancel(task=7, seen=task.version - 1), task) == "-stale"
    assert answer(SARA, c.Cancel(task=7, seen=task.version), task) == "cancelled"
    assert answer(ANA, c.Pause(task=7, seen=task.version - 1, exact=True), task) == "-stale"
    assert answer(ANA, c.Pause(task=7, seen=task.version - 1), task) == "paused", "a late step still counts"
