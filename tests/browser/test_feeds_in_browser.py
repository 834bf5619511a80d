"""Links to feeds in the heads of pages, which Material takes for translations."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.page_types import serve
from tests.plugin.sites import build_site, review

pytestmark = pytest.mark.browser
FEED = "link[rel=alternate][type='application/atom+xml']"


def test_material_asks_for_no_sitemap_beside_a_feed(browser: Browser, tmp_path: Path) -> None:
    options = {"reviews": {"feed": True}, "themes": {"feed": True}}
    with serve(tmp_path / "site") as root:
        build_site(
            tmp_path,
            {"index.md": "# Home\n", "emma.md": review(themes=["Pride"], date="2024-05-01")},
            options,
            theme={"name": "material", "font": False},
            site_url=root,
            extra={"alternate": [{"name": "Deutsch", "link": "/de/", "lang": "de"}]},
        )
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(root)))
        page.goto(f"{root}themes/pride/", wait_until="networkidle")
        # It asks for that of the German site, so it has looked for links.
        assert [url for url in asked if url.endswith("sitemap.xml")] == ["de/sitemap.xml"]
        feeds = [link.get_attribute("href") for link in page.locator(FEED).all()]
        assert feeds == [f"{root}themes/pride/feed.xml", f"{root}reviews/feed.xml"]
        page.close()
