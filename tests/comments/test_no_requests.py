"""A reader of the example site who presses no button asks no other host, on any page."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from tests.comments.reader import Reader
from tests.comments.services.http import HOST, StaticSite, port_of

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[2] / "example_site" / "mkdocs.yml"
COMMENTS = {
    "provider": "giscus",
    "repo": "ann/books",
    "repo_id": "R_kgDOKq3vXw",
    "category": "Announcements",
    "category_id": "DIC_kwDOKq3vX84CbW1y",
}


def test_no_page_of_the_example_site_asks_another_host(browser: Browser, tmp_path: Path) -> None:
    config = yaml.unsafe_load(EXAMPLE.read_text("utf-8"))
    config |= {
        "docs_dir": str(EXAMPLE.parent / "docs"),
        "site_dir": str(tmp_path / "site"),
        "site_url": f"http://{HOST}:{port_of('example')}/",
    }
    for plugin in config["plugins"]:
        if isinstance(plugin, dict) and "bookreview" in plugin:
            plugin["bookreview"]["comments"] = COMMENTS
    for name in ("themes.yml", "authors.yml", "books.yml"):
        (tmp_path / name).write_bytes((EXAMPLE.parent / name).read_bytes())
    (tmp_path / "mkdocs.yml").write_text(yaml.dump(config), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(tmp_path / "mkdocs.yml")]
    subprocess.run(command, check=True)
    pages = sorted((tmp_path / "site").rglob("*.html"))
    with_comments = [page for page in pages if "data-embed" in page.read_text("utf-8")]
    assert len(pages) > 60
    assert with_comments
    with StaticSite(tmp_path / "site", name="example") as site, browser.new_context() as context:
        # Material reads the index on every page, which takes a third of the test's time.
        context.route("**/search_index.json", lambda route: route.abort())
        reader = Reader(context, site)
        for page in pages:
            reader.page.goto(site.address + page.relative_to(tmp_path / "site").as_posix())
            reader.page.mouse.wheel(0, 100_000)
        assert reader.asked == []
