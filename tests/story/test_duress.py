"""The duress word: looks like *estoy bien* to whoever watches, and is an alarm for those who can help."""

import pytest
from msgspec import json

from storage.engine.session import Query, Session
from storage.schema.tables import EventRow, InboxRow, OutboxRow, table
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)
WORD = "Girasol azul"
MINUTE = 60


async def sets_word(phone: Phone, word: str = WORD) -> None:
    await phone.says("/control clave")
    question = phone.sees("Palabra de auxilio").offers("Cancelar")
    await phone.says(word)
    question.says("Guardada").lacks("auxilio", "peligro").offers()


def read_by(phone: Phone) -> list[str]:
    """Everything in their chat, as it reads now, with its buttons."""
    return [f"{m.text} {[b.text for row in m.keyboard or () for b in row]}" for m in phone.messages]


async def test_nobody_can_tell_it_from_estoy_bien(desk: StoryDesk) -> None:
    """Two agents, the same hour: one is well, one is not, and their phones show the same to the letter."""
    sara = await desk.supervisor("Sara Luna")
    juan, beto = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Beto Salas")
    await beto.says("/fuera")
    for phone in (juan, beto):
        await sets_word(phone)
        await phone.says("/control 30")
        phone.reads_all()
    beto_before, juan_before = len(read_by(beto)), len(read_by(juan))
    await desk.advance(30 * MINUTE)

    await beto.says("Estoy bien")
    await juan.says("girasol AZUL.")

    assert read_by(beto)[beto_before - 1 :] == read_by(juan)[juan_before - 1 :]
    juan.reads_all()
    beto.reads_all()
    sara.sees("Alarma silenciosa", "En peligro: Juan Pérez, 12:30", "No llames ni escribas a esa persona", "-2.18620")
    sara.sees("📍")
    await desk.advance(2 * MINUTE)
    juan.sees_nothing()
    await desk.advance(28 * MINUTE)
    juan.sees("¿Estás bien?")
    beto.sees("¿Estás bien?")
    sara.reads_all()


async def test_p9_whoever_is_in_danger_finds_no_trace_of_it(desk: StoryDesk) -> None:
    """No list, search, history, code or button of theirs shows it, and no offer for it reaches them."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await sets_word(juan)
    await juan.says("/control 30")
    juan.reads_all()
    await juan.says(WORD)
    juan.sees("Anotado")
    ana.sees("ALARMA SILENCIOSA", "Alarma silenciosa", "A 100 m de ti").offers("Voy", "No puedo")
    ana.sees("📍")

    for words in ("/mistareas", "/historial", "/historial activas", "/buscar alarma"):
        await juan.says(words)
        juan.sees().lacks("T-000001", "🚨", "silenciosa")
    for words in ("/tarea T-1", "/nota T-1 hola", "/finalizar T-1"):
        await juan.says(words)
        juan.sees("no es tuya").lacks("silenciosa")
    await juan.says("hola")
    juan.sees("No esperaba eso")
    await sara.says("/asignar T-1 @juan")
    sara.sees("es quien está en peligro")
    await ana.presses("No puedo")
    await sara.presses("Recibido")
    await desk.advance(15 * MINUTE)
    juan.sees_nothing()
    sara.reads_all()
    ana.reads_all()


async def test_p9_nor_does_a_supervisor_who_is_in_danger(desk: StoryDesk) -> None:
    """They see everything but this, as if it were not there; the others are told, groups are not."""
    sara, raul = await desk.supervisor("Sara Luna"), await desk.supervisor("Raúl Peña")
    marta = await desk.admin("Marta Solís")
    _, (here, *_) = desk.group("Guardia", raul, sara)
    await sets_word(sara)
    await sara.says("/control 30")
    sara.reads_all()
    await sara.says(WORD)
    sara.sees("Anotado")
    raul.sees("No queda ningún agente", "En peligro: Sara Luna")

    for words in ("/tareas", "/historial", "/buscar alarma"):
        await sara.says(words)
        sara.sees().lacks("T-000001", "silenciosa")
    for words in ("/tarea T-1", "/nota T-1 hola", "/escalar T-1 porque sí"):
        await sara.says(words)
        sara.sees("No existe la tarea T-000001")
    for words in ("/tareas@gad_bot", "/tarea@gad_bot T-1"):
        await here.says(words)
        here.sees().lacks("silenciosa", "🚨")
    await raul.says("/tareas")
    raul.sees("T-000001", "Alarma silenciosa")
    await desk.advance(2 * MINUTE)
    marta.sees("Nadie ha respondido", "En peligro: Sara Luna")
    await desk.advance(2 * MINUTE)
    raul.sees("AVISO A TODOS", "En peligro: Sara Luna")
    marta.sees("AVISO A TODOS")
    assert not [m for m in sara.messages if "peligro" in m.text and "Palabra" not in m.text]
    sara.reads_all()
    raul.reads_all()
    marta.reads_all()


async def test_p9_no_command_speaks_of_it_in_a_group(desk: StoryDesk) -> None:
    """In a group those who can help are answered as if there were no such task; in private the command works."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    juan = await desk.agent("Juan Pérez", at=PARK)
    _, (here, juan_here) = desk.group("Guardia", sara, juan)
    await sets_word(juan)
    await juan.says("/control 30")
    await juan.says(WORD)
    for phone in (sara, juan, ana):
        phone.reads_all()

    asked = ("/asignar T-1 @ana", "/asignar T-1", "/escalar T-1 nadie va", "/finalizar T-1", "/nota T-1 ya van")
    for words in (*asked, "/porque T-1", "/plan T-1"):
        await here.says(words.replace(" ", "@gad_bot ", 1))
        here.sees("No existe la tarea T-000001")
    await juan_here.says("/finalizar@gad_bot T-1")
    here.sees("no es tuya")
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1 AND escalations = 0 AND notes = 0") == 1
    await sara.says("/nota T-1 ya van")
    sara.sees("Nota guardada")
    for phone in (sara, ana):
        phone.reads_all()


async def test_p9_an_administrator_in_danger_counts_no_alarm_of_their_own(desk: StoryDesk) -> None:
    """*/estado* looks to them as if there were none; to everybody else it is one that nobody has answered."""
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    await sets_word(marta)
    await marta.says("/control 30")
    await marta.says("/estado")
    before = marta.sees("Ninguna alerta espera respuesta", "Tareas abiertas: 0")
    await marta.says(WORD)
    marta.reads_all()
    raul.reads_all()

    await before.presses("Actualizar")
    before.says("Ninguna alerta espera respuesta", "Tareas abiertas: 0").lacks("crítica")
    await raul.says("/estado")
    raul.sees("Alertas sin recibir: 1", "Tareas abiertas: 1", "crítica: 1 buscando agente")


async def test_said_again_the_alarm_climbs(desk: StoryDesk) -> None:
    """One alarm, however often the word is said; whoever had taken charge hears that it goes on."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await sets_word(juan)
    await juan.says("/control 30")
    await juan.says(WORD)
    await sara.presses("Recibido")
    sara.reads_all()
    juan.reads_all()

    await desk.advance(5 * MINUTE)
    await juan.says(WORD)
    juan.sees("Anotado")
    sara.sees("Escalada por la central", "T-000001", "Nadie ha dicho")
    await sara.presses("Recibido")
    await juan.says("/control fin")
    juan.sees("Control terminado")
    sara.sees("Juan Pérez terminó su control, 12:05", "-2.18620, -79.88850")
    await juan.says(WORD)
    juan.sees("No esperaba eso")
    sara.sees("Escalada por la central", "T-000001")


async def test_it_is_heard_with_no_check_in_that_runs(desk: StoryDesk) -> None:
    """Two agents write a word of which nothing waited: one is in danger, and their phones show the same."""
    sara = await desk.supervisor("Sara Luna")
    juan, beto = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Beto Salas")
    await beto.says("/fuera")
    await sets_word(juan)
    juan.reads_all()
    beto.reads_all()
    await beto.says(WORD)
    await juan.says("¡GIRASOL azul!")
    assert juan.sees("No esperaba eso").text == beto.sees("No esperaba eso").text
    sara.sees("En peligro: Juan Pérez", "No llames ni escribas")
    sara.sees("📍")

    await juan.says("/nueva").presses("atrullaje")
    juan.reads_all()
    await juan.says(WORD)
    juan.sees("No esperaba eso")
    sara.sees("Escalada por la central")
    await juan.says("/emergencia Me caí")
    sara.reads_all()
    juan.reads_all()
    await juan.says(WORD)
    juan.sees("Lo sumé a T-000002")
    sara.sees("Escalada por la central", "T-000001")
    sara.sees_nothing()
    assert await desk.asks("SELECT notes FROM task WHERE id = 2") == 0, "nobody else reads the word"


async def test_other_words_and_groups_raise_nothing(desk: StoryDesk) -> None:
    """The whole message is the word, and it is said in private."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    _, (here, _) = desk.group("Guardia", juan, sara)
    await sets_word(juan)
    for words in ("girasol", f"el {WORD} está en flor", f"{WORD} ya"):
        await juan.says(words)
        juan.sees("No esperaba eso")
    await here.says(WORD)
    assert await desk.asks("SELECT count(*) FROM task") == 0


async def test_a_check_in_that_is_ended_on_a_phone_is_told_to_those_who_look_after_its_owner(desk: StoryDesk) -> None:
    """By whichever way: a thief would end it first."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    for end in ("/control fin", "Terminar control", "/fuera"):
        await juan.says("/disponible").says("/control 30")
        juan.reads_all()
        await (juan.says(end) if end.startswith("/") else juan.presses(end))
        if end == "/fuera":
            await juan.presses("Sí, salir")
        juan.reads_all()
        sara.sees("Juan Pérez terminó su control, 12:00", "Última ubicación: -2.18620, -79.88850")
    await sara.says("/control 30").says("/control fin")
    sara.sees("Control terminado")
    sara.reads_all()


async def test_it_goes_before_a_form(desk: StoryDesk) -> None:
    """In the middle of something else it does not become the title of a task."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await sets_word(juan)
    await juan.says("/control 30").says("/nueva").presses("atrullaje")
    juan.reads_all()
    await juan.says(WORD)
    juan.sees("Anotado")
    sara.sees("En peligro")
    sara.sees("📍")
    await juan.says("Portón forzado")
    juan.has("Portón forzado")
    juan.reads_all()


@pytest.mark.parametrize("word", ["ok", "Estoy bien", "si", "…", "una dos tres cuatro cinco seis siete ocho nueve"])
async def test_what_will_not_do_is_asked_again(desk: StoryDesk, word: str) -> None:
    juan = await desk.agent("Juan Pérez")
    await juan.says("/control clave")
    juan.reads_all()
    await juan.says(word)
    question = juan.has("Esa no sirve").lacks("auxilio")
    await juan.says("girasol")
    question.says("Guardada").offers()


async def test_it_is_set_in_private_and_leaves_the_chat(desk: StoryDesk) -> None:
    """The message is gone, and nothing that is kept can be read as the word."""
    juan, ana = await desk.agent("Juan Pérez"), await desk.agent("Ana Mora")
    _, (here, _) = desk.group("Guardia", juan, ana)
    await here.says("/control@gad_bot clave")
    here.sees("en privado").lacks("Palabra de auxilio")
    await here.says("/control@gad_bot clave girasol")
    here.sees("ya la leyeron otros")

    await sets_word(juan)
    await juan.says(f"/control clave {WORD}")
    juan.sees("Guardada")

    chat = [m.text for m in desk.telegram.messages(juan.user) if not m.deleted]
    assert not [text for text in chat for word in ("irasol", "auxilio", "clave", "peligro") if word in text]
    kept = await desk.app.store.read(_everything)
    assert "irasol" not in kept
    await juan.says("/control")
    juan.sees("No tienes ningún control").lacks("auxilio", "clave")


async def _everything(session: Session) -> str:
    found = []
    for model in (InboxRow, OutboxRow, EventRow):
        found += [dict(row) for row in await session.rows(Query.mappings(table(model).select()))]
    return json.encode(found).decode()
