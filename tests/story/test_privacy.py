"""Privacy, as people meet it: what the desk keeps of them, and for how long (P15)."""

from datetime import timedelta

from bot.jobs.retention import sweep
from core.state.person import Person
from storage.repositories import people
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK, PORT = (-2.1862, -79.8885), (-2.2800, -79.9100)
DAY = timedelta(days=1).total_seconds()


async def known(desk: StoryDesk, phone: Phone) -> Person:
    """A person as the desk knows them."""
    person = await desk.app.store.read(lambda session: people.by_account(session, phone.user.id))
    assert person is not None
    return person


async def test_p15_a_day_later_nobody_knows_where_somebody_was(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora", at=PARK)
    assert (await known(desk, ana)).position is not None
    await desk.advance(DAY + 1)
    await sweep(desk.app.store, desk.app.clock, desk.app.config)
    assert (await known(desk, ana)).position is None
    await ana.says("/fuera")
    await ana.says("/disponible")
    ana.reads_all()
    ana.has("No sé dónde estás")


async def test_p15_where_a_stranger_is_nobody_keeps(desk: StoryDesk) -> None:
    nora = await desk.admin("Nora Paz")
    eva = desk.stranger("Eva Luna")
    await eva.says("/start")
    await eva.is_at(*PARK, live=3_600)
    shared = next(m for m in desk.telegram.messages(eva.user) if m.wire.location is not None)
    await eva.does(lambda telegram: telegram.move(eva.user, shared, *PORT))
    assert (await known(desk, eva)).position is None
    assert (await known(desk, eva)).live_until is None
    for phone in (nora, eva):
        phone.reads_all()
