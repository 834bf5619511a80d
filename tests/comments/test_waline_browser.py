"""A real Waline in Chromium: its server, and its client from npm."""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Page, expect

from tests.comments.rows import BUTTON, KEYS, STATUS, Rows, review_of, show, wait_for
from tests.comments.services import built, waline
from tests.comments.services.http import (
    HOST,
    Answer,
    Request,
    Server,
    Slow,
    StaticSite,
    port_of,
    status,
)
from tests.comments.services.waline import Waline

pytestmark = pytest.mark.browser

CARD = "[data-waline] .wl-card-item"
BOX = "[data-waline] .wl-editor"
SUBMIT = "[data-waline] .wl-info [type=submit]"

_PASSED_ON = ("access-control-", "vary", "location")


class Front(Server):
    """Stands before Waline, so that it can misbehave, and serves its client in `/client/`."""

    def __init__(self, behind: Waline) -> None:
        super().__init__(port_of("waline front"))
        self.behind = behind
        self.client = StaticSite(waline.client(), at="/client/", name="waline files")
        self.headers = {}

    def respond(self, request: Request) -> Answer:
        if request.path.startswith("/client/"):
            return self.client.respond(request).plus(Access_Control_Allow_Origin="*")
        return self._ask(request)

    def _ask(self, request: Request) -> Answer:
        connection = http.client.HTTPConnection(HOST, self.behind.port, timeout=20)
        try:
            connection.request(
                request.method, request.url, request.body or None, _without_host(request.headers)
            )
            answer = connection.getresponse()
            headers = {
                name: value
                for name, value in answer.getheaders()
                if name.lower().startswith(_PASSED_ON)
            }
            kind = answer.getheader("Content-Type") or "text/plain"
            return Answer(answer.read(), kind, answer.status, headers)
        finally:
            connection.close()


def _without_host(headers: Mapping[str, str]) -> dict[str, str]:
    # Without `accept-encoding`, so that the answer can be passed on as it is.
    left_out = {"host", "connection", "accept-encoding"}
    return {name: value for name, value in headers.items() if name not in left_out}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Waline]:
    waline.need_waline()
    with Waline(tmp_path_factory.mktemp("waline"), built.site_url()) as server:
        for title, thread in KEYS.items():
            server.post(thread, f"About {title}")
        yield server


class TestWaline(Rows):
    options: ClassVar = {
        "provider": "waline",
        "server_url": f"http://{HOST}:{port_of('waline front')}",
        "client": f"http://{HOST}:{port_of('waline front')}/client",
    }
    script = "/client/waline.js"
    life = "/api/comment"
    link = "#1"
    needed = ("script-src", "connect-src")

    @pytest.fixture(autouse=True)
    def _behind(self, server: Waline) -> None:
        self.behind = server

    def serve(self, page: Page, stack: ExitStack) -> Front:
        # Pictures of writers are asked for at libravatar.org, which tests do not reach.
        page.context.route("https://*.libravatar.org/**", lambda route: route.abort())
        return stack.enter_context(Front(self.behind))

    def thread(self, page: Page) -> str:
        return page.locator(f"{CARD} .wl-content").last.inner_text().strip()

    def scheme(self, page: Page) -> str:
        color = page.evaluate(f"getComputedStyle(document.querySelector('{BOX}')).color")
        red, green, blue = re.findall(r"[\d.]+", color)[:3]
        return "dark" if float(red) + float(green) + float(blue) > 382 else "light"

    def expected(self, title: str) -> str:
        return f"About {title}"

    def comment(self, page: Page, text: str) -> None:
        page.fill(BOX, text)
        page.click(SUBMIT)

    def test_a_comment_is_sent_and_stays(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        page.goto(review_of(site, "Emma"))
        show(page)
        self.comment(page, "Handsome, clever, and rich")
        page.wait_for_selector(f"{CARD} :text('Handsome, clever')")
        assert page.input_value(BOX) == ""
        page.reload()
        show(page)
        page.wait_for_selector(f"{CARD} :text('Handsome, clever')")
        newest = self.behind.comments(KEYS["Emma"])[-1]
        link = self.behind.links[-1]
        assert link == f"{site.origin}{KEYS['Emma']}#{newest['objectId']}"
        # The thread's id is not the address of the review; a page there leads on to it.
        page.goto(link)
        wait_for(page, "ready")
        assert page.url == f"{review_of(site, 'Emma')}#{newest['objectId']}"
        expect(page.locator(f"[id='{newest['objectId']}']")).to_be_in_viewport()

    def test_a_link_to_a_comment_leads_to_it(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        number = self.behind.post(KEYS["Beloved"], "x\n\n" * 200)["objectId"]
        page.goto(f"{review_of(site, 'Beloved')}#{number}")
        wait_for(page, "ready")
        page.wait_for_function(
            f"Math.abs(document.getElementById('{number}').getBoundingClientRect().top) < 300"
        )

    def test_spoilers_are_sealed_also_those_that_come_later(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        folded = "<details><summary>The end</summary>Sethe</details>"
        self.behind.post(KEYS["Beloved"], f"{folded} and <span class='spoiler'>Paul D</span>")
        page.goto(review_of(site, "Beloved"))
        show(page)
        page.wait_for_selector(f"{CARD} .bookreview-spoiler button:text('The end')")
        assert not page.is_visible(f"{CARD} :text('Sethe')")
        assert not page.is_visible(f"{CARD} :text('Paul D')")
        self.comment(page, "<details><summary>Later</summary>Denver</details>")
        page.click(f"{CARD} .bookreview-spoiler button:text('Later')")
        assert page.is_visible(f"{CARD} :text('Denver')")
        assert page.locator(f"{CARD} details").count() == 0

    def test_spoilers_are_sealed_on_a_site_without_https(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        self.behind.post(KEYS["Emma"], "<span class='spoiler'>Mr Knightley</span>")
        page.add_init_script("delete Crypto.prototype.randomUUID")  # as browsers do there
        page.goto(review_of(site, "Emma"))
        show(page)
        page.wait_for_selector(f"{CARD} .bookreview-spoiler")
        assert not page.is_visible(f"{CARD} :text('Mr Knightley')")

    def test_what_is_typed_belongs_to_its_page(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        page.fill(BOX, "Half a sentence on Dune")
        built.visit(page, "Emma")
        show(page)
        assert page.input_value(BOX) == ""
        built.visit(page, "Dune")
        show(page)
        assert page.input_value(BOX) == "Half a sentence on Dune"
        page.click(SUBMIT)
        page.wait_for_selector(f"{CARD} :text('Half a sentence on Dune')")
        built.visit(page, "Emma")
        built.visit(page, "Dune")
        show(page)
        assert page.input_value(BOX) == ""

    def test_a_comment_that_is_not_sent_is_kept_and_said(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(review_of(site))
        show(page)
        service.down()
        self.comment(page, "Lost?")
        page.wait_for_selector(".bookreview-comments__unsent")
        assert page.input_value(BOX) == "Lost?"
        service.up()
        page.click(SUBMIT)
        page.wait_for_selector(f"{CARD} :text('Lost?')")
        assert page.locator(".bookreview-comments__unsent").count() == 0

    def test_a_frozen_server_is_said(self, site: StaticSite, service: Front, page: Page) -> None:
        page.clock.install()
        page.goto(review_of(site))
        show(page)
        slow = service.misbehave("/api/comment", Slow())
        self.comment(page, "Frozen")
        page.wait_for_function(f"document.querySelector('{SUBMIT}').disabled")
        page.clock.run_for(16_000)
        page.wait_for_selector(".bookreview-comments__unsent")
        slow.release()

    def test_the_mark_in_the_head_is_there_once(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        page.goto(review_of(site))
        show(page)
        built.visit(page, "Emma")
        show(page)
        assert page.locator("#waline-darkmode").count() == 1
        assert page.errors == []  # type: ignore[attr-defined]

    def test_a_waline_that_does_not_know_the_site_is_named(
        self, site: StaticSite, service: Front, page: Page
    ) -> None:
        # As Waline does for hosts that SECURE_DOMAINS lacks; it always knows 127.0.0.1.
        service.misbehave("/api/comment", status(403))
        page.goto(review_of(site))
        page.click(BUTTON)
        wait_for(page, "failed")
        assert "does not know this site" in page.inner_text(STATUS)

    def test_a_heading_is_no_comment(self, service: Front, page: Page, tmp_path: Path) -> None:
        pages = built.pages()
        pages["reviews/dune.md"] += "\n\n## 1984\n\nAnother book.\n"
        with StaticSite(built.build_site(tmp_path, self.options, pages)) as site:
            page.goto(f"{review_of(site)}#1984")
            wait_for(page, "waiting")
            page.wait_for_load_state("networkidle")
            assert service.requests == []
            page.evaluate("location.hash = '#1'")
            wait_for(page, "ready")
