"""Spoilers of a built site in a real browser: what opens them, and what does not."""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.browser

LAMP = """\
---
date: 2024-05-01
description: A lighthouse, and who keeps it.
book: {id: lamp, title: The Lamp at Amble, author: Ivo Brand, chapters: 20}
rating: 4
themes: [Family, {name: zqthemezq, spoiler: true}]
warnings: [Storms, {name: zqwarningzq, spoiler: true}]
quotes: [{text: zqquotezq, spoiler: true}]
---
The keeper, his brother and a cat. It ends with ||zqpipeszq||, as it must.

## The lamp

/// spoiler | Who lit it
    chapter: 12

The zqblockzq did, says ||zqnestedzq||.

### zqheadingzq

![zqaltzq](https://example.org/none.png)
///

/// spoiler | The last pages
    progress: 90%

The zqlastzq, at last.
///

| Who | Fate |
| --- | --- |
| Mrs Craw | [zqtablezq]{.spoiler} |

- One thing
- Another

    ??? spoiler "In a list"

        The zqlistzq.

/// spoiler | Of another book
    book: other
    progress: 30%

The zqotherzq.
///

More could be said.
"""
SENTINELS = (
    *("theme", "warning", "quote", "pipes", "block", "nested", "heading", "last"),
    *("table", "list", "other"),
)

OTHER = """\
---
book: {id: other, title: The Other, author: Ann Reeve}
---
See [the lamp](lamp.md#the-lamp){ data-preview }.

/// spoiler | Halfway
    progress: 45%

The zqhalfzq.
///

It is ||zqinlinezq||, of course.
"""

NOTES = """\
# Notes

/// spoiler | The lamp, early on
    book: lamp
    chapter: 5

The zqearlyzq.
///

/// spoiler | The other
    book: other
    progress: 45%

The zqsecondzq.
///
"""

COUNTED = """\
---
book: {id: counted, title: Counted, author: Ann Reeve}
---
/// spoiler | Soon
    chapter: 3

The zqthirdzq.
///
"""


PAGES = {
    "index.md": "# Home\n",
    "notes.md": NOTES,
    "reviews/lamp.md": LAMP,
    "reviews/other.md": OTHER,
    "reviews/counted.md": COUNTED,
}


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module", params=["text", "encode"])
def seal(request: pytest.FixtureRequest) -> str:
    value: str = request.param
    return value


@pytest.fixture(scope="module")
def address(seal: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("shelf")
    handler = functools.partial(QuietHandler, directory=str(folder / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        build(folder, address, seal)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def build(folder: Path, address: str, seal: str) -> None:
    for name, text in PAGES.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    config = {
        "site_name": "Shelf",
        "site_url": f"{address}/",
        "theme": {"name": "material", "font": False, "features": ["navigation.instant"]},
        "plugins": ["search", {"bookreview": {"spoilers": {"seal": seal}}}],
        "markdown_extensions": ["attr_list", "tables", "pymdownx.details", "toc"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("https://example.org/**", lambda route: route.abort())
    yield page
    assert errors == []


@pytest.fixture
def lamp(page: Page, address: str) -> Page:
    page.goto(f"{address}/reviews/lamp/")
    return page


def sentinel(name: str) -> str:
    return f"zq{name}zq"


def seen(page: Page) -> set[str]:
    return {name for name in SENTINELS if page.get_by_text(sentinel(name)).is_visible()}


def count_open(page: Page) -> int:
    return page.locator(".bookreview-spoiler[data-revealed]").count()


def printed(page: Page, folder: Path) -> str:
    if not shutil.which("pdftotext") and os.environ.get("BOOKREVIEW_REQUIRE_BROWSER") != "1":
        pytest.skip("No pdftotext found; install it: apt-get install poppler-utils")
    path = folder / "page.pdf"
    page.pdf(path=str(path))
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True)
    return done.stdout


def block(page: Page, label: str) -> Locator:
    return page.locator(".bookreview-spoiler", has=page.locator("summary", has_text=label))


def test_nothing_is_open_at_first(lamp: Page) -> None:
    assert seen(lamp) == set()
    expect(lamp.get_by_role("status")).to_have_text("0 of 10 spoilers shown")


def test_print_shows_what_the_reader_opened_and_nothing_else(lamp: Page, tmp_path: Path) -> None:
    lamp.evaluate("addEventListener('beforeprint', () => { window.heard = true })")
    assert "zq" not in printed(lamp, tmp_path)
    assert lamp.evaluate("window.heard")
    block(lamp, "Who lit it").locator("summary").first.click()
    text = printed(lamp, tmp_path)
    assert sentinel("block") in text
    assert sentinel("heading") in text
    assert sentinel("nested") not in text
    assert sentinel("pipes") not in text
    assert seen(lamp) == {"block", "heading"}


def test_print_without_script(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/reviews/lamp/")
    assert "zq" not in printed(page, tmp_path)
    context.close()


def list_read_aloud(page: Page) -> list[dict[str, Any]]:
    """What a screen reader can come upon."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return nodes


def list_expanded(nodes: list[dict[str, Any]], role: str, name: str) -> list[bool]:
    return [
        one["value"]["value"]
        for node in nodes
        if node.get("role", {}).get("value") == role
        and node["name"].get("value", "").startswith(name)
        for one in node["properties"]
        if one["name"] == "expanded"
    ]


def test_a_screen_reader_comes_upon_one_toggle_and_nothing_hidden(lamp: Page) -> None:
    closed = list_read_aloud(lamp)
    assert "zq" not in json.dumps(closed)
    assert list_expanded(closed, "DisclosureTriangle", "Spoiler Who lit it") == [False]
    assert list_expanded(closed, "button", "spoiler") == [False] * 4
    lamp.locator("summary", has_text="Who lit it").click()
    lamp.get_by_role("button", name="spoiler", exact=True).nth(1).click()
    opened = list_read_aloud(lamp)
    assert list_expanded(opened, "DisclosureTriangle", "Spoiler Who lit it") == [True]
    assert sorted(list_expanded(opened, "button", "spoiler")) == [False] * 4 + [True]
    assert set(re.findall("zq[a-z]+zq", json.dumps(opened))) == {
        *map(sentinel, ("pipes", "block", "heading", "alt"))
    }


def test_by_keyboard_alone(lamp: Page) -> None:
    spoiler = block(lamp, "Who lit it")
    summary = spoiler.locator("summary")
    for _ in range(60):
        lamp.keyboard.press("Tab")
        if summary.evaluate("element => element === document.activeElement"):
            break
    expect(summary).to_be_focused()
    lamp.keyboard.press("Enter")
    assert seen(lamp) == {"block", "heading"}
    expect(summary).to_be_focused()
    lamp.keyboard.press("Tab")
    button = spoiler.get_by_role("button")
    expect(button).to_be_focused()
    lamp.keyboard.press("Space")
    assert seen(lamp) == {"block", "heading", "nested"}
    lamp.keyboard.press("Enter")
    assert seen(lamp) == {"block", "heading"}
    expect(button).to_be_focused()
    lamp.keyboard.press("Shift+Tab")
    expect(summary).to_be_focused()
    lamp.keyboard.press("Space")
    assert seen(lamp) == set()
    lamp.keyboard.press("Tab")
    expect(lamp.locator("summary", has_text="The last pages")).to_be_focused()


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("path", ["reviews/lamp/", "notes/"])
def test_accessibility_rules_hold(
    page: Page, address: str, path: str, scheme: str, is_open: bool
) -> None:
    page.goto(f"{address}/{path}")
    if is_open:
        page.get_by_role("button", name="Show all spoilers").click()
        for box in page.get_by_role("checkbox").all():
            box.check()
    page.evaluate("s => document.body.setAttribute('data-md-color-scheme', s)", scheme)
    page.wait_for_timeout(400)  # colours take their time to change
    ours = {"include": [[".bookreview-card"], [".bookreview-control"], [".bookreview-spoiler"]]}
    found = Axe().run(page, context=ours)
    assert [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]
    ] == []


def test_find_in_page_reveals_nothing(lamp: Page) -> None:
    find = "text => window.find(text, false, false, true)"
    found = {name for name in SENTINELS if lamp.evaluate(find, sentinel(name))}
    assert found == set()
    assert count_open(lamp) == 0
    block(lamp, "The last pages").locator("summary").click()
    assert lamp.evaluate(find, sentinel("last"))


@pytest.mark.parametrize("fragment", ["the-lamp", "zqheadingzq", ":~:text=zqlastzq"])
def test_an_address_opens_nothing(page: Page, address: str, fragment: str) -> None:
    page.goto(f"{address}/reviews/lamp/#{fragment}")
    page.wait_for_timeout(500)
    assert seen(page) == set()
    assert page.locator("details[open]").count() == 0


def test_a_copied_page_holds_nothing_hidden(
    context: BrowserContext, lamp: Page, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    lamp.keyboard.press("Control+A")
    lamp.keyboard.press("Control+C")
    for kind in ("text/plain", "text/html"):
        read = "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
        copied = lamp.evaluate(read, kind)
        assert "More could be said" in copied
        assert "zq" not in copied


def test_a_preview_shows_closed_spoilers(page: Page, address: str) -> None:
    page.goto(f"{address}/reviews/other/")
    page.get_by_role("link", name="the lamp", exact=True).hover()
    preview = page.locator(".md-tooltip2")
    expect(preview.get_by_text("Who lit it")).to_be_visible()
    assert "zq" not in preview.inner_text()


def test_all_fits_a_narrow_window(lamp: Page) -> None:
    lamp.set_viewport_size({"width": 320, "height": 800})
    lamp.get_by_role("button", name="Show all spoilers").click()
    assert lamp.evaluate("document.documentElement.scrollWidth") <= 320


def test_opening_moves_nothing_above(lamp: Page) -> None:
    spoiler = block(lamp, "The last pages")
    above = (lamp.locator("h1"), lamp.locator("h2").first, spoiler.locator("summary"))
    spoiler.scroll_into_view_if_needed()
    before = [one.bounding_box() for one in above]
    spoiler.locator("summary").click()
    expect(spoiler.get_by_text(sentinel("last"))).to_be_visible()
    assert [one.bounding_box() for one in above] == before


def test_all_at_once(lamp: Page) -> None:
    button = lamp.get_by_role("button", name="Show all spoilers")
    button.focus()
    lamp.keyboard.press("Enter")
    button = lamp.get_by_role("button", name="Hide all spoilers")
    expect(button).to_be_focused()
    expect(lamp.get_by_role("status")).to_have_text("10 of 10 spoilers shown")
    lamp.locator("summary", has_text="Content warnings").click()
    assert seen(lamp) == set(SENTINELS)
    button.click()
    assert seen(lamp) == set()
    expect(lamp.get_by_role("button", name="Show all spoilers")).to_be_visible()


def test_a_page_that_is_no_review(page: Page, address: str) -> None:
    page.goto(f"{address}/notes/")
    expect(page.locator(".bookreview-control input")).to_have_count(0)
    page.get_by_role("button", name="Show all spoilers").click()
    expect(page.get_by_text(sentinel("early"))).to_be_visible()
    page.goto(f"{address}/")
    expect(page.locator(".bookreview-control")).to_have_count(0)


def test_without_script_there_is_no_control_and_spoilers_open(
    browser: Browser, address: str, seal: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/reviews/lamp/")
    expect(page.locator(".bookreview-control")).to_be_hidden()
    assert seen(page) == set()
    page.locator("summary", has_text="The last pages").click()
    page.get_by_role("button", name="spoiler", exact=True).nth(1).click()
    assert seen(page) == ({"last", "pipes"} if seal == "text" else set())
    notices = page.get_by_text("This spoiler requires JavaScript.").locator("visible=true")
    expect(notices).to_have_count(0 if seal == "text" else 2)
    context.close()


def test_passed_chapters_open_here_and_elsewhere(lamp: Page, address: str) -> None:
    field = lamp.get_by_role("spinbutton", name="Chapter of 20")
    field.fill("12")
    assert seen(lamp) == set()
    field.press("Enter")
    assert seen(lamp) == {"block", "heading"}
    expect(lamp.get_by_role("status")).to_have_text("1 of 10 spoilers shown")
    lamp.reload()
    assert seen(lamp) == {"block", "heading"}
    expect(field).to_have_value("12")
    lamp.goto(f"{address}/notes/")
    expect(lamp.get_by_text(sentinel("early"))).to_be_visible()
    expect(lamp.get_by_text(sentinel("second"))).to_be_hidden()


def test_a_lower_number_closes_what_it_opened_and_no_more(lamp: Page) -> None:
    field = lamp.get_by_role("spinbutton")
    block(lamp, "The last pages").locator("summary").click()
    field.fill("18")
    field.press("Enter")
    assert seen(lamp) == {"block", "heading", "last"}
    field.fill("11")
    field.press("Enter")
    assert seen(lamp) == {"last"}
    field.fill("")
    field.press("Tab")
    lamp.reload()
    assert seen(lamp) == set()
    expect(field).to_have_value("")


def test_what_was_shown_with_all_stays_open(lamp: Page) -> None:
    field = lamp.get_by_role("spinbutton")
    field.fill("12")
    field.press("Enter")
    lamp.get_by_role("button", name="Show all spoilers").click()
    field.fill("")
    field.press("Enter")
    assert {"block", "last", "pipes"} <= seen(lamp)


def test_what_was_closed_by_hand_stays_closed(lamp: Page) -> None:
    field = lamp.get_by_role("spinbutton")
    field.fill("12")
    field.press("Enter")
    block(lamp, "Who lit it").locator("summary").click()
    field.press("ArrowUp")
    assert seen(lamp) == set()
    expect(field).to_have_value("13")


@pytest.mark.parametrize("wrong", ["21", "-1", "1.5"])
def test_a_number_that_cannot_be_opens_nothing(lamp: Page, wrong: str) -> None:
    field = lamp.get_by_role("spinbutton")
    field.fill(wrong)
    field.press("Enter")
    assert seen(lamp) == set()
    lamp.reload()
    expect(field).to_have_value("")


def test_a_book_that_was_read_and_then_was_not(lamp: Page, address: str) -> None:
    box = lamp.get_by_role("checkbox", name="I have read it")
    lamp.locator("summary", has_text="Content warnings").click()
    box.focus()
    lamp.keyboard.press("Space")
    assert seen(lamp) == set(SENTINELS) - {"other"}
    expect(box).to_be_focused()
    lamp.goto(f"{address}/notes/")
    expect(lamp.get_by_text(sentinel("early"))).to_be_visible()
    lamp.go_back()
    expect(box).to_be_checked()
    box.uncheck()
    assert seen(lamp) == set()
    lamp.goto(f"{address}/notes/")
    expect(lamp.get_by_text(sentinel("early"))).to_be_hidden()


def test_percent_and_what_stays_in_the_browser(page: Page, address: str) -> None:
    page.goto(f"{address}/reviews/other/")
    field = page.get_by_role("spinbutton", name="% of the book")
    field.fill("44")
    field.press("Tab")
    expect(page.get_by_text(sentinel("half"))).to_be_hidden()
    expect(page.get_by_role("checkbox")).to_be_focused()
    field.fill("45")
    field.press("Tab")
    expect(page.get_by_text(sentinel("half"))).to_be_visible()
    expect(page.get_by_text(sentinel("inline"))).to_be_hidden()
    assert page.evaluate("localStorage['bookreview:other']") == '{"progress":45}'
    page.goto(f"{address}/reviews/lamp/")
    assert seen(page) == {"other"}


def test_percent_that_became_chapters(page: Page, address: str) -> None:
    page.add_init_script("""localStorage["bookreview:lamp"] = '{"progress":64}'""")
    page.goto(f"{address}/reviews/lamp/")
    expect(page.get_by_role("spinbutton")).to_have_value("12")
    assert seen(page) == {"block", "heading"}


def test_chapters_of_a_book_that_nobody_has_counted(page: Page, address: str) -> None:
    page.goto(f"{address}/reviews/counted/")
    field = page.get_by_role("spinbutton", name="Chapter")
    field.fill("3")
    field.press("Enter")
    expect(page.get_by_text(sentinel("third"))).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1 of 1 spoiler shown")
    expect(page.get_by_role("button", name="Show all spoilers")).to_have_count(0)


def test_without_a_reload(lamp: Page) -> None:
    lamp.wait_for_load_state("networkidle")  # the theme asks which pages there are
    lamp.evaluate("window.sameDocument = true")
    lamp.get_by_role("spinbutton").fill("20")
    lamp.get_by_role("checkbox").check()
    lamp.get_by_role("link", name="Notes", exact=True).click()
    expect(lamp.get_by_text(sentinel("early"))).to_be_visible()
    expect(lamp.get_by_text(sentinel("second"))).to_be_hidden()
    lamp.go_back()
    expect(lamp.get_by_role("checkbox")).to_be_checked()
    expect(lamp.get_by_role("spinbutton")).to_have_value("20")
    expect(lamp.get_by_text(sentinel("last"))).to_be_visible()
    assert lamp.evaluate("window.sameDocument") is True


def test_another_window_follows(lamp: Page, address: str) -> None:
    other = lamp.context.new_page()
    other.goto(f"{address}/notes/")
    lamp.get_by_role("checkbox").check()
    expect(other.get_by_text(sentinel("early"))).to_be_visible()
    lamp.get_by_role("checkbox").uncheck()
    expect(other.get_by_text(sentinel("early"))).to_be_hidden()


@pytest.mark.parametrize("ways", ["getItem setItem", "setItem"], ids=["denied", "full"])
def test_a_browser_that_keeps_nothing(page: Page, address: str, ways: str) -> None:
    for way in ways.split():
        # The theme keeps its palette there, and is not as careful.
        page.add_init_script(
            f"""Storage.prototype.{way} = new Proxy(Storage.prototype.{way}, {{
              apply(own, at, [name, ...rest]) {{
                if (name.startsWith("bookreview:")) throw new Error("denied");
                return own.call(at, name, ...rest);
              }}
            }})"""
        )
    page.goto(f"{address}/reviews/lamp/")
    field = page.get_by_role("spinbutton")
    field.fill("12")
    field.press("Enter")
    assert seen(page) == {"block", "heading"}
    field.fill("18")
    field.press("Enter")
    page.get_by_role("link", name="Notes", exact=True).click()
    expect(page.get_by_text(sentinel("early"))).to_be_visible()
    page.reload()
    expect(page.get_by_text(sentinel("early"))).to_be_hidden()


@pytest.mark.parametrize("kept", ["{", "null", "5", '"12"', "[]", '{"chapter": "x", "read": 0}'])
def test_nonsense_in_the_browser_opens_nothing(page: Page, address: str, kept: str) -> None:
    page.add_init_script(f"localStorage['bookreview:lamp'] ??= {json.dumps(kept)}")
    page.goto(f"{address}/reviews/lamp/")
    assert seen(page) == set()
    page.get_by_role("checkbox").check()
    assert "pipes" in seen(page)
