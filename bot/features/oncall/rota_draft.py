"""A rotation, a cover or an absence that somebody is still describing, step by step."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from core.vocabulary import unit_commands as uc
from core.vocabulary.civil import CivilTime
from core.vocabulary.rotas import Rotation, Window


class RotaStep(StrEnum):
    """The steps for a rotation, in this order; the value travels in the buttons."""

    PEOPLE = "gente"
    LENGTH = "dura"
    BEGINS = "desde"
    HOURS = "horas"
    CONFIRM = "resumen"


class RotaDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answers so far; ``rotation`` 0 is a new one, ``length`` is in minutes, or there are ``months``."""

    unit: int
    rotation: int = 0
    people: tuple[int, ...] = ()
    length: int = 0
    begins: CivilTime | None = None
    windows: tuple[Window, ...] = ()
    months: int = 0
    every: int = 1

    @property
    def lasts(self) -> timedelta:
        """The length of a turn; about, where it is of months."""
        return timedelta(days=30 * self.months) if self.months else timedelta(minutes=self.length)

    def command(self, begins: CivilTime) -> uc.SetRotation:
        """The command that the answers make."""
        return uc.SetRotation(
            unit=self.unit,
            rotation=self.rotation,
            people=self.people,
            begins=begins,
            length=self.lasts,
            windows=self.windows,
            months=self.months,
            every=self.every,
        )


def draft_of(unit: int, rotation: Rotation) -> RotaDraft:
    """A rotation that is there, to be changed."""
    return RotaDraft(
        unit=unit,
        rotation=rotation.id,
        people=rotation.people,
        length=rotation.length // timedelta(minutes=1),
        begins=CivilTime(wall=rotation.begins),
        windows=rotation.windows,
        months=rotation.months,
        every=rotation.every,
    )


class ReliefStep(StrEnum):
    """The steps for a cover or an absence."""

    ROTATION = "turno"
    PERSON = "quien"
    START = "desde"
    END = "hasta"
    CONFIRM = "resumen"


class ReliefDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answers so far: an absence, or a cover of a ``rotation`` (0: besides all)."""

    unit: int
    absence: bool = False
    rotation: int | None = None
    person: int | None = None
    start: CivilTime | None = None
    end: CivilTime | None = None


class SwapStep(StrEnum):
    """The steps for asking for a swap."""

    MINE = "mio"
    WHO = "quien"
    THEIRS = "suyo"
    CONFIRM = "resumen"
