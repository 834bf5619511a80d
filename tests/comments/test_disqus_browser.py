"""Disqus in Chromium. It cannot run here, so that a stub of its script and its frame answers."""

from contextlib import ExitStack
from typing import ClassVar

import pytest
from playwright.sync_api import Page

from tests.comments.rows import BUTTON, KEYS, PATIENCE, Rows, review_of, show, wait_for
from tests.comments.services import built
from tests.comments.services.disqus import Disqus
from tests.comments.services.http import StaticSite, no_frames

pytestmark = pytest.mark.browser


class TestDisqus(Rows):
    options: ClassVar = {"provider": "disqus", "shortname": "ann-books"}
    script = "/embed.js"
    life = "/api/thread"
    link = "#comment-12"
    needed = ("script-src", "frame-src")

    def serve(self, page: Page, stack: ExitStack) -> Disqus:
        service = stack.enter_context(Disqus())
        service.route(page.context)
        return service

    def thread(self, page: Page) -> str:
        return page.frame_locator("#disqus_thread iframe").locator("h1").inner_text()

    def scheme(self, page: Page) -> str:
        html = page.frame_locator("#disqus_thread iframe").locator("html")
        return html.get_attribute("data-scheme") or ""

    def expected(self, title: str) -> str:
        return KEYS[title]

    def test_the_thread_has_address_and_title(
        self, site: StaticSite, service: Disqus, page: Page
    ) -> None:
        page.goto(review_of(site) + "?a=b")
        show(page)
        [asked] = service.threads
        assert asked.query["f"] == "ann-books"
        assert asked.query["t_u"] == review_of(site)
        assert asked.query["t_t"] == "Dune"

    def test_what_is_typed_is_not_lost_to_the_palette(
        self, site: StaticSite, service: Disqus, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        box = page.frame_locator("#disqus_thread iframe").locator("textarea")
        box.click()
        box.type("Half a")
        built.toggle_palette(page)
        page.wait_for_timeout(300)
        assert box.input_value() == "Half a"
        assert len(service.threads) == 1
        page.frame_locator("#disqus_thread iframe").locator("button").click()
        page.wait_for_timeout(100)
        built.toggle_palette(page)
        built.toggle_palette(page)
        self.wait_for_scheme(page, "dark")

    def test_a_colour_that_disqus_cannot_read_is_no_trap(
        self, site: StaticSite, service: Disqus, page: Page
    ) -> None:
        page.goto(review_of(site))
        style = "body { color: oklch(0.95 0 0) !important; transition: color 5s }"
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css);"
            " document.adoptedStyleSheets = [s] }",
            style,
        )
        page.evaluate("document.querySelector('.md-typeset').style.color = 'oklch(0.95 0 0)'")
        show(page)
        assert self.scheme(page) == "dark"

    def test_a_frame_that_is_refused_is_a_failure(
        self, site: StaticSite, service: Disqus, page: Page
    ) -> None:
        page.clock.install()
        service.misbehave("/embed/comments/", no_frames)
        page.goto(review_of(site))
        page.click(BUTTON)
        page.wait_for_selector("#disqus_thread iframe", state="attached")
        page.clock.run_for(PATIENCE)
        wait_for(page, "failed")
        service.behave()
        page.clock.resume()
        show(page)
