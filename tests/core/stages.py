"""A small desk for the rules: six people, and tasks at each stage of their lives, made by the events before."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import DESK, Caller, caller_of
from core.rules.situation import Candidate, Rules, Situation
from core.state.person import Person
from core.state.task import Task, evolve, opened
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.dispositions import RESOLVED, Dispose
from core.vocabulary.escalation_policy import EscalationPolicy, EscalationStep
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.refusals import Refusal
from core.vocabulary.rounds import CallRound, MarkRound, RoundWord
from core.vocabulary.words import Availability, Kind, Membership, Priority, Role, TaskType
from tests.core.everybody import Everybody

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LADDER = EscalationPolicy(
    steps=(
        EscalationStep(after=timedelta(0), written=("supervisors",)),
        EscalationStep(after=timedelta(minutes=1), written=("admins",)),
    ),
    broadcast_every=timedelta(minutes=2),
)
RULES = Rules(policies={Priority.CRITICAL: LADDER})


def person(number: int, name: str, role: Role = Role.AGENT) -> Person:
    """Somebody active and available."""
    return Person(
        id=number,
        account=100 + number,
        name=name,
        role=role,
        membership=Membership.ACTIVE,
        availability=Availability.AVAILABLE,
    )


RITA, ANA, BETO, CARLA = (person(number, name) for number, name in enumerate(("Rita", "Ana", "Beto", "Carla"), 1))
SARA, ADA = person(5, "Sara", Role.SUPERVISOR), person(6, "Ada", Role.ADMIN)
EVERYBODY = {each.id: each for each in (RITA, ANA, BETO, CARLA, SARA, ADA)}
DIRECTORY = Everybody(known=(SARA, ADA), assignees=(ANA, BETO, CARLA))

COMMANDS: dict[str, c.TaskCommand] = {
    "accept": c.Accept(task=7),
    "decline": c.Decline(task=7),
    "depart": c.Depart(task=7),
    "arrive": c.Arrive(task=7),
    "start": c.Start(task=7),
    "pause": c.Pause(task=7),
    "resume": c.Resume(task=7),
    "complete": c.Complete(task=7),
    "cancel": c.Cancel(task=7),
    "undo": c.Undo(task=7),
    "classify": Classify(task=7, work="Robo"),
    "dispose": Dispose(task=7, disposition=RESOLVED),
    "reopen": c.Reopen(task=7),
    "acknowledge": c.Acknowledge(task=7),
    "escalate": c.Escalate(task=7),
    "assign Ana": c.Assign(task=7, agent=ANA.id),
    "assign Beto": c.Assign(task=7, agent=BETO.id),
    "note": c.AddNote(task=7, text="rejas rotas"),
    "locate": c.Locate(task=7, address="Parque"),
    "revise": c.Revise(task=7, title="Ronda doble"),
    "climb": c.EscalateDue(task=7),
    "check": c.CheckProgress(task=7),
    "tell more": n.NotifyMore(task=7),
    "search": c.Search(task=7),
    "expire Ana": c.ExpireOffer(task=7, agent=ANA.id),
    "vacate Ana": c.Vacate(task=7, person=ANA.id),
    "tell Ana": c.TellAgain(task=7, person=ANA.id),
    "take out": s.MarkTakenOut(task=7, number=9, into=10),
    "yield Ana": s.YieldAgent(task=7, agent=ANA.id),
    "quieten": s.Quieten(task=7, by=6),
    "count": s.Count(task=7, earlier=1),
    "reinforce": st.Reinforce(task=7),
    "relieve Ana": st.Relieve(task=7, agent=ANA.id),
    "crew": TellCrew(task=7, alarm=8),
    "round": CallRound(task=7),
    "mark Ana": MarkRound(task=7, agent=ANA.id, word=RoundWord.WELL),
}
NAMED = {
    "assign Ana": ANA,
    "assign Beto": BETO,
    "vacate Ana": replace(ANA, membership=Membership.DISABLED),
    "tell Ana": ANA,
}
OF_THE_DESK = tuple(
    "climb|check|tell more|search|expire Ana|vacate Ana|tell Ana|yield Ana|quieten|count|mark Ana".split("|"),
)


def opening(kind: Kind) -> e.Opened:
    """Rita's report."""
    emergency = kind is Kind.EMERGENCY
    return e.Opened(
        kind=kind,
        task_type=TaskType.PATROL,
        priority=Priority.CRITICAL if emergency else Priority.MEDIUM,
        title="Robo" if emergency else "Ronda",
        sent_at=NOON,
        reporter=RITA.id,
        policy=LADDER if emergency else None,
    )


def staged(kind: Kind, *events: e.TaskEvent) -> Task:
    """Rita's report after these events."""
    task = opened(7, opening(kind), NOON)
    for event in events:
        task = evolve(task, event, NOON)
    return task


def situation(caller: Person | None, task: Task | None, **more: object) -> Situation:
    """The situation of a decision that this person asks for; None: the desk itself."""
    asks: Caller = caller_of(caller) if caller is not None else DESK
    return Situation(caller=asks, rules=RULES, task=task, directory=DIRECTORY, **more)  # type: ignore[arg-type]


def answer(caller: Person | None, command: c.AnyCommand, task: Task | None, **more: object) -> str:
    """The desk's answer: the names of the events in their order, or a dash and the reason of its no."""
    decision = decide(situation(caller, task, **more), command, NOON + SECOND)
    if isinstance(decision, Refusal):
        return f"-{decision.reason}"
    return "+".join(str(type(event).__struct_config__.tag) for event in decision)


def free(*persons: Person) -> tuple[Candidate, ...]:
    """These could be asked, in this order."""
    return tuple(Candidate(person=each, distance=100.0 * n) for n, each in enumerate(persons, 1))
