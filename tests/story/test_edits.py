"""Edits that change no word are none; others are answered, and a call for help with its button."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone


async def reacts(phone: Phone) -> None:
    """Somebody puts a reaction under the last thing that they wrote."""
    await phone.does(lambda t: t.react(phone.user, [m for m in t.messages(phone.user) if m.sender is phone.user][-1]))


async def test_a_reaction_to_a_command_is_not_told_off(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/mistareas")
    ana.reads_all()
    await reacts(ana)
    ana.sees_nothing()
    await ana.edits("/nueva Ronda")
    ana.sees("Lo que editas no cambia nada").offers()
    await reacts(ana)
    ana.sees_nothing()


async def test_a_reaction_after_a_restart_is_told_to_commands_alone(desk: StoryDesk) -> None:
    """A command that was put right must not be waited for in vain."""
    ana = await desk.agent("Ana Mora")
    await ana.says("hola")
    ana.reads_all()
    await desk.close()
    await desk.open()
    await reacts(ana)
    ana.sees_nothing()
    await ana.edits("/mistareas")
    ana.sees("Lo que editas no cambia nada")


async def test_a_slip_that_becomes_the_emergency_has_its_button(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await ana.says("/mergencia robo")
    ana.reads_all()
    await ana.edits("/emergencia robo en la plaza")
    await ana.sees("Lo que editas no cambia nada").offers("🚨 Pedir ayuda ya").presses("Pedir ayuda ya")
    sara.sees("robo en la plaza")
    for phone in (sara, ana):
        phone.reads_all()
