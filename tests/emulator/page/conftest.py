"""A small town on the local Telegram, the bot that each test speaks for, and a real browser that shows it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright

from emulator import Group, NamedPlace, Person, Telegram, serve
from emulator.server import Server
from tests.emulator.page.phone import Phone
from tests.emulator.page.scripted_bot import ScriptedBot

CHROMIUM = Path("/usr/bin/chromium")
TOKEN = "4242:page"
QUIET = ["--headless", "--no-sandbox", "--disable-gpu"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Town:
    def __init__(self, server: Server, bot: ScriptedBot, *, juan: Person, ana: Person, group: Group) -> None:
        self.server = server
        self.bot = bot
        self.juan = juan
        self.ana = ana
        self.group = group


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        missing = f"the page can't be tried: there is no browser at {CHROMIUM}"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def town() -> AsyncIterator[Town]:
    telegram = Telegram()
    telegram.flood.enabled = False
    account = telegram.add_bot(TOKEN, "gad_bot", "GAD")
    juan = telegram.add_person("Juan Pérez", username="juan", language_code="es", role_hint="agente")
    ana = telegram.add_person("Ana Mora", username="ana", language_code="es", role_hint="supervisora")
    group = telegram.add_group("Alertas", [ana, account])
    telegram.say(juan, "/start")
    telegram.say(ana, "/start")
    server = await serve(telegram, extra_places=[NamedPlace("Hospital", -2.18, -79.88)])
    async with ScriptedBot(server.url, TOKEN) as bot:
        await bot.call("deleteWebhook", drop_pending_updates=True)
        town = Town(server, bot, juan=juan, ana=ana, group=group)
        yield town
    await town.server.stop()


class Window:
    """A browser's window on the page: what it complained of in its console, and the addresses it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._console)
        page.on("request", lambda request: self.asked.append(request.url))

    def _console(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            self.complaints.append(line.text)

    def forgive(self, words: str) -> None:
        """A test that breaks something on purpose expects the page's complaints about it."""
        self.complaints = [line for line in self.complaints if words not in line]

    def phone(self, name: str) -> Phone:
        return Phone(self.page, name)


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, town: Town, request: pytest.FixtureRequest) -> AsyncIterator[Window]:
    """As wide as the test's ``width`` parameter says (pixels), 1400 otherwise."""
    async with opened(browser, town.server.url, width=getattr(request, "param", 1400)) as window:
        yield window


@asynccontextmanager
async def opened(browser: Browser, url: str, *, width: int) -> AsyncIterator[Window]:
    """A window on the page. A page that complains fails the test."""
    context = await browser.new_context(viewport=ViewportSize(width=width, height=800), locale="es")
    window = Window(await context.new_page())
    await window.page.goto(url)
    await window.page.locator(".phone").first.wait_for()
    yield window
    await context.close()
    assert window.complaints == []


@pytest.fixture
def juan(window: Window) -> Phone:
    return window.phone("Juan Pérez")


@pytest.fixture
def ana(window: Window) -> Phone:
    return window.phone("Ana Mora")
