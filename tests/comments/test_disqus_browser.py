"""Disqus in Chromium. It cannot run here, so that a stub of its script and its frame answers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.comments.benches import DisqusBench
from tests.comments.reader import Reader, until
from tests.comments.services import built

pytestmark = pytest.mark.browser


@pytest.fixture
def bench() -> Iterator[DisqusBench]:
    with DisqusBench() as bench:
        yield bench


@pytest.fixture
def reader(browse: Callable[..., Reader], bench: DisqusBench, tmp_path: Path) -> Reader:
    return browse(built.build_site(tmp_path, bench.options), bench.join)


def test_the_thread_has_address_and_title(bench: DisqusBench, reader: Reader) -> None:
    reader.open(rest="?a=b")
    reader.show()
    [asked] = bench.server.threads
    assert asked.query["f"] == "ann-books"
    assert asked.query["t_u"] == f"{reader.site.address}reviews/dune/"
    assert asked.query["t_t"] == "Dune"


def test_what_is_typed_is_not_lost_to_the_palette(bench: DisqusBench, reader: Reader) -> None:
    reader.open()
    reader.show()
    frame = reader.page.frame_locator("#disqus_thread iframe")
    box = frame.locator("textarea")
    box.click()
    box.type("Half a")
    built.toggle_palette(reader.page)
    reader.page.wait_for_timeout(300)
    assert box.input_value() == "Half a"
    assert len(bench.server.threads) == 1
    frame.locator("button").click()
    reader.page.wait_for_timeout(100)
    built.toggle_palette(reader.page)
    built.toggle_palette(reader.page)
    until(lambda: bench.is_dark(reader.page), reader.page)


def test_a_colour_that_disqus_cannot_read_is_no_trap(bench: DisqusBench, reader: Reader) -> None:
    reader.open()
    style = "body { color: oklch(0.95 0 0) !important; transition: color 5s }"
    reader.page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css);"
        " document.adoptedStyleSheets = [s] }",
        style,
    )
    reader.page.evaluate("document.querySelector('.md-typeset').style.color = 'oklch(0.95 0 0)'")
    reader.show()
    assert bench.is_dark(reader.page)
