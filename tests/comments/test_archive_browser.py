"""Archived comments of a built site in Chromium: what opens them, and what does not."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.comments.reader import BUTTON, SECTION, Reader, until
from tests.comments.services import built
from tests.comments.services.http import HOST, StaticSite, port_of

pytestmark = pytest.mark.browser

DETAILS = ".bookreview-archive > details"
SUMMARY = f"{DETAILS} > summary"
LINK = '<a href="../dune/#comment-late">Said there</a>'
DEEP = 12

COMMENTS = """\
- id: first
  name: Ann
  date: 2014-05-03T09:12:00Z
  likes: 1
  text: <p>Open words, and <a href="https://ann.example/">a link</a>.</p>
- {id: island, name: Bea, date: 2014-05-04, reply_to: first, spoiler: The Island, text: zqisland}
- {id: own, name: Cy, date: 2014-05-04, reply_to: first, spoiler: true, text: <p>zqown</p>}
- id: other
  name: Di
  date: 2014-05-04
  spoiler: {book: emma-jane-austen}
  text: <p>zqother</p>
- {id: marked, name: Ed, date: 2014-05-04, text: "<p>So <spoiler>zqmarked</spoiler>.</p>"}
- {id: gone, name: Fe, date: 2014-05-04, hidden: true, text: zqgone}
- {id: long, name: NAME, date: 2014-05-04, text: "<p>שלום 🙂</p><p>NAME</p>"}
- {id: r0, name: Deep, date: 2014-05-05, reply_to: gone, text: Reply}
"""


def write_comments() -> str:
    deep = "".join(
        f"- {{id: r{n}, name: Deep, date: 2014-05-05, reply_to: r{n - 1}, text: Reply {n}}}\n"
        for n in range(1, DEEP)
    )
    words = " ".join(["Many words to scroll past."] * 40)
    long = "".join(f"- {{id: w{n}, date: 2014-05-06, text: {words}}}\n" for n in range(5))
    first = COMMENTS.replace("NAME", "n" * 300)
    return f"{first}{deep}{long}- {{id: late, name: Zoë, date: 2014-06-01, text: The last.}}\n"


def options(**more: object) -> dict[str, object]:
    """Return a provider at a port where nobody answers."""
    return {"provider": "isso", "url": f"http://{HOST}:{port_of('nobody')}", **more}


def build(folder: Path, comments: object, name: str, **keys: Any) -> Path:
    """Build a site with its archive; its name keeps sites of other tests apart."""
    path = folder / "comments" / "dune-frank-herbert.yml"
    path.parent.mkdir()
    path.write_text(write_comments(), "utf-8")
    pages = built.pages(**keys)
    pages["reviews/emma.md"] += f"\n{LINK}\n"
    pages["index.md"] += "\n\n/// comments\n    limit: 20\n///\n\n/// reviews\n///\n"
    return built.build_site(folder, comments, pages, site_name=name)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def find(name: str) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            kinds: dict[str, tuple[object, dict[str, Any]]] = {
                "live": (options(), {}),
                "alone": (None, {}),
                "sealed": (None, {"Dune": {"spoilers": True}}),
            }
            comments, keys = kinds[name]
            made[name] = build(folder, comments, name, **keys)
        return made[name]

    return find


@pytest.fixture
def read(browser: Browser, sites: Callable[[str], Path]) -> Iterator[Callable[..., Reader]]:
    opened: list[Any] = []

    def read(name: str = "alone", rest: str = "", title: str = "Dune", **context: Any) -> Reader:
        site = StaticSite(sites(name)).__enter__()
        tab = browser.new_context(**context)
        opened.extend((tab.close, lambda: site.__exit__(None, None, None)))
        reader = Reader(tab, site)
        reader.open(title, rest)
        return reader

    yield read
    for close in opened:
        close()


def is_open(page: Page) -> bool:
    return bool(page.evaluate(f"document.querySelector('{DETAILS}').open"))


def is_seen(page: Page, ident: str) -> bool:
    script = """ident => {
        const { top, bottom } = document.getElementById(ident).getBoundingClientRect();
        return top >= 0 && top < innerHeight && bottom > 0;
    }"""
    return bool(page.evaluate(script, ident))


def mark_read(reader: Reader, book: str) -> None:
    script = "book => localStorage.setItem(`bookreview:${book}`, JSON.stringify({ read: true }))"
    reader.page.evaluate(script, book)
    reader.page.reload()


def test_the_archive_is_closed_and_cannot_be_searched_until_it_is_opened(
    read: Callable[..., Reader],
) -> None:
    reader = read()
    page = reader.page
    expect(page.locator("#comment-first")).to_be_hidden()
    assert page.evaluate(f"document.querySelector('{DETAILS}').lastElementChild.inert")
    page.click(SUMMARY)
    expect(page.locator("#comment-first")).to_be_visible()
    assert not page.evaluate(f"document.querySelector('{DETAILS}').lastElementChild.inert")
    expect(page.get_by_text("zqisland")).to_be_hidden()
    assert "zqgone" not in page.content()
    assert not reader.asked
    assert not reader.errors


def test_opening_the_archive_takes_the_warning_away_and_asks_no_server(
    read: Callable[..., Reader],
) -> None:
    reader = read("live")
    page = reader.page
    reader.wait("waiting")
    assert page.locator(f"{SECTION}[data-guard]").count() == 1
    page.click(SUMMARY)
    expect(page.locator(f"{SECTION}[data-guard]")).to_have_count(0)
    expect(page.locator(BUTTON)).to_be_visible()
    assert not reader.asked


def test_the_button_of_new_comments_opens_all(read: Callable[..., Reader]) -> None:
    reader = read("live")
    reader.wait("waiting")
    reader.click()
    until(lambda: is_open(reader.page), reader.page)
    expect(reader.page.locator(f"{SECTION}[data-guard]")).to_have_count(0)
    until(lambda: bool(reader.asked), reader.page)


@pytest.mark.parametrize("name", ["live", "alone"])
def test_a_link_from_outside_opens_the_section_at_the_comment(
    read: Callable[..., Reader], name: str
) -> None:
    page = read(name, "#comment-late").page
    expect(page.locator("#comment-late")).to_be_visible()
    until(lambda: is_seen(page, "comment-late"), page)


def test_a_link_from_another_page_opens_the_section_at_the_comment(
    read: Callable[..., Reader],
) -> None:
    page = read("live", title="Emma").page
    page.evaluate("window.sameDocument = true")
    page.get_by_text("Said there").click()
    expect(page.locator("#comment-late")).to_be_visible()
    until(lambda: is_seen(page, "comment-late"), page)
    assert page.evaluate("window.sameDocument")


def test_a_link_to_a_sealed_comment_leaves_it_sealed(read: Callable[..., Reader]) -> None:
    page = read("alone", "#comment-island").page
    expect(page.locator("#comment-island")).to_be_visible()
    expect(page.get_by_text("zqisland")).to_be_hidden()


def test_the_card_leads_to_the_comments(read: Callable[..., Reader]) -> None:
    page = read().page
    page.click(".bookreview-card a[href$='#bookreview-archive']")
    until(lambda: is_seen(page, "bookreview-archive"), page)


def test_without_script_it_is_closed_and_can_be_opened(read: Callable[..., Reader]) -> None:
    page = read("live", java_script_enabled=False).page
    expect(page.locator("#comment-first")).to_be_hidden()
    page.click(SUMMARY)
    expect(page.locator("#comment-first")).to_be_visible()
    expect(page.get_by_text("zqisland")).to_be_hidden()
    page.locator("#comment-island summary").click()
    expect(page.get_by_text("zqisland")).to_be_visible()


def test_it_is_printed_only_if_it_is_open(read: Callable[..., Reader]) -> None:
    page = read("live").page
    # Material's script opens all `details` for printing.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(f"{DETAILS}[open]")).to_have_count(1)
    expect(page.locator(".bookreview-archive")).to_be_hidden()
    expect(page.locator(f"{SECTION}[data-guard]")).to_have_count(1)
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#comment-first")).to_be_hidden()
    expect(page.locator(f"{SECTION}[data-guard]")).to_have_count(1)
    page.click(SUMMARY)
    page.emulate_media(media="print")
    expect(page.locator("#comment-first")).to_be_visible()
    expect(page.get_by_text("zqisland")).to_be_hidden()


def test_reading_progress_opens_what_the_book_allows(read: Callable[..., Reader]) -> None:
    reader = read()
    page = reader.page
    mark_read(reader, "dune-frank-herbert")
    expect(page.locator("#comment-first")).to_be_visible()
    expect(page.get_by_text("zqown")).to_be_visible()
    expect(page.get_by_text("zqmarked")).to_be_visible()
    expect(page.get_by_text("zqother")).to_be_hidden()
    expect(page.get_by_text("zqisland")).to_be_hidden()
    mark_read(reader, "emma-jane-austen")
    expect(page.get_by_text("zqother")).to_be_visible()
    expect(page.get_by_text("zqisland")).to_be_hidden()


def test_a_reader_of_the_other_book_alone_sees_only_that(read: Callable[..., Reader]) -> None:
    reader = read()
    page = reader.page
    mark_read(reader, "emma-jane-austen")
    expect(page.locator("#comment-first")).to_be_hidden()
    page.click(SUMMARY)
    expect(page.get_by_text("zqother")).to_be_visible()
    expect(page.get_by_text("zqown")).to_be_hidden()


def test_saying_that_the_book_is_read_opens_the_archive(read: Callable[..., Reader]) -> None:
    reader = read("live")
    page = reader.page
    page.locator(".bookreview-control input[name=read]").first.check()
    until(lambda: is_open(page), page)
    expect(page.locator(f"{SECTION}[data-guard]")).to_have_count(0)
    assert not reader.asked


def test_under_a_sealed_review_the_archive_is_closed_too(read: Callable[..., Reader]) -> None:
    reader = read("sealed")
    page = reader.page
    expect(page.locator("#comment-first")).to_be_hidden()
    page.click(SUMMARY)
    expect(page.locator("#comment-first")).to_be_visible()
    expect(page.get_by_text("What Dune says of us.")).to_be_hidden()
    mark_read(reader, "dune-frank-herbert")
    expect(page.get_by_text("What Dune says of us.")).to_be_visible()
    expect(page.get_by_text("zqown")).to_be_visible()
    expect(page.get_by_text("zqother")).to_be_hidden()


def test_the_latest_comments_lead_to_their_places(read: Callable[..., Reader]) -> None:
    reader = read(viewport={"width": 320, "height": 640})
    page = reader.page
    page.goto(reader.site.address)
    expect(page.locator(".bookreview-latest > li")).to_have_count(20)
    found = Axe().run(page, {"include": [[".bookreview-latest"], [".bookreview-list"]]})
    assert [one["id"] for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.click(".bookreview-item__comments a")
    expect(page.locator("#bookreview-archive")).to_be_visible()
    until(lambda: is_seen(page, "bookreview-archive"), page)
    page.goto(reader.site.address)
    page.click(".bookreview-latest a[href$='#comment-late']")
    expect(page.locator("#comment-late")).to_be_visible()
    until(lambda: is_seen(page, "comment-late"), page)


def test_keys_open_it_and_reach_its_links(read: Callable[..., Reader]) -> None:
    page = read().page
    page.focus(SUMMARY)
    page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('.bookreview-archive')")
    page.focus(SUMMARY)
    page.keyboard.press("Enter")
    expect(page.locator("#comment-first")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href").endswith("#comment-first")
    page.focus("#comment-island summary")
    page.keyboard.press("Enter")
    expect(page.get_by_text("zqisland")).to_be_visible()


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_knows_no_fault(read: Callable[..., Reader], opened: bool, dark: bool) -> None:
    page = read("live").page
    if dark:
        built.toggle_palette(page)
    if opened:
        page.click(SUMMARY)
        page.locator("#comment-island summary").click()
        page.wait_for_timeout(300)
    found = Axe().run(page, {"include": [[".bookreview-archive"]]})
    faults = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
    assert faults == []


def test_deep_replies_fit_a_phone(read: Callable[..., Reader]) -> None:
    page = read(viewport={"width": 320, "height": 640}).page
    page.click(SUMMARY)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    lefts = [page.locator(f"#comment-r{n}").bounding_box() for n in range(DEEP)]
    places = [box["x"] for box in lefts if box]
    assert len(places) == DEEP
    assert places == sorted(places)
    assert len({*places}) > 1
    assert places[-1] - places[0] < 40
    assert places[-1] == places[-2]
