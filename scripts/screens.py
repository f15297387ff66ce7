"""Plays the demonstration in a browser and takes the pictures of the documentation: ``docs/pictures/*.png``.

    .venv/bin/python scripts/screens.py            all of them
    .venv/bin/python scripts/screens.py oferta     these

Needs Chromium at /usr/bin/chromium.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from bot.cli import demo
from scripts import small_png

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
WIDTH, HEIGHT = 1360, 800
PATIENCE, CALM = 15.0, 1.4  # seconds; messages of one chat leave a second apart
# A plain ground, so that the pictures are small.
PLAIN = """
    html, body { background: #eef1f6 !important }
    .log-frame { background: #cdddc0 !important } .log-frame::before { display: none !important }
    .frame { background: #39424e !important; box-shadow: none !important }
    .key { backdrop-filter: none !important } .changed .bubble { animation: none !important }
    .add-person { opacity: 0 }
"""


class Phone:
    """One person's phone on the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.element = page.locator(f"[aria-label='Teléfono de {name}']")
        self.log = self.element.get_by_role("log")

    async def says(self, text: str) -> None:
        await self.element.locator("textarea").fill(text)
        await self.element.locator("textarea").press("Enter")
        await self.rests()

    async def presses(self, label: str) -> None:
        await self._buttons(label).last.click()
        await self.rests()

    async def presses_first(self) -> None:
        """The first button under the newest message."""
        await self.log.get_by_role("article").last.get_by_role("button").first.click()
        await self.rests()

    async def rests(self) -> None:
        """Until nothing more comes."""
        before = None
        async with asyncio.timeout(PATIENCE):
            while before != (before := await self.log.inner_text()) or before is None:
                await asyncio.sleep(CALM)

    def _buttons(self, label: str) -> Locator:
        return self.element.get_by_role("button", name=label, exact=True)


class Stage:
    """The page with its four phones."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.juan, self.beto, self.ana, self.rosa = (Phone(page, name) for name, *_ in demo.CAST)

    def phone(self, name: str) -> Phone:
        return Phone(self.page, name)

    async def adds(self, name: str) -> Phone:
        await self.page.locator(".add-person").click()
        await self.page.locator("dialog input").fill(name)
        await self.page.keyboard.press("Enter")
        phone = self.phone(name)
        await phone.element.get_by_role("button", name="Iniciar").click()
        await phone.rests()
        return phone

    async def rests(self) -> None:
        for phone in (self.juan, self.beto, self.ana, self.rosa):
            await phone.rests()


Scene = Callable[[Stage], Awaitable[Phone | None]]
SCENES: dict[str, Scene] = {}


def scene(play: Scene) -> Scene:
    """Plays until the picture can be taken; returns whose phone is in it, None for all four."""
    SCENES[play.__name__] = play
    return play


async def alarm(stage: Stage, words: str = "Robo con arma en la farmacia") -> None:
    await stage.juan.says(f"/emergencia {words}")
    await stage.rests()


@scene
async def emergencia(stage: Stage) -> None:
    await alarm(stage)
    await stage.beto.presses("Voy")
    await stage.ana.presses("Recibido")
    await stage.beto.presses("En camino")
    await stage.rosa.says("/estado")
    await stage.rests()


@scene
async def oferta(stage: Stage) -> Phone:
    await alarm(stage)
    return stage.beto


@scene
async def tarea(stage: Stage) -> Phone:
    await alarm(stage)
    await stage.beto.presses("Voy")
    await stage.beto.presses("Llegué")
    return stage.beto


@scene
async def formulario(stage: Stage) -> Phone:
    juan = stage.juan
    await juan.says("/nueva")
    await juan.presses("Vigilancia")
    await juan.says("Portón abierto en la bodega")
    await juan.presses("🟡 alta")
    await juan.says("Av. Quito 123")
    await juan.presses("Yo")
    return juan


@scene
async def control(stage: Stage) -> Phone:
    await stage.beto.says("/control 30")
    await stage.beto.presses("Estoy bien")
    return stage.beto


@scene
async def alerta(stage: Stage) -> Phone:
    await alarm(stage)
    return stage.ana


@scene
async def asignar(stage: Stage) -> Phone:
    await alarm(stage)
    await stage.beto.presses("No puedo")
    await stage.ana.presses("Asignar")
    return stage.ana


@scene
async def guardia(stage: Stage) -> Phone:
    await unit(stage)
    ana = stage.ana
    await ana.says("/guardia")
    await ana.presses("Norte")
    await ana.presses("➕ Rotación")
    for name in ("Juan Pérez", "Beto Salas"):
        await ana.presses(f"➕ {name}")
    await ana.presses("Listo")
    await ana.presses("Un día")
    await ana.says("hoy 00:00")
    await ana.presses("Siempre")
    await ana.presses("Confirmar")
    await stage.juan.presses("Recibido")
    await ana.says("/guardia")
    await ana.presses("Norte")
    return ana


@scene
async def plan(stage: Stage) -> Phone:
    await stage.ana.says("/plan")
    return stage.ana


@scene
async def porque(stage: Stage) -> Phone:
    await alarm(stage)
    await stage.beto.presses("No puedo")
    await stage.ana.says("/porque T-1")
    return stage.ana


@scene
async def acceso(stage: Stage) -> Phone:
    await stage.adds("Eva Paz")
    await stage.rosa.rests()
    return stage.rosa


@scene
async def estado(stage: Stage) -> Phone:
    await alarm(stage)
    await stage.juan.says("/nueva Ronda por el mercado !alta @beto")
    await stage.rosa.says("/estado")
    return stage.rosa


@scene
async def simulacro(stage: Stage) -> Phone:
    await stage.rosa.says("/simulacro")
    await stage.rosa.presses("🧪 Sí, empezar")
    await stage.beto.presses("Voy")
    await stage.ana.presses("Recibido")
    await stage.rosa.presses("🧪 Terminar simulacro")
    return stage.rosa


async def unit(stage: Stage) -> None:
    """The unit *Norte*, with both agents and the supervisor in it."""
    rosa = stage.rosa
    await rosa.says("/unidades")
    await rosa.presses("➕ Nueva unidad")
    await rosa.says("Norte")
    await rosa.presses_first()
    await rosa.presses("👥 Personas")
    for name in ("Juan Pérez", "Beto Salas"):
        await rosa.presses("➕ Agregar")
        await rosa.presses(f"➕ {name}")
    await rosa.presses("➕ Agregar")
    await rosa.presses("Supervisores")
    await rosa.presses("➕ Ana Mora")


async def picture(browser: Browser, name: str) -> None:
    """Play one scene on a new desk and keep what is seen at its end."""
    async with demo.opened(port=0, side_port=0) as desk:
        size = ViewportSize(width=WIDTH, height=HEIGHT)
        context = await browser.new_context(viewport=size, locale="es", bypass_csp=True)
        page = await context.new_page()
        await page.goto(desk.url)
        await page.locator(".phone").first.wait_for()
        await page.add_style_tag(content=PLAIN)
        stage = Stage(page)
        await stage.rests()
        shown = await SCENES[name](stage)
        await page.mouse.move(0, 0)
        png = await (shown.element if shown is not None else page).screenshot()
        bytes_ = await small_png.save(page, png, PICTURES / f"{name}.png")
        await context.close()
    print(f"{name}.png {bytes_ // 1024} KB")


async def main(names: list[str]) -> None:
    """Take the pictures that are asked for."""
    PICTURES.mkdir(exist_ok=True)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        for name in names or SCENES:
            await picture(browser, name)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
