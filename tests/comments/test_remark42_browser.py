"""Remark42 in Chromium. It cannot run here, so that a stub of its script and its frame answers."""

from contextlib import ExitStack
from typing import ClassVar

import pytest
from playwright.sync_api import FrameLocator, Page

from tests.comments.rows import (
    BUTTON,
    KEYS,
    PATIENCE,
    STATUS,
    Rows,
    review_of,
    show,
    until_asked,
    wait_for,
)
from tests.comments.services import built
from tests.comments.services.http import (
    HOST,
    Answer,
    Request,
    Slow,
    StaticSite,
    data,
    elsewhere,
    no_ancestors,
    port_of,
)
from tests.comments.services.remark42 import Remark42

pytestmark = pytest.mark.browser


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#remark42 iframe")


class TestRemark42(Rows):
    options: ClassVar = {
        "provider": "remark42",
        "host": f"http://{HOST}:{port_of('remark42')}",
        "site_id": "shelf",
    }
    script = "/web/embed.mjs"
    life = "/api/v1/find"
    link = "#remark42__comment-12"
    needed = ("script-src", "frame-src")

    def serve(self, page: Page, stack: ExitStack) -> Remark42:
        service = stack.enter_context(Remark42(port=port_of("remark42")))

        def posts(request: Request) -> Answer:
            is_known = request.query["site"] == service.site_id
            return data([]) if is_known else data({"error": "site not found"}, 400)

        service.pages["/api/v1/list"] = posts
        return service

    def thread(self, page: Page) -> str:
        return frame(page).locator("h1").inner_text()

    def scheme(self, page: Page) -> str:
        return frame(page).locator("html").evaluate("html => html.style.colorScheme")

    def expected(self, title: str) -> str:
        return built.site_url().rstrip("/") + KEYS[title]

    def test_the_frame_gets_its_options(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        [asked] = service.frames
        names = ("site_id", "locale", "theme", "page_title")
        assert [asked.query[name] for name in names] == ["shelf", "en", "light", "Dune"]

    def test_a_link_to_a_comment_reaches_the_frame(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.goto(review_of(site) + self.link)
        wait_for(page, "ready")
        heard = frame(page).locator("html").evaluate("() => window.heard")
        assert {"hash": self.link} in heard

    def test_the_palette_costs_no_typed_text(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        box = frame(page).locator("textarea")
        outer = page.locator("#remark42 iframe")
        assert outer.evaluate("frame => frame.style.colorScheme") == "light"
        box.fill("Half a")
        built.toggle_palette(page)
        self.wait_for_scheme(page, "dark")
        assert box.input_value() == "Half a"
        assert len(service.frames) == 1
        assert outer.evaluate("frame => frame.style.colorScheme") == "dark"

    def test_a_server_that_does_not_know_the_site_is_named(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        # Its frame answers all the same, as that of the real one does.
        service.pages["/api/v1/config"] = data({})
        service.site_id = "other"
        page.goto(review_of(site))
        page.click(BUTTON)
        wait_for(page, "failed")
        assert "does not know this site" in page.inner_text(STATUS)
        service.site_id = "shelf"
        show(page)

    @pytest.mark.parametrize("how", ["refused", "elsewhere"])
    def test_a_frame_that_is_no_remark42_is_a_failure(
        self, how: str, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.clock.install()
        away = elsewhere(f"http://localhost:{service.port}/web/iframe.html?site_id=shelf&url=x")
        service.misbehave("/web/iframe.html", no_ancestors if how == "refused" else away)
        page.goto(review_of(site))
        page.click(BUTTON)
        until_asked(page, service, "/web/iframe.html")
        page.wait_for_timeout(200)
        page.clock.run_for(PATIENCE)
        wait_for(page, "failed")
        service.behave()
        page.clock.resume()
        show(page)
        assert page.locator("#remark42 iframe").count() == 1

    def test_a_frame_of_a_page_that_was_left_is_not_heard(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.goto(review_of(site))
        slow = service.misbehave(self.life, Slow())
        page.click(BUTTON)
        until_asked(page, service, self.life)
        built.visit(page, "Emma")
        page.click(BUTTON)
        page.wait_for_selector("#remark42 iframe", state="attached")
        slow.release()
        wait_for(page, "ready")
        assert self.thread(page) == self.expected("Emma")
        assert page.errors == []  # type: ignore[attr-defined]

    def test_an_instance_ends_with_its_page(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        assert page.evaluate("typeof REMARK42.destroy") == "function"
        built.visit(page, "Emma")
        wait_for(page, "waiting")
        assert page.evaluate("typeof REMARK42.destroy") == "undefined"

    def test_a_link_in_a_mail_leads_to_the_review(
        self, site: StaticSite, service: Remark42, page: Page
    ) -> None:
        page.goto(self.expected("Emma") + self.link)
        wait_for(page, "ready")
        assert page.url == review_of(site, "Emma") + self.link
        assert self.thread(page) == self.expected("Emma")
