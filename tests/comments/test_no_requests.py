"""A reader of the example site who presses no button asks no other host."""

import subprocess
import sys
from itertools import chain, groupby, islice
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
    pages = choose_pages(tmp_path / "site")
    assert len(pages) > 30
    with StaticSite(tmp_path / "site", name="example") as site, browser.new_context() as context:
        reader = Reader(context, site)
        for page in pages:
            reader.page.goto(site.address + page.relative_to(tmp_path / "site").as_posix())
            reader.page.mouse.wheel(0, 100_000)
        assert reader.asked == []


def choose_pages(site: Path) -> list[Path]:
    """Return all pages with comments, all of the first level, and two of each folder below it."""
    pages = sorted(site.rglob("*.html"))
    having = [page for page in pages if "data-embed" in page.read_text("utf-8")]
    assert having
    folders = groupby(sorted(pages, key=find_folder), key=find_folder)
    alike = chain.from_iterable(islice(of, None if at == site else 2) for at, of in folders)
    return sorted({*having, *alike})


def find_folder(page: Path) -> Path:
    return page.parents[1]
