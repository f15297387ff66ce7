"""The views of units and their watch: every message can be written, in every language, as HTML that Telegram takes."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.features.oncall import oncall_view, relief_form_view, rota_form_view, shift_view, swap_view, units_view
from bot.features.oncall.rota_draft import ReliefDraft, ReliefStep, RotaDraft, RotaStep, SwapStep
from bot.notifications.unit import unit_message
from bot.ui.forms import Sheet
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.notifications.unit_notifications import UnitContext, unit_notifications
from core.queries.queries import PersonPage, UnitPage
from core.state.crowd import Page
from core.state.shifts import turns
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import unit_events as u
from core.vocabulary.civil import CivilTime
from core.vocabulary.rotas import Absence, Cover, Post, Rota, Rotation, Stretch, Swap, Window
from core.vocabulary.words import Kind, Priority, Role, TaskState, TaskType
from emulator.markup.html import parse_html
from tests.bot.ui.people import ANA, EVERY_LANGUAGE, MARTA, NOW, SONIA, labels, shown

DAY = timedelta(days=1)
BEGINS = datetime.fromisoformat("2026-03-02T07:00")
HERE, THERE = replace(ANA, unit=1, name="<b>Ana</b> & مرحبا"), replace(SONIA, unit=1)
WINDOWS = (Window(days=(0, 1, 2, 3, 4, 6), opens=0, closes=0),)
TURNS = Rotation(id=1, people=(ANA.id, SONIA.id), begins=BEGINS, length=DAY)
NIGHTS = Rotation(id=2, people=(SONIA.id,), begins=BEGINS, length=timedelta(minutes=90), windows=WINDOWS)
COVER = Cover(id=3, person=ANA.id, rotation=2, start=NOW, end=NOW + DAY)
BESIDES = Cover(id=4, person=99, start=NOW - DAY, end=NOW + 9 * DAY)
AWAY = Absence(id=5, person=SONIA.id, start=NOW, end=NOW + timedelta(hours=1))
POSTS = (
    Post(rotation=1, holder=SONIA.id, successor=ANA.id, due_at=NOW),
    Post(rotation=2, successor=ANA.id, due_at=NOW),
)
ROTA = Rota(
    zone="America/Guayaquil",
    rotations=(TURNS, NIGHTS),
    covers=(COVER, BESIDES),
    absences=(AWAY,),
    posts=POSTS,
    numbered=5,
)
UNIT = Unit(id=1, name="Norte <1>", rota=ROTA, room=-5)
GIVES = Stretch(rotation=1, start=NOW + 2 * DAY, end=NOW + 3 * DAY)
SWAP = Swap(
    id=6, asker=ANA.id, asked=SONIA.id, gives=GIVES, takes=replace(GIVES, start=NOW + 5 * DAY, end=NOW + 6 * DAY)
)
OFFER = replace(SWAP, asked=0, takes=None)
TASK = Task(
    id=12,
    kind=Kind.EMERGENCY,
    type=TaskType.PATROL,
    priority=Priority.CRITICAL,
    title="<b>Robo</b>",
    state=TaskState.IN_PROGRESS,
    version=1,
    opened_at=NOW,
    sent_at=NOW,
)
EVENTS: tuple[u.UnitEvent, ...] = (
    u.UnitCreated(name="Norte", zone="UTC"),
    u.UnitRevised(name="Norte"),
    u.GroupLinked(room=-5),
    u.Enrolled(person=ANA.id),
    u.Dismissed(person=ANA.id),
    u.RotationSet(rotation=TURNS),
    u.RotationSet(rotation=replace(TURNS, people=(SONIA.id,), begins=BEGINS + 100 * DAY)),
    u.RotationDropped(rotation=1),
    u.CoverSet(cover=COVER),
    u.CoverSet(cover=replace(BESIDES, person=ANA.id)),
    u.AbsenceSet(absence=AWAY),
    u.EntryWithdrawn(entry=5, person=ANA.id),
    u.SwapAsked(swap=SWAP),
    u.SwapAccepted(swap=SWAP),
    u.SwapDeclined(swap=replace(SWAP, takes=None)),
    u.SwapAsked(swap=OFFER),
    u.SwapAccepted(swap=replace(OFFER, asked=SONIA.id), offered=True),
    u.SwapDeclined(swap=OFFER),
    u.SwapDeclined(swap=OFFER, left=ANA.id),
    u.HandOverDue(rotation=1, incoming=ANA.id, outgoing=SONIA.id),
    u.HandOverDue(rotation=2, incoming=ANA.id),
    u.TakenOver(rotation=1, person=ANA.id, outgoing=SONIA.id),
    u.Relieved(rotation=1, person=ANA.id),
    u.HandOverLate(rotation=1, incoming=ANA.id, outgoing=SONIA.id),
    u.HandOverLate(rotation=2, incoming=ANA.id),
    u.UncoveredFound(gaps=((NOW, NOW + DAY),), until=NOW + 7 * DAY),
    u.UncoveredFilled(),
)
PEOPLE = {person.id: person for person in (HERE, THERE, MARTA)}
LEADS = Page(people=(MARTA,))
FILE = UnitContext(unit=UNIT, people=PEOPLE, leaders=LEADS, makers=LEADS, tasks=(TASK,), more=True)
ROLL = oncall_view.Roll(people=PEOPLE, by_hand=(replace(HERE, shift_since=NOW),), leads=True)


def sheet(step: str) -> Sheet:
    return Sheet(owner=7, number=123, step=step)


@EVERY_LANGUAGE
def test_every_event_can_be_told_to_everybody_who_hears_of_it(texts: Texts) -> None:
    for event in EVENTS:
        for file in (FILE, replace(FILE, tasks=(), more=False)):
            for notification in unit_notifications((event,), file):
                message = unit_message(notification, file, texts, NOW)
                assert message is not None, f"{notification.to} hears of {event}"
                assert isinstance(message.content, Screen)
                parse_html(message.content.text)
                assert len(message.content.text) < 600


def test_every_kind_of_event_is_told_of() -> None:
    assert {type(event) for event in EVENTS} == set(u.UnitEvent.__args__)


@EVERY_LANGUAGE
def test_the_watch_of_a_unit_is_read_at_a_glance(texts: Texts) -> None:
    page = UnitPage(units=(UNIT,), after=("Norte", 1))
    text = shown(oncall_view.oncall_screen(page, ROLL, 5, texts, NOW))
    assert "Norte <1>" in text
    assert "<b>Ana</b> & " in text
    whole = shown(oncall_view.unit_oncall_screen(UNIT, ROLL, texts, NOW))
    assert len(whole) < 2_000
    shown(oncall_view.drop_screen(UNIT, TURNS, ROLL, texts))
    shown(oncall_view.at_screen((UNIT,), {1: NOW}, ROLL, texts))
    shown(oncall_view.at_screen((UNIT,), {1: NOW - 900 * DAY}, ROLL, texts))
    shown(oncall_view.oncall_screen(UnitPage(units=()), ROLL, 0, texts, NOW))


@EVERY_LANGUAGE
def test_a_unit_of_one_that_never_changes_has_no_end(texts: Texts) -> None:
    alone = replace(UNIT, rota=Rota(zone="UTC", rotations=(replace(TURNS, people=(ANA.id,)),)))
    text = shown(oncall_view.unit_oncall_screen(alone, replace(ROLL, leads=False, by_hand=()), texts, NOW))
    assert "hasta" not in text
    assert "until" not in text
    assert labels(oncall_view.unit_oncall_screen(alone, replace(ROLL, leads=False), texts, NOW)) == [
        [texts("oncall-back")]
    ]
    shifts = turns(alone.rota, NOW, NOW + 60 * DAY)
    shown(shift_view.shift_screen(replace(HERE, shift_since=NOW), alone, shifts, texts, NOW))


@EVERY_LANGUAGE
def test_the_pages_of_units_can_be_written(texts: Texts) -> None:
    people = PersonPage(people=(HERE, THERE), after=("x", 2))
    shown(units_view.units_screen(UnitPage(units=(UNIT,), after=("Norte", 1)), 3, texts))
    shown(units_view.unit_screen(UNIT, texts))
    shown(units_view.members_screen(UNIT, people, 3, texts))
    shown(units_view.members_screen(UNIT, PersonPage(people=()), 0, texts))
    others = PersonPage(people=(MARTA, replace(HERE, unit=2)), after=("x", 2))
    picker = units_view.candidates_screen(UNIT, Role.AGENT, others, 3, {2: "Sur"}, texts)
    assert "(Sur)" in labels(picker)[0][1]
    shown(units_view.dismiss_screen(UNIT, HERE, texts))
    shown(units_view.which_screen((UNIT,), texts))
    for step in (units_view.NAME, units_view.ZONE):
        shown(units_view.asked_screen(step, sheet(step), "UTC", texts, private=False))


@EVERY_LANGUAGE
def test_every_step_of_the_forms_can_be_written(texts: Texts) -> None:
    begins = CivilTime(wall=BEGINS)
    for private in (True, False):
        for step in RotaStep:
            draft = RotaDraft(unit=1, people=(7, 2), length=1_440, begins=begins, windows=WINDOWS)
            page = rota_form_view.RotaPage(
                sheet=sheet(step.value), draft=draft, unit=UNIT, roll=ROLL, members=(THERE, MARTA)
            )
            shown(rota_form_view.rota_form_screen(page, texts, NOW, private=private))
        for relief in ReliefStep:
            for draft_of_relief in (
                ReliefDraft(unit=1, rotation=1, person=7, start=begins, end=begins),
                ReliefDraft(unit=1, rotation=0),
                ReliefDraft(unit=1, absence=True),
            ):
                view = relief_form_view.ReliefPage(
                    sheet=sheet(relief.value),
                    draft=draft_of_relief,
                    unit=UNIT,
                    roll=ROLL,
                    members=(HERE,),
                    boundaries=(BEGINS,),
                )
                shown(relief_form_view.relief_form_screen(view, texts, private=private))
    for swap in SwapStep:
        asks = shift_view.SwapPage(sheet=sheet(swap.value), unit=UNIT, people=(THERE,), other=THERE, gives=GIVES)
        shown(shift_view.swap_form_screen(asks, texts))
        shown(shift_view.swap_form_screen(replace(asks, takes=GIVES, other=None), texts))
        shown(shift_view.swap_form_screen(replace(asks, everybody=True, other=None), texts))


@EVERY_LANGUAGE
def test_whoever_never_has_a_turn_is_named_on_the_units_page(texts: Texts) -> None:
    """Of a rotation that an earlier release made: daily turns on two days, among seven people."""
    hours = Window(days=(0, 1), opens=0, closes=0)
    people = (ANA.id, *range(100, 106))
    for skips in (True, False):
        turns = Rotation(id=1, people=people, begins=BEGINS, length=DAY, windows=(hours,), skips=skips)
        unit = replace(UNIT, rota=replace(UNIT.rota, rotations=(turns,)))
        assert ("⚠️" in oncall_view.unit_oncall_screen(unit, ROLL, texts, NOW).text) is not skips


@EVERY_LANGUAGE
def test_hours_for_which_everybody_is_away_are_on_the_units_page(texts: Texts) -> None:
    turns = Rotation(id=1, people=(ANA.id,), begins=BEGINS, length=DAY)
    away = Absence(id=2, person=ANA.id, start=NOW + DAY, end=NOW + 2 * DAY)
    for absences in ((), (away,)):
        unit = replace(UNIT, rota=Rota(zone=UNIT.zone, rotations=(turns,), absences=absences))
        page = oncall_view.unit_oncall_screen(unit, ROLL, texts, NOW + DAY // 2)
        assert ("⚠️" in page.text) is bool(absences)


@EVERY_LANGUAGE
def test_what_one_reads_of_ones_own_shifts(texts: Texts) -> None:
    shown(shift_view.shift_screen(HERE, None, (), texts, NOW))
    shown(shift_view.shift_screen(HERE, UNIT, (), texts, NOW))
    shown(shift_view.started_screen(HERE, texts))
    shown(shift_view.started_screen(ANA, texts))
    for planned in (True, False):
        shown(shift_view.ended_screen(texts, planned=planned))
    shown(swap_view.asked_screen(SWAP, FILE, texts))
    shown(swap_view.asked_screen(OFFER, FILE, texts))
