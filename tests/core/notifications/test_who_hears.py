"""Readers of each event: alerted with a new message, told beside the card, or shown it in place."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from core.notifications.notifications import TaskContext, Topic, task_notifications
from core.notifications.person_context import PersonContext
from core.notifications.person_notifications import person_notifications
from core.rules.situation import Invitation
from core.state.crowd import Page
from core.state.person import Person
from core.state.rises import Rise
from core.state.task import Task, evolve
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.account_events import Relinked, Replaced, Revoked, RiseAsked, RiseConfirmed, RiseRefused, Way
from core.vocabulary.destinations import Destination, PersonDestination, RoomDestination
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import Place
from core.vocabulary.words import Kind, Lane, Membership, Priority, Role
from tests.core.stages import ADA, ANA, BETO, CARLA, EVERYBODY, NOON, RITA, SARA, person, staged

GROUP = -50
PARK = Place(-2.19, -79.88)
WAVE = (e.Offered(agent=ANA.id, until=NOON), e.Offered(agent=BETO.id, until=NOON))
CLIMBED = e.Escalated(step=0, notified=(SARA.id,), next_at=NOON, cause=Cause.OPENED)
YES = (e.Accepted(agent=ANA.id), e.Released(agent=BETO.id), e.Started())
NAMES: dict[Destination, str] = {each.destination: each.name for each in EVERYBODY.values()}
NAMES[RoomDestination(GROUP)] = "group"


def file_of(
    task: Task, caller: Person | None = None, shown: Iterable[Destination] = (), group: int | None = GROUP
) -> TaskContext:
    """The task with everybody, as it is shown at these destinations."""
    return TaskContext(
        task=task,
        people=EVERYBODY,
        leaders=(SARA,),
        group=group,
        shown_in=tuple(shown),
        caller=caller.id if caller else None,
    )


def alerted(task: Task, *events: e.TaskEvent, caller: Person | None = None) -> list[str]:
    """Readers who get a new card of a task when these events happen to it."""
    for event in events:
        task = event_of(task, event)
    found = task_notifications(events, file_of(task, caller))
    return sorted(
        NAMES[notification.to] for notification in found if notification.notify and notification.topic is Topic.CARD
    )


def event_of(task: Task, event: e.TaskEvent) -> Task:
    return task if isinstance(event, e.Opened) else evolve(task, event, NOON)


def notified(topic: Topic, task: Task, *events: e.TaskEvent, caller: Person | None = None) -> list[str]:
    """Readers who get a message of this topic beside the card."""
    for event in events:
        task = event_of(task, event)
    return sorted(NAMES[each.to] for each in task_notifications(events, file_of(task, caller)) if each.topic is topic)


ORDINARY, EMERGENCY = staged(Kind.TASK), staged(Kind.EMERGENCY)
ASKED = staged(Kind.TASK, e.Offered(agent=ANA.id, by=SARA.id, by_hand=True))
ALERT = staged(Kind.EMERGENCY, *WAVE, CLIMBED)
TAKEN = staged(Kind.EMERGENCY, *WAVE, CLIMBED, *YES)
OPENED = e.Opened(
    kind=Kind.TASK, task_type=ORDINARY.type, priority=Priority.LOW, title="?", sent_at=NOON, reporter=RITA.id
)


@pytest.mark.parametrize(
    ("task", "events", "caller", "expected"),
    [
        (ORDINARY, (OPENED,), RITA, ["Rita", "Sara"]),
        (ORDINARY, (OPENED, e.Offered(agent=ANA.id, by=RITA.id)), RITA, ["Ana", "Rita"]),
        (
            EMERGENCY,
            (replace(OPENED, kind=Kind.EMERGENCY), *WAVE, CLIMBED),
            RITA,
            ["Ana", "Beto", "Rita", "Sara", "group"],
        ),
        (ALERT, YES, ANA, ["Rita"]),
        (TAKEN, (e.EnRoute(agent=ANA.id),), ANA, []),
        (TAKEN, (e.OnScene(agent=ANA.id),), ANA, ["Rita"]),
        (TAKEN, (e.Completed(),), ANA, ["Rita"]),
        (TAKEN, (e.Cancelled(),), SARA, ["Ana", "Rita"]),
        (TAKEN, (e.Cancelled(),), RITA, ["Ana"]),
        (ALERT, (e.Acknowledged(person=SARA.id),), SARA, ["Rita"]),
        (ALERT, (e.Escalated(notified=(SARA.id, ADA.id), cause=Cause.BY_HAND),), SARA, ["Ada", "group"]),
        (ALERT, (e.Escalated(rooms=(-60,), cause=Cause.TIME),), None, ["-60", "group"]),
        (ALERT, (e.Declined(agent=ANA.id), e.Offered(agent=CARLA.id)), ANA, ["Carla"]),
        (ALERT, (e.Expired(agent=ANA.id),), None, []),
        (ASKED, (e.Declined(agent=ANA.id),), ANA, ["Sara"]),
        (ASKED, (e.Accepted(agent=ANA.id),), ANA, ["Rita"]),
        (ASKED, (e.Released(agent=ANA.id), e.Offered(agent=BETO.id, by=SARA.id)), SARA, ["Beto"]),
        (ASKED, (e.Revised(title="Otra"),), SARA, []),
        (ORDINARY, (e.Started(), e.Paused(), e.Resumed()), SARA, []),
    ],
)
def test_p3_each_event_alerts_those_whom_it_concerns_and_not_whoever_caused_it(
    task: Task, events: tuple[e.TaskEvent, ...], caller: Person | None, expected: list[str]
) -> None:
    NAMES.setdefault(RoomDestination(-60), "-60")
    assert alerted(task, *events, caller=caller) == expected


def test_every_other_card_changes_in_place() -> None:
    stranger = PersonDestination(999)
    shown = (*(each.destination for each in (ANA, BETO, SARA, RITA)), stranger)
    after = TAKEN
    found = task_notifications(YES, file_of(after, ANA, shown))
    quiet = {notification.to: notification for notification in found if not notification.notify}
    assert set(quiet) == {ANA.destination, BETO.destination, SARA.destination, stranger}
    assert quiet[BETO.destination].reader == BETO
    assert quiet[stranger].reader is None
    assert quiet[BETO.destination].superseded, "nothing is asked of Beto any more"
    assert not quiet[ANA.destination].superseded


def test_nobodys_card_changes_whom_no_message_reaches() -> None:
    file = file_of(TAKEN, RITA, [ANA.destination, SARA.destination])
    silent = replace(file, people={**EVERYBODY, ANA.id: replace(ANA, reachable=False)})
    found = task_notifications((e.Revised(title="Otra"),), silent)
    assert [NAMES[each.to] for each in found] == ["Sara"]


@pytest.mark.parametrize(
    ("kind", "ringing", "quiet"),
    [
        (Kind.EMERGENCY, Lane.EMERGENCY, Lane.ACTION),
        (Kind.TASK, Lane.ACTION, Lane.ROUTINE),
    ],
)
def test_p5_what_is_about_an_emergency_leaves_first(kind: Kind, ringing: Lane, quiet: Lane) -> None:
    task = staged(kind, e.Offered(agent=ANA.id))
    found = task_notifications((e.Offered(agent=ANA.id),), file_of(task, SARA, (SARA.destination,)))
    assert {notification.lane for notification in found if notification.notify} == {ringing}
    assert {notification.lane for notification in found if not notification.notify} == {quiet}


def test_nobody_is_alerted_whom_no_message_reaches() -> None:
    silent = {
        **EVERYBODY,
        ANA.id: replace(ANA, reachable=False),
        BETO.id: replace(BETO, membership=Membership.DISABLED),
    }
    found = task_notifications(WAVE, replace(file_of(ALERT), people=silent))
    assert not [notification for notification in found if notification.notify]


@pytest.mark.parametrize(
    ("task", "events", "caller", "expected"),
    [
        (replace(EMERGENCY, place=PARK), (*WAVE, CLIMBED), RITA, ["Ana", "Beto", "Sara"]),
        (EMERGENCY, (*WAVE, CLIMBED), RITA, []),
        (replace(ORDINARY, place=PARK), (e.Offered(agent=ANA.id),), SARA, ["Ana"]),
        (ALERT, (e.Located(place=PARK),), RITA, ["Ana", "Beto"]),
        (TAKEN, (e.Located(place=PARK),), RITA, ["Ana"]),
        (TAKEN, (e.Located(address="Parque"),), RITA, []),
    ],
)
def test_a_pin_on_the_map_goes_to_who_goes_or_decides(
    task: Task, events: tuple[e.TaskEvent, ...], caller: Person | None, expected: list[str]
) -> None:
    assert notified(Topic.PIN, task, *events, caller=caller) == expected


def test_a_note_reaches_who_reported_who_goes_and_who_took_charge() -> None:
    in_charge = evolve(TAKEN, e.Acknowledged(person=SARA.id), NOON)
    assert notified(Topic.NOTE, in_charge, e.Noted(text="?"), caller=BETO) == ["Ana", "Rita", "Sara"]
    assert notified(Topic.NOTE, in_charge, e.Noted(text="?"), caller=ANA) == ["Rita", "Sara"]
    assert notified(Topic.NOTE, ORDINARY, e.Noted(text="?"), caller=RITA) == []


def test_whoever_took_charge_hears_when_no_agent_is_left() -> None:
    alone = staged(Kind.EMERGENCY, WAVE[0], CLIMBED, e.Acknowledged(person=SARA.id))
    assert alerted(alone, e.Expired(agent=ANA.id)) == ["Sara"]


NEW = person(9, "Nora")
PEOPLE = Page(people=(ADA,))


@pytest.mark.parametrize(
    ("events", "leaders", "expected"),
    [
        ((e.AccessRequested(name="Nora"),), PEOPLE, [(Topic.ACCESS, "Ada")]),
        (
            (e.AccessRequested(name="Nora"), e.Admitted(role=Role.AGENT)),
            PEOPLE,
            [(Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora")],
        ),
        (
            (e.Promoted(role=Role.ADMIN),),
            PEOPLE,
            [(Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora"), (Topic.RISEN, "Ada")],
        ),
        ((e.Promoted(role=Role.AGENT),), PEOPLE, [(Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora")]),
        ((e.Disabled(),), PEOPLE, [(Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora")]),
        (
            (Relinked(account=8, was=9, newcomer=3),),
            PEOPLE,
            [(Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora"), (Topic.RELINKED, "Ada")],
        ),
        ((Replaced(by=3),), PEOPLE, [(Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora")]),
        ((r.Silenced(),), Page(people=(SARA,)), [(Topic.SILENCED, "Sara")]),
        ((r.Silenced(),), PEOPLE, [(Topic.SILENCED, "Ada")]),
        ((r.Heard(),), PEOPLE, []),
        ((r.Heard(mistaken=True),), PEOPLE, []),
        ((e.Invited(token_digest="ab", role=Role.AGENT, expires_at=NOON),), PEOPLE, []),
        ((Revoked(token_digest="ab", role=Role.AGENT),), PEOPLE, []),
        ((RiseAsked(way=Way.PROMOTE, due_at=NOON),), PEOPLE, [(Topic.RISE, "Ada")]),
        ((RiseRefused(way=Way.PROMOTE, asked_by=SARA.id),), PEOPLE, [(Topic.RISE, "Sara")]),
        (
            (RiseConfirmed(way=Way.ADMIT, asked_by=SARA.id), e.Admitted(role=Role.ADMIN)),
            PEOPLE,
            [(Topic.RISE, "Sara"), (Topic.MEMBERSHIP, "Nora"), (Topic.MENU, "Nora"), (Topic.RISEN, "Ada")],
        ),
    ],
)
def test_who_hears_of_people(
    events: tuple[e.PersonEvent, ...], leaders: Page, expected: list[tuple[Topic, str]]
) -> None:
    names = {**NAMES, NEW.destination: "Nora"}
    rise = Rise(id=1, way=Way.PROMOTE, person=NEW.id, asked_by=SARA.id, asked_with=SARA.account, due_at=NOON)
    found = person_notifications(events, PersonContext(person=NEW, leaders=leaders, rise=rise, asker=SARA))
    assert [(notification.topic, names[notification.to]) for notification in found] == expected


@pytest.mark.parametrize("mistaken", [True, False])
def test_whoever_was_told_that_no_message_reaches_somebody_reads_that_they_are_reached(mistaken: bool) -> None:
    """It rings where it was never so; the person themselves knows."""
    file = PersonContext(person=NEW, leaders=PEOPLE, reach_shown_to=Page(people=(SARA, NEW)))
    found = person_notifications((r.Heard(mistaken=mistaken),), file)
    assert [(one.topic, one.to, one.notify) for one in found] == [(Topic.SILENCED, SARA.destination, mistaken)]


LINK = Invitation(role=Role.AGENT, expires_at=NOON, made_by=ADA.id)
BEA = replace(ADA, id=ADA.id + 900, name="Bea", account=ADA.account + 900)


@pytest.mark.parametrize(
    ("event", "was", "link", "caller", "expected"),
    [
        (e.Admitted(role=Role.AGENT), None, LINK, None, ["Ada", "Bea"]),
        (e.Admitted(role=Role.ADMIN), None, replace(LINK, made_by=None), NEW, ["Ada", "Bea"]),
        (e.Admitted(role=Role.SUPERVISOR), Role.AGENT, LINK, NEW, ["Ada", "Bea"]),
        (e.Admitted(role=Role.AGENT), None, None, ADA, []),
        (e.Admitted(role=Role.SUPERVISOR), None, None, ADA, ["Bea"]),
        (e.Admitted(role=Role.ADMIN), None, None, None, ["Ada", "Bea"]),
        (e.Promoted(role=Role.SUPERVISOR), Role.AGENT, None, BEA, ["Ada"]),
        (e.Promoted(role=Role.ADMIN), Role.SUPERVISOR, None, BEA, ["Ada"]),
        (e.Promoted(role=Role.SUPERVISOR), Role.ADMIN, None, BEA, ["Ada"]),
        (e.Promoted(role=Role.AGENT), Role.ADMIN, None, None, ["Ada", "Bea"]),
        (e.Disabled(), Role.ADMIN, None, BEA, ["Ada"]),
        (e.Disabled(), Role.SUPERVISOR, None, BEA, []),
        (e.Promoted(role=Role.AGENT), Role.SUPERVISOR, None, BEA, []),
    ],
)
def test_p9_every_other_administrator_hears_who_came_in_by_a_link_and_who_rose_or_fell(
    event: e.PersonEvent, was: Role | None, link: Invitation | None, caller: Person | None, expected: list[str]
) -> None:
    leaders, shown = Page(people=(ADA, BEA, replace(NEW, role=Role.ADMIN))), Page(people=(ADA,))
    file = PersonContext(person=NEW, leaders=leaders, link=link, was=was, caller=caller, shown_to=shown)
    told = [one for one in person_notifications((event,), file) if one.topic is Topic.RISEN]
    assert [one.reader.name for one in told if one.reader is not None and one.notify] == expected


def test_a_request_that_was_answered_says_so_wherever_it_is_shown() -> None:
    file = PersonContext(person=NEW, leaders=PEOPLE, shown_to=PEOPLE)
    found = person_notifications((e.Rejected(),), file)
    assert [(notification.to, notification.notify) for notification in found if notification.topic is Topic.ACCESS] == [
        (ADA.destination, False)
    ]
