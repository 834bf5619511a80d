"""The page on which readers choose among all reviews, in a real browser."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.page_types import serve
from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser

BOOKS = [
    ("Emma", "Jane Austen", 4, ["Class", "Memory"], "2024-05-01", {"format": "paperback"}),
    ("Persuasion", "Jane Austen", 5, ["Class"], "2023-05-01", {"format": "audiobook"}),
    ("Beloved", "Toni Morrison", 5, ["Memory", "Grief"], "2022-05-01", {}),
    ("Dune", "Frank Herbert", 3, ["Power"], "2021-05-01", {}),
    ("Ça ira", "Zoë Ähre", None, ["Memory"], "2020-05-01", {}),
]
TITLES = [title for title, *_ in BOOKS]


def write(books):
    pages = {"index.md": "# Home\n"}
    for number, (title, author, rating, themes, date, facts) in enumerate(books):
        keys = {"rating": rating} if rating else {}
        pages[f"reviews/{number}.md"] = review(
            title, author, themes=themes, date=date, read=date, book=facts, **keys
        )
    return pages


HIDDEN = review("Atonement", "Ian McEwan", themes=[{"name": "Guilt", "spoiler": True}])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browse")
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    plugins = ["search", "offline", "bookreview"]
    build_site(folder, write(BOOKS), plugins=plugins, theme=theme, site_url="http://127.0.0.1/")
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site) as root:
        yield f"{root}browse/index.html"


@pytest.fixture(params=["http", "file"])
def page(
    request: pytest.FixtureRequest, browser: Browser, site: Path, address: str
) -> Iterator[Page]:
    """Also from a folder, as Material's offline plugin prepares it."""
    is_file = request.param == "file"
    errors: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "browse" / "index.html").as_uri() if is_file else address)
    yield page
    page.close()
    assert errors == []


def rows(page: Page) -> Locator:
    return page.locator(".bookreview-browse__rows > li:visible a")


def field(page: Page, key: str) -> Locator:
    return page.locator(f"[data-key={key}]")


def offered(page: Page, key: str) -> list[str]:
    options = field(page, key).locator("option:not([disabled])")
    return [text for text in options.all_text_contents() if text != "All"]


def shown(page: Page) -> list[str]:
    return rows(page).all_text_contents()


def test_all_are_there_at_first(page: Page) -> None:
    assert shown(page) == TITLES
    expect(page.locator(".bookreview-browse output")).to_have_text("5 reviews")


def test_themes_are_chosen_together(page: Page) -> None:
    page.get_by_label("Memory").check()
    assert shown(page) == ["Emma", "Beloved", "Ça ira"]
    # What would show nothing is not offered; the others tell how many they would leave.
    expect(page.get_by_label("Power")).to_be_hidden()
    expect(page.locator("label", has_text="Class")).to_have_text("Class 1")
    page.get_by_label("Class").check()
    assert shown(page) == ["Emma"]
    page.get_by_label("Memory").uncheck()
    assert shown(page) == ["Emma", "Persuasion"]


def test_each_field_narrows(page: Page) -> None:
    page.get_by_text("More filters").click()
    field(page, "author").select_option("jane-austen")
    assert shown(page) == ["Emma", "Persuasion"]
    field(page, "format").select_option("audiobook")
    assert shown(page) == ["Persuasion"]
    expect(page.locator("summary")).to_have_text("More filters (2)")
    page.get_by_text("Clear filters").click()
    expect(page.locator("summary")).to_have_text("More filters")
    expect(page.locator(".bookreview-browse output")).to_have_text("5 reviews")
    field(page, "rating").select_option("4")
    assert shown(page) == ["Emma", "Persuasion", "Beloved"]
    field(page, "year").select_option("2022")
    assert shown(page) == ["Beloved"]
    assert page.url.endswith("?year=2022&rating=4")


def test_counts_of_options_follow_the_choice(page: Page) -> None:
    page.get_by_text("More filters").click()
    assert offered(page, "author")[:2] == ["Zoë Ähre (1)", "Jane Austen (2)"]
    ratings = ["5 or more (2)", "4 or more (3)", "3 or more (4)", "Not rated (1)"]
    assert offered(page, "rating") == ratings
    page.get_by_label("Memory").check()
    assert offered(page, "author") == ["Zoë Ähre (1)", "Jane Austen (1)", "Toni Morrison (1)"]
    assert offered(page, "year") == ["2024 (1)", "2022 (1)", "2020 (1)"]
    # The other options of a field count what readers would see if they changed it.
    field(page, "author").select_option("jane-austen")
    assert offered(page, "author") == ["Zoë Ähre (1)", "Jane Austen (1)", "Toni Morrison (1)"]
    assert offered(page, "year") == ["2024 (1)"]
    page.get_by_text("Clear filters").click()
    # The script runs after the browser has emptied the fields.
    expect(page.get_by_text("Clear filters")).to_be_hidden()
    assert len(offered(page, "author")) == 4


def test_filters_are_cleared_only_if_there_are_some(page: Page) -> None:
    clear = page.get_by_role("button", name="Clear filters")
    expect(clear).to_be_hidden()
    page.get_by_label("Sort by").select_option("Title")
    expect(clear).to_be_hidden()
    for choose in (
        lambda: page.get_by_label("Title or author").fill("emma"),
        lambda: page.get_by_label("Memory").check(),
    ):
        choose()
        clear.click()
        expect(page.locator("output")).to_be_focused()
        expect(clear).to_be_hidden()
        # The order is no filter.
        assert shown(page) == ["Beloved", "Ça ira", "Dune", "Emma", "Persuasion"]
        assert page.url.endswith("?sort=title")


def test_other_filters_open_if_the_address_chooses_one(page: Page) -> None:
    more = page.locator("details.bookreview-browse__more")
    plain = page.url
    assert not more.evaluate("node => node.open")
    page.goto(f"{plain}?theme=memory&sort=title")
    assert not more.evaluate("node => node.open")
    page.goto(f"{plain}?year=2022")
    expect(field(page, "year")).to_be_visible()
    assert shown(page) == ["Beloved"]


def test_what_is_not_rated_can_be_chosen(page: Page) -> None:
    page.get_by_text("More filters").click()
    field(page, "rating").select_option("none")
    assert shown(page) == ["Ça ira"]


def test_text_is_found_without_accents(page: Page) -> None:
    page.get_by_label("Title or author").fill("zoe ca")
    assert shown(page) == ["Ça ira"]
    page.get_by_label("Title or author").fill("AUST")
    assert shown(page) == ["Emma", "Persuasion"]
    page.reload()
    assert shown(page) == ["Emma", "Persuasion"]
    page.get_by_label("Title or author").fill("4")  # a rating is no text
    assert shown(page) == []
    expect(page.locator(".bookreview-browse output")).to_have_text("No review matches")


def test_sorting(page: Page) -> None:
    sort = page.get_by_label("Sort by")
    sort.select_option("Title")
    assert shown(page) == ["Beloved", "Ça ira", "Dune", "Emma", "Persuasion"]
    sort.select_option("Author")
    assert shown(page) == ["Ça ira", "Emma", "Persuasion", "Dune", "Beloved"]
    sort.select_option("Rating")
    assert shown(page) == ["Beloved", "Persuasion", "Emma", "Dune", "Ça ira"]
    sort.select_option("Newest first")
    assert shown(page) == TITLES


def test_a_view_can_be_linked(page: Page) -> None:
    page.goto(f"{page.url}?theme=memory&theme=class&nonsense=1&author=nobody&sort=title")
    assert shown(page) == ["Emma"]
    expect(page.get_by_label("Memory")).to_be_checked()
    expect(field(page, "author")).to_have_value("")


def test_back_and_forward(page: Page) -> None:
    page.get_by_label("Memory").check()
    page.get_by_label("Sort by").select_option("Title")
    page.go_back()
    # Chromium goes back before the page has heard of it, so these wait.
    expect(rows(page)).to_have_text(["Emma", "Beloved", "Ça ira"])
    page.go_back()
    expect(rows(page)).to_have_text(TITLES)
    expect(page.get_by_label("Memory")).not_to_be_checked()
    page.go_forward()
    expect(rows(page)).to_have_text(["Emma", "Beloved", "Ça ira"])


def test_a_view_is_there_again_after_a_review_was_read(page: Page) -> None:
    page.get_by_label("Memory").check()
    page.get_by_role("link", name="Beloved").click()
    expect(page.locator("h1")).to_contain_text("Beloved")
    page.go_back()
    expect(page.get_by_label("Memory")).to_be_checked()
    expect(page.locator(".bookreview-browse output")).to_have_text("3 of 5")
    page.get_by_label("Class").check()
    assert shown(page) == ["Emma"]


def test_by_keyboard_alone(page: Page) -> None:
    page.get_by_label("Title or author").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "memory":
            break
    page.keyboard.press("Space")
    assert shown(page) == ["Emma", "Beloved", "Ça ira"]
    page.get_by_label("Grief").check()
    page.get_by_label("Memory").uncheck()
    page.get_by_label("Title or author").fill("emma")
    assert shown(page) == []
    page.get_by_label("Grief").focus()
    page.keyboard.press("Space")
    assert shown(page) == ["Emma"]
    expect(page.get_by_label("Grief")).to_be_focused()  # though it has no book any more


def test_with_instant_navigation(browser: Browser, tmp_path: Path) -> None:
    """Pages are exchanged without being loaded, and scripts are run again."""
    presets = "# Browse\n\n[Good ones](?rating=5) and [memory](?theme=memory&sort=title)\n"
    with serve(tmp_path / "site") as root:
        theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
        pages = {**write(BOOKS), "browse/index.md": presets}
        build_site(tmp_path, pages, theme=theme, site_url=root)
        page = browser.new_page()
        page.goto(f"{root}browse/?theme=class")
        page.evaluate("window.isSame = true")
        assert shown(page) == ["Emma", "Persuasion"]
        page.get_by_role("link", name="Good ones").click()
        assert shown(page) == ["Persuasion", "Beloved"]
        page.locator(".bookreview-browse__rows").get_by_role("link", name="Beloved").click()
        expect(page.locator("h1")).to_contain_text("Beloved")
        page.go_back()
        expect(page.locator(".bookreview-browse output")).to_have_text("2 of 5")
        page.get_by_role("link", name="memory", exact=True).click()
        assert shown(page) == ["Beloved", "Ça ira", "Emma"]
        page.go_back()
        expect(page.locator(".bookreview-browse output")).to_have_text("2 of 5")
        page.get_by_label("Class").check()
        assert shown(page) == ["Persuasion"]
        assert page.evaluate("window.isSame")
        page.close()


def test_lists_may_have_any_name(browser: Browser, tmp_path: Path) -> None:
    names = ("elements", "querySelector", "addEventListener", "text", "rating2", "place")
    pages = {
        f"{n}.md": review(f"B{n}", themes=["Memory"], **{name: f"{name} {n}" for name in names})
        for n in range(2)
    }
    build_site(tmp_path, pages, {"taxonomies": dict.fromkeys(names, True)}, theme="mkdocs")
    page = browser.new_page()
    page.goto((tmp_path / "site" / "browse" / "index.html").as_uri())
    page.get_by_text("More filters").click()
    for name in names:
        key = f"{name}-2" if name == "text" else name
        page.locator(f"[data-key={key}]").select_option(f"{name} 1 (1)")
        assert shown(page) == ["B1"]
        page.locator(f"[data-key={key}]").select_option("")
    assert shown(page) == ["B0", "B1"]
    page.close()


def test_without_script_there_are_all_links(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert shown(page) == TITLES
        expect(page.locator(".bookreview-browse")).to_be_hidden()
        page.get_by_role("link", name="Emma").click()
        expect(page.locator("h1")).to_contain_text("Emma")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_it_is_accessible_and_fits(browser: Browser, address: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{scheme}')")
    found = Axe().run(page, context=".md-content")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_hidden_themes_are_not_offered(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**write(BOOKS), "reviews/atonement.md": HIDDEN})
    text = site.text("browse/index.html")
    assert "Atonement" in text
    assert "guilt" not in text.lower()


def test_what_all_reviews_share_is_not_offered(tmp_path: Path) -> None:
    pages = {f"{n}.md": review(f"B{n}", themes=["Memory"], rating=5) for n in range(2)}
    page = build_site(tmp_path, pages).page("browse/index.html")
    assert page.xpath("//form//@data-key") == ["text", "sort"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand reviews and 152 themes."""
    folder = tmp_path_factory.mktemp("large")
    books = [
        (
            f"The long title of book number {n}",
            f"Author {n // 3} of Somewhere",
            n % 5 + 1,
            [f"Theme {n % m + m}" for m in (3, 11, 37, 101)],
            f"{2000 + n % 25}-05-01",
            {"format": f"format {n % 4}", "genres": [f"Genre {n % 13}"]},
        )
        for n in range(1000)
    ]
    # A theme that is nothing but the content, as a thousand pages of another take their time.
    plain = "<!doctype html><title>B</title>{% for one in extra_css %}"
    plain += '<link rel="stylesheet" href="{{ one }}">{% endfor %}{{ page.content }}'
    pages = {**write(books), "../theme/main.html": plain}
    theme = {"name": None, "custom_dir": str(folder / "theme")}
    build_site(folder, pages, theme=theme, plugins=["bookreview"])
    return folder / "site"


def test_thousand_reviews_are_light_and_a_choice_takes_little_work(
    browser: Browser, large: Path
) -> None:
    files = [large / "browse/index.html", *large.glob("assets/bookreview/*")]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files)
    assert weight < 65_000
    page = browser.new_page()
    page.goto(files[0].as_uri())
    changed, layouts = count_work_of_choice(page)
    assert len(shown(page)) == 333
    assert changed == {"hidden": 667}
    assert layouts <= 5  # some for the rows that come into view, but not one for each
    page.close()


def test_of_many_themes_the_commonest_are_shown_until_a_reader_asks(
    browser: Browser, large: Path
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto((large / "browse/index.html").as_uri())
    assert page.locator(".bookreview-browse__chip:visible").count() == 8
    page.set_viewport_size({"width": 600, "height": 800})
    chips = page.locator(".bookreview-browse__chip:visible")
    show = page.locator(".bookreview-browse__all")
    expect(chips).to_have_count(16)
    first = chips.all_text_contents()
    assert {"Theme 3 334", "Theme 21 90"} <= set(first)
    expect(show).to_have_text("Show all 152")
    show.click()
    assert chips.count() == 152
    expect(show).to_have_text("Show fewer")
    show.click()
    assert chips.all_text_contents() == first
    page.get_by_label("Find in Themes").fill("20")
    rare = ["Theme 20", "Theme 120", "Theme 200", "Theme 201"]
    assert [text.rsplit(" ", 1)[0] for text in chips.all_text_contents()] == rare
    page.get_by_label("Theme 201").check()
    assert page.url.endswith("?theme=theme-201")
    page.get_by_label("Find in Themes").fill("")
    assert len(shown(page)) == 9
    expect(page.get_by_label("Theme 201")).to_be_visible()
    # Of the themes that those nine have, too, those are shown that most of them have.
    assert chips.count() == 16
    assert fits(page)
    page.close()


def fits(page: Page) -> bool:
    """Return whether nothing of the form is wider than its box, or scrolled within it."""
    return bool(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth
                 && [...document.querySelectorAll(".bookreview-browse, .bookreview-browse *")]
                   .filter((box) => getComputedStyle(box).display !== "inline")
                   .every((box) => box.scrollWidth <= box.clientWidth + 1
                     && !["auto", "scroll"].includes(getComputedStyle(box).overflowY))"""
        )
    )


EXAMPLE = Path(__file__).parents[2] / "example_site" / "mkdocs.yml"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    build(load_config(str(EXAMPLE), site_dir=str(folder)))
    return folder


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_results_begin_on_the_first_screen(
    browser: Browser, example: Path, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((example / "browse/index.html").as_uri())
    first = page.locator(".bookreview-browse__rows > li:visible").first.bounding_box()
    assert first
    assert first["y"] + first["height"] <= height - 200
    page.close()


def test_all_themes_can_be_reached_on_the_smallest_screen(browser: Browser, example: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 568})
    page.goto((example / "browse/index.html").as_uri())
    themes = page.locator("[data-key=theme]")
    assert themes.count() > 20
    page.get_by_text("Show all").click()
    expect(page.get_by_label("Find in Themes")).to_be_visible()
    for theme in themes.all():
        theme.check()  # fails if something else is in the way, or if it is outside of its box
        theme.uncheck()
    page.get_by_text("More filters").click()
    assert fits(page)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_can_be_seen_and_hit(browser: Browser, example: Path, scheme: str) -> None:
    """A frame has a contrast of 3 to 1 with the page, and a target is 24 pixels high and wide.

    A chip is a target as a whole, and its frame is that of the small box in it.
    """
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{(example / 'browse/index.html').as_uri()}?theme=memory")
        page.get_by_text("More filters").click()
        found = page.evaluate(MEASURE)
        assert len(found) > 20
        assert [one for one in found if one["size"] < 24 or not one["fills"]] == []
        assert [one for one in found if one["contrast"] and one["contrast"] < 3] == []


# The contrast is 0 for a target without a frame.
MEASURE = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const paint = (...colours) => {
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const selector = ":is(input, select, button, summary)";
  return [...document.querySelectorAll(`.bookreview-browse ${selector}`)]
    .filter((one) => one.checkVisibility())
    .map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const chip = one.closest(".bookreview-browse__chip");
      const { borderTopColor, borderTopWidth } = getComputedStyle(one, chip && "::before");
      const fills = !chip || Math.abs(chip.getBoundingClientRect().width - width) < 0.1;
      const [dark, light] = [paint(page), paint(page, borderTopColor)].sort((a, b) => a - b);
      const contrast = parseFloat(borderTopWidth) ? (light + 0.05) / (dark + 0.05) : 0;
      return { html: one.outerHTML.slice(0, 80), size: Math.min(width, height), contrast, fills };
    });
}"""


def count_work_of_choice(page: Page) -> tuple[dict[str, int], int]:
    """Return the changes of rows and how often the browser lays the page out for the first choice.

    A script that reads sizes between its changes makes the browser lay the page out for each row.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def count_layouts() -> int:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(int(one["value"]) for one in metrics if one["name"] == "LayoutCount")

    before = count_layouts()
    changed: dict[str, int] = page.evaluate(
        """() => {
          const observer = new MutationObserver(() => {});
          const all = { attributes: true, characterData: true, childList: true, subtree: true };
          observer.observe(document.querySelector(".bookreview-browse__rows"), all);
          document.querySelector("[data-key=theme][value=theme-4]").click();
          document.body.offsetHeight;
          const counts = {};
          for (const { attributeName, type } of observer.takeRecords()) {
            const what = attributeName ?? type;
            counts[what] = (counts[what] ?? 0) + 1;
          }
          return counts;
        }"""
    )
    return changed, count_layouts() - before
