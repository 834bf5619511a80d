"""The page of a review, in a real browser: the review comes first, and opened words are read."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_types import serve

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[2] / "example_site"
LIMITS = {(1280, 800): 600, (390, 844): 680}  # of the first line, in pixels from the top

LONG = "Conversations with the Lighthouse Keepers of the Outer Hebrides and Their Descendants"
CROWDED = f"""\
---
date: 2024-05-01
book:
  title: {LONG}
  authors: [{", ".join(f"Author Number{n}" for n in range(12))}]
  links: {{Shop: {{url: "https://example.org/", affiliate: true}}, Library: "https://example.org/l"}}
  genres: [History]
rating: 3
read: [2009, 2016, 2024-04-12]
copy: arc
verdict: {"A long verdict that goes on and on, as some do. " * 8}
themes: [{{name: Zqtheme, weight: central, spoiler: true}}, {", ".join(f"T{n}" for n in range(40))}]
warnings: [Death, War]
related: [{{title: The Island, kind: film, why: Watch it second.}}, {{title: An Essay}}]
---
Nobody simply ||zqaway||. The review.
"""
WHOLE = """\
---
book: {title: Whole, author: Ann}
rating: 4
spoilers: true
---
The zqending.
"""
BARE = "---\nbook: {title: X}\n---\nText.\n"
PAGES = {"index.md": "# Home\n", "crowded.md": CROWDED, "whole.md": WHOLE, "bare.md": BARE}


def build(config: Path, site: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "-f",
        str(config),
        "-d",
        str(site),
    ]
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of two sites: the example's reviews, and odd ones in `odd/`."""
    folder = tmp_path_factory.mktemp("reviews")
    # Without the manual, because its pages take most of the time of a build.
    inherited = {
        "INHERIT": str(EXAMPLE / "mkdocs.yml"),
        "docs_dir": str(EXAMPLE / "docs"),
        "exclude_docs": "guide/\n",
        "nav": None,
        "validation": {"nav": {"not_found": "ignore"}, "links": {"not_found": "ignore"}},
    }
    (folder / "example.yml").write_text(yaml.safe_dump(inherited), "utf-8")
    for name in ("themes.yml", "authors.yml", "books.yml"):
        if (EXAMPLE / name).is_file():
            (folder / name).write_bytes((EXAMPLE / name).read_bytes())
    build(folder / "example.yml", folder / "site")
    (folder / "odd" / "docs").mkdir(parents=True)
    for name, text in PAGES.items():
        (folder / "odd" / "docs" / name).write_text(text, "utf-8")
    odd = {
        "site_name": "Odd",
        "theme": {"name": "material", "font": False},
        "plugins": [
            {
                "bookreview": {
                    "sign_off": "Read slowly.\nArgue kindly.\n",
                    "browse": False,
                    "reviews": {"layout": "table"},
                }
            }
        ],
    }
    (folder / "odd" / "mkdocs.yml").write_text(yaml.safe_dump(odd), "utf-8")
    build(folder / "odd" / "mkdocs.yml", folder / "site" / "odd")
    with serve(folder / "site") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


SHIFTS = """window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries().map(one => one.value)))
  .observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "path", ["", "reviews/", "years/2024/", "reviews/never-let-me-go/", "odd/reviews/"]
)
def test_nothing_moves_while_a_page_loads(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    page.add_init_script(SHIFTS)
    page.goto(address + path, wait_until="load")
    # Two frames, because browsers draw what they skipped in the second.
    page.evaluate("new Promise(end => requestAnimationFrame(() => requestAnimationFrame(end)))")
    page.wait_for_function("document.fonts.status === 'loaded'")
    # The labels of a chart may move by some pixels, if its last rows arrive after the first.
    assert [value for value in page.evaluate("shifts") if value > 0.001] == []


def test_cards_that_are_not_drawn_yet_can_be_found(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{address}reviews/")
    last = page.locator(".bookreview-item__title").last
    is_drawn = "one => one.checkVisibility({contentVisibilityAuto: true})"
    assert not last.evaluate(is_drawn)
    assert page.evaluate("text => find(text)", last.text_content())
    expect(last).to_be_in_viewport()
    assert last.evaluate(is_drawn)
    heading = page.locator(".bookreview-list__heading").last
    fragment = heading.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{address}reviews/#{fragment}")
    expect(heading).to_be_in_viewport()


def test_a_phone_draws_only_the_cards_of_the_first_screen_at_once(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 430, "height": 932})
    page.goto(f"{address}reviews/")
    read = """all => all.map(one => [
      one.getBoundingClientRect().top, getComputedStyle(one).contentVisibility])"""
    cards = page.locator(".bookreview-item").evaluate_all(read)
    later = [top for top, how in cards if how == "auto"]
    assert min(later) > 932
    assert len(later) > len(cards) / 2


def list_reviews() -> list[str]:
    sources = sorted((EXAMPLE / "docs" / "reviews").rglob("*.md"))
    paths = [path.relative_to(EXAMPLE / "docs").with_suffix("").as_posix() for path in sources]
    return [path for path in paths if not path.endswith("index")]


# The text, or the invitation to read it, follows the card and what opens spoilers.
FIRST_LINE = """() => {
  const above = document.querySelector(".bookreview-control, .bookreview-card");
  const control = document.querySelector(".bookreview-control");
  return (control ?? above).nextElementSibling.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("size", LIMITS, ids=str)
def test_every_review_begins_on_the_first_screen(
    page: Page, address: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    tops = {}
    for path in list_reviews():
        page.goto(f"{address}{path}/")
        if page.locator(".bookreview-card").count():
            tops[path] = page.evaluate(FIRST_LINE)
    assert len(tops) > 10
    assert {path: top for path, top in tops.items() if top > LIMITS[size]} == {}


def test_the_closed_part_opens_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}reviews/never-let-me-go/")
    edition = page.locator(".bookreview-edition")
    expect(edition.get_by_text("9780571224142")).to_be_hidden()
    edition.locator("summary").press("Enter")
    expect(edition.get_by_text("9780571224142")).to_be_visible()
    expect(edition.get_by_text("Kathy remembers for all of them.")).to_be_visible()


def test_opened_words_are_read_in_their_sentence(page: Page, address: str) -> None:
    page.goto(f"{address}odd/crowded/")
    spoiler = page.locator("p .bookreview-spoiler")
    button = spoiler.get_by_role("button")
    secret = spoiler.get_by_text("zqaway")
    expect(secret).to_be_hidden()
    button.click()
    expect(secret).to_be_visible()
    expect(button).to_be_focused()
    words, icon = secret.bounding_box(), button.bounding_box()
    assert words
    assert icon
    assert words["x"] + words["width"] <= icon["x"] + 1
    assert icon["width"] < 30
    assert (
        page.locator("p:has(.bookreview-spoiler)").inner_text().startswith("Nobody simply zqaway")
    )
    button.press("Enter")
    expect(secret).to_be_hidden()
    assert button.bounding_box()["width"] > 40  # type: ignore[index]


def test_a_closed_chip_shows_nothing_and_an_opened_one_is_a_chip(page: Page, address: str) -> None:
    page.goto(f"{address}odd/crowded/")
    chips = page.locator(".bookreview-chips")
    secret = chips.get_by_text("Zqtheme")
    expect(secret).to_be_hidden()
    chips.get_by_role("button").click()
    expect(secret).to_be_visible()
    style = "one => ['borderRadius', 'fontSize', 'paddingLeft'].map(n => getComputedStyle(one)[n])"
    assert secret.evaluate(style) == chips.locator("a").first.evaluate(style)


def test_a_page_that_is_hidden_as_a_whole_invites(page: Page, address: str) -> None:
    page.goto(f"{address}odd/whole/")
    summary = page.locator("article summary", has_text="Read it")
    assert re.sub(r"\s+", " ", summary.inner_text()).startswith(
        "This review discusses the ending. Read it"
    )
    expect(page.get_by_text("zqending")).to_be_hidden()
    assert summary.bounding_box()["y"] < LIMITS[1280, 800]  # type: ignore[index]
    summary.click()
    expect(page.get_by_text("zqending")).to_be_visible()


def test_the_sign_off_keeps_its_lines_under_the_text(page: Page, address: str) -> None:
    page.goto(f"{address}odd/crowded/")
    sign_off = page.locator(".bookreview-sign-off")
    assert sign_off.inner_text() == "Read slowly.\nArgue kindly."
    text = page.locator("article > p:not([class])").last
    assert text.evaluate("one => one.nextElementSibling.className") == "bookreview-sign-off"
    above, below = sign_off.bounding_box(), page.locator(".bookreview-related").bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("name", ["crowded", "whole", "bare"])
def test_nothing_hangs_out_of_a_review(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}odd/{name}/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    # Not the width of the whole document, because Material's header hangs out by a long title.
    outside = """() => {
      const box = document.querySelector("article").getBoundingClientRect();
      const ours = "[class^=bookreview] *:not(svg *, .bookreview-control output)";
      return [...document.querySelectorAll(ours)].filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width && (left < box.left - 1 || right > box.right + 1);
      }).map((one) => one.outerHTML);
    }"""
    assert page.evaluate(outside) == []
