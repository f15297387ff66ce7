"""The objectives that a new release is held to: each breaks by itself, and a quiet or an old fault breaks none."""

from collections.abc import Mapping

import pytest

from scripts.canary_slo import IN_A_ROW, Desks, Page, Watch, read

HANDLED, FAILED = "gad_updates_handled_total", "gad_updates_failed_total"
SENT, REFUSED = 'gad_messages_total{lane="action",outcome="taken"}', 'gad_messages_total{lane="action",outcome="400"}'
ASKED, FAULTS = 'gad_http_requests_total{code="200",route="/x"}', 'gad_http_requests_total{code="500",route="/x"}'
TOLD = 'gad_report_milestone_seconds_count{kind="emergency",milestone="told",priority="critical"}'
IN_TIME = 'gad_report_milestone_seconds_bucket{kind="emergency",le="5.0",milestone="told",priority="critical"}'
STORAGE, SILENT, BEGUN = 'gad_part_well{part="storage"}', "gad_silent_ends_total", "process_start_time_seconds"
QUIET = {
    HANDLED: 50,
    FAILED: 7,
    SENT: 90,
    REFUSED: 9,
    ASKED: 5,
    FAULTS: 2,
    TOLD: 9,
    IN_TIME: 3,
    STORAGE: 1,
    BEGUN: 1000,
}

Numbers = Mapping[str, float]


def page(numbers: Numbers) -> Page:
    return read("# HELP x of nothing\n" + "\n".join(f"{name} {value}" for name, value in numbers.items()))


def looked(new: Numbers | None, old: Numbers, fires: set[str], looks: int) -> list[str]:
    """Lines of the last of so many looks at pages that changed to these."""
    seen = [Desks(page(QUIET), [page(QUIET)]), Desks(None if new is None else page(new), [page(old)])]
    alarms = [{"ClockOff fires"}, {"ClockOff fires", *fires}]
    watch = Watch(lambda: seen.pop(0) if len(seen) > 1 else seen[0], lambda: alarms.pop(0) if alarms[1:] else alarms[0])
    return [watch.look() for _ in range(looks)][-1]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({HANDLED: 148, FAILED: 9}, "updates that failed at the new release: 2 of 100"),
        ({SENT: 188, REFUSED: 11}, "messages of the new release that were refused: 2 of 100"),
        ({ASKED: 8, FAULTS: 3}, "requests that the new release answered with 500: 1 of 4"),
        ({TOLD: 19, IN_TIME: 12}, "emergencies told later than 5 s after they were sent: 1 of 10"),
        ({SILENT: 1}, "an emergency ended in silence"),
        ({BEGUN: 1001}, "the new release was started anew"),
    ],
)
def test_an_objective_that_breaks_is_said_at_once(new: Numbers, said: str) -> None:
    (line,) = looked({**QUIET, **new}, QUIET, set(), 1)
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("new", "fires", "said"),
    [
        ({STORAGE: 0}, set[str](), "at the new release a part is unwell: storage"),
        (None, set[str](), "the new release does not answer"),
        ({}, {"EmergencyWaits fires"}, "EmergencyWaits fires"),
    ],
)
def test_what_may_right_itself_is_said_when_it_stays(new: Numbers | None, fires: set[str], said: str) -> None:
    changed = None if new is None else {**QUIET, **new}
    assert looked(changed, QUIET, fires, IN_A_ROW - 1) == []
    assert looked(changed, QUIET, fires, IN_A_ROW) == [said]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ({}, {}),
        ({HANDLED: 150, FAILED: 8}, {FAILED: 500}),
        ({TOLD: 20, IN_TIME: 14}, {}),
        ({STORAGE: 0}, {STORAGE: 0}),
    ],
)
def test_what_holds_or_is_everybodys_breaks_nothing(new: Numbers, old: Numbers) -> None:
    assert looked({**QUIET, **new}, {**QUIET, **old}, set(), IN_A_ROW) == []
