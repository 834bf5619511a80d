"""Every type of page, in a real browser: accessible in light and dark, and valid."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from mkdocs_bookreview.listings.blocks import BOOK, COMMENTS, RATINGS, REVIEWS
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.listings.taxonomies import KINDS
from mkdocs_bookreview.rendering.templates import FOLDER
from mkdocs_bookreview.settings.pages import Layout
from tests.browser.page_types import BLOCKS, PATHS, TAXONOMIES, build_page_types, serve
from tests.plugin.sites import Site

pytestmark = pytest.mark.browser

LOOKS = Path(__file__).parents[2] / "example_site" / "docs" / "guide" / "looks.md"
CSS = "".join(path.read_text("utf-8") for path in Path(FOLDER).parent.glob("css/*.css"))
SEALED_LINK = ".bookreview-spoiler__read"
ARTICLE = "article"
# The first has nothing of ours, and the other only a link, without styles.
HAVE_NO_ACCENT = {"home", "redirect"}
IS_OURS = "one => !!one.closest('[class*=bookreview]')"
HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><main>'
)
BOX = "one => { const {x, y, width} = one.getBoundingClientRect(); return {x, y, width} }"
SET_SCHEME = "scheme => document.body.setAttribute('data-md-color-scheme', scheme)"
# Rules that depend on colours. The others find the same in light and dark.
OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# WCAG 2.2, 2.5.8: a target has 24 px, or so much room around it. Links in a sentence are exempt.
SMALL_TARGETS = """() => {
  const all = [...document.querySelectorAll("article :is(a[href], button, input, select, summary)")]
    .filter(one => one.checkVisibility() && !one.closest("[inert]"))
  const isOurs = one => one.closest("[class*=bookreview]")
  const isInText = one => one.localName === "a" && [...one.parentElement.childNodes].some(
    other => other.nodeType === 3 && other.data.trim().length > 1)
  const box = one => (one.closest("label") ?? one).getBoundingClientRect()
  const near = (one, other) => {
    const [a, b] = [box(one), box(other)]
    const x = (a.left + a.right) / 2, y = (a.top + a.bottom) / 2
    const dx = Math.max(b.left - x, 0, x - b.right), dy = Math.max(b.top - y, 0, y - b.bottom)
    return Math.hypot(dx, dy) < 12
  }
  return all.filter(one => isOurs(one) && !isInText(one)).filter(one => {
    const {width, height} = box(one)
    return (width < 24 || height < 24) && all.some(
      other => other !== one && !one.contains(other) && !other.contains(one)
        && box(other).width && near(one, other))
  }).map(one => `${one.outerHTML.slice(0, 120)} ${box(one).width}x${box(one).height}`)
}"""
# Contrast of the frames of input fields with the page, drawn as browsers do, because colours may be
# half transparent or mixed.
FAINT_FRAMES = """() => {
  const brush = document.createElement("canvas").getContext("2d", {willReadFrequently: true})
  const ground = getComputedStyle(document.body).backgroundColor
  const luminance = (...colours) => {
    for (const colour of colours) {
      brush.fillStyle = colour
      brush.fillRect(0, 0, 1, 1)
    }
    const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].map(
      one => one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
  }
  const fields = "[class*=bookreview] :is(input:not([type=checkbox], [type=radio]), select)"
  return [...document.querySelectorAll(fields)].filter(one => {
    const {borderBlockStartColor, borderBlockStartWidth} = getComputedStyle(one)
    const [a, b] = [luminance("white", ground), luminance("white", ground, borderBlockStartColor)]
    return Math.max(a, b) / Math.min(a, b) < 3 || parseFloat(borderBlockStartWidth) < 1
  }).map(one => one.outerHTML.slice(0, 120))
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = build_page_types(tmp_path_factory.mktemp("types"))
    assert site.warnings == []
    return site


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with serve(site.folder / "site") as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_each_type_of_page_has_a_row(site: Site) -> None:
    shown = set(get_args(get_type_hints(Listing)["shows"]))
    # A page that shows nothing has the author's own text only.
    assert shown - {"nothing"} <= set(PATHS)
    assert all(f"/// {name}" in BLOCKS for name in (BOOK, COMMENTS, RATINGS, REVIEWS))
    assert set(TAXONOMIES) >= set(KINDS)
    assert all(f"layout: {layout}" in BLOCKS for layout in set(get_args(Layout)) - {"cards"})
    pages = "".join(site.text(f"{path}index.html") for path in PATHS.values())
    for template in Path(FOLDER, "bookreview").glob("*.html"):
        classes = re.findall(r'class="(bookreview-[\w-]+)"', template.read_text("utf-8"))
        assert not classes or any(f'class="{name}' in pages for name in classes), template.name


def find_faults(page: Page, **options: object) -> set[tuple[str, str]]:
    """Return the rules of axe that our part of the page breaks, and where."""
    found = Axe().run(page, context={"include": [[ARTICLE]]}, options=options or None)
    return {
        (one["id"], " ".join(map(str, node["target"])))
        for one in found["violations"]
        for node in one["nodes"]
        if page.locator(node["target"][-1]).first.evaluate(IS_OURS)
    }


def draw(page: Page) -> bytes:
    # Only the article, because Material's header and menus may still change after loading.
    height = page.evaluate("innerHeight")
    clip = page.locator(ARTICLE).evaluate(BOX)
    return page.screenshot(animations="disabled", clip={**clip, "height": height - clip["y"]})


@pytest.mark.parametrize("name", PATHS)
def test_page_is_accessible_and_has_the_accent(page: Page, address: str, name: str) -> None:
    page.goto(address + PATHS[name])
    if name not in HAVE_NO_ACCENT:
        plain = draw(page)
        assert draw(page) == plain
        page.add_style_tag(content=":root {--bookreview-accent: #b0164f}")
        assert draw(page) != plain
        page.evaluate("document.head.lastElementChild.remove()")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert find_faults(page) == set()
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(FAINT_FRAMES) == []
    page.evaluate(SET_SCHEME, "slate")
    assert find_faults(page, **OF_COLOURS) == set()
    assert page.evaluate(FAINT_FRAMES) == []


def test_properties_of_the_manual_can_be_set(page: Page, address: str) -> None:
    names = re.findall(r"^\| `(--bookreview-[\w-]+)` \|", LOOKS.read_text("utf-8"), re.MULTILINE)
    assert len(names) >= 6
    page.goto(address + PATHS["review"])
    rules = "".join(f"{name}: rgb({n}, 1, 2);" for n, name in enumerate(names))
    page.add_style_tag(content=f"body {{{rules}}}")
    read = "(card, names) => names.map(name => getComputedStyle(card).getPropertyValue(name))"
    for scheme in ("default", "slate"):
        page.evaluate(SET_SCHEME, scheme)
        set_to = page.locator(".bookreview-card").evaluate(read, names)
        assert set_to == [f"rgb({n}, 1, 2)" for n in range(len(names))]
    assert all(f"var({name}" in CSS for name in names)


def test_paper_has_closed_spoilers_and_nothing_to_press(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(address + PATHS["review"])
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.locator(".bookreview-warnings").inner_text().strip() == "Content warnings: 2"
    assert page.locator(".bookreview-edition").is_visible()
    assert not page.locator(".bookreview-blurb").is_visible()
    spoiler = page.locator(".bookreview-spoiler > details").first
    assert spoiler.inner_text().split() == ["Spoiler", "How", "it", "ends"]
    box = spoiler.bounding_box()
    assert box
    assert box["height"] < 50
    arrow = "one => getComputedStyle(one.querySelector('summary'), '::after').display"
    assert spoiler.evaluate(arrow) == "none"
    page.goto(address + PATHS["stats"])
    marks = "all => all.map(one => getComputedStyle(one).listStyleType)"
    assert set(page.locator("article summary").evaluate_all(marks)) == {"none"}
    hidden = {"review": ".bookreview-control", "browse": "form", "sealed review": SEALED_LINK}
    for name, selector in hidden.items():
        page.goto(address + PATHS[name])
        assert not page.locator(f"article {selector}").first.is_visible()
    page.emulate_media(media="screen")


def test_no_row_of_a_year_is_half_empty(page: Page, address: str) -> None:
    page.goto(address + PATHS["reviews"])
    free = page.locator(".bookreview-group .bookreview-list").evaluate_all(
        "lists => lists.map(one => one.getBoundingClientRect().right"
        " - one.lastElementChild.getBoundingClientRect().right)"
    )
    assert len(free) > 1
    assert max(free) < 1


def find_vnu() -> list[str] | None:
    """Return the command of the Nu validator: its file is named by BOOKREVIEW_VNU."""
    path = os.environ.get("BOOKREVIEW_VNU")
    return [shutil.which("java") or "java", "-jar", path] if path else None


def test_pages_are_valid(site: Site, tmp_path: Path) -> None:
    if not (vnu := find_vnu()):
        pytest.skip("not possible: BOOKREVIEW_VNU does not name the file vnu.jar of npm's vnu-jar")
    for number, (name, path) in enumerate(PATHS.items()):
        html = site.text(f"{path}index.html")
        # Material's own HTML is not valid, so only the article is read, in an empty page.
        article = re.search(r'<article class="md-content__inner.*?</article>', html, re.DOTALL)
        if article:
            html = HEAD.format(title=name) + article[0] + "</main>"
        (tmp_path / f"{number:03}.html").write_text(html, "utf-8")
    command = [*vnu, "--format", "json", "--exit-zero-always", str(tmp_path)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stderr)
    names = list(PATHS)
    found = {
        (names[int(Path(one["url"]).stem)], one["message"], one.get("extract", ""))
        for one in told["messages"]
    }
    assert found == set()
