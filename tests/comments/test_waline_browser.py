"""A real Waline in Chromium: its server, and its client from npm."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.comments.benches import Fault, WalineBench
from tests.comments.reader import PATIENCE, Reader, until
from tests.comments.services import built
from tests.comments.services.http import Slow, reset, status

pytestmark = pytest.mark.browser

CARD = "[data-waline] .wl-card-item"
BOX = "[data-waline] .wl-editor"
SUBMIT = "[data-waline] .wl-info [type=submit]"
UNSENT = ".bookreview-comments__unsent"
BELOVED = "/beloved-toni-morrison/"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WalineBench]:
    with WalineBench(tmp_path_factory.mktemp("waline")) as bench:
        bench.waline.post(BELOVED, "About Beloved")
        yield bench


@pytest.fixture
def service(bench: WalineBench) -> Fault:
    """Return what stands between the browser and the comments of the server."""
    return Fault(re.compile(re.escape(f"{bench.waline.address}/api/comment")))


@pytest.fixture
def read(
    browse: Callable[..., Reader], bench: WalineBench, service: Fault, tmp_path: Path
) -> Callable[..., Reader]:
    def read(pages: dict[str, str] | None = None) -> Reader:
        folder = built.build_site(tmp_path, bench.options, pages or built.pages())
        return browse(folder, bench.join, service.join)

    return read


@pytest.fixture
def reader(read: Callable[..., Reader]) -> Reader:
    return read()


def write(reader: Reader, text: str) -> None:
    reader.page.fill(BOX, text)
    reader.page.click(SUBMIT)


def test_a_comment_is_sent_and_stays(bench: WalineBench, reader: Reader) -> None:
    page = reader.page
    reader.open("Emma")
    reader.show()
    write(reader, "Handsome, clever, and rich")
    page.wait_for_selector(f"{CARD} :text('Handsome, clever')")
    assert page.input_value(BOX) == ""
    page.reload()
    reader.show()
    page.wait_for_selector(f"{CARD} :text('Handsome, clever')")
    newest = bench.waline.comments(bench.thread_of("Emma"))[-1]["objectId"]
    link = bench.waline.links[-1]
    assert link == f"{reader.site.origin}{bench.thread_of('Emma')}#{newest}"
    # The thread's id is not the address of the review; a page there leads on to it.
    page.goto(link)
    reader.wait("ready")
    assert page.url == f"{reader.site.address}reviews/emma/#{newest}"
    expect(page.locator(f"[id='{newest}']")).to_be_in_viewport()


def test_comments_that_are_slow_are_a_failure_and_welcome_later(
    bench: WalineBench, service: Fault, reader: Reader
) -> None:
    service.how = slow = Slow()
    reader.page.clock.install()
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.page.clock.run_for(PATIENCE)
    reader.wait("failed")
    slow.release()
    reader.page.clock.resume()
    reader.wait("ready")
    assert bench.shown_thread(reader.page) == "Dune"


def test_spoilers_are_sealed_also_those_that_come_later(bench: WalineBench, reader: Reader) -> None:
    page = reader.page
    folded = "<details><summary>The end</summary>Sethe</details>"
    bench.waline.post(BELOVED, f"{folded} and <span class='spoiler'>Paul D</span>")
    reader.open("Beloved")
    reader.show()
    page.wait_for_selector(f"{CARD} .bookreview-spoiler button:text('The end')")
    assert not page.is_visible(f"{CARD} :text('Sethe')")
    assert not page.is_visible(f"{CARD} :text('Paul D')")
    write(reader, "<details><summary>Later</summary>Denver</details>")
    page.click(f"{CARD} .bookreview-spoiler button:text('Later')")
    assert page.is_visible(f"{CARD} :text('Denver')")
    assert page.locator(f"{CARD} details").count() == 0


def test_spoilers_are_sealed_on_a_site_without_https(bench: WalineBench, reader: Reader) -> None:
    bench.waline.post(BELOVED, "<span class='spoiler'>Mr Garner</span>")
    reader.page.add_init_script("delete Crypto.prototype.randomUUID")  # as browsers do there
    reader.open("Beloved")
    reader.show()
    reader.page.wait_for_selector(f"{CARD} .bookreview-spoiler")
    assert not reader.page.is_visible(f"{CARD} :text('Mr Garner')")


def test_what_was_sent_is_not_typed_again(reader: Reader) -> None:
    reader.open()
    reader.show()
    reader.page.fill(BOX, "Half a sentence on Dune")
    reader.visit("Emma")
    reader.visit("Dune")
    reader.show()
    expect(reader.page.locator(BOX)).to_have_value("Half a sentence on Dune")
    reader.page.click(SUBMIT)
    reader.page.wait_for_selector(f"{CARD} :text('Half a sentence on Dune')")
    reader.visit("Emma")
    reader.visit("Dune")
    reader.show()
    assert reader.page.input_value(BOX) == ""


def test_a_comment_that_is_not_sent_is_kept_and_said(service: Fault, reader: Reader) -> None:
    page = reader.page
    page.on("dialog", lambda dialog: dialog.accept())
    reader.open()
    reader.show()
    service.how = reset
    write(reader, "Lost?")
    page.wait_for_selector(UNSENT)
    assert page.input_value(BOX) == "Lost?"
    service.mend()
    page.click(SUBMIT)
    page.wait_for_selector(f"{CARD} :text('Lost?')")
    assert page.locator(UNSENT).count() == 0
    reader.errors.clear()  # Waline throws what it cannot send.


def test_a_frozen_server_is_said(service: Fault, reader: Reader) -> None:
    reader.page.clock.install()
    reader.open()
    reader.show()
    service.how = slow = Slow()
    write(reader, "Frozen")
    reader.page.wait_for_function(f"document.querySelector('{SUBMIT}').disabled")
    reader.page.clock.run_for(PATIENCE)
    reader.page.wait_for_selector(UNSENT)
    slow.release()


def test_the_mark_in_the_head_is_there_once(reader: Reader) -> None:
    reader.open()
    reader.show()
    reader.visit("Emma")
    reader.show()
    assert reader.page.locator("#waline-darkmode").count() == 1


def test_a_waline_that_does_not_know_the_site_is_named(service: Fault, reader: Reader) -> None:
    # As Waline does for hosts that SECURE_DOMAINS lacks; it always knows 127.0.0.1.
    service.how = status(403)
    reader.open()
    reader.click()
    reader.wait("failed")
    assert "does not know this site" in reader.status


def test_a_heading_is_no_comment(read: Callable[..., Reader]) -> None:
    pages = built.pages()
    pages["reviews/dune.md"] += "\n\n## 1984\n\nAnother book.\n"
    reader = read(pages)
    reader.open(rest="#1984")
    reader.wait("waiting")
    reader.page.wait_for_load_state("networkidle")
    assert reader.asked == []
    reader.page.evaluate("location.hash = '#1'")
    reader.wait("ready")
