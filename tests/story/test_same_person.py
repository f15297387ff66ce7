"""Somebody lost their phone and asks with a new account: an administrator says that it is the same person."""

import pytest

from core.desk.outcome import Refused
from core.rules.permissions import DESK, caller_of
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.account_events import Relinked, Replaced
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Availability, Membership, Role
from storage.audit import audit
from storage.audit import record as records
from tests.story.desk import StoryDesk
from tests.story.phone import Phone, Seen

SAME, SURE = "Es la misma persona", "Sí, es la misma"


async def known(desk: StoryDesk, phone: Phone) -> Person:
    person = await desk.app.queries.person_at(phone.user.id)
    assert person is not None
    return person


async def asks_again(desk: StoryDesk, name: str = "Ana Ruiz") -> Phone:
    phone = desk.stranger(name)
    await phone.says("/start")
    phone.reads_all()
    return phone


async def says_it_is_the_same(admin: Phone, request: Seen) -> None:
    await request.presses(SAME)
    await admin.sees("¿Es la misma persona?", "queda fuera al instante").presses(SURE)


async def test_whoever_lost_their_phone_goes_on_with_role_work_and_check_in(desk: StoryDesk) -> None:
    marta, other_admin = await desk.admin("Marta Solís"), await desk.admin("Tito Vaca")
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Ruiz")
    await ana.says("/control 30")
    await sara.says("/nueva Revisar el portón !alta")
    await sara.says("/asignar T-1 Ana Ruiz")
    await ana.presses("Voy")
    await sara.says("/nueva Cuidar la bodega")
    await sara.says("/asignar T-2 Ana Ruiz")
    before = await known(desk, ana)
    for phone in (ana, sara):
        phone.reads_all()
    again = await asks_again(desk)
    request = marta.sees("Pide acceso", "Se parece a Ana Ruiz")
    other_admin.sees("Pide acceso")
    await says_it_is_the_same(marta, request)

    after, out = await known(desk, again), await known(desk, ana)
    assert (after.id, after.role, after.membership) == (before.id, Role.AGENT, Membership.ACTIVE)
    assert out.membership is Membership.DISABLED
    ana.sees("pasó a otra cuenta")
    again.sees("sigues con esta cuenta", "Tu rol: agente")
    again.sees("Cuidar la bodega")
    other_admin.sees("Ana Ruiz", "sigue con otra cuenta", "Lo decidió Marta Solís")
    marta.has("sigue con otra cuenta", str(again.user.id))
    assert (await desk.app.queries.check_in(again.user.id)) is not None
    assert (await desk.app.queries.check_in(ana.user.id)) is None
    await again.sees("Revisar el portón").presses("Llegué")
    await again.presses("Voy")
    await ana.says("/mistareas")
    ana.sees("No tienes acceso")
    for phone in (sara, again, ana):
        phone.reads_all()
    found = await desk.app.store.read(lambda session: records.of_person(session, after.id, most=9))
    (one,) = [entry for entry in found if isinstance(entry.event, Relinked)]
    marta_known = await known(desk, marta)
    assert one.by == marta_known.id
    assert one.event == Relinked(account=again.user.id, was=ana.user.id, newcomer=out.id)
    found = await desk.app.store.read(lambda session: records.of_person(session, out.id, most=9))
    assert [entry.by for entry in found if isinstance(entry.event, Replaced)] == [marta_known.id]
    assert (await audit.verify(desk.app.store)).flaw is None


async def test_a_question_that_waits_is_heard_with_the_new_account(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz", at=(-2.19, -79.89))
    await ana.says("/control 1")
    ana.reads_all()
    again = await asks_again(desk)
    marta.reads_all()
    old, new = await known(desk, ana), await known(desk, again)
    desk.telegram.block(ana.user, desk.bot)
    await desk.passes(61)
    ana.reads_all()
    await desk.app.desk.execute(c.Relink(person=old.id, newcomer=new.id, account=old.account), caller=DESK)
    await desk.settle()
    again.sees("sigues con esta cuenta")
    await desk.passes(2)
    await again.sees("¿Estás bien?").presses("Estoy bien")
    again.reads_all()
    marta.reads_all()
    ana.reads_all()


async def test_whoever_was_out_comes_in_again_with_their_history_and_the_role_that_is_chosen(desk: StoryDesk) -> None:
    marta, tito = await desk.admin("Marta Solís"), await desk.admin("Tito Vaca")
    ana = await desk.supervisor("Ana Ruiz")
    await ana.says("/nueva Ronda de ayer")
    before = await known(desk, ana)
    await desk.app.desk.execute(c.Disable(person=before.id), caller=DESK)
    await desk.settle()
    ana.reads_all()
    again = await asks_again(desk)
    tito.reads_all()
    await marta.sees("Pide acceso", "ya no tiene acceso").presses(SAME)
    asked = marta.sees("entra otra vez", str(ana.user.id), "sigue fuera")
    asked.offers("Sí, como agente", "Sí, como supervisor", "No, volver")
    assert not (await known(desk, again)).active
    await asked.presses("Sí, como agente")

    after, out = await known(desk, again), await known(desk, ana)
    assert (after.id, after.role, after.membership) == (before.id, Role.AGENT, Membership.ACTIVE)
    assert out.membership is Membership.DISABLED
    assert out.id != before.id
    again.sees("agente")
    tito.sees("Ana Ruiz", "sigue con otra cuenta", "Lo decidió Marta Solís")
    await again.says("/historial")
    again.sees("Ronda de ayer")
    await ana.says("/mistareas")
    ana.sees("No tienes acceso")
    assert (await audit.verify(desk.app.store)).flaw is None
    for phone in (marta, tito, again, ana):
        phone.reads_all()


async def test_nobody_is_let_in_again_by_a_button_of_when_they_were_out_and_are_in_by_now(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Ruiz")
    old = await known(desk, ana)
    await desk.app.desk.execute(c.Disable(person=old.id), caller=DESK)
    again = await asks_again(desk)
    request = marta.sees("Pide acceso")
    await request.presses(SAME)
    sure = marta.sees("entra otra vez")
    await desk.app.desk.execute(c.Admit(person=old.id, role=Role.AGENT, again=True), caller=DESK)
    was = [await known(desk, phone) for phone in (ana, again)]
    for press in (sure.presses("Sí, como supervisor"), request.presses(SAME)):
        await press
        marta.sees("Eso cambió mientras tanto")
    assert [await known(desk, phone) for phone in (ana, again)] == was
    for phone in desk.phones:
        phone.reads_all()


@pytest.mark.parametrize("why", ["answered", "given to another", "shut out", "oneself"])
async def test_a_press_that_comes_too_late_changes_nothing_and_says_why(desk: StoryDesk, why: str) -> None:
    marta, tito, ana = await desk.admin("Marta Solís"), await desk.admin("Tito Vaca"), await desk.agent("Ana Ruiz")
    name = "Marta Solís" if why == "oneself" else "Ana Ruiz"
    again = await asks_again(desk, name)
    request = marta.sees("Pide acceso")
    thumb = request.holds(SAME)
    await request.presses(SAME)
    sure = marta.sees("¿Es la misma persona?").holds(SURE)
    old, new = await known(desk, ana), await known(desk, again)
    words = "No puedes cambiar tu propio acceso"
    if why == "answered":
        await desk.app.desk.execute(c.Reject(person=new.id), caller=caller_of(await known(desk, tito)))
        words = "Nada cambió"
    elif why == "given to another":
        third = await known(desk, await asks_again(desk))
        await desk.app.desk.execute(c.Relink(person=old.id, newcomer=third.id, account=old.account), caller=DESK)
        words = "Eso cambió mientras tanto"
    elif why == "shut out":
        await desk.app.desk.execute(c.Disable(person=old.id), caller=DESK)
        words = "Ese acceso está cerrado"
    await desk.settle()
    marta.reads_all()
    was = [await known(desk, phone) for phone in (ana, again, marta)]
    await sure
    marta.sees(words)
    if why != "oneself":
        await thumb
        marta.sees(words)
    assert [await known(desk, phone) for phone in (ana, again, marta)] == was
    for phone in desk.phones:
        phone.reads_all()


async def test_what_the_former_account_sent_before_it_was_out_is_nobodys_any_more(desk: StoryDesk) -> None:
    """An update that was being handled when the account changed hands acts for nobody."""
    ana = await desk.agent("Ana Ruiz")
    again = await asks_again(desk)
    old, new = await known(desk, ana), await known(desk, again)
    await desk.app.desk.execute(c.Relink(person=old.id, newcomer=new.id, account=old.account), caller=DESK)
    off = c.SetAvailability(person=old.id, availability=Availability.UNAVAILABLE)
    outcome = await desk.app.desk.execute(off, caller=caller_of(old))
    assert isinstance(outcome, Refused)
    assert outcome.refusal.reason is Reason.DISABLED
    for phone in (ana, again):
        phone.reads_all()


async def test_p9_nobody_but_an_administrator_gives_an_account_to_another(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    again = await asks_again(desk, "Marta Solís")
    boss, new = await known(desk, marta), await known(desk, again)
    for phone in (sara, again):
        caller = caller_of(await known(desk, phone))
        for command in (
            c.Relink(person=boss.id, newcomer=new.id, account=boss.account),
            c.Replace(person=new.id, by=boss.id),
        ):
            outcome = await desk.app.desk.execute(command, caller=caller)
            assert isinstance(outcome, Refused)
    assert await known(desk, marta) == boss
    marta.reads_all()
