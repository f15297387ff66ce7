"""An agent who is free again is asked by the emergency to which nobody goes, and by every one in its turn (P12)."""

from datetime import timedelta
from pathlib import Path

from core.desk.search_on import FEW
from core.rules.situation import Rules
from core.vocabulary import commands as c
from core.vocabulary.seats import Reinforce
from core.vocabulary.words import Availability
from storage.repositories.searching import A_FEW
from tests.core.dispatch import Dispatch


async def test_p12_an_emergency_to_which_nobody_goes_is_asked_for_before_a_missing_second_seat(tmp_path: Path) -> None:
    dispatch = Dispatch(tmp_path)
    sara, beto = dispatch.supervisor("Sara"), dispatch.supervisor("Beto")
    ana, carla = dispatch.agent("Ana", away=10), dispatch.agent("Carla", away=20)
    elsewhere = await dispatch.calls(dispatch.supervisor("Eva"), "Choque")
    await dispatch.does(carla, c.Accept(task=elsewhere.id))
    older = await dispatch.calls(sara, "Incendio")
    await dispatch.does(ana, c.Accept(task=older.id))
    await dispatch.does(sara, Reinforce(task=older.id))
    await dispatch.passes(1)
    newer = await dispatch.calls(beto, "Robo")
    assert (dispatch.asked(older), dispatch.asked(newer)) == ([ana.id], [])

    await dispatch.does(carla, c.Complete(task=elsewhere.id))
    assert dispatch.asked(newer) == [carla.id]
    dora = dispatch.agent("Dora", away=30)
    await dispatch.does(carla, c.Decline(task=newer.id))
    assert (dispatch.asked(older), dispatch.asked(newer)) == ([ana.id, carla.id], [carla.id, dora.id])


async def test_p12_whoever_is_free_again_is_asked_by_the_last_of_many_whom_the_others_dont_want(tmp_path: Path) -> None:
    """The search passes each of those that they refused, more than it reads or tries at once, and forgets none."""
    dispatch = Dispatch(tmp_path, rules=Rules(duplicate_window=timedelta(0)))
    ana = dispatch.agent("Ana", away=10)
    for number in range(A_FEW + FEW + 1):
        refused = await dispatch.calls(dispatch.supervisor(f"Vecino {number}"), f"Robo {number}")
        await dispatch.does(ana, c.Decline(task=refused.id))
    await dispatch.does(ana, c.SetAvailability(person=ana.id, availability=Availability.OFF_DUTY))
    last = await dispatch.calls(dispatch.supervisor("Beto"), "Incendio")
    assert dispatch.asked(last) == []

    await dispatch.does(ana, c.SetAvailability(person=ana.id, availability=Availability.AVAILABLE))
    assert dispatch.asked(last) == [ana.id]
