"""Kinds of work in the configuration: ready sets are well, and what is wrong is named in one line."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config.error import ConfigError
from bot.config.rules import rules_of
from bot.config.source import load
from core.rules.kinds import named
from core.vocabulary.words import Priority

SETS = sorted((Path(__file__).parents[3] / "examples" / "kinds").glob("*.toml"))


def test_there_is_a_ready_set_for_each_trade() -> None:
    assert [path.stem for path in SETS] == ["campus", "civil_protection", "fire", "police", "security", "utilities"]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_ready_set_is_taken_as_it_is(path: Path) -> None:
    kinds = rules_of(load(path)).kinds
    assert len(kinds) >= 5
    assert all(kind.work.emoji for kind in kinds)


def test_a_kind_has_what_its_table_says(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[[kinds]]\nname = "Incendio"\nemoji = "🔥"\nwords = ["fuego"]\npriority = "alta"\nneeds = 3\n'
        'checklist = ["¿Hay personas?"]\narrive_within = "8m"\nproof = true\n'
        '[[kinds.ladder]]\nafter = "0s"\nnotify = ["supervisors", -77]\n',
        "utf-8",
    )
    kind = named(rules_of(load(file)), "incendio")
    assert kind is not None
    assert (kind.work.name, kind.work.emoji, kind.words, kind.seats) == ("Incendio", "🔥", ("fuego",), 3)
    assert (kind.priority, kind.work.arrive_within, kind.work.proof) == (Priority.HIGH, timedelta(minutes=8), True)
    assert kind.policy is not None
    assert len(kind.policy.steps[0].notify) == 2


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('emoji = "🔥"', "kinds.0.name: is missing"),
        ('name = ""', "kinds.0.name"),
        ('name = "Incendio"\nneeds = 0', "kinds.0.needs"),
        ('name = "Incendio"\nneeds = -1', "kinds.0.needs"),
        ('name = "Incendio"\nneeds = 10000', "kinds.0.needs"),
        ('name = "Incendio"\npriority = "critica"', "kinds.0.priority"),
        ('name = "Incendio"\narrive_within = "ya"', "kinds.0.arrive_within: expected a time"),
        ('name = "Incendio"\nchecklst = []', "kinds.0.checklst: no such key"),
        ('name = "Incendio"\nwords = ["fuego"]\n[[kinds]]\nname = "Fuego"', "Incendio and Fuego are both fuego"),
        (
            'name = "I"\nladder = [{after = "1m", notify = ["admins"]}, {after = "0s", notify = ["admins"]}]',
            "each step",
        ),
    ],
)
def test_what_is_wrong_with_a_kind_is_said_in_one_line(tmp_path: Path, table: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[[kinds]]\n{table}\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert said in refused.value.lines[0]
