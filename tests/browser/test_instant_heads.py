"""Heads of pages that Material exchanges without loading them."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_types import serve
from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser


def read_names(page: Page) -> list[str]:
    """Return the titles of the books that the page describes to search engines."""
    found = page.locator("script[type='application/ld+json']").all_text_contents()
    return [json.loads(text)["itemReviewed"]["name"] for text in found]


def test_each_page_describes_only_its_own_book(browser: Browser, tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n\n[Emma](emma.md)\n",
        "emma.md": review("Emma", rating=4, body="[Dune](dune.md)\n"),
        "dune.md": review("Dune", "Frank Herbert", rating=3, body="[Home](index.md)\n"),
    }
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    with serve(tmp_path / "site") as root:
        build_site(tmp_path, pages, theme=theme, site_url=root)
        page = browser.new_page()
        # Until Material has the sitemap, the browser follows links.
        with page.expect_response("**/sitemap.xml"):
            page.goto(root)
        page.evaluate("window.isSame = true")
        for title in ("Emma", "Dune"):
            page.locator("article").get_by_role("link", name=title, exact=True).click()
            expect(page.locator("h1")).to_contain_text(title)
            assert read_names(page) == [title]
        page.locator("article").get_by_role("link", name="Home", exact=True).click()
        expect(page.locator("h1")).to_contain_text("Home")
        assert read_names(page) == []
        page.go_back()
        expect(page.locator("h1")).to_contain_text("Dune")
        assert read_names(page) == ["Dune"]
        assert page.evaluate("window.isSame")
        page.close()
