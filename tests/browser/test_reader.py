"""What a reader does, in a real browser, on a site that `mkdocs serve` shows with a real Isso."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import yaml
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

REVIEW = """\
---
date: 2024-05-01
description: A school, and what nobody says there.
book:
  title: Never Let Me Go
  author: Kazuo Ishiguro
  publisher: Faber and Faber
  published: 2005
  pages: 282
  isbn: 0571224148
rating: 4.5
read: {started: 2024-04-01, finished: 2024-04-12}
verdict: Quietly devastating.
themes: [Memory, {name: Cloning, spoiler: true}]
warnings: {graphic: [Death]}
---
It is about ||donors|| and about friends.

/// spoiler | How it ends
They do not run.
///

Much more could be said.
"""

OTHER = """\
---
book: {title: Brave New World, author: Aldous Huxley}
read: [2019, 2024-06-01]
themes: [Memory]
---
A [society]{.spoiler} that is happy.
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "mkdocs serve ended"
        try:
            with urlopen(url, timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(url)


VOCABULARY = """\
being-someone-or-other: {description: How a person comes to be this one.}
memory: {parents: being-someone-or-other, aliases: [Remembering], related: being-someone-or-other}
"""
PAGES = (
    "reviews/never-let-me-go/",
    "reviews/",
    "themes/",
    "themes/memory/",
    "themes/being-someone-or-other/",
    "authors/",
    "authors/kazuo-ishiguro/",
    "stats/",
    "years/2024/",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("blog")
    reviews = folder / "docs" / "reviews"
    reviews.mkdir(parents=True)
    (reviews / "never-let-me-go.md").write_text(REVIEW, "utf-8")
    (reviews / "brave-new-world.md").write_text(OTHER, "utf-8")
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    (folder / "themes.yml").write_text(VOCABULARY, "utf-8")
    schemes = [
        {"scheme": scheme, "toggle": {"icon": "material/weather-night", "name": f"From {scheme}"}}
        for scheme in ("default", "slate")
    ]
    config = {
        "site_name": "Shelf",
        "site_url": "http://127.0.0.1/",
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.instant", "navigation.tabs", "navigation.footer"],
            "palette": schemes,
        },
        "plugins": [
            "search",
            {"bookreview": {"sign_off": "Bye.", "comments": {"provider": "isso", "preview": True}}},
        ],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--no-livereload", "-a", f"127.0.0.1:{port}"],
            cwd=folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def review(page: Page, address: str) -> Page:
    page.goto(f"{address}/reviews/never-let-me-go/")
    return page


def test_the_card(review: Page) -> None:
    card = review.locator(".bookreview-card")
    expect(card.get_by_role("img", name="4.5 out of 5")).to_be_visible()
    expect(card).to_contain_text("by Kazuo Ishiguro · Faber and Faber, 2005 · 282 pages")
    expect(card).not_to_contain_text("Cloning", use_inner_text=True)
    cover = card.locator(".bookreview-cover").bounding_box()
    assert cover
    assert cover["height"] / cover["width"] == pytest.approx(1.5, abs=0.05)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_window(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("path", PAGES)
def test_accessibility_rules_hold_in_what_is_ours(
    page: Page, address: str, path: str, scheme: str
) -> None:
    page.goto(f"{address}/{path}")
    page.evaluate("s => document.body.setAttribute('data-md-color-scheme', s)", scheme)
    page.wait_for_timeout(400)  # colours take their time to change
    found = Axe().run(page, context={"include": [[".md-content"]]})
    assert [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found["violations"]
        if any("bookreview" in node["html"] for node in one["nodes"])
    ] == []


def test_a_block_spoiler_by_mouse_and_by_keyboard(review: Page) -> None:
    spoiler = review.locator(".bookreview-spoiler:has(details)")
    secret = spoiler.get_by_text("They do not run.")
    summary = spoiler.locator("summary")
    expect(summary).to_contain_text("How it ends")
    expect(secret).to_be_hidden()
    summary.click()
    expect(secret).to_be_visible()
    summary.click()
    expect(secret).to_be_hidden()
    summary.focus()
    review.keyboard.press("Enter")
    expect(secret).to_be_visible()
    review.keyboard.press("Space")
    expect(secret).to_be_hidden()


def test_an_inline_spoiler_by_mouse_and_by_keyboard(review: Page) -> None:
    spoiler = review.locator("p:has-text('It is about') .bookreview-spoiler")
    secret = spoiler.get_by_text("donors", exact=True)
    button = spoiler.get_by_role("button")
    expect(secret).to_be_hidden()
    button.click()
    expect(secret).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(secret).to_be_hidden()
    button.focus()
    review.keyboard.press("Enter")
    expect(secret).to_be_visible()
    expect(button).to_be_focused()


def test_spoilers_open_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/reviews/never-let-me-go/")
    expect(page.get_by_text("They do not run.")).to_be_hidden()
    page.locator("summary", has_text="How it ends").click()
    expect(page.get_by_text("They do not run.")).to_be_visible()
    inline = page.locator("p:has-text('It is about') .bookreview-spoiler")
    expect(inline.get_by_text("donors", exact=True)).to_be_hidden()
    inline.get_by_role("button").click()
    expect(inline.get_by_text("donors", exact=True)).to_be_visible()
    context.close()


def test_a_theme_followed_without_a_reload_and_back(review: Page) -> None:
    review.wait_for_load_state("networkidle")  # the theme asks which pages there are
    review.evaluate("window.sameDocument = true")
    review.get_by_role("link", name="Memory", exact=True).click()
    expect(review.locator("h1")).to_contain_text("Memory")
    expect(review.locator(".bookreview-item")).to_have_count(2)
    review.get_by_role("link", name="Brave New World", exact=True).click()
    spoiler = review.locator(".bookreview-spoiler", has_text="society")
    spoiler.get_by_role("button").click()
    expect(spoiler.get_by_text("society", exact=True)).to_be_visible()
    review.go_back()
    expect(review.locator(".bookreview-item")).to_have_count(2)
    review.go_back()
    expect(review.locator("h1")).to_contain_text("Never Let Me Go")
    assert review.evaluate("window.sameDocument") is True
    review.locator("summary", has_text="How it ends").click()
    expect(review.get_by_text("They do not run.")).to_be_visible()


def test_search_finds_the_review_and_no_spoiler(page: Page, address: str) -> None:
    index = page.request.get(f"{address}/search/search_index.json").text()
    assert "Never Let Me Go" in index
    for secret in ("donors", "They do not run", "Cloning", "society"):
        assert secret not in index


def test_nobody_else_is_asked_before_the_click(page: Page, address: str) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{address}/reviews/never-let-me-go/")
    page.locator(".bookreview-comments").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert hosts == {urlsplit(address).netloc}
    page.get_by_role("button", name="Show comments").click()
    expect(page.locator(".isso-postbox")).to_be_visible()
    assert len(hosts) == 2


def test_a_comment_is_there_again_and_follows_the_palette(review: Page) -> None:
    review.get_by_role("button", name="Show comments").click()
    review.locator(".isso-postbox .isso-textarea").fill("I read it in one night.")
    review.locator(".isso-postbox [name='author']").fill("Ben")
    review.locator(".isso-postbox .isso-post-action [type='submit']").click()
    expect(review.locator(".isso-text", has_text="in one night")).to_be_visible()
    review.reload()
    review.get_by_role("button", name="Show comments").click()
    comment = review.locator(".isso-comment", has_text="in one night")
    expect(comment).to_be_visible()

    def colours() -> tuple[str, str]:
        style = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor].join()"
        return (
            review.locator(".isso-textarea").first.evaluate(style),
            comment.locator(".isso-text").evaluate(style),
        )

    light = colours()
    review.locator("label[for='__palette_1']").click()
    expect(review.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    review.wait_for_timeout(600)
    dark = colours()
    assert light[0] != dark[0]
    assert light[1] != dark[1]


def test_leaving_the_page_leaves_no_broken_section_behind(review: Page) -> None:
    review.get_by_role("button", name="Show comments").click()
    expect(review.locator(".isso-postbox")).to_be_visible()
    # Wait for the heading, which is written with the comments, because Isso's own script fails
    # if they come after the reader has left.
    expect(review.locator(".isso-thread-heading")).to_have_text(re.compile(r"\S"))
    review.get_by_role("link", name="Memory", exact=True).click()
    expect(review.locator("h1")).to_contain_text("Memory")
    review.get_by_role("link", name="Brave New World", exact=True).click()
    review.get_by_role("button", name="Show comments").click()
    expect(review.locator(".isso-postbox")).to_have_count(1)
