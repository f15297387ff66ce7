"""Words, pictures and voice of closed work are kept for `privacy.evidence`, and no longer (P15)."""

from datetime import timedelta

from bot.config.privacy import Privacy
from bot.jobs.retention import sweep
from core.rules.permissions import caller_of
from core.vocabulary.commands import Disable
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.test_forgotten import closed, everything, whole
from tests.story.test_privacy import known

PARK = (-2.1862, -79.8885)
MONTH = timedelta(days=30)


async def swept(desk: StoryDesk) -> str:
    """The sweep of a desk that keeps evidence for a month; all that is left then, as text."""
    config = desk.app.config.model_copy(update={"privacy": Privacy(evidence=MONTH)})
    await sweep(desk.app.store, desk.app.clock, config)
    return await desk.app.store.read(everything)


async def later(desk: StoryDesk, age: timedelta, *phones: Phone) -> str:
    """So much later, and swept."""
    await desk.advance(age.total_seconds())
    for phone in phones:
        phone.reads_all()
    return await swept(desk)


async def test_p15_what_was_said_and_shown_of_closed_work_is_erased_when_it_is_old_and_the_record_is_whole(
    desk: StoryDesk,
) -> None:
    ana, beto = await desk.agent("Ana Mora", at=PARK), await desk.agent("Beto Díaz")
    await ana.says("/nueva Patrullaje zona ñandú")
    await ana.says("/nota T-1 el portón azul")
    await ana.does(lambda telegram: telegram.send_photo(ana.user, "/nota T-1 la cerradura"))
    photo = next(m.photo for m in desk.telegram.messages(ana.user) if m.photo)
    await beto.says("/nueva Ronda del puerto")
    await closed(desk, ana, 1)
    words = ("ñandú", "nandu", "portón", "cerradura", photo)

    kept = await later(desk, MONTH - timedelta(minutes=1), ana, beto)
    assert [word for word in words if word not in kept] == [], "it is not a month since it closed"
    kept = await later(desk, timedelta(hours=1), ana, beto)
    assert [word for word in words if word in kept] == []
    assert "puerto" in kept, "that one is open, however old it is"
    verdict = await whole(desk)
    assert [(one.person, one.approved_by) for one in verdict.erasures] == [(None, None)], "by age, nobody asked"
    assert await swept(desk) == await swept(desk), "nothing is erased twice"

    await ana.says("/tarea T-1")
    ana.sees("T-000001", "—")
    await ana.says("/historial")
    ana.reads_all()
    beto.reads_all()


async def test_p15_who_lost_access_long_ago_is_nobody_any_more(desk: StoryDesk) -> None:
    """Their work stays, without a name; if they come back they are somebody new."""
    marta, ana, beto = await desk.admin("Marta Solís"), await desk.agent("Ana Mora"), await desk.agent("Beto Díaz")
    await ana.says("/nueva Patrullaje")
    await closed(desk, ana, 1)
    numbers = {phone: (await known(desk, phone)).id for phone in (marta, ana, beto)}
    for phone in (ana, beto):
        await desk.app.desk.execute(Disable(person=numbers[phone]), caller=caller_of(await known(desk, marta)))
    await beto.says("/nueva Ronda")
    kept = await later(desk, MONTH - timedelta(minutes=1), marta, ana, beto)
    assert "Ana Mora" in kept
    kept = await later(desk, timedelta(hours=1), marta, ana, beto)
    for gone in ("Ana Mora", "Beto Díaz", str(ana.user.id), str(beto.user.id)):
        assert gone not in kept, gone
    assert "Marta Solís" in kept, "who is in stays"
    assert await swept(desk) == await swept(desk), "nobody is emptied twice"
    await whole(desk)
    await marta.says("/tarea T-1")
    marta.sees("T-000001")
    await ana.says("/start")
    assert (await known(desk, ana)).id not in numbers.values()
    for phone in (marta, ana, beto):
        phone.reads_all()
