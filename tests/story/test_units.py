"""Units: their people, their group, and who leads them."""

from functools import partial

from emulator import Telegram
from emulator.wire import InlineButton
from tests.story.desk import StoryDesk
from tests.story.phone import Phone, Seen
from tests.story.teams import HOUR, north, unit_of


async def test_p9_a_unit_is_led_by_its_own_supervisors(desk: StoryDesk) -> None:
    _, ana, _ = await north(desk)
    tito = await desk.supervisor("Tito Paz")
    await ana.says("/guardia")
    ana.sees("supervisor")
    await tito.says("/unidades")
    tito.sees("administrador")
    await tito.says("/guardia")
    guard = tito.sees("Norte")
    await guard.presses("Norte")
    assert guard.buttons == ["« Guardia"]
    _, (here,) = desk.group("Otros", tito)
    await here.says("/vincular@gad_bot norte")
    here.sees("la dirige otra persona")


async def test_somebody_on_the_rota_is_taken_out_of_it_first(desk: StoryDesk) -> None:
    sara, ana, _ = await north(desk)
    marta = next(phone for phone in desk.phones if phone.name == "Marta Solís")
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    await page.presses("Norte")
    await page.presses("Personas")
    await page.presses("Ana Mora")
    page.says("¿Sacar a Ana Mora de Norte?")
    await page.presses("Sí, sacar")
    marta.sees("Ana Mora está en la guardia de su unidad")

    await sara.says("/guardia")
    guard = sara.sees("Norte")
    await guard.presses("Norte")
    await guard.presses("🗑 Rotación 1")
    await guard.presses("Sí, quitar")
    guard.lacks("Rotación 1")
    await page.presses("Ana Mora")
    await page.presses("Sí, sacar")
    ana.sees("Ya no eres de la unidad Norte")


def administrator(desk: StoryDesk) -> Phone:
    """Marta, who made the unit."""
    return next(phone for phone in desk.phones if phone.name == "Marta Solís")


async def test_a_units_group_hears_of_the_changes(desk: StoryDesk) -> None:
    sara, ana, _ = await north(desk)
    _, (here, *_) = desk.group("Norte", sara, ana)
    await sara.says("/vincular")
    sara.sees("dentro del grupo")
    await here.says("/vincular@gad_bot")
    here.sees("Este grupo es ahora el de la unidad Norte")
    administrator(desk).sees("Sara Luna vinculó el grupo «Norte»")
    await here.says("/vincular@gad_bot")
    here.sees("Ya estaba así")
    await desk.advance(19 * HOUR)
    here.sees("Empieza la guardia de Norte: Ana Mora")
    await ana.sees("Empieza tu guardia").presses("Recibido")
    here.sees("Ana Mora tiene la guardia de Norte")


async def test_a_unit_gets_another_name_and_zone(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await unit_of(desk, marta, "Norte", sara)
    await unit_of(desk, marta, "Sur")
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    await page.presses("Norte")
    await page.presses("✏️ Nombre")
    marta.sees("¿Cómo se llama la unidad?")
    for words, answer in (("sur", "Ya hay una unidad con ese nombre"), ("x" * 61, "60 caracteres")):
        await marta.says(words)
        marta.sees(answer)
    await marta.says("Norte <1> & مرحبا")
    marta.sees("Norte <1> & ", "مرحبا")
    await page.presses("🕒 Zona")
    marta.sees("¿En qué zona horaria")
    await marta.says("Marte")
    marta.sees("No conozco esa zona horaria")
    await marta.says("galapagos")
    marta.sees("Pacific/Galapagos")
    await marta.says("/guardia")
    marta.sees("Norte <1>", "Sur", "Nadie de guardia ahora")


async def test_a_name_that_can_not_be_is_asked_for_again(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    await unit_of(desk, marta, "Norte")
    await marta.says("/unidades")
    await marta.sees("Unidades").presses("Nueva unidad")
    marta.sees("¿Cómo se llama")
    await marta.says("NORTE")
    await marta.sees("¿En qué zona horaria").presses("America/Guayaquil")
    marta.sees("Ya hay una unidad con ese nombre")
    marta.sees("¿Cómo se llama la unidad?")
    await desk.close()
    await desk.open()
    await marta.says("Sur")
    await marta.sees("¿En qué zona horaria").presses("Cancelar")
    marta.has("Cancelado: no se guardó nada")
    await marta.says("/unidades")
    assert [label for label in marta.sees("Unidades").buttons if "Sur" in label] == []


async def test_an_administrator_says_whose_group_it_is(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    _, (here,) = desk.group("Patrullas", marta)
    await here.says("/vincular@gad_bot")
    here.sees("Todavía no hay unidades")
    await unit_of(desk, marta, "Norte")
    await unit_of(desk, marta, "Sur")
    await here.says("/vincular@gad_bot")
    await here.sees("¿De qué unidad es este grupo?").presses("Norte")
    here.sees("el de la unidad Norte")
    await here.says("/vincular@gad_bot sur")
    here.sees("Este grupo ya es de otra unidad")
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    await page.presses("Norte")
    page.says("Tiene un grupo vinculado")
    await page.presses("Desvincular")
    page.says("Sin grupo")
    await here.says("/vincular@gad_bot sur")
    here.sees("el de la unidad Sur")


async def test_a_group_that_becomes_a_supergroup_is_still_the_units(desk: StoryDesk) -> None:
    sara, ana, _ = await north(desk)
    group, (here, _) = desk.group("Norte", sara, ana)
    await here.says("/vincular@gad_bot")
    here.sees("el de la unidad Norte")
    administrator(desk).sees("Sara Luna vinculó el grupo «Norte»")
    there = Phone(desk.telegram, sara.user, desk.settle, desk.telegram.migrate(group))
    await desk.settle()
    await there.says("/vincular@gad_bot")
    there.sees("Ya estaba así")
    await desk.advance(19 * HOUR)
    ana.sees("Empieza tu guardia")
    there.sees("Empieza la guardia de Norte: Ana Mora")


def presses(phone: Phone, page: Seen, button: InlineButton, telegram: Telegram) -> None:
    """A press that no button of ours makes."""
    telegram.press_button(phone.user, page.message, button)


MADE_UP = """u u:x u:9 u:0:0 u:1:zzz u:1:pone u:1:pone:x u:1:saca:999 u:1:suma:9:9 u:0:999999 g g:9 g:x g:1:rota:9
g:1:quita:9 g:1:quita-si:9 g:1:anula:9 g:1:zzz turno turno:x cambio cambio:1:1 cambio:1:9:si cambio:9:9:no
cambio:x:1:si recibo recibo:x recibo:9""".split()


async def test_a_made_up_button_breaks_nothing(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    await unit_of(desk, marta, "Norte")
    await marta.says("/guardia")
    page = marta.sees("Guardia", "Norte")
    for data in MADE_UP:
        button = InlineButton(text="?", data=data)
        await marta.does(partial(presses, marta, page, button))
        marta.reads_all()
    await marta.says("/unidades")
    assert marta.sees("Unidades").buttons == ["Norte", "➕ Nueva unidad"]
