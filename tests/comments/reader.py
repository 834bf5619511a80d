"""Reads a site with comments in a browser, and notes which other hosts that browser asks."""

from collections.abc import Callable

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request

from tests.comments.services import built
from tests.comments.services.http import StaticSite

SECTION = ".bookreview-comments"
BUTTON = f"{SECTION}__button"
STATUS = f"{SECTION}__status"
LIVE = f"{SECTION}__live"
PATIENCE = 16_000
"""Milliseconds after which the loader has given up."""


class Reader:
    """Reads a built site. `asked` are addresses of other hosts, and `errors` those of scripts."""

    def __init__(self, context: BrowserContext, site: StaticSite) -> None:
        self.site = site
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.site.origin, "data:", "blob:")):
            self.asked.append(request.url)

    def open(self, title: str = "Dune", rest: str = "") -> None:
        self.page.goto(f"{self.site.address}reviews/{title.lower()}/{rest}")

    def click(self) -> None:
        self.page.click(BUTTON)

    def wait(self, state: str) -> None:
        self.page.wait_for_selector(f"{SECTION}[data-state={state}]")

    def show(self) -> None:
        self.click()
        self.wait("ready")

    def visit(self, title: str) -> None:
        built.visit(self.page, title)

    @property
    def text(self) -> str:
        return self.page.inner_text(SECTION)

    @property
    def state(self) -> str | None:
        return self.page.get_attribute(SECTION, "data-state")

    @property
    def status(self) -> str:
        return self.page.inner_text(STATUS)

    def find_faults(self) -> list[str]:
        """Return the rules of accessibility that the section breaks, with their elements."""
        found = Axe().run(self.page, context=SECTION)["violations"]
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def until(holds: Callable[[], bool], page: Page) -> None:
    """Wait until a condition holds, which no selector can say."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("It did not come true.")
