"""An alert that nobody answers, as those who are told of it see it."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR, FAR = (-2.1870, -79.8890), (-2.2100, -79.9000)


def read_all(*phones: Phone) -> None:
    for phone in phones:
        phone.reads_all()


async def test_p4_from_the_supervisors_to_everybody_until_somebody_says_recibido(desk: StoryDesk) -> None:
    sara, luis, marta = (
        await desk.supervisor("Sara Luna"),
        await desk.supervisor("Luis Vega"),
        await desk.admin("Marta"),
    )
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    read_all(juan)
    for boss in (sara, luis):
        boss.sees("No queda ningún agente", "Robo")
        boss.sees("📍")
    marta.sees_nothing()

    await desk.advance(100)
    marta.sees_nothing()
    await desk.advance(20)
    marta.sees("Nadie ha respondido", "Robo")
    marta.sees("📍")

    for _ in range(2):
        await desk.advance(120)
        for boss in (sara, luis, marta):
            boss.sees("AVISO A TODOS", "Robo")

    await marta.presses("Recibido")
    juan.sees("Marta se hizo cargo")
    for boss in (sara, luis):
        boss.has("Recibido: Marta").lacks("Nadie ha dicho")
    await desk.advance(300)
    for boss in (sara, luis, marta):
        boss.sees_nothing()


async def test_p4_the_message_that_finds_somebody_deaf_makes_it_climb_in_the_same_second(desk: StoryDesk) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await desk.agent("Ana Mora", at=NEAR)
    desk.telegram.delete_account(sara.user)
    await juan.says("/emergencia Robo")
    read_all(juan, *desk.phones[3:])
    marta.sees("no le llegan los mensajes", "Robo")
    marta.sees("📍")
    marta.sees("Sara Luna", "bloqueó el bot")


async def test_a_no_brings_the_next_one_at_once_with_the_distance(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez", at=PARK)
    wave = [await desk.agent(name, at=NEAR) for name in ("Ana Mora", "Beto Salas", "Carla Díaz")]
    dora = await desk.agent("Dora Gil", at=FAR)
    await juan.says("/emergencia Robo")
    dora.sees_nothing()
    await wave[0].presses("No puedo")
    dora.sees("te necesitan", "A 2,9 km de ti")
    dora.sees("📍")
    read_all(juan, *wave)


async def test_recibido_that_nothing_follows_is_asked_for_again(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    await sara.presses("Recibido")
    read_all(sara, juan)
    await desk.advance(580)
    sara.sees_nothing()
    await desk.advance(20)
    sara.sees("La recibieron y no ha avanzado").offers(
        "Recibido", "Asignar", "Escalar", "Cancelar tarea", "Nota", "Historia"
    )


async def test_a_reason_goes_into_the_record(desk: StoryDesk) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    read_all(sara, juan)
    await sara.says("/escalar T-1 hay dos heridos")
    sara.sees("T-000001 escalada")
    marta.sees("Escalada por Sara Luna")
    marta.sees("📍")
    await marta.presses("Historia")
    marta.sees("Sara Luna la escaló", "Motivo: hay dos heridos")


async def test_another_configuration_and_another_process_do_not_strand_it(desk: StoryDesk) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    read_all(sara, juan)
    await desk.close()
    desk.clock.advance(3_600)
    await desk.open()
    marta.sees("Nadie ha respondido", "Robo")
    marta.sees("📍")
    await desk.advance(120)
    for boss in (sara, marta):
        boss.sees("AVISO A TODOS")


async def test_the_card_before_the_newest_shrinks_to_a_line(desk: StoryDesk) -> None:
    """An older message of the same alert says nothing that is not so any more, and has nothing to press."""
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    first = sara.sees("No queda ningún agente", "Robo")
    for _ in range(3):
        await desk.advance(120)
    newest = sara.has("AVISO A TODOS LOS MANDOS", "Robo")
    assert first.text == "⬇️ T-000001 sigue en un mensaje más nuevo."
    first.offers()
    await newest.presses("Recibido")
    newest.says("Recibido: Sara Luna")
    read_all(sara, marta, juan)
