"""The points at which a process may die are functions that the desk has."""

import functools
from importlib import import_module

import pytest

from tests.chaos.points import points

POINTS = [(way, name) for way in ("polling", "webhook", "schema", "moving") for name in points(way)]


@pytest.mark.parametrize(("way", "name"), POINTS)
def test_a_point_is_a_function_of_the_desk(way: str, name: str) -> None:
    module, _, path = points(way)[name].target.partition(":")
    assert callable(functools.reduce(getattr, path.split("."), import_module(module)))
