"""What readers see of giscus, with a stub of it, on a site that MkDocs and Material built."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.comments.benches import GiscusBench
from tests.comments.reader import BUTTON, LIVE, SECTION, Reader, until
from tests.comments.services import built
from tests.comments.services.http import Slow

pytestmark = pytest.mark.browser


@pytest.fixture
def bench() -> Iterator[GiscusBench]:
    with GiscusBench() as bench:
        yield bench


@pytest.fixture
def read(
    browse: Callable[..., Reader], bench: GiscusBench, tmp_path: Path
) -> Callable[..., Reader]:
    def read(keys: dict[str, object] | None = None, **options: object) -> Reader:
        pages = built.pages(**(keys or {}))  # type: ignore[arg-type]
        return browse(built.build_site(tmp_path, {**bench.options, **options}, pages))

    return read


@pytest.mark.parametrize(
    "term",
    ["2014/05/emma/", "https://ann.example/?p=12&q=#a", "Emma – Jane Austen", 'A "B" & <c>'],
)
def test_giscus_gets_the_term_as_it_was_written(
    bench: GiscusBench, read: Callable[..., Reader], term: str
) -> None:
    reader = read({"Dune": {"comments": {"id": term}}})
    reader.open()
    reader.show()
    query = bench.server.widgets[-1].query
    assert (query["term"], query["strict"]) == (term, "1")


def test_who_comes_back_from_signing_in_sees_the_comments(read: Callable[..., Reader]) -> None:
    reader = read()
    reader.page.set_viewport_size({"width": 800, "height": 400})
    reader.open(rest="?giscus=token")
    reader.wait("ready")
    assert reader.page.evaluate("scrollY") > 0
    assert reader.page.locator(LIVE).evaluate("node => !node.inert")


def test_a_frame_that_loads_anew_is_told_the_palette_again(
    bench: GiscusBench, read: Callable[..., Reader]
) -> None:
    reader = read()
    reader.open()
    reader.show()
    built.toggle_palette(reader.page)
    until(lambda: bench.is_dark(reader.page), reader.page)
    # As giscus does it after signing out.
    reader.page.evaluate("document.querySelector('iframe.giscus-frame').src += '&again'")
    until(lambda: len(bench.server.widgets) > 1, reader.page)
    until(lambda: bench.is_dark(reader.page), reader.page)


def test_a_second_click_while_loading_does_nothing(
    bench: GiscusBench, read: Callable[..., Reader]
) -> None:
    slow = bench.server.misbehave("/client.js", Slow())
    reader = read()
    reader.open()
    reader.page.focus(BUTTON)
    for _ in range(3):
        reader.page.keyboard.press("Enter")
    until(slow.is_asked, reader.page)
    slow.release()
    reader.wait("ready")
    assert bench.server.asked.count("/client.js") == 1


def test_leaving_while_it_loads_leaves_nothing(
    bench: GiscusBench, read: Callable[..., Reader]
) -> None:
    slow = bench.server.misbehave("/client.js", Slow())
    reader = read()
    reader.open()
    reader.click()
    until(slow.is_asked, reader.page)
    reader.visit("Emma")
    slow.release()
    reader.page.wait_for_timeout(300)
    reader.wait("waiting")
    assert reader.page.locator("iframe").count() == 0
    assert bench.server.widgets == []


def test_comments_that_come_unasked_keep_the_warning_above(read: Callable[..., Reader]) -> None:
    reader = read(load="visible", guard=False)
    reader.open()
    reader.page.locator(SECTION).scroll_into_view_if_needed()
    reader.wait("ready")
    assert "may contain spoilers" in reader.page.inner_text(f"{SECTION}__panel")
    assert reader.page.locator(BUTTON).is_hidden()


def test_an_unknown_discussion_is_no_failure(
    bench: GiscusBench, read: Callable[..., Reader]
) -> None:
    bench.server.error = "Discussion not found"
    reader = read()
    reader.open()
    reader.show()
