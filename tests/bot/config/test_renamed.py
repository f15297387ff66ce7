"""Keys that were renamed: the old name works and warns, and is the one that an error speaks of."""

import logging
from pathlib import Path

import pytest

from bot.config.error import ConfigError
from bot.config.source import load


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_an_old_name_in_the_file_works_and_is_warned_of_once(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.write_text('[guard]\nper_second = 2\nburst = 5\n[dispatch]\ntwin_window = "1m"\noffer_to = 2', "utf-8")
    with caplog.at_level(logging.WARNING):
        config = load(file)
    assert (config.user_rate_limit.per_second, config.user_rate_limit.burst) == (2, 5)
    assert (config.dispatch.duplicate_window.total_seconds(), config.dispatch.offer_to) == (60, 2)
    assert caplog.messages == [
        f"guard is now called user_rate_limit; the old name still works, rename it in {file}",
        f"dispatch.twin_window is now called dispatch.duplicate_window; the old name still works, rename it in {file}",
    ]


def test_an_old_name_in_the_environment_goes_over_the_one_in_the_file(
    file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[guard]\nper_second = 2\nburst = 5", "utf-8")
    monkeypatch.setenv("GAD_GUARD__BURST", "7")
    monkeypatch.setenv("GAD_DISPATCH__TWIN_WINDOW", "5s")
    with caplog.at_level(logging.WARNING):
        config = load(file)
    assert (config.user_rate_limit.per_second, config.user_rate_limit.burst) == (2, 7)
    assert config.dispatch.duplicate_window.total_seconds() == 5
    assert [message.split("rename it in ")[1] for message in caplog.messages] == [
        f"{file}, GAD_GUARD__BURST",
        "GAD_DISPATCH__TWIN_WINDOW",
    ]


def test_the_new_names_warn_of_nothing(
    file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[user_rate_limit]\nper_second = 2", "utf-8")
    monkeypatch.setenv("GAD_USER_RATE_LIMIT__BURST", "7")
    with caplog.at_level(logging.WARNING):
        config = load(file)
    assert (config.user_rate_limit.per_second, config.user_rate_limit.burst) == (2, 7)
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("text", "variable", "line"),
    [
        (
            "[guard]\nburst = 5\n[user_rate_limit]\nburst = 5",
            None,
            "guard: is now called user_rate_limit, and both are set (in {file} and {file}); keep user_rate_limit",
        ),
        (
            "[user_rate_limit]\nburst = 5",
            ("GAD_GUARD__PER_SECOND", "1"),
            "guard: is now called user_rate_limit, and both are set (in GAD_GUARD__PER_SECOND and {file});"
            " keep user_rate_limit",
        ),
        (
            '[dispatch]\ntwin_window = "1m"',
            ("GAD_DISPATCH__DUPLICATE_WINDOW", "1m"),
            "dispatch.twin_window: is now called dispatch.duplicate_window, and both are set"
            " (in {file} and GAD_DISPATCH__DUPLICATE_WINDOW); keep dispatch.duplicate_window",
        ),
        ("[guard]\nburst = 0", None, "guard.burst: expected greater than or equal to 1, got 0 (in {file})"),
        ("[guard]\nburts = 5", None, "guard.burts: no such key; did you mean burst? (in {file})"),
        ("guard = 5", None, "guard: expected a table, got 5 (in {file})"),
        (
            '[dispatch]\ntwin_window = "2h"',
            None,
            "dispatch.twin_window: expected a time from 0s to 1h, got '2h' (in {file})",
        ),
        ("", ("GAD_GUARD__BURST", "x"), "guard.burst: expected a whole number, got 'x' (in GAD_GUARD__BURST)"),
        ("", ("GAD_GUARD__BURTS", "5"), "GAD_GUARD__BURTS: no such key; did you mean GAD_GUARD__BURST?"),
        ("dispatch = 5", ("GAD_DISPATCH__TWIN_WINDOW", "5s"), "dispatch: expected a table, got 5 (in {file})"),
    ],
)
def test_a_mistake_is_named_as_it_was_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, text: str, variable: tuple[str, str] | None, line: str
) -> None:
    file.write_text(text, "utf-8")
    if variable is not None:
        monkeypatch.setenv(*variable)
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert str(refused.value) == line.format(file=file)
