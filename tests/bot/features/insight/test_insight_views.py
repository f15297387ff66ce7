"""Texts of ``/plan``, ``/porque`` and the report on a drill, in every language."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.cards.card import card
from bot.features.insight.drills_view import begin_screen, report_screen
from bot.features.insight.plan_view import Outlook, named_in, open_screen, opening_screen
from bot.features.insight.steps_view import step_text
from bot.features.insight.why_view import named_in as named_in_causes
from bot.features.insight.why_view import why_screen
from bot.ui.elapsed import elapsed
from bot.ui.texts import Texts
from core.queries.plan import Plan, Step
from core.queries.replay import Asked, Because, Why
from core.rules.drills import Part, Result
from core.state.person import Person
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import (
    Cause,
    EscalationPolicy,
    EscalationStep,
    EscalationTarget,
    Unreached,
    step_of,
)
from core.vocabulary.words import Role, TaskState
from tests.bot.ui.people import ANA, ES, EVERY_LANGUAGE, MARTA, NOW, SONIA, labels, shown
from tests.bot.ui.tasks import BETO, JUAN, PEOPLE, ROBBERY, file_of

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
EVERYBODY = {**PEOPLE, MARTA.id: MARTA, SONIA.id: SONIA}
LADDER = EscalationPolicy(
    steps=(
        EscalationStep(after=timedelta(0), written=("assignee", "unit_supervisors_on_duty")),
        EscalationStep(after=MINUTE, written=("supervisors_on_duty", "-100")),
        EscalationStep(after=2 * MINUTE, written=("supervisors",)),
        EscalationStep(after=3 * MINUTE, written=("admins",)),
    ),
    broadcast_every=2 * MINUTE,
)
ALERT = replace(ROBBERY, policy=LADDER)
DRILL = replace(ROBBERY, drill=True, title="Simulacro", place=None, reporter=MARTA.id, assignments=())


def step(seconds: float, *events: e.TaskEvent, again: bool = False) -> Step:
    return Step(at=NOW + seconds * SECOND, events=events, again=again)


def escalated(rung: int | None, *notified: int, chats: tuple[int, ...] = (), cause: Cause = Cause.TIME) -> e.Escalated:
    return e.Escalated(cause=cause, step=rung, notified=notified, rooms=chats)


STEPS = (
    step(0, e.Offered(agent=ANA.id, distance=350.0), e.Offered(agent=BETO.id), escalated(0, SONIA.id)),
    step(45, e.Expired(agent=ANA.id)),
    step(60, e.Passed(step=1, why=Unreached.OFF_DUTY), escalated(1, chats=(-100,))),
    step(90, e.Offered(agent=ANA.id, distance=350.0), again=True),
    step(105, e.Passed(step=2, why=Unreached.UNREACHABLE), e.Passed(step=3, why=Unreached.EMPTY)),
    step(180, e.Offered(agent=ANA.id, distance=350.0), again=True),
    step(200, escalated(None, SONIA.id, MARTA.id)),
)


def outlook(*steps: Step, repeats: timedelta | None = 2 * MINUTE, group: int | None = -1) -> Outlook:
    plan = Plan(task=ALERT, steps=steps, repeats=repeats, group=group)
    return Outlook(plan=plan, people=EVERYBODY, since=NOW)


@EVERY_LANGUAGE
def test_a_plan_has_a_line_for_each_thing_that_happens(texts: Texts) -> None:
    lines = shown(opening_screen(outlook(*STEPS), texts, later=False)).splitlines()
    assert len(lines) == 11
    assert [line.partition(" · ")[0] for line in lines[3:5]] == [texts("plan-at-once")] * 2
    assert "350 m" in lines[3]
    assert lines[-1].startswith("+3 min 20 s · 📣")


def test_a_plan_in_spanish_reads_like_this() -> None:
    lines = shown(open_screen(outlook(*STEPS), ES)).splitlines()
    assert lines[3:] == [
        "ahora · se pregunta si puede ir: Ana Ruiz (a 350 m), Beto Salas",
        "ahora · quien la tiene o a quien se preguntó, supervisores de guardia de la unidad: Sonia Vera",
        "+1 min · supervisores de guardia, un grupo: no hay nadie de guardia, se pasa al siguiente",
        "+1 min · supervisores de guardia, un grupo",
        "+1 min 30 s · se vuelve a preguntar, hasta que alguien vaya: Ana Ruiz (a 350 m)",
        "+1 min 45 s · supervisores: no les llegan los mensajes, se pasa al siguiente",
        "+1 min 45 s · administradores: no hay nadie, se pasa al siguiente",
        "+3 min 20 s · 📣 todos los mandos, y luego otra vez cada 2 min hasta que alguien toque Recibido: "
        "Sonia Vera, Marta Solís",
    ]


def test_a_plan_names_those_whom_it_tells() -> None:
    assert named_in(Plan(task=ALERT, steps=STEPS)) == {ANA.id, BETO.id, SONIA.id, MARTA.id}


@EVERY_LANGUAGE
def test_a_plan_of_nothing_says_why(texts: Texts) -> None:
    acknowledged = replace(ALERT, acknowledged_at=NOW)
    for task, key in ((acknowledged, "answered"), (replace(ALERT, state=TaskState.COMPLETED), "closed")):
        plan = Plan(task=task, steps=())
        screen = open_screen(Outlook(plan=plan, people={}, since=NOW), texts)
        assert texts(f"plan-nothing-{key}") in screen.text
    ordinary = replace(ALERT, policy=None)
    screen = open_screen(Outlook(plan=Plan(task=ordinary, steps=()), people={}, since=NOW), texts)
    assert texts("plan-nothing-ladder") in screen.text


@EVERY_LANGUAGE
def test_a_crowd_is_counted(texts: Texts) -> None:
    crowd = {number: replace(SONIA, id=number, name=f"S{number}") for number in range(100, 300)}
    seen = Outlook(plan=Plan(task=ALERT, steps=(step(0, escalated(None, *crowd)),)), people=crowd, since=NOW, agents=3)
    text = shown(opening_screen(seen, texts, later=True))
    assert "194" in text
    assert len(text) < 400
    paced = shown(opening_screen(replace(seen, pace=28), texts, later=True))
    assert "7 s" in paced, "two hundred people at 28 messages a second"
    first = replace(escalated(None, *crowd), notified=tuple(crowd)[:25], after=124)
    pages = replace(seen, plan=Plan(task=ALERT, steps=(step(0, first),)), pace=24, leaders=2_000)
    told = shown(opening_screen(pages, texts, later=True))
    assert "2000" in told.replace(".", "").replace(",", ""), "the rest follows by pages: all whom this desk has"
    assert "1 min 23 s" in told
    assert texts("round-shorter") in told
    few = shown(opening_screen(replace(pages, leaders=60), texts, later=True))
    assert texts("round-shorter") not in few, "a moment"


CAUSES = (
    Because(at=NOW, why=Why.REPORTED, by=JUAN.id),
    Because(at=NOW, why=Why.REPORTED),
    Because(at=NOW, why=Why.NEAREST, asked=(Asked(agent=ANA.id, distance=350.0), Asked(agent=BETO.id))),
    Because(at=NOW, why=Why.NEAREST, asked=(Asked(agent=ANA.id),)),
    *(
        Because(at=NOW, why=why, by=BETO.id, asked=(Asked(agent=ANA.id),))
        for why in (Why.UNPLACED, Why.UNSEEN, Why.DECLINED, Why.EXPIRED, Why.VACATED, Why.PLACE, Why.FREE, Why.HAND)
    ),
    Because(at=NOW, why=Why.MORE, by=BETO.id, asked=(Asked(agent=ANA.id),)),
    *(Because(at=NOW, why=why, by=ANA.id, people=(BETO.id,)) for why in (Why.CALLED, Why.RESERVED, Why.RELIEVED)),
    *(Because(at=NOW, why=Why.STEP, by=SONIA.id, people=(SONIA.id,), step=0, cause=cause) for cause in Cause),
    Because(at=NOW, why=Why.STEP, by=SONIA.id, reason="<b>ya</b>", people=(MARTA.id,), step=3, cause=Cause.BY_HAND),
    Because(at=NOW, why=Why.STEP, rooms=(-100,), step=1, cause=Cause.TIME),
    Because(at=NOW, why=Why.EVERYBODY, people=(SONIA.id, MARTA.id)),
    Because(at=NOW, why=Why.EVERYBODY, times=3, until=NOW + 4 * MINUTE),
    *(Because(at=NOW, why=Why.PASSED, event=e.Passed(step=2, why=why)) for why in Unreached),
    *(
        Because(at=NOW, why=why, by=ANA.id, people=(BETO.id,))
        for why in (Why.TAKEN, Why.REASSIGNED, Why.CLOSED, Why.IN_DANGER)
    ),
    *(Because(at=NOW, why=why, by=ANA.id) for why in (Why.ACCEPTED, Why.ACKNOWLEDGED, Why.GAVE_UP, Why.SHUT_OUT)),
    *(
        Because(at=NOW, why=why, by=ANA.id)
        for why in (Why.REPORTER_OUT, Why.REPORTER_BACK, Why.REOPENED, Why.UNDONE, Why.UNDECLINED)
    ),
)


@EVERY_LANGUAGE
def test_every_cause_is_one_sentence(texts: Texts) -> None:
    assert {cause.why for cause in CAUSES} == set(Why)
    halves = (CAUSES[::2], CAUSES[1::2])  # more than one screen shows
    screens = (shown(why_screen(ALERT, half, EVERYBODY, texts, NOW)) for half in halves)
    lines = [line for screen in screens for line in screen.splitlines()[1:]]
    assert len(lines) == len(CAUSES)
    assert all(line.endswith(".") for line in lines)
    named = frozenset[int]().union(*map(named_in_causes, halves))
    assert named == {JUAN.id, ANA.id, BETO.id, SONIA.id, MARTA.id}


def test_only_the_newest_causes_are_shown() -> None:
    many = tuple(Because(at=NOW, why=Why.ACCEPTED, by=ANA.id) for _ in range(100))
    lines = shown(why_screen(ALERT, many, EVERYBODY, ES, NOW)).splitlines()
    assert lines[1] == "… y 60 antes"
    assert len(lines) == 42


PARTS = (
    Part(person=ANA.id, result=Result.PRESSED, answer="accepted", after=12 * SECOND, taken=SECOND),
    Part(person=BETO.id, result=Result.PRESSED, answer="declined", after=8 * SECOND),
    Part(person=SONIA.id, result=Result.SILENT, after=MINUTE, taken=2 * SECOND),
    Part(person=MARTA.id, result=Result.BLOCKED),
    Part(person=JUAN.id, result=Result.UNSENT),
)


@EVERY_LANGUAGE
def test_a_report_has_a_line_for_each_person(texts: Texts) -> None:
    file = replace(file_of(replace(DRILL, closed_at=NOW + 2 * MINUTE)), people=EVERYBODY, report=PARTS)
    lines = shown(report_screen(file, texts)).splitlines()
    assert "2 min" in lines[1]
    assert [line[0] for line in lines[4:]] == ["✅", "✅", "🔇", "🔕", "⏳"]
    assert f"{texts('button-accept')}" in lines[4]
    assert "12 s" in lines[4]


@EVERY_LANGUAGE
def test_a_report_on_a_crowd_or_on_nobody_fits(texts: Texts) -> None:
    crowd = tuple(Part(person=number, result=Result.BLOCKED) for number in range(500))
    for parts in (crowd, ()):
        text = shown(report_screen(replace(file_of(DRILL), report=parts), texts))
        assert len(text) < 4_096


@EVERY_LANGUAGE
def test_a_drill_asks_whether_it_is_meant(texts: Texts) -> None:
    screen = begin_screen(None, 10 * MINUTE, texts)
    assert "10 min" in shown(screen)
    assert labels(screen) == [[texts("drill-begin")], [texts("drill-leave")]]


@EVERY_LANGUAGE
@pytest.mark.parametrize("reader", [ANA, SONIA, MARTA, None])
def test_a_drills_card_is_marked_for_everybody(texts: Texts, reader: Person | None) -> None:
    screen = card(file_of(DRILL), reader, texts, NOW, event=e.Escalated(cause=Cause.OPENED, step=0))
    text = shown(screen)
    assert text.startswith("🧪")
    assert texts("card-drill").split("<b>")[1].split("</b>")[0] in text
    ends = texts("button-end-drill") in [label for row in labels(screen) for label in row]
    assert ends is (reader is not None and reader.role is Role.ADMIN)


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(0), "0 s"),
        (-SECOND, "0 s"),
        (45 * SECOND, "45 s"),
        (105 * SECOND, "1 min 45 s"),
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(seconds=59.6), "1 min"),
    ],
)
def test_how_long_is_said_to_the_second(duration: timedelta, text: str) -> None:
    assert elapsed(duration) == text


@EVERY_LANGUAGE
def test_every_target_of_a_step_has_a_name(texts: Texts) -> None:
    policy = EscalationPolicy(steps=tuple(step_of(MINUTE, target) for target in (*EscalationTarget, -100)))
    named = [step_text(replace(ALERT, policy=policy), number, texts) for number in range(len(policy.steps))]
    assert len(set(named)) == len(EscalationTarget) + 1
    assert "" not in named
