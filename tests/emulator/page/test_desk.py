"""The whole desk behind the page: what a newcomer does in the first minutes, with every part that really runs."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.cli import demo
from tests.emulator.page.conftest import Window, opened
from tests.emulator.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

JUAN, BETO, ANA, ROSA = "Juan Pérez", "Beto Salas", "Ana Mora", "Rosa Vera"
narrow = pytest.mark.parametrize("page", [360], indirect=True)


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Window]:
    """A new desk and a window on it, as wide as the parameter says (pixels), 1400 otherwise."""
    width: int = getattr(request, "param", 1400)
    async with demo.opened(port=0, side_port=0) as desk, opened(browser, desk.url, width=width) as window:
        yield window


async def presses(phone: Phone, label: str) -> None:
    """The newest button with this label."""
    await phone.button(label).last.click()


async def test_an_emergency_from_the_report_to_the_end(page: Window) -> None:
    juan, beto, ana = (page.phone(name) for name in (JUAN, BETO, ANA))
    await juan.says("/emergencia Robo en la farmacia")
    await juan.sees("Alerta enviada")
    await expect((await ana.sees("EMERGENCIA")).get_by_text("Robo en la farmacia")).to_be_visible()
    await beto.sees("te necesitan")
    await presses(beto, "Voy")
    await beto.sees("La tienes tú")
    await juan.sees("Beto Salas va")
    await presses(ana, "Recibido")
    await ana.sees("Recibido: Ana Mora")
    await presses(beto, "Llegué")
    await juan.sees("Beto Salas llegó al lugar")
    await presses(beto, "Finalizar")
    await juan.sees("Finalizada por Beto Salas")
    await ana.sees("La atendió Beto Salas")


async def test_the_form_of_a_new_task_with_a_place_from_the_map(page: Window) -> None:
    juan = page.phone(JUAN)
    await juan.says("/nueva")
    await juan.sees("Paso 1 de 6")
    await presses(juan, "Vigilancia")
    await juan.sees("Paso 2 de 6")
    await juan.says("Portón abierto")
    await juan.sees("Paso 3 de 6")
    await presses(juan, "🟡 alta")
    await juan.sees("Paso 4 de 6")
    await presses(juan, "📍 Enviar mi ubicación")
    await juan.picks_on_the_map(east=0.1, south=0.1)
    await presses(juan, "Enviar esta ubicación")
    await juan.sees("Paso 5 de 6")
    await presses(juan, "Yo")
    summary = await juan.sees("Paso 6 de 6")
    for answer in ("vigilancia", "Portón abierto", "alta", JUAN):
        await expect(summary).to_contain_text(answer)
    await presses(juan, "Confirmar")
    await expect(await juan.sees("Tarea creada")).to_contain_text("T-000001")
    await presses(juan, "Iniciar")
    await juan.sees("en curso")


async def test_a_stranger_asks_and_is_let_in(page: Window) -> None:
    rosa = page.phone(ROSA)
    await page.page.get_by_role("button", name="Añadir persona").click()
    await page.page.get_by_role("textbox", name="Nombre y apellido").fill("Eva Paz")
    await page.page.keyboard.press("Enter")
    eva = page.phone("Eva Paz")
    await eva.element.get_by_role("button", name="Iniciar").click()
    await eva.sees("Envié tu solicitud")
    await eva.says("/estado")
    await eva.sees("Tu solicitud ya está con los administradores")
    await expect(await rosa.sees("Pide acceso")).to_contain_text("Eva Paz")
    await presses(rosa, "Agente")
    await rosa.sees("Eva Paz entra con el rol de agente")
    await eva.sees("Eva Paz, estás dentro")


@narrow
async def test_the_state_of_the_desk_fits_on_a_small_phone(page: Window) -> None:
    await page.page.get_by_role("tab", name="Rosa").click()
    rosa = page.phone(ROSA)
    await rosa.says("/nueva Ronda !alta")
    await rosa.sees("Tarea creada")
    await rosa.says("/estado")
    board = await rosa.sees("📊 Estado")
    await expect(board).to_contain_text("🟡 alta: 1 programada")
    cut = """(bubble) => [...bubble.querySelectorAll("*")]
        .filter((part) => getComputedStyle(part).display !== "inline" && part.scrollWidth > part.clientWidth + 4)
        .map((part) => part.outerHTML)"""
    assert await board.evaluate(cut) == []
    assert await page.page.evaluate("document.documentElement.scrollWidth") == 360
