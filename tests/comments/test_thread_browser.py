"""Conversations that stay with their pages, in Chromium and with a real Isso."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from mkdocs_bookreview.cli.main import main
from tests.comments.services.built import site_url
from tests.comments.services.http import StaticSite
from tests.comments.services.isso import Isso
from tests.plugin.sites import build_site, review, write_site

pytestmark = pytest.mark.browser

DATED = "2024-01-01"
HOME = {"index.md": "# Shelf\n"}
SAID = "I read it twice."


@pytest.fixture(scope="module")
def isso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Isso]:
    with Isso(tmp_path_factory.mktemp("isso"), [site_url()], name="threads") as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(20_000)
    yield page
    page.close()


def options(isso: Isso) -> dict[str, object]:
    return {"comments": {"provider": "isso", "url": isso.address}}


def registry(folder: Path, *more: str) -> None:
    config = str(folder / "mkdocs.yml")
    result = CliRunner().invoke(main, ["comments", "registry", "-f", config, *more])
    assert result.exit_code == 0, result.output


CHANGES = {
    "renamed": ({"reviews/emma-1815.md": review(date=DATED)}, "reviews/emma-1815/", {}),
    "moved": ({"2024/emma.md": review(date=DATED)}, "2024/emma/", {}),
    "corrected": ({"reviews/emma.md": review("Emma, a Novel", date=DATED)}, "reviews/emma/", {}),
    "files": (
        {"reviews/emma.md": review(date=DATED)},
        "reviews/emma.html",
        {"use_directory_urls": False},
    ),
    "sub-path": (
        {"reviews/emma.md": review(date=DATED)},
        "reviews/emma/",
        {"site_url": site_url("/shelf/")},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_comment_stays_on_the_page(tmp_path: Path, isso: Isso, page: Page, change: str) -> None:
    before = {**HOME, "reviews/emma.md": review(date=DATED)}
    write_site(tmp_path / "before", before, options(isso), site_url=site_url())
    registry(tmp_path / "before")
    if not isso.comments("/emma-jane-austen/"):
        isso.post("/emma-jane-austen/", SAID)

    pages, address, config = CHANGES[change]
    lock = (tmp_path / "before/comments.lock.yml").read_bytes()
    (tmp_path / "after").mkdir()
    (tmp_path / "after/comments.lock.yml").write_bytes(lock)
    settings = {"site_url": site_url(), **config}
    build_site(tmp_path / "after", {**HOME, **pages}, options(isso), **settings)
    at = urlsplit(settings["site_url"]).path
    with StaticSite(tmp_path / "after/site", at=at) as site:
        page.goto(site.address + address)
        page.click(".bookreview-comments__button")
        expect(page.locator("#isso-root .isso-text")).to_have_text(SAID)


@pytest.mark.parametrize("at", ["/", "/shelf/"])
def test_the_link_in_a_mail_shows_the_comment(
    tmp_path: Path, isso: Isso, page: Page, at: str
) -> None:
    pages = {**HOME, "reviews/dune.md": review("Dune", "Frank Herbert", date=DATED)}
    build_site(tmp_path, pages, options(isso), site_url=site_url(at))
    with StaticSite(tmp_path / "site", at=at) as site:
        thread = f"{at}dune-frank-herbert/"
        comment = isso.post(thread, f"Sand at {at}", title="Dune")
        link = next(one for one in reversed(isso.links) if thread in one)
        assert link == f"{site.origin}{thread}#isso-{comment['id']}"
        answer = page.goto(link)
        assert answer
        assert answer.ok
        page.wait_for_url(f"{site.address}reviews/dune/#isso-{comment['id']}")
        expect(page.locator(f"#isso-{comment['id']} .isso-text")).to_have_text(f"Sand at {at}")


def test_a_redirect_keeps_query_and_hash_and_works_without_script(
    tmp_path: Path, isso: Isso, browser: Browser, page: Page
) -> None:
    emma = review(date=DATED, redirect_from=["/2014/emma/"])
    build_site(tmp_path, {**HOME, "emma.md": emma}, options(isso), site_url=site_url())
    with StaticSite(tmp_path / "site") as site:
        site.headers = {"Content-Security-Policy": "default-src 'self'; style-src 'self'"}
        for old in ("2014/emma/", "emma-jane-austen/"):
            page.goto(f"{site.address}{old}?ref=mail#isso-12")
            page.wait_for_url(f"{site.address}emma/?ref=mail#isso-12")
        with browser.new_context(java_script_enabled=False) as context:
            plain = context.new_page()
            plain.goto(f"{site.address}emma-jane-austen/")
            plain.wait_for_url(f"{site.address}emma/")
