"""A small unit for the rules: Sara leads it, Ana, Beto and Carla take turns of a day, the first at seven on Monday."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import DESK, caller_of
from core.rules.situation import Rules, Situation
from core.state.person import Person
from core.state.units import Unit, evolve
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.civil import CivilTime
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Rota, Rotation
from core.vocabulary.words import Membership, Role
from tests.core.zones import clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY_AT_SEVEN = clock("2026-03-02T07:00")
SEVEN = datetime(2026, 3, 2, 12, tzinfo=UTC)  # by the clocks of Guayaquil
RULES = Rules()


def member(number: int, name: str, role: Role = Role.AGENT, unit: int | None = 1) -> Person:
    """Somebody active, of the unit unless said otherwise."""
    return Person(id=number, account=100 + number, name=name, role=role, membership=Membership.ACTIVE, unit=unit)


ANA, BETO, CARLA = (member(number, name) for number, name in enumerate(("Ana", "Beto", "Carla"), 1))
SARA, TITO = member(5, "Sara", Role.SUPERVISOR), member(6, "Tito", Role.SUPERVISOR, unit=2)
ADA, IVAN = member(7, "Ada", Role.ADMIN, unit=None), member(8, "Iván", unit=None)
EVERYBODY = {each.id: each for each in (ANA, BETO, CARLA, SARA, TITO, ADA, IVAN)}
EMPTY = Unit(id=1, name="Norte", rota=Rota(zone="America/Guayaquil"))
TURNS = Rotation(id=1, people=(1, 2, 3), begins=MONDAY_AT_SEVEN, length=DAY)
NORTH = replace(EMPTY, rota=Rota(zone="America/Guayaquil", rotations=(TURNS,), numbered=1))


def at(text: str) -> CivilTime:
    """``2026-03-08T03:00`` by the unit's clocks."""
    return CivilTime(wall=clock(text))


def decided(
    caller: Person | None, command: uc.UnitCommand, unit: Unit | None, now: datetime = SEVEN, **more: object
) -> tuple[u.UnitEvent, ...] | Refusal:
    """The desk's answer when this person asks; None: the desk itself."""
    asks = caller_of(caller) if caller is not None else DESK
    situation = Situation(caller=asks, rules=RULES, unit=unit, **{"people": EVERYBODY, **more})  # type: ignore[arg-type]
    return decide(situation, command, now)


def answer(
    caller: Person | None, command: uc.UnitCommand, unit: Unit | None, now: datetime = SEVEN, **more: object
) -> str:
    """The names of the events in their order, or a dash and the reason of the no."""
    decision = decided(caller, command, unit, now, **more)
    if isinstance(decision, Refusal):
        return f"-{decision.reason}"
    return "+".join(str(type(event).__struct_config__.tag) for event in decision)


def after(caller: Person | None, command: uc.UnitCommand, unit: Unit, now: datetime = SEVEN) -> Unit:
    """The unit after a command that is not refused."""
    decision = decided(caller, command, unit, now)
    assert not isinstance(decision, Refusal), decision
    for event in decision:
        unit = evolve(unit, event, now)
    return unit
