"""Coming back: whoever blocked the bot and takes it back sees what is so now, and is rung for what waits for them."""

from tests.story.desk import StoryDesk

PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)


async def test_p4_a_sole_supervisor_who_comes_back_is_told_of_the_open_emergency_at_once(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await sara.does(lambda telegram: telegram.block(sara.user, desk.bot))
    await juan.says("/emergencia Robo")
    sara.sees_nothing()
    began = desk.clock.now()
    await sara.does(lambda telegram: telegram.unblock(sara.user, desk.bot))
    card = sara.sees("Robo", "Sigue esperando tu respuesta")
    assert (desk.clock.now() - began).total_seconds() < 5
    await card.presses("Recibido")
    for phone in (sara, juan):
        phone.reads_all()


async def test_whoever_comes_back_has_no_button_for_what_is_over(desk: StoryDesk) -> None:
    """Ana was asked, blocked the bot and came back after it was cancelled: *Voy* is gone from her card."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    ana.sees("¿Puedes ir?")
    desk.telegram.block(ana.user, desk.bot)
    await desk.settle()
    sara.reads_all()
    await sara.presses("Cancelar tarea")
    sara.reads_all()
    await sara.presses("Sí, cancelar")
    refused = len([call for call in desk.telegram.calls if call.chat_id == ana.user.id and not call.ok])
    assert not refused, "no edit is sent to whom it can't reach"
    await ana.does(lambda telegram: telegram.unblock(ana.user, desk.bot))
    assert not ana.has("Robo").message.keyboard
    for phone in (sara, juan, ana):
        phone.reads_all()


async def test_an_offer_that_still_waits_rings_again(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await sara.says("/nueva Revisar la bodega @ana")
    ana.sees("bodega")
    await ana.does(lambda telegram: telegram.block(ana.user, desk.bot))
    await ana.does(lambda telegram: telegram.unblock(ana.user, desk.bot))
    await ana.sees("bodega", "Sigue esperando tu respuesta").presses("Voy")
    for phone in (sara, ana):
        phone.reads_all()
