"""Bars and columns as a browser draws them, from right to left and in the author's accent."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser

PAGES = {
    "index.md": "# Home\n",
    "accent.css": ":root { --bookreview-accent: rgb(138, 90, 68); }\n",
    "a.md": review("A", rating=4, read=["2020", "2024"], themes=["War"]),
    "b.md": review("B", rating=4, read="2024", themes=["War"]),
    "c.md": review("C", rating=3, read="2024", themes=["War"]),
}


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("figures")
    theme = {"name": "material", "font": False, "language": "ar"}
    build_site(folder, PAGES, theme=theme, extra_css=["accent.css"])
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((folder / "site/stats/index.html").as_uri())
    yield page
    page.close()


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found = [one.bounding_box() for one in page.locator(selector).all()]
    return [{"left": box["x"], "right": box["x"] + box["width"]} for box in found if box]


def test_bars_grow_from_the_right(page: Page) -> None:
    row = ".bookreview-charts > :first-child > :first-child > ul > li:first-child"
    [drawing] = boxes(page, f"{row} > svg")
    new, again = boxes(page, f"{row} > svg > rect")
    assert new["right"] == pytest.approx(drawing["right"], abs=0.5)
    assert again["right"] == pytest.approx(new["left"], abs=0.5)
    [label] = boxes(page, f"{row} > span:first-child")
    assert label["left"] > drawing["right"]


def test_columns_begin_with_the_first_year_at_the_right(page: Page) -> None:
    """There are five years, and a column in the first and in the last."""
    row = ".bookreview-chart li:has(.bookreview-bar__line) > svg"
    [drawing] = boxes(page, row)
    columns = boxes(page, f"{row} > rect:not(.bookreview-bar__line)")
    first, last = sorted(columns, key=lambda box: -box["right"])
    fifth = (drawing["right"] - drawing["left"]) / 5
    assert drawing["right"] - fifth <= first["left"] < first["right"] <= drawing["right"]
    assert drawing["left"] <= last["left"] < last["right"] <= drawing["left"] + fifth


def test_bars_and_labels_have_the_accent(page: Page) -> None:
    colours = page.evaluate(
        """() => ["fill", "color"].map((name) => [
          ...new Set([...document.querySelectorAll(
            name === "fill" ? ".bookreview-bar" : ".bookreview-chart a",
          )].map((one) => getComputedStyle(one)[name])),
        ])"""
    )
    assert colours == [["rgb(138, 90, 68)"], ["rgb(138, 90, 68)"]]


def test_links_can_be_hit(page: Page) -> None:
    links = page.locator(".bookreview-stats a:visible, .bookreview-stats summary")
    assert links.count() > 3
    heights = [box["height"] for one in links.all() if (box := one.bounding_box())]
    assert min(heights) >= 24
