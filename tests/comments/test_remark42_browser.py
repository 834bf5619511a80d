"""Remark42 in Chromium. It cannot run here, so that a stub of its script and its frame answers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page

from tests.comments.benches import Remark42Bench
from tests.comments.reader import PATIENCE, Reader, until
from tests.comments.services import built
from tests.comments.services.http import Answer, Request, Slow, data, elsewhere
from tests.comments.services.remark42 import Remark42

pytestmark = pytest.mark.browser


@pytest.fixture
def bench() -> Iterator[Remark42Bench]:
    with Remark42Bench() as bench:
        yield bench


@pytest.fixture
def server(bench: Remark42Bench) -> Remark42:
    def posts(request: Request) -> Answer:
        is_known = request.query["site"] == bench.server.site_id
        return data([]) if is_known else data({"error": "site not found"}, 400)

    bench.server.pages["/api/v1/list"] = posts
    return bench.server


@pytest.fixture
def reader(browse: Callable[..., Reader], bench: Remark42Bench, tmp_path: Path) -> Reader:
    return browse(built.build_site(tmp_path, bench.options))


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#remark42 iframe")


def test_the_frame_gets_its_options(server: Remark42, reader: Reader) -> None:
    reader.open()
    reader.show()
    [asked] = server.frames
    names = ("site_id", "locale", "theme", "page_title")
    assert [asked.query[name] for name in names] == ["shelf", "en", "light", "Dune"]


def test_a_link_to_a_comment_reaches_the_frame(bench: Remark42Bench, reader: Reader) -> None:
    reader.open(rest=bench.link)
    reader.wait("ready")
    heard = frame(reader.page).locator("html").evaluate("() => window.heard")
    assert {"hash": bench.link} in heard


def test_the_palette_costs_no_typed_text(bench: Remark42Bench, reader: Reader) -> None:
    reader.open()
    reader.show()
    box = frame(reader.page).locator("textarea")
    outer = reader.page.locator("#remark42 iframe")
    assert outer.evaluate("frame => frame.style.colorScheme") == "light"
    box.fill("Half a")
    built.toggle_palette(reader.page)
    until(lambda: bench.is_dark(reader.page), reader.page)
    assert box.input_value() == "Half a"
    assert len(bench.server.frames) == 1
    assert outer.evaluate("frame => frame.style.colorScheme") == "dark"


def test_a_server_that_does_not_know_the_site_is_named(server: Remark42, reader: Reader) -> None:
    # Its frame answers all the same, as that of the real one does.
    server.pages["/api/v1/config"] = data({})
    server.site_id = "other"
    reader.open()
    reader.click()
    reader.wait("failed")
    assert "does not know this site" in reader.status
    server.site_id = "shelf"
    reader.show()


def test_a_frame_that_leads_elsewhere_is_a_failure(server: Remark42, reader: Reader) -> None:
    reader.page.clock.install()
    server.pages["/login"] = server.pages["/web/iframe.html"]
    login = f"http://localhost:{server.port}/login?site_id=shelf&url=x"
    server.misbehave("/web/iframe.html", elsewhere(login))
    reader.open()
    reader.click()
    until(lambda: "/login?site_id=shelf&url=x" in server.asked, reader.page)
    reader.page.wait_for_timeout(200)
    reader.page.clock.run_for(PATIENCE)
    reader.wait("failed")
    server.behave()
    reader.page.clock.resume()
    reader.show()
    assert reader.page.locator("#remark42 iframe").count() == 1


def test_a_frame_of_a_page_that_was_left_is_not_heard(bench: Remark42Bench, reader: Reader) -> None:
    reader.open()
    slow = bench.server.misbehave("/api/v1/find", Slow())
    reader.click()
    until(slow.is_asked, reader.page)
    reader.visit("Emma")
    reader.click()
    reader.page.wait_for_selector("#remark42 iframe", state="attached")
    slow.release()
    reader.wait("ready")
    assert bench.shown_thread(reader.page) == "Emma"


def test_an_instance_ends_with_its_page(reader: Reader) -> None:
    reader.open()
    reader.show()
    assert reader.page.evaluate("typeof REMARK42.destroy") == "function"
    reader.visit("Emma")
    reader.wait("waiting")
    assert reader.page.evaluate("typeof REMARK42.destroy") == "undefined"


def test_a_link_in_a_mail_leads_to_the_review(bench: Remark42Bench, reader: Reader) -> None:
    reader.page.goto(bench.thread_of("Emma") + bench.link)
    reader.wait("ready")
    assert reader.page.url == f"{reader.site.address}reviews/emma/{bench.link}"
    assert bench.shown_thread(reader.page) == "Emma"
