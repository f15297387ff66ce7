"""The inner walls: no circle of files or folders, and in each room every part imports only from the floors below it."""

import pytest

from tests.project.imports import circles, folders, graph, inside

# From the ground up, one floor a line. Parts on one floor don't know each other.
FLOORS = {
    "core": """
        vocabulary
        state
        rules
        notifications
        desk
        queries
    """,
    "storage": """
        schema
        engine
        queues
        audit
        repositories ops
        migrations
    """,
    "bot": """
        config parsing runtime ui
        cards transport
        conversation
        features
        notifications jobs
        cluster routes services
        health process_numbers
        traces
        observers
        app
        cli
        __main__
    """,
    # A feature that needs another's view or draft stands above it.
    "bot/features": """
        access insight safety
        oncall tasks
        emergency
        loading
    """,
    "metrics": """
        blackout log_lines
        backups clocks contention due_times escalations exposition joint_reading milestones offers problems process
        reloads shared_answer spans storage_time strangers token_limits updates verdicts
        gauges health messages telegram_calls tracing
        side_requests
        instruments tokens visitors
        connections health_pages
        api door
        server
    """,
    "emulator": """
        calls errors own_page polls utf16 wire_files
        wire
        commands faults files flood keyboards markup proxy_answers updates
        webhook
        people
        messages
        callbacks chats phone_message
        chat_member events privacy
        state
        verbs
        methods telegram
        acts gateway phone_shapes phone_watch
        control phones
        server
        __main__
    """,
}
SHOP_WINDOW = "__init__"  # a room's own file may show what stands on any of its floors


def test_no_file_imports_itself_by_a_detour() -> None:
    assert not circles(graph())


@pytest.mark.parametrize("folder", folders())
def test_no_folder_imports_itself_by_a_detour(folder: str) -> None:
    assert not circles(inside(folder)), f"a circle in {folder or 'the root'}"


@pytest.mark.parametrize("room", FLOORS)
def test_each_part_imports_only_from_the_floors_below(room: str) -> None:
    floor = {part: number for number, line in enumerate(rows(room)) for part in line}
    upward = [
        f"{room}/{part} imports {room}/{other}, which stands beside or above it"
        for part, others in parts(room).items()
        for other in others
        if floor.get(part, 0) <= floor.get(other, 0)
    ]
    assert not upward


@pytest.mark.parametrize("room", FLOORS)
def test_every_part_has_a_floor(room: str) -> None:
    named = [part for line in rows(room) for part in line]
    assert sorted(named) == sorted(parts(room))


def rows(room: str) -> list[list[str]]:
    return [line.split() for line in FLOORS[room].strip().splitlines()]


def parts(room: str) -> dict[str, set[str]]:
    """The files and folders directly in a room, each with those that it imports; without the room's own file."""
    named = {stem(name): set(map(stem, others)) for name, others in inside(room).items()}
    return {name: others - {SHOP_WINDOW} for name, others in named.items() if name != SHOP_WINDOW}


def stem(name: str) -> str:
    return name.removesuffix(".py")


def test_a_circle_is_named_by_the_way_round() -> None:
    edges = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("ad"), "d": frozenset("e"), "e": frozenset[str]()}
    assert circles(edges) == ["a → b → c → a"]
