"""Only readers open spoilers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, Locator, Page, expect

import mkdocs_bookreview
from mkdocs_bookreview.spoilers.extension import SpoilerExtension

ASSETS = Path(mkdocs_bookreview.__file__).parent / "assets"
TEXT = "/// spoiler | The end\nThey do not run.\n///\n\nIt is about ||donors||, not more."

pytestmark = pytest.mark.browser


def write_page() -> str:
    style = (ASSETS / "css/spoilers.css").read_text(encoding="utf-8")
    script = (ASSETS / "js/spoilers.js").read_text(encoding="utf-8")
    body = Markdown(extensions=[SpoilerExtension()]).convert(TEXT)
    return f"<!doctype html><style>{style}</style>{body}<script>{script}</script>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content(write_page())
    yield page
    page.close()


@pytest.fixture
def block(page: Page) -> Locator:
    return page.locator(".bookreview-spoiler:has(details)")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_block_by_keyboard(page: Page, block: Locator, key: str) -> None:
    secret = block.get_by_text("They do not run.")
    page.keyboard.press("Tab")
    page.keyboard.press(key)
    expect(secret).to_be_visible()
    page.keyboard.press(key)
    expect(secret).to_be_hidden()
    expect(block.locator("summary")).to_be_focused()


def test_what_else_opens_a_block_is_undone(block: Locator) -> None:
    details = block.locator("details")
    details.evaluate("element => element.open = true")
    expect(details).not_to_have_attribute("open", "")
    assert block.locator(".bookreview-spoiler__body").evaluate("element => element.inert")


def test_what_a_reader_opened_is_printed_and_nothing_else(page: Page, block: Locator) -> None:
    secret = block.get_by_text("They do not run.")
    page.emulate_media(media="print")
    block.locator("details").evaluate("element => element.open = true")
    expect(secret).to_be_hidden()
    page.emulate_media(media="screen")
    block.locator("summary").click()
    page.emulate_media(media="print")
    expect(secret).to_be_visible()


def test_an_inline_spoiler_opens_in_its_line(page: Page) -> None:
    button = page.get_by_role("button", name="spoiler")
    secret = page.get_by_text("donors")
    expect(secret).to_be_hidden()
    button.press("Enter")
    expect(secret).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    lines = [place.bounding_box() for place in (button, secret)]
    assert abs(lines[0]["y"] - lines[1]["y"]) < 10
    button.click()
    expect(secret).to_be_hidden()


def test_a_theme_may_load_the_script_twice(page: Page, block: Locator) -> None:
    page.add_script_tag(path=ASSETS / "js/spoilers.js")
    secret = block.get_by_text("They do not run.")
    block.locator("summary").click()
    expect(secret).to_be_visible()
    block.locator("summary").click()
    expect(secret).to_be_hidden()


def test_what_looks_like_a_spoiler_and_is_none_does_no_harm(browser: Browser) -> None:
    page = browser.new_page()
    fakes = "".join(f'<div class="bookreview-spoiler">{one}</div>' for one in ("", "x", "<p>x</p>"))
    page.set_content(fakes + write_page())
    page.get_by_role("button", name="spoiler").click()
    expect(page.get_by_text("donors")).to_be_visible()
    page.close()


def test_without_script_all_can_be_opened(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(write_page())
    for secret, control in (("They do not run.", "summary"), ("donors", "button")):
        expect(page.get_by_text(secret)).to_be_hidden()
        page.locator(f".bookreview-spoiler {control}").click()
        expect(page.get_by_text(secret)).to_be_visible()
    context.close()
