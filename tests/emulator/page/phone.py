"""One person's phone on the page, in the words of who holds it."""

import re

from playwright.async_api import Locator, Page, expect


class Phone:
    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.element = page.locator(f"[aria-label='Teléfono de {name}']")
        self.composer = self.element.locator("textarea")
        self.log = self.element.get_by_role("log")
        self.toast = self.element.get_by_role("status")

    def button(self, name: str) -> Locator:
        return self.element.get_by_role("button", name=name, exact=True)

    def bubble(self, text: str) -> Locator:
        """The messages that contain a text."""
        return self.log.get_by_role("article").filter(has_text=text)

    async def says(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def sees(self, text: str) -> Locator:
        """Waits for a message with a text, and answers it."""
        bubble = self.bubble(text).last
        await expect(bubble).to_be_visible()
        return bubble

    async def attaches(self, what: str) -> None:
        await self.button("Adjuntar").click()
        await self.element.get_by_role("menuitem", name=what, exact=True).click()

    async def picks_on_the_map(self, *, east: float, south: float) -> None:
        """Clicks the open map some shares of its width and height away from its middle."""
        map_ = self.element.get_by_role("application")
        box = await map_.bounding_box()
        assert box is not None
        await map_.click(position={"x": box["width"] * (0.5 + east), "y": box["height"] * (0.5 + south)})

    async def has_unread(self, count: int) -> None:
        await expect(self.element.locator(".jump .badge")).to_have_text(str(count) if count else "")

    async def is_at_the_end(self) -> None:
        await expect(self.element.locator(".jump")).not_to_have_class(re.compile("shown"))
