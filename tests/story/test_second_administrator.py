"""Two administrators make a third: one asks, another one confirms (P9)."""

import asyncio

import pytest

from core.desk.outcome import Refused
from core.rules.permissions import caller_of
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Membership, Role
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.test_coming_in import invitation
from tests.story.test_same_person import known, says_it_is_the_same
from tests.story.test_shut_out import lowers, page_of, shuts_out


async def role_of(desk: StoryDesk, phone: Phone) -> Role | None:
    person = await desk.app.queries.person_at(phone.user.id)
    return person.role if person is not None and person.active else None


async def wants(admin: Phone, name: str) -> None:
    """An administrator wants somebody to be one too."""
    await (await page_of(admin, name)).presses("→ Administrador")


async def test_p9_a_promotion_to_administrator_waits_for_a_second_press(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    marta.sees("Pedí a las demás personas de administración")
    asked = raul.sees("Segunda confirmación", "Marta Solís quiere que Ana Mora", "sea administrador")
    asked.offers("Confirmar", "Rechazar", "👤 Ana Mora")
    assert await role_of(desk, ana) is Role.AGENT
    await asked.presses("Confirmar")
    asked.says("Lo confirmó Raúl Peña").offers()
    ana.sees("Tu rol cambió", "administrador")
    marta.sees("Ana Mora", "Lo confirmó Raúl Peña")
    assert await role_of(desk, ana) is Role.ADMIN


async def test_p9_a_promotion_that_is_refused_changes_nothing(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    marta.reads_all()
    asked = raul.sees("Segunda confirmación")
    late = asked.holds("Confirmar")
    await asked.presses("Rechazar")
    asked.says("Lo rechazó Raúl Peña").offers()
    marta.sees("Ana Mora", "Lo rechazó Raúl Peña")
    await late
    raul.sees("Eso ya lo decidió Raúl Peña", "no cambié nada")
    assert await role_of(desk, ana) is Role.AGENT


async def test_a_single_administrator_makes_the_second_one(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    ana.sees("Tu rol cambió")
    assert await role_of(desk, ana) is Role.ADMIN


async def test_whoever_blocked_the_bot_is_not_waited_for(desk: StoryDesk) -> None:
    """The only other administrator hears nothing: nobody could press, so one press is enough."""
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await desk.app.desk.execute(
        c.MarkSilenced(person=(await known(desk, raul)).id), caller=caller_of(await known(desk, marta))
    )
    await wants(marta, "Ana Mora")
    assert await role_of(desk, ana) is Role.ADMIN
    for phone in (marta, raul, ana):
        phone.reads_all()


async def test_p9_a_link_for_an_administrator_opens_nothing_before_the_second_press(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ivan = desk.stranger("Iván Paz")
    start = await invitation(marta, "administrador")
    marta.sees("Pedí a las demás personas de administración")
    asked = raul.sees("Segunda confirmación", "Marta Solís hizo una invitación de administrador")
    await ivan.says(start)
    ivan.sees("falta que otra persona de administración la confirme")
    assert await role_of(desk, ivan) is None
    await asked.presses("Confirmar")
    marta.sees("invitación de administrador", "Lo confirmó Raúl Peña")
    await ivan.says(start)
    ivan.sees("estás dentro")
    ivan.sees("Tus datos en esta central")
    for phone in (marta, raul):
        phone.sees("🔑 Iván Paz", "administrador", "invitación de Marta Solís")


async def test_p9_a_link_for_an_administrator_that_is_refused_is_over(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ivan = desk.stranger("Iván Paz")
    start = await invitation(marta, "administrador")
    await raul.sees("Segunda confirmación").presses("Rechazar")
    await ivan.says(start)
    ivan.sees("Esa invitación ya se usó o venció")
    for phone in (marta, raul):
        phone.reads_all()


async def test_p9_a_request_for_access_as_administrator_waits_too(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ivan = desk.stranger("Iván Paz")
    await ivan.says("/start")
    ivan.reads_all()
    await marta.sees("Pide acceso").presses("Administrador")
    marta.sees("Pedí a las demás personas de administración")
    raul.sees("Pide acceso")
    asked = raul.sees("Segunda confirmación", "Iván Paz", "entre como administrador")
    assert await role_of(desk, ivan) is None
    await asked.presses("Confirmar")
    ivan.sees("estás dentro", "administrador")
    for phone in (marta, raul):
        phone.reads_all()


async def test_p9_the_account_of_an_administrator_moves_with_a_second_press(desk: StoryDesk) -> None:
    marta, raul, tito = [await desk.admin(name) for name in ("Marta Solís", "Raúl Peña", "Tito Vaca")]
    again = desk.stranger("Raúl Peña")
    await again.says("/start")
    again.reads_all()
    for phone in (raul, tito):
        phone.reads_all()
    await says_it_is_the_same(marta, marta.sees("Pide acceso"))
    assert (await known(desk, again)).membership is Membership.PENDING
    raul.sees_nothing()
    await tito.sees("Segunda confirmación", "siga con otra cuenta").presses("Confirmar")
    assert await role_of(desk, again) is Role.ADMIN
    assert await role_of(desk, raul) is None
    for phone in (marta, raul, tito, again):
        phone.reads_all()


@pytest.mark.parametrize("takes_away", [shuts_out, lowers], ids=["shut out", "lowered"])
async def test_p14_what_somebody_asked_for_who_is_out_is_confirmed_by_nobody(
    desk: StoryDesk, takes_away: object
) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    asked = raul.sees("Segunda confirmación")
    assert callable(takes_away)
    await takes_away(raul, "Marta Solís")
    raul.reads_all()
    await asked.presses("Confirmar")
    raul.sees("Marta Solís lo pidió y ya no es de administración")
    assert await role_of(desk, ana) is Role.AGENT
    for phone in (marta, raul):
        phone.reads_all()


async def test_a_request_that_nobody_answered_is_over_after_a_day(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    asked = raul.sees("Segunda confirmación", "Se puede confirmar hasta")
    await desk.advance(25 * 3600)
    await asked.presses("Confirmar")
    raul.sees("Ese pedido venció")
    assert await role_of(desk, ana) is Role.AGENT
    marta.reads_all()


async def test_p9_nobody_confirms_what_they_asked_for_or_what_they_are_about(desk: StoryDesk) -> None:
    """The data of the button is forged: the desk itself knows whose press it is."""
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    for phone in (marta, raul):
        phone.reads_all()
    for who, reason in ((marta, Reason.OWN_RISE), (ana, Reason.ABOVE_ROLE)):
        outcome = await desk.app.desk.execute(ac.ConfirmRise(rise=1), caller=caller_of(await known(desk, who)))
        assert isinstance(outcome, Refused)
        assert outcome.refusal.reason is reason
    outcome = await desk.app.desk.execute(ac.ConfirmRise(rise=99), caller=caller_of(await known(desk, raul)))
    assert isinstance(outcome, Refused)
    assert outcome.refusal.reason is Reason.STALE
    assert await role_of(desk, ana) is Role.AGENT


@pytest.mark.parametrize("second", [ac.ConfirmRise, ac.RefuseRise])
async def test_p7_two_administrators_answer_at_once_and_one_answer_counts(
    desk: StoryDesk, second: type[ac.AnswerRise]
) -> None:
    marta, raul, tito = [await desk.admin(name) for name in ("Marta Solís", "Raúl Peña", "Tito Vaca")]
    ana = await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    callers = [caller_of(await known(desk, phone)) for phone in (raul, tito)]
    answers = await asyncio.gather(
        desk.app.desk.execute(ac.ConfirmRise(rise=1), caller=callers[0]),
        desk.app.desk.execute(second(rise=1), caller=callers[1]),
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.refusal.reason for answer in refused] == [Reason.RISE_DECIDED]
    confirmed = await desk.asks("SELECT confirmed FROM rise")
    assert await role_of(desk, ana) is (Role.ADMIN if confirmed else Role.AGENT)
    await desk.settle()
    for phone in (marta, raul, tito, ana):
        phone.reads_all()


async def test_two_administrators_who_want_the_same_at_once_confirm_each_other(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants(marta, "Ana Mora")
    theirs = raul.sees("Segunda confirmación", "Marta Solís quiere")
    await wants(raul, "Ana Mora")
    asked = marta.sees("Segunda confirmación", "Raúl Peña quiere")
    await theirs.presses("Confirmar")
    assert await role_of(desk, ana) is Role.ADMIN
    await asked.presses("Confirmar")
    marta.sees("Ya estaba así: no cambié nada")
    for phone in (marta, raul, ana):
        phone.reads_all()
