"""The README and the manuals name what is there: tests, commands, buttons, pictures, files."""

import re
from pathlib import Path

import pytest

from bot.conversation.registry import command_named
from bot.features.loading import load_features
from bot.ui.command_names import LOCALES

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
MANUALS = sorted((ROOT / "docs" / "manual").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PLACE = re.compile(r"`((?:bot|core|storage|metrics|emulator|tests|scripts|docs)/[\w./-]+)`")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_each_promise_names_tests_that_are_there() -> None:
    text = README.read_text("utf-8")
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_p\w+)\(", path.read_text("utf-8"))
    }
    for number in (*range(1, 12), 13, 14):
        row = re.search(rf"^\| P{number} \|.*$", text, re.MULTILINE)
        assert row, f"P{number} is missing"
        tests = re.findall(r"`(test_\w+)`", row[0])
        assert any(f"_p{number}_" in name for name in tests)
        assert not set(tests) - there


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_is_linked_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_place_that_is_named_is_there(page: Path) -> None:
    places = [place.partition("::")[0] for place in PLACE.findall(page.read_text("utf-8"))]
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = "".join(page.read_text("utf-8") for page in PAGES)
    assert [path.name for path in (ROOT / "docs" / "pictures").iterdir() if path.name not in shown] == []


@pytest.mark.parametrize("page", MANUALS, ids=named)
def test_the_commands_and_buttons_of_the_manuals_exist(page: Path) -> None:
    load_features()
    text = page.read_text("utf-8")
    commands = re.findall(r"`/([a-z]+)", text)
    assert commands
    assert sorted({name for name in commands if command_named(name) is None}) == []
    words = "".join(path.read_text("utf-8") for path in (LOCALES / "es").glob("*.ftl"))
    pressed = re.findall(r"(?:[Tt]oca|tocar|tocarlo) \*\*([^*]+)\*\*", text)
    assert sorted({label for label in pressed if label.rstrip("?") not in words}) == []
