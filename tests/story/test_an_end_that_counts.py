"""An end that counts: whoever ends a task says how it ended, with a press or in the same line."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)


async def at_the_gate(desk: StoryDesk) -> tuple[Phone, Phone, Phone]:
    """Sara leads, Juan called, Ana goes."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=PARK)
    await juan.says("/emergencia Alarma en la puerta")
    await ana.presses("Voy")
    for phone in (sara, juan, ana):
        phone.reads_all()
    return sara, juan, ana


async def test_two_presses_say_how_it_ended_and_the_end_is_not_kept_waiting(desk: StoryDesk) -> None:
    """It is closed with the first press; the second says how, another corrects that, and *Deshacer* forgets it."""
    sara, juan, ana = await at_the_gate(desk)

    await ana.presses("Finalizar")
    answer = ana.sees("T-000001 finalizada", "¿Cómo terminó?")
    answer.offers("Resuelto", "Falsa alarma", "Trasladado", "Derivado", "Deshacer")
    juan.sees("Finalizada por Ana Mora")

    await answer.presses("Falsa alarma")
    answer.says("T-000001 finalizada: Falsa alarma").offers("Resuelto", "Trasladado", "Derivado", "Deshacer")
    sara.has("Finalizada, 12:00 · Falsa alarma")
    await answer.presses("Resuelto")
    sara.has("Finalizada, 12:00 · Resuelto")
    await answer.presses("Deshacer")
    answer.says("sigue como antes")
    for phone in (sara, juan):
        phone.reads_all()


async def test_whoever_says_it_later_is_promised_nothing_that_is_over(desk: StoryDesk) -> None:
    """*Deshacer* counts from the end, whenever it is said how it ended."""
    sara, juan, ana = await at_the_gate(desk)
    await ana.presses("Finalizar")
    answer = ana.sees("T-000001 finalizada", "en los próximos 10 segundos")
    await desk.advance(60)
    await answer.presses("Derivado")
    answer.says("T-000001 finalizada: Derivado").offers("Resuelto", "Falsa alarma", "Trasladado").lacks("Deshacer")
    for phone in (sara, juan):
        phone.reads_all()


async def test_one_line_says_how_it_ended_and_why(desk: StoryDesk) -> None:
    sara, juan, ana = await at_the_gate(desk)
    await ana.says("/finalizar T-1 falsa alarma, era el viento")
    ana.sees("T-000001 finalizada: Falsa alarma").offers("Resuelto", "Trasladado", "Derivado", "Deshacer")
    juan.sees("Finalizada por Ana Mora")
    sara.has("Finalizada, 12:00 · Falsa alarma")


async def test_by_radio_too(desk: StoryDesk) -> None:
    sara, juan, ana = await at_the_gate(desk)
    await sara.says("/radio @ana finalizó T-1 falsa alarma")
    sara.has("Finalizada, 12:00 · Falsa alarma")
    for phone in (sara, juan, ana):
        phone.reads_all()
