"""Reviews with far too much or hardly anything: their pages still look finished.

The pictures are in the folder `screens` of the test run's temporary files, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_types import serve
from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser

LONG = "The Extraordinarily Long and Winding Adventures of a Book That Would Not End "
AUTHORS = [f"Wilhelmina Author-{letter} van der Nameington" for letter in "ABCDEFGHIJKL"]
ODD = {
    "letter": review("A", "B", date="2024-05-01", rating=5),
    "long-title": review((LONG * 4)[:300], date="2024-05-02", rating=4.5),
    "long-word": review("Rindfleischetikettierung" * 12, "X" * 90, date="2024-05-03"),
    "authors": review("Together", date="2024-05-04", book={"author": AUTHORS}),
    "no-author": "---\nbook: {title: Beowulf}\ndate: 2024-05-05\n---\nOld.\n",
    "forty-themes": review(
        "Everything", date="2024-05-06", themes=[f"Theme number {n}" for n in range(40)]
    ),
    "verdict": review("Loved", date="2024-05-07", verdict=("It goes on, " * 40)[:400]),
    "no-text": review("Empty", body=" ", date="2024-05-08"),
}
BLOCKS = ("cards", "covers", "list", "table")
PAGES = {
    "index.md": "# Home\n\n"
    + "".join(f"/// reviews\n    layout: {one}\n///\n\n" for one in BLOCKS),
    **{f"reviews/{name}.md": text for name, text in ODD.items()},
}
PATHS = {
    **{name: f"reviews/{name}/" for name in ODD},
    "home": "",
    "reviews": "reviews/",
    "themes": "themes/",
    "browse": "browse/",
}
# What is seen outside of the article, or outside of the card, row or tile that it belongs to.
HANGING = """() => {
  const boxes = ".bookreview-card, .bookreview-item, .bookreview-covers > li,"
    + " .bookreview-rows > li, .bookreview-related li, .bookreview-tree__item, .bookreview-browse"
  const hangs = (one, box) => {
    const a = one.getBoundingClientRect(), b = box.getBoundingClientRect()
    return a.width > 1 && (a.left < b.left - 1 || a.right > b.right + 1)
  }
  const scrolls = one => one && (
    getComputedStyle(one).overflowX === "auto" || scrolls(one.parentElement))
  return [...document.querySelectorAll("[class^=bookreview], [class^=bookreview] *")]
    .filter(one => one.checkVisibility() && !one.closest("svg svg, svg g") && !scrolls(one))
    .filter(one => [one.closest(boxes), one.closest("article")].some(box => box && hangs(one, box)))
    .map(one => one.outerHTML.slice(0, 100))
}"""


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.getbasetemp() / "screens"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site = build_site(tmp_path_factory.mktemp("odd"), PAGES)
    with serve(site.folder / "site") as address:
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_hangs_out(page: Page, screens: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    hanging = {}
    for name, path in PATHS.items():
        assert page.goto(path).status == 200  # type: ignore[union-attr]
        page.screenshot(path=screens / f"{name}-{width}.png")
        if found := page.evaluate(HANGING):
            hanging[name] = found
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert hanging == {}


# Higher or wider than a book in a list may be, which is one of many on a screen.
TOO_LARGE = """() => [
    ...document.querySelectorAll(
      ".bookreview-item, .bookreview-covers > li, .bookreview-browse__rows > li"),
    ...document.querySelectorAll(".bookreview-scroll td"),
  ].filter(one => one.offsetHeight > 450 || one.matches("td") && one.offsetWidth > 360)
  .map(one => `${one.offsetWidth} x ${one.offsetHeight}: ${one.textContent.slice(0, 60)}`)
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_title_leaves_room_for_other_books(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = {}
    for name in ("home", "reviews", "browse"):
        page.goto(PATHS[name])
        found[name] = page.evaluate(TOO_LARGE)
    assert not any(found.values()), found
