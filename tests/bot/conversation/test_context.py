"""Many updates are in hand at once; each handler gets its own arrival, and each error reaches its own update."""

import asyncio
from pathlib import Path

from telegram import Update
from telegram.ext import ExtBot, TypeHandler

from bot.conversation.arrival import Arrival
from bot.conversation.context import TurnContext, build_application, handle, note_error
from tests.bot.features.room import Room
from tests.bot.features.telegram import Offline


def arrival_of(room: Room, number: int) -> Arrival:
    return Arrival(
        services=room.services,
        update=Update(update_id=number),
        key=f"update:{number}",
        chat=number,
        now=room.clock.now(),
        person=None,
        form=None,
    )


async def test_each_handler_gets_the_arrival_of_its_own_update(tmp_path: Path) -> None:
    room = Room(tmp_path)
    await room.open()
    request, everybody = Offline(), asyncio.Barrier(20)
    application = build_application(ExtBot(token="7000:room", request=request, get_updates_request=request))
    await application.initialize()

    async def note(update: Update, context: TurnContext) -> None:
        await everybody.wait()
        context.arrival.results.moved_to = update.update_id
        if update.update_id % 2:
            raise ValueError(str(update.update_id))

    application.add_handler(TypeHandler(Update, note))
    application.add_error_handler(note_error)
    # The same update twice at once, too: two objects with one number.
    arrivals = [arrival_of(room, number) for number in (*range(1, 20), 19)]
    errors = await asyncio.gather(*(handle(application, arrival) for arrival in arrivals))

    assert [arrival.results.moved_to for arrival in arrivals] == [*range(1, 20), 19]
    assert [str(error) for error in errors] == [str(n) if n % 2 else "None" for n in (*range(1, 20), 19)]
    await application.shutdown()
    await room.close()
