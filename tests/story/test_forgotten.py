"""People ask for their data to be erased, and the record stays provable (P15)."""

import re

from sqlalchemy import select

from core.desk.erase import LATER
from core.desk.put_out import UNDER_WAY
from core.rules.permissions import DESK, caller_of
from core.vocabulary import access_commands as ac
from core.vocabulary.commands import Cancel, Relink
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Membership
from storage.audit import audit
from storage.engine.session import Query, Session
from storage.schema.invitation_tables import InvitationRow, RiseRow
from storage.schema.lost_word_tables import GuessRow, LostWordRow
from storage.schema.safety_tables import CheckInRow, DuressRow
from storage.schema.tables import CardRow, EventRow, FormRow, PersonRow, TaskRow, TaskWordRow, table
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.test_duress import sets_word
from tests.story.test_privacy import known

PARK = (-2.1862, -79.8885)
# Tables whose rows tell of somebody; messages that left, and answers, go by their own age.
KEPT = (
    *(PersonRow, EventRow, TaskRow, TaskWordRow, CheckInRow, DuressRow, LostWordRow, GuessRow),
    *(FormRow, CardRow, RiseRow, InvitationRow),
)


async def everything(session: Session) -> str:
    """All that these tables hold, as text."""
    return str([await session.rows(Query.mappings(select(table(model)))) for model in KEPT])


def holds(kept: str, words: str) -> bool:
    """Whether it is said anywhere; a number stands by itself, for any digits are somewhere within a hash."""
    return re.search(rf"\b{words}\b" if words.isdigit() else re.escape(words), kept) is not None


async def wants_it_erased(phone: Phone) -> None:
    """*Borrar mis datos*, and that it is meant."""
    await phone.says("/misdatos")
    await phone.presses("🗑 Borrar mis datos")
    phone.reads_all()
    await phone.presses("Sí, pedir que se borren")


async def closed(desk: StoryDesk, phone: Phone, task: int) -> None:
    """The reporter takes it back, with a reason."""
    caller = caller_of(await known(desk, phone))
    await desk.app.desk.execute(Cancel(task=task), caller=caller, reason="el portón ya abrió")
    await desk.settle()
    phone.reads_all()


async def whole(desk: StoryDesk) -> audit.Verdict:
    """The record, which is whole."""
    verdict = await audit.verify(desk.app.store)
    assert verdict.flaw is None
    return verdict


async def test_p15_whoever_asks_is_forgotten_once_an_administrator_says_so_and_the_record_is_whole(
    desk: StoryDesk,
) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora", at=PARK)
    await ana.says("/nueva Patrullaje zona ñandú")
    await ana.says("/nota T-1 el portón azul")
    await ana.says("/clave cucurucho77")
    await ana.says("/congelar Nadie Nunca sandía99")
    assert await desk.asks("SELECT count(*) FROM guess") == 1, "her account is kept beside the wrong word"
    await closed(desk, ana, 1)
    was = await known(desk, ana)
    for phone in (ana, marta):
        phone.reads_all()

    await wants_it_erased(ana)
    ana.sees("Lo pedí a la administración")
    assert (await known(desk, ana)).active, "nothing happens before somebody else says so"
    asked = marta.sees("Ana Mora", "pide que se borren sus datos")
    await ana.presses("Sí, pedir que se borren")
    ana.sees("Ya lo pediste")
    marta.sees_nothing()
    await asked.presses("Confirmar")
    asked.says("Lo confirmó Marta Solís")
    assert (await known(desk, ana)).membership is Membership.FORGOTTEN
    ana.reads_all()
    await desk.passes((2 * UNDER_WAY + LATER).total_seconds())
    ana.sees("Tus datos se borraron")
    marta.sees(f"Los datos de la persona {was.id} se borraron")

    kept = await desk.app.store.read(everything)
    for words in ("Ana", "ana", "ñandú", "nandu", "portón", str(ana.user.id), "79.8885"):
        assert not holds(kept, words), words
    assert await desk.asks("SELECT count(*) FROM lost_word") == 0
    verdict = await whole(desk)
    assert {(one.person, one.approved_by) for one in verdict.erasures} == {(was.id, (await known(desk, marta)).id)}

    await ana.says("/start")
    ana.sees("Envié tu solicitud")
    again = await known(desk, ana)
    assert (again.id != was.id, again.membership) == (True, Membership.PENDING), "a new person"
    marta.reads_all()
    ana.reads_all()


async def test_p15_what_is_open_is_closed_first(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora", at=PARK)
    await ana.says("/nueva Patrullaje zona norte")
    await wants_it_erased(ana)
    ana.sees("Todavía está abierta", "T-000001")
    await closed(desk, ana, 1)
    await wants_it_erased(ana)
    asked = marta.sees("pide que se borren sus datos")
    await ana.says("/nueva Patrullaje zona sur")
    await asked.presses("Confirmar")
    marta.sees("Todavía está abierta", "T-000002")
    assert (await known(desk, ana)).active
    for phone in (marta, ana):
        phone.reads_all()


async def test_p15_nobody_is_forgotten_by_their_own_word_alone_or_without_having_asked(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    await wants_it_erased(marta)
    marta.sees("Lo tiene que aprobar otra persona")
    ana = await desk.agent("Ana Mora")
    refused = await desk.app.desk.execute(
        ac.Forget(person=(await known(desk, ana)).id), caller=caller_of(await known(desk, marta))
    )
    assert getattr(refused, "refusal").reason is Reason.ABOVE_ROLE  # noqa: B009
    raul = await desk.admin("Raúl Peña")
    await wants_it_erased(marta)
    marta.sees("Lo pedí a la administración")
    asked = raul.sees("Marta Solís", "pide que se borren sus datos")
    await asked.presses("Rechazar")
    marta.sees("Lo rechazó Raúl Peña")
    assert (await known(desk, marta)).active
    for phone in (marta, ana, raul):
        phone.reads_all()


async def test_p15_what_a_lost_phone_asked_for_waits_until_somebody_says_that_they_are_out(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    ana = await desk.agent("Ana Mora", at=PARK)
    await wants_it_erased(ana)
    asked = marta.sees("Ana Mora", "pide que se borren sus datos")
    await sara.says("/congelar Ana Mora")
    frozen = marta.sees("Acceso congelado", "Ana Mora")
    await ana.says("/misdatos")
    ana.sees("Tu acceso está congelado", "por otra vía")
    await asked.presses("Confirmar")
    marta.sees("Ese acceso está congelado")
    assert (await known(desk, ana)).membership is Membership.FROZEN
    await frozen.presses("⛔ Confirmar la baja")
    assert (await known(desk, ana)).membership is Membership.DISABLED
    await asked.presses("Confirmar")
    asked.says("Lo confirmó Marta Solís")
    assert (await known(desk, ana)).membership is Membership.FORGOTTEN
    for phone in (marta, sara, ana):
        phone.reads_all()
    await desk.passes((2 * UNDER_WAY + LATER).total_seconds())
    marta.sees("se borraron")
    assert "Ana" not in await desk.app.store.read(everything)
    await whole(desk)
    for phone in (marta, sara, ana):
        phone.reads_all()


async def test_p15_who_approved_it_and_is_out_by_then_hears_nothing(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await wants_it_erased(ana)
    await marta.sees("pide que se borren sus datos").presses("Confirmar")
    await raul.says("/congelar Marta Solís")
    for phone in (marta, raul, ana):
        phone.reads_all()
    await desk.passes((2 * UNDER_WAY + LATER).total_seconds())
    ana.sees("Tus datos se borraron")
    marta.sees_nothing()


async def test_p15_a_silent_alarm_stands_in_the_way_unseen_and_is_erased_with_the_rest(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora", at=PARK)
    await sets_word(ana)
    await ana.says("/control 30")
    await ana.says("girasol azul")
    for phone in (ana, marta):
        phone.reads_all()
    await wants_it_erased(ana)
    ana.sees("Lo pedí a la administración").lacks("abierta")
    asked = marta.sees("Ana Mora", "pide que se borren sus datos")
    await asked.presses("Confirmar")
    marta.sees("Todavía está abierta", "T-000001")
    assert (await known(desk, ana)).active, "whoever is in danger is helped first"

    await desk.app.desk.execute(Cancel(task=1), caller=caller_of(await known(desk, marta)), reason="está a salvo")
    await desk.settle()
    await asked.presses("Confirmar")
    asked.says("Lo confirmó Marta Solís")
    await desk.passes((2 * UNDER_WAY + LATER).total_seconds())
    marta.sees("se borraron")
    kept = await desk.app.store.read(everything)
    for words in ("Ana", str(ana.user.id), "79.8885"):
        assert not holds(kept, words), words
    await whole(desk)
    for phone in (ana, marta):
        phone.reads_all()


async def test_p15_a_request_dies_with_the_account_that_made_it_and_the_former_account_goes_too(
    desk: StoryDesk,
) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Díaz")
    await wants_it_erased(ana)
    asked = marta.sees("Ana Mora", "pide que se borren sus datos")
    again = desk.stranger("Anita Mora")
    await again.says("/start")
    was, newcomer = await known(desk, ana), await known(desk, again)
    await desk.app.desk.execute(Relink(person=was.id, newcomer=newcomer.id, account=was.account), caller=DESK)
    await desk.settle()
    await asked.presses("Confirmar")
    marta.sees("cambió", "/misdatos")
    assert (await known(desk, again)).active, "the phone that asked may be the lost one"

    for wrong in ("uno11111", "dos22222", "tres3333"):
        await again.says(f"/congelar Beto Díaz {wrong}")
    for phone in (ana, again, marta, raul, beto):
        phone.reads_all()
    await wants_it_erased(again)
    again.sees("Lo pedí a la administración")
    await marta.sees("pide que se borren sus datos").presses("Confirmar")
    await desk.passes((2 * UNDER_WAY + LATER).total_seconds())
    kept = await desk.app.store.read(everything)
    for words in ("Ana", "Anita", str(ana.user.id), str(again.user.id)):
        assert not holds(kept, words), words
    await whole(desk)
    for phone in (ana, again, marta, raul, beto):
        phone.reads_all()
