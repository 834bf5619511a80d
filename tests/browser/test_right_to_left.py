"""Pages of a site that is read from right to left, and narrow ones in both directions."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_types import PATHS, build_page_types, serve

pytestmark = pytest.mark.browser

# The start of an element's box, as a share of the page's width, in the direction of the text.
STARTS = """names => names.map(name => {
  const box = document.querySelector(name).getBoundingClientRect()
  const start = getComputedStyle(document.body).direction === "rtl"
    ? innerWidth - box.right
    : box.left
  return Math.round(100 * start / innerWidth)
})"""
IN_ORDER = (
    ".bookreview-card .bookreview-cover",
    ".bookreview-card__body",
    ".bookreview-stars__number",
)
# Whether the last letter is right of the first: English reads so on every page.
READS_RIGHTWARDS = """one => {
  const letters = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode()
  const place = at => {
    const range = document.createRange()
    range.setStart(letters, at)
    range.setEnd(letters, at + 1)
    return range.getBoundingClientRect().x
  }
  return place(0) < place(letters.length - 1)
}"""


@pytest.fixture(scope="module", params=["en", "ar"])
def page(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    theme = {"name": "material", "font": False, "language": request.param}
    site = build_page_types(tmp_path_factory.mktemp(request.param), theme)
    with serve(site.folder / "site") as address:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        yield context.new_page()
        context.close()


def test_a_card_is_mirrored(page: Page) -> None:
    page.goto(PATHS["review"])
    starts = page.evaluate(STARTS, IN_ORDER)
    assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("review", ".bookreview-card__verdict"),
        ("review", ".bookreview-quotes p"),
        ("review", ".bookreview-control legend"),
        ("review", ".bookreview-control output"),
        ("reviews", ".bookreview-count"),
        ("year of many", ".bookreview-stats__heading"),
    ],
)
def test_english_words_read_from_left_to_right(page: Page, name: str, text: str) -> None:
    page.goto(PATHS[name])
    assert page.locator(text).first.evaluate(READS_RIGHTWARDS)


def test_english_words_say_that_they_are_english(page: Page) -> None:
    page.goto(PATHS["review"])
    words = page.locator(".bookreview-related h2, .bookreview-edition > summary")
    language = "one => one.closest('[lang]').lang + getComputedStyle(one).direction"
    inner = "one => (one.firstElementChild ?? one)"
    found = words.evaluate_all(f"all => all.map({inner}).map({language})")
    assert found == ["enltr", "enltr"]


def test_nothing_is_wider_than_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    wide = {}
    for name, path in PATHS.items():
        page.goto(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[name] = width
    page.set_viewport_size({"width": 1280, "height": 900})
    assert wide == {}


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (320, False)])
def test_a_group_has_its_heading_beside_it_where_there_is_room(
    page: Page, width: int, is_beside: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PATHS["reviews"])
    parts = page.locator(".bookreview-group").first.locator("h2, ul")
    ends = parts.evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")
    starts = parts.evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (starts[1] < ends[0]) == is_beside


def test_related_works_below_the_first_screen_are_laid_out_when_they_come_near(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 300})
    page.goto(PATHS["review"])
    is_laid_out = "one => one.checkVisibility({contentVisibilityAuto: true})"
    last = page.locator(".bookreview-related p").last
    before = last.evaluate(is_laid_out)
    last.scroll_into_view_if_needed()
    page.wait_for_function(is_laid_out, arg=last.element_handle())
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not before
