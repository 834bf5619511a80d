"""Encoded spoilers in a real browser: readers notice no difference, but the page has no text."""

import functools
import re
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser

POLICY = "script-src 'self'; style-src 'self'"
LAMP = """\
It ends with ||zqpipezq||, and with <spoiler>zqouterzq and ||`zqcodezq`||</spoiler>.

/// spoiler | Who ||zqlabelzq|| it
    chapter: 12

The zqblockzq did, says ||zqinnerzq||, and <spoiler chapter="5">zqearlyzq</spoiler>.

//// spoiler | Later
    chapter: 15

The zqlatezq of ||zqdeepzq||.

///// spoiler
The zqdeepestzq 雪国.[^1]
/////
////
///

/// spoiler | Without a place
The zqplainzq, and <spoiler chapter="3">zqthirdzq</spoiler>.
///

/// spoiler | Of another book
    book: other

The zqotherzq, and <spoiler progress="30%">zqthirtyzq</spoiler>.
///

| Who | Fate |
| --- | --- |
| Mrs Craw | [zqtablezq]{.spoiler} |

[^1]: The zqnotezq.
"""
WORDS = sorted({*re.findall("zq[a-z]+zq", LAMP), "zqthemezq"})
PAGES = {
    "index.md": "# Home\n",
    "reviews/lamp.md": review(
        "The Lamp",
        book={"id": "lamp", "chapters": 20},
        themes=["Family", {"name": "zqthemezq", "spoiler": True}],
        body=LAMP,
    ),
    "reviews/other.md": review("Other", book={"id": "other"}, body="||Open||.\n"),
    "reviews/script.md": review(
        "Script",
        body="/// spoiler\n<noscript>No <spoiler>script</spoiler>.</noscript> One ||two||, three"
        " ||four||.\n///\n",
    ),
}

Step: TypeAlias = Callable[[Page], object]


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        if "csp" in self.path:
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the addresses of one page, with its spoilers as text and encoded."""
    folder = tmp_path_factory.mktemp("lamp")
    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        yield {seal: f"{address}/{build(folder / seal, seal)}" for seal in ("text", "encode")}
        server.shutdown()


def build(folder: Path, seal: str) -> str:
    site = build_site(
        folder,
        PAGES,
        plugins=["search", {"bookreview": {"spoilers": {"seal": seal}}}],
        markdown_extensions=["attr_list", "tables", "footnotes"],
    )
    assert site.warnings == []
    return f"{folder.name}/site/reviews/lamp/"


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[str], Page]]:
    contexts = []

    def open_address(address: str) -> Page:
        # Their progress is theirs, because both are on one server.
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_address
    for context in contexts:
        context.close()


def find_visible(page: Page) -> list[str]:
    # All words at once, because each question to the browser takes time.
    text = page.evaluate("document.body.innerText")
    return [word for word in WORDS if word in text]


def observe(page: Page) -> dict[str, object]:
    return {
        "visible": find_visible(page),
        "status": page.get_by_role("status").inner_text(),
        "button": page.locator(".bookreview-control button").inner_text(),
        "expanded": page.evaluate(
            """() => [...document.querySelectorAll(".bookreview-spoiler")]
              .filter((one) => one.checkVisibility())
              .map((one) => "revealed" in one.dataset)"""
        ),
    }


def say_chapter(number: str) -> Step:
    def say(page: Page) -> None:
        page.get_by_role("spinbutton").fill(number)
        page.get_by_role("spinbutton").press("Enter")

    return say


def press_button(page: Page) -> None:
    page.locator(".bookreview-control button").click()


def toggle(label: str) -> Step:
    return lambda page: page.locator("summary", has_text=label).click(position={"x": 5, "y": 5})


def show_phrases(page: Page) -> None:
    """Open every phrase that is shown, those in it too."""
    while page.locator(CLOSED).count():
        page.locator(CLOSED).first.click()


CLOSED = '.bookreview-spoiler--inline > button[aria-expanded="false"]:visible'
ORDERS: dict[str, tuple[Step, ...]] = {
    "by progress": tuple(map(say_chapter, ("3", "5", "12", "15", "11", ""))),
    "all at once": (press_button, press_button, press_button, say_chapter("4"), press_button),
    "all, partly open": (toggle("Without a place"), say_chapter("12"), press_button, press_button),
    "a passed one in a closed one": (
        say_chapter("4"), toggle("Without a place"), toggle("Without a place"), say_chapter("2"),
        toggle("Without a place"), say_chapter("3"),
    ),
    "by hand": (
        toggle("Who"), toggle("Later"), show_phrases, toggle("Later"), toggle("Later"),
        toggle("Of another book"), show_phrases, toggle("Who"), press_button,
    ),
    "read": (lambda page: page.get_by_role("checkbox").check(), lambda page: page.reload()),
    "kept": (say_chapter("15"), lambda page: page.reload(), press_button),
    "another book": (
        lambda page: page.evaluate("localStorage['bookreview:other'] = '{\"progress\":30}'"),
        lambda page: page.reload(),
        toggle("Of another book"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_readers_notice_no_difference(
    open_page: Callable[[str], Page], addresses: dict[str, str], order: str
) -> None:
    pages = {seal: open_page(address) for seal, address in addresses.items()}
    assert pages["encode"].content().count("zq") == 0
    assert find_visible(pages["text"]) == []
    was_open: set[str] = set()
    for step in (lambda _: None, *ORDERS[order]):
        for page in pages.values():
            step(page)
        seen, expected = observe(pages["encode"]), observe(pages["text"])
        assert seen == expected
        was_open.update(find_visible(pages["encode"]))
        assert set(re.findall("zq[a-z]+zq", pages["encode"].content())) <= was_open
    assert was_open


def test_all_at_once_shows_all(open_page: Callable[[str], Page], addresses: dict[str, str]) -> None:
    page = open_page(addresses["encode"])
    press_button(page)
    assert find_visible(page) == WORDS
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^(\d+) of \1 spoilers shown$"))


def test_one_that_the_browser_does_not_read_has_its_own_text(
    open_page: Callable[[str], Page], addresses: dict[str, str]
) -> None:
    page = open_page(addresses["encode"].replace("lamp", "script"))
    page.locator("summary", has_text="Spoiler").click()
    page.get_by_role("button", name="spoiler").last.click()
    text = page.locator("details p").inner_text()
    assert "three four" in text
    assert "two" not in text


def test_a_passed_one_opens_with_the_one_around_it(
    open_page: Callable[[str], Page], addresses: dict[str, str]
) -> None:
    page = open_page(addresses["encode"])
    say_chapter("4")(page)
    assert find_visible(page) == []
    toggle("Without a place")(page)
    assert find_visible(page) == ["zqplainzq", "zqthirdzq"]
    say_chapter("12")(page)
    assert find_visible(page) == ["zqblockzq", "zqearlyzq", "zqplainzq", "zqthirdzq"]


def test_a_strict_policy_is_kept(
    open_page: Callable[[str], Page], addresses: dict[str, str]
) -> None:
    """The theme violates it while it loads, and has no script for its menu then."""
    page = open_page(f"{addresses['encode']}?csp")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => {
          window.violations = [];
          document.addEventListener("securitypolicyviolation", (event) => {
            violations.push(event.effectiveDirective);
          });
        }"""
    )
    # It counts what is violated.
    page.evaluate("""document.body.append(Object.assign(document.createElement("p"), {
      innerHTML: '<i style="color: red">x</i>' }))""")
    page.wait_for_function("violations.length === 1")
    for step in (
        say_chapter("12"), toggle("Without a place"), show_phrases, press_button, press_button,
        lambda page: page.locator("summary", has_text="Of another book").press("Enter"),
        lambda page: page.get_by_role("button", name="spoiler", exact=True).first.press("Space"),
    ):  # fmt: skip
        before = find_visible(page)
        step(page)
        assert find_visible(page) != before
    assert page.evaluate("violations.length") == 1


def test_violations_while_loading_are_not_ours(
    open_page: Callable[[str], Page], addresses: dict[str, str]
) -> None:
    page = open_page("about:blank")
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{message.text} {message.location}"))
    page.goto(f"{addresses['encode']}?csp")
    assert find_visible(page) == []
    refused = [text for text in found if "Content Security Policy" in text]
    assert refused
    assert [text for text in refused if "bookreview" in text] == []
