"""Works with albums: all their pictures are kept, and one answer comes."""

import pytest

from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)


async def test_p13_three_albums_in_an_emergency_keep_all_thirty_photos(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora", at=PARK)
    await ana.says("/emergencia Robo")
    ana.reads_all()
    for number in range(3):
        desk.telegram.send_album(ana.user, 10, f"la puerta {number}")
    await desk.settle()
    assert [seen.text.count("T-000001") for seen in (ana.sees("T-000001") for _ in range(3))] == [1, 1, 1]
    ana.sees_nothing()
    assert await desk.asks("SELECT notes FROM task") == 30
    assert await desk.asks("SELECT count(*) FROM inbox WHERE state = 4") == 0


async def test_the_desk_stops_in_the_middle_of_an_album_and_nothing_is_lost_or_doubled(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora", at=PARK)
    await ana.says("/emergencia Robo")
    ana.reads_all()
    desk.telegram.send_album(ana.user, 10)
    await desk.close()
    await desk.open()
    ana.sees("T-000001")
    ana.sees_nothing()
    assert await desk.asks("SELECT notes FROM task") == 10


async def test_the_others_are_rung_once_for_an_album(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    await ana.says("/emergencia Robo")
    sara.reads_all()
    for count in (10, 3):
        desk.telegram.send_album(ana.user, count, "la puerta")
        await desk.settle()
        await desk.advance(30)
        seen = [message for message in sara.unread if message.photo]
        assert [message.silent for message in seen] == [False, *[True] * (count - 1)]
        sara.reads_all()
    ana.reads_all()


async def test_an_album_that_calls_for_help_rings_for_its_first_picture(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    desk.telegram.send_album(ana.user, 4, "/emergencia Robo")
    await desk.settle()
    await desk.advance(30)
    assert [message.silent for message in sara.unread if message.photo] == [False, True, True, True]
    assert await desk.asks("SELECT count(*) FROM task") == 1
    for phone in (sara, ana):
        phone.reads_all()


@pytest.mark.parametrize("words", ["", "mira esto"])
async def test_an_album_with_nothing_open_gets_one_answer(desk: StoryDesk, words: str) -> None:
    ana = await desk.agent("Ana Mora")
    desk.telegram.send_album(ana.user, 10, words)
    await desk.settle()
    assert len(ana.unread) == 1
    ana.reads_all()
