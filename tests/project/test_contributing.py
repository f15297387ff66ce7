"""CONTRIBUTING.md: a rule is found by its name, and every file that a guide names is there."""

import re

import pytest

from tests.project.imports import ROOMS, ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
QUESTIONS = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \| `([^`]+)` \|$", PAGE.split("\n## Find it by name\n", 1)[1], re.MULTILINE
)
SMALL = {"a", "after", "by", "is", "may", "one", "per", "that", "what", "which", "who"}


def words(text: str) -> set[str]:
    """The words of a question or a file's name, in the singular."""
    return {word.removesuffix("s") for word in re.split(r"[\W_]+", text.lower().replace("on-call", "oncall"))} - SMALL


def test_twenty_questions_have_their_file() -> None:
    assert len(QUESTIONS) == len({question for question, _, _ in QUESTIONS}) == 20


@pytest.mark.parametrize(("question", "term", "file"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_the_files_name_answers_the_question(question: str, term: str, file: str) -> None:
    assert (ROOT / file).is_file()
    assert words((ROOT / file).stem) & (words(question) | words(term))


def test_every_file_that_a_guide_names_is_there() -> None:
    named = re.findall(r"`([\w.*/<>-]+/[\w.*/<>-]*|[\w-]+\.(?:md|toml|yml|py|txt|ftl))`", PAGE)
    assert named
    assert [name for name in named if not is_there(name)] == []


def is_there(name: str) -> bool:
    """Whether a path from the root is there, or a file of that name in a room; ``<language>`` stands for any."""
    pattern = re.sub(r"<\w+>", "*", name.rstrip("/"))
    deeper = () if "/" in pattern else tuple(f"{room}/**/{pattern}" for room in ROOMS)
    return any(next(ROOT.glob(each), None) for each in (pattern, *deeper))
