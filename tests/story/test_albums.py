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


@pytest.mark.parametrize("words", ["", "auxilio", "mira esto"])
async def test_calling_for_help_under_an_album_takes_all_its_pictures(desk: StoryDesk, words: str) -> None:
    """Ten pictures were sent with nothing open: one press makes the emergency, and the supervisor sees all ten."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    desk.telegram.send_album(ana.user, 10, words)
    await desk.settle()
    (question,) = ana.unread
    assert question.keyboard is not None
    call = question.keyboard[0][0]
    for _ in range(2):  # a finger that taps twice
        await ana.does(lambda telegram: telegram.press_button(ana.user, question, call))
    await desk.advance(30)
    assert await desk.asks("SELECT notes FROM task") == 10
    pictures = [message for message in sara.unread if message.photo]
    assert [message.silent for message in pictures] == [False, *[True] * 9]
    assert len({message.photo for message in pictures}) == 10
    for phone in (sara, ana):
        phone.reads_all()


async def test_an_album_is_added_whole_to_a_task_by_its_button(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Revisar la bodega")
    ana.reads_all()
    desk.telegram.send_album(ana.user, 4)
    await desk.settle()
    await ana.sees().presses("📝 Sumar a T-000001")
    assert await desk.asks("SELECT notes FROM task") == 4
    ana.reads_all()


async def test_an_album_under_a_command_goes_where_its_first_picture_went(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/nueva Revisar la bodega")
    ana.reads_all()
    desk.telegram.send_album(ana.user, 4, "/nota 1 la puerta rota")
    await desk.settle()
    assert await desk.asks("SELECT notes FROM task") == 4
    assert len(ana.unread) == 1
    ana.reads_all()
