"""Words that are not on disk after two seconds: their sender is told so, each time anew, whatever the storage says.

What it says, or that it says nothing at all, makes no difference: the time counts that these words wait.
"""

import pytest

from tests.story import bad_disk
from tests.story.bad_disk import MUCH, WAIT
from tests.story.desk import StoryDesk
from tests.story.disk import Disk, Trouble
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
KINDS = pytest.mark.parametrize("trouble", [Disk.silent, Disk.locked, Disk.full, Disk.read_only, Disk.failing])


desk, disk = bad_disk.desk, bad_disk.disk


async def waits(desk: StoryDesk, words: int = 1) -> None:
    """Come to the moment at which the storage is asked to keep so many words, and has not."""
    await desk.until(lambda: len(desk.app.waiting) == words, "they wait")


async def told_after(desk: StoryDesk, *phones: Phone) -> float:
    """Let time pass until they are told; the seconds that it took."""
    begun = desk.clock.now()
    await desk.passes_until(lambda: all(phone.unread for phone in phones), "they are told")
    for phone in phones:
        phone.sees(WAIT)
    return (desk.clock.now() - begun).total_seconds()


async def lasts(desk: StoryDesk, seconds: float) -> None:
    """So much time passes while the storage keeps nothing."""
    end = desk.clock.now().timestamp() + seconds
    await desk.passes_until(lambda: desk.clock.now().timestamp() >= end, "time passes")


@KINDS
async def test_an_emergency_that_is_not_kept_is_said_to_its_reporter_after_two_seconds(
    desk: StoryDesk, disk: Disk, trouble: Trouble
) -> None:
    """Once, however long it lasts, and anew in the silence that begins four seconds after it is over."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    for turn in range(2):
        with trouble(disk):
            desk.telegram.say(juan.user, f"/emergencia {turn} {MUCH}")
            await waits(desk)
            assert 2 <= await told_after(desk, juan) <= 3
            await lasts(desk, 2)
            juan.sees_nothing()
        await desk.recovers()
        juan.sees("Alerta enviada")
        sara.sees(f"{turn} Robo")
        for phone in (sara, juan):
            phone.reads_all()
        await desk.passes(4)
        for phone in (sara, juan):
            phone.reads_all()


async def test_whoever_calls_for_help_a_moment_later_is_told_too(desk: StoryDesk, disk: Disk) -> None:
    """While the first one's words are being kept nobody fetches the others'; they are looked at all the same."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=PARK)
    with disk.silent():
        desk.telegram.say(juan.user, "/emergencia Robo")
        await waits(desk)
        await lasts(desk, 1.5)
        desk.telegram.say(ana.user, "/emergencia Fuego")
        assert await told_after(desk, juan) <= 1
        assert await told_after(desk, ana) <= 2
        assert len(desk.bot.updates) == 2, "Telegram was told of none of them"
        await lasts(desk, 1)
        desk.telegram.say(juan.user, "/emergencia Un herido")
        assert await told_after(desk, juan) <= 3, "each emergency anew"
        desk.telegram.say(juan.user, "¿hola?")
        await lasts(desk, 4)
        juan.sees_nothing()
        ana.sees_nothing()
    await desk.recovers()
    assert await desk.asks("SELECT count(*) FROM task") == 3
    for phone in (sara, juan, ana):
        phone.reads_all()


async def test_nobody_is_told_of_words_that_are_kept_in_time(desk: StoryDesk, disk: Disk) -> None:
    """A storage that takes its time is no storage that is away."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    with disk.silent():
        desk.telegram.say(juan.user, "/emergencia Robo")
        await waits(desk)
        await lasts(desk, 1.8)
    await desk.recovers()
    juan.sees("Alerta enviada")
    await desk.passes(5)
    assert not [text for phone in (juan, sara) for text in phone.unread if WAIT in text.text]
    for phone in (sara, juan):
        phone.reads_all()


async def test_a_process_that_stood_still_asks_once_more_before_it_says_so(desk: StoryDesk, disk: Disk) -> None:
    """Four seconds in which it did nothing: the storage's answer has been there for as long."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    with disk.silent():
        desk.telegram.say(juan.user, "/emergencia Robo")
        await waits(desk)
        desk.clock.advance(4)
    await desk.recovers()
    juan.sees("Alerta enviada")
    for phone in (sara, juan):
        phone.reads_all()


async def test_a_press_is_told_in_its_answer_after_two_seconds(desk: StoryDesk, disk: Disk) -> None:
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=PARK)
    await juan.says("/emergencia Robo")
    offer = ana.sees("te necesitan")
    for phone in (juan, ana):
        phone.reads_all()
    with disk.silent():
        query = desk.telegram.press(ana.user, offer.message, "Voy")
        await waits(desk)
        await lasts(desk, 1.5)
        early = query.answered
        await desk.passes_until(lambda: query.answered is not None, "the button stops spinning")
        assert query.answered is not None
        assert early is None
        assert WAIT in (query.answered.text or "")
        ana.sees_nothing()
    await desk.recovers()
    juan.sees("Ana Mora va")
    for phone in (juan, ana):
        phone.reads_all()


async def test_whoever_shows_where_they_go_has_asked_for_nothing(desk: StoryDesk, disk: Disk) -> None:
    """Neither as they begin to share nor at any step; nor does talk in a group wait for an answer: a command does."""
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    group, (here, _) = desk.group("Guardia", ana, beto)
    desk.telegram.promote(group, desk.bot, ana.user)
    await desk.settle()
    for phone in (ana, beto, here):
        phone.reads_all()
    with disk.silent():
        sharing = desk.telegram.send_place(ana.user, *PARK, live_period=900)
        await waits(desk)
        desk.telegram.move(ana.user, sharing, PARK[0], PARK[1] + 0.01)
        desk.telegram.say(ana.user, "¿alguien cerca?", group)
        await lasts(desk, 5)
        ana.sees_nothing()
        here.sees_nothing()
        desk.telegram.say(beto.user, "/emergencia@gad_bot Robo", group)
        assert await told_after(desk, here) <= 3
    await desk.recovers()
    for phone in (ana, beto, here):
        phone.reads_all()
