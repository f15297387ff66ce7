"""A unit with its people and its rota, made as people make them."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone, Seen

MINUTE, HOUR, DAY = 60, 3_600, 86_400


async def unit_of(desk: StoryDesk, admin: Phone, name: str, *people: Phone, zone: str = "America/Guayaquil") -> None:
    """An administrator makes a unit and puts people into it."""
    await admin.says("/unidades")
    await admin.sees("Unidades").presses("Nueva unidad")
    admin.sees("¿Cómo se llama la unidad?")
    await admin.says(name)
    question = admin.sees("¿En qué zona horaria")
    await admin.says(zone)
    question.offers()
    page = admin.sees(name, "Zona horaria", "Sin grupo")
    await page.presses("Personas")
    for phone in people:
        await page.presses("Agregar")
        if phone.name not in " ".join(page.buttons):
            await page.presses("Supervisores")
        await page.presses(phone.name)
        phone.sees(f"Ahora eres de la unidad {name}")


async def rotation_of(boss: Phone, unit: str, *agents: Phone, begins: str, length: str = "Un día") -> Seen:
    """A supervisor sets a rotation; it ends on the unit's page."""
    await boss.says("/guardia")
    guard = boss.sees("Guardia", unit)
    await guard.presses(unit)
    await guard.presses("➕ Rotación")
    form = boss.sees("Paso 1 de 5")
    for agent in agents:
        await form.presses(agent.name)
    await form.presses("Listo")
    await form.presses(length)
    await boss.says(begins)
    summary = boss.sees("Paso 4 de 5")
    await summary.presses("Siempre")
    summary.says("Los próximos turnos:")
    await summary.presses("Confirmar")
    summary.says(f"Guardia de {unit} actualizada")
    return guard


async def north(desk: StoryDesk) -> tuple[Phone, Phone, Phone]:
    """The unit Norte: Sara leads it; Ana and Beto take turns of a day, the first from tomorrow at seven."""
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    await unit_of(desk, marta, "Norte", sara, ana, beto)
    await rotation_of(sara, "Norte", ana, beto, begins="mañana 07:00")
    ana.sees("Estás en la guardia de Norte", "Tu próximo turno: mar 3 mar 07:00 – mié 4 mar 07:00")
    beto.sees("Tu próximo turno: mié 4 mar 07:00 – jue 5 mar 07:00")
    return sara, ana, beto
