"""Ratings fit their boxes on every scale and screen, and run from right to left where text does."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser

STEPS = {5: 0.5, 10: 1, 100: 1}  # by scale
LONG = "Unvergesslichundunverzichtbarinjedembüchereigestell " + "x" * 8  # the longest there may be
ASPECTS = ["prose", "believability of the world"]
LAYOUTS = ("cards", "list", "table", "covers")
# The last covers are three, because a phone shows four in larger sizes.
HOME = "# Home\n" + "".join(
    f"\n/// reviews\n    layout: {one}\n///\n" for one in (*LAYOUTS, "covers\n    limit: 3")
)
PAGES = ("index.html", "reviews/0.html", "browse/index.html", "reviews/index.html")
# Returns what hangs out of its box, or is wider than the screen.
OVERFLOW = """() => {
  const parts = "[class^=bookreview-stars], .bookreview-aspects dt, .bookreview-legend__count";
  const boxes = "li, td, dd, .bookreview-aspects > div, .bookreview-card__body";
  const wrong = [...document.querySelectorAll(parts)].filter((part) => {
    const box = part.parentElement.closest(boxes).getBoundingClientRect();
    return [...part.getClientRects()].some((one) =>
      one.left < box.left - 0.5 || one.right > box.right + 0.5 ||
      one.top < box.top - 0.5 || one.bottom > box.bottom + 0.5);
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(document.documentElement);
  return wrong.map((part) => part.outerHTML.slice(0, 200));
}"""


def write(scale: int) -> dict[str, str]:
    pages = {"index.md": f"{HOME}\n/// ratings\n///\n"}
    for number, share in enumerate((1, 0.8, 0.6, 0.3)):
        value = round(scale * share / STEPS[scale]) * STEPS[scale]
        ratings = dict.fromkeys(ASPECTS, value)
        title = ["Emma", "The Absolutely True Diary of a Part-Time Indian", "It", "Dune"][number]
        pages[f"reviews/{number}.md"] = review(title, rating=value, ratings=ratings)
    return pages


@pytest.fixture(scope="module", params=STEPS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scale = request.param
    folder = tmp_path_factory.mktemp(f"scale{scale}")
    words = {scale: LONG, round(scale * 0.6): "Good in parts"}
    rating = {"scale": scale, "step": STEPS[scale], "words": words, "aspects": ASPECTS}
    options = {"rating": rating, "taxonomies": {"ratings": True}}
    built = build_site(folder, write(scale), options, use_directory_urls=False)
    assert built.warnings == []
    return folder / "site"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_hangs_out_of_its_box(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for name in PAGES:
        page.goto((site / name).as_uri())
        assert page.locator('[role="img"]').count() >= 3
        assert page.evaluate(OVERFLOW) == [], name
    page.close()


def test_stars_run_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    """The filled part of two stars begins at the right edge of the row."""
    theme = {"name": "material", "font": False, "language": "ar"}
    pages = {"index.md": "# Home\n", "a.md": review(rating=2)}
    build_site(tmp_path, pages, theme=theme, use_directory_urls=False)
    page = browser.new_page()
    page.goto((tmp_path / "site/a.html").as_uri())
    row, full = (
        page.locator(f".bookreview-card .bookreview-stars__{part}").bounding_box()
        for part in ("row", "full")
    )
    assert row
    assert full
    assert full["x"] + full["width"] == pytest.approx(row["x"] + row["width"], abs=2)
    assert full["x"] > row["x"] + row["width"] / 2
    page.close()
