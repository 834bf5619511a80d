"""What a build writes for other programs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from sites import Site, build_site, review

from mkdocs_bookreview.cli.main import main

SCHEMA = Path(__file__).parents[2] / "example_site/docs/guide/library.schema.json"
URL = "https://example.org/shelf"
MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])
SECRET = "||inline-secret|| and\n\n/// spoiler\nblock-secret\n///\n"
PAGES = {
    "index.md": "# Home\n",
    "reviews/emma.md": review(
        body=f"Open words. {SECRET}",
        date="2024-05-01",
        reviewer="Ann",
        themes=[
            "Marriage",
            {"name": "Disguise", "spoiler": True, "reason": "reason-secret"},
            "Cloning",
        ],
        warnings=[{"name": "warning-secret", "spoiler": True}],
        quotes=[{"text": "quote-secret", "spoiler": True}],
    ),
    "reviews/kim.md": review(
        "Kim",
        {"name": "Rudyard Kipling", "sort": "Kipling, R."},
        date="2025-01-01",
        themes=["Road"],
    ),
    "reviews/dune.md": review("Dune", "Frank Herbert", shelf="to-read", body=SECRET),
    "reviews/draft.md": review("Draft", draft=True, date="2024-06-01"),
    "wip/draft.md": review("Drafty", date="2024-06-01"),
    "../books.yml": "beloved: {title: Beloved, author: Jane Austen, shelf: to-read}\n",
    "../themes.yml": "cloning: {spoiler: true}\n",
    "../authors.yml": "jane: {name: Jane Austen, sort: 'Austen, Jane'}\n",
}
ADDRESS = {"site_url": URL, "draft_docs": "wip/"}
OPTIONS = {"reviewer": "Bea", "taxonomies": {"authors": {"vocabulary": "authors.yml"}}}
SECRETS = ("secret", "isguise", "loning", "Draft")


@MODES
def test_the_library_is_what_the_command_writes(tmp_path: Path, directories: bool) -> None:
    site = build_site(tmp_path, PAGES, OPTIONS, use_directory_urls=directories, **ADDRESS)
    text = site.text("library.json")
    found = json.loads(text)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(found)
    assert [(one["page"], one["reviewer"]) for one in found["reviews"]] == [
        ("reviews/kim/" if directories else "reviews/kim.html", "Bea"),
        ("reviews/emma/" if directories else "reviews/emma.html", "Ann"),
    ]
    assert [one["books"][0]["title"] for one in found["shelved"]] == ["Dune", "Beloved"]
    assert found["reviews"][1]["books"][0]["authors"][0]["sort"] == "Austen, Jane"
    assert all((tmp_path / "site" / one["page"]).exists() for one in found["reviews"])
    assert not [word for word in SECRETS if word in text]
    assert site.warnings == []
    args = ["export", "-f", str(tmp_path / "mkdocs.yml"), "--format", "json"]
    assert CliRunner().invoke(main, args).stdout == text


def test_a_library_can_be_left_out(tmp_path: Path) -> None:
    site = build_site(tmp_path, PAGES, {"exports": {"library": False}})
    assert "library.json" not in site.files()


def test_the_authors_own_file_wins_and_is_told_of(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**PAGES, "Library.json": "[1]"}, OPTIONS)
    assert site.text("Library.json") == "[1]"
    assert "library.json" not in site.files()
    [told] = [info for info in site.infos if "library" in info]
    assert told.startswith("The site already has a file `Library.json`")


def test_without_an_address_of_the_site(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"a.md": review("A")})
    assert json.loads(site.text("library.json"))["site"] == {"name": "Shelf"}


def test_a_site_without_reviews_has_no_library(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": "# Home\n"})
    assert "library.json" not in site.files()


def test_what_is_said_openly_is_no_leak_of_the_library(tmp_path: Path) -> None:
    reason = "Six words stand in this very reason."
    pages = {
        "a.md": review("A", themes=[{"name": "T", "reason": reason}]),
        "b.md": review("B", body=f"Open. ||{reason}||"),
    }
    assert build_site(tmp_path, pages).warnings == []


FEEDS = {**OPTIONS, "themes": {"feed": True}, "taxonomies": {"authors": {"feed": True}}}
MORE = {
    **PAGES,
    "reviews/kim.md": review("Kim", "Rudyard Kipling", date="2025-01-01", themes=["Marriage"]),
    "reviews/undated.md": review("Undated", themes=["Marriage"]),
    "reviews/hidden.md": review(
        "Hidden", date="2024-01-01", themes=[{"name": "Marriage", "spoiler": True}]
    ),
    "reviews/told.md": review(
        "Told", date="2023-01-01", description="A road.", themes=["Marriage", "Love & War"]
    ),
}


def read_feed(site: Site, path: str) -> Any:
    found = feedparser.parse(site.text(path))
    assert not found.bozo, found.bozo_exception
    return found


@MODES
def test_a_theme_has_a_feed(tmp_path: Path, directories: bool) -> None:
    site = build_site(
        tmp_path, MORE, FEEDS, use_directory_urls=directories, site_author="Shelf", **ADDRESS
    )
    feed = read_feed(site, "themes/marriage/feed.xml")
    assert feed.feed.title == "Marriage – Shelf"
    assert feed.feed.links[0].href == f"{URL}/themes/marriage/feed.xml"
    page = "themes/marriage/" if directories else "themes/marriage.html"
    assert feed.feed.link == f"{URL}/{page}"
    assert [entry.title for entry in feed.entries] == [
        "Kim – Rudyard Kipling",
        "Emma – Jane Austen",
        "Told – Jane Austen",
    ]
    emma = feed.entries[1]
    assert emma.link == f"{URL}/reviews/emma{'/' if directories else '.html'}"
    assert emma.summary == "Open words. [spoiler] and"
    assert [tag.term for tag in emma.tags] == ["Marriage"]
    assert (emma.author, feed.entries[0].author) == ("Ann", "Bea")
    assert feed.entries[2].summary == "A road."
    made = [path for path in site.files() if path.endswith("feed.xml")]
    assert not [path for path in made for word in SECRETS if word in site.text(path)]
    assert {"themes/love-war/feed.xml", "authors/jane-austen/feed.xml"} <= {*made}
    assert not [path for path in made if "genres" in path or "frank" in path]
    assert site.warnings == []


@MODES
def test_its_page_leads_to_it(tmp_path: Path, directories: bool) -> None:
    options = {**FEEDS, "reviews": {"per_page": 1}}
    site = build_site(tmp_path, MORE, options, use_directory_urls=directories, site_url=URL)
    folder = "themes/marriage/" if directories else "themes/"
    first = site.page(f"{folder}index.html" if directories else "themes/marriage.html")
    [link] = first.xpath("//a[@type='application/atom+xml']")
    assert (link.get("rel"), link.text) == ("alternate", "Subscribe (feed)")
    target = tmp_path / "site" / folder / link.get("href")
    assert target.resolve() == tmp_path.resolve() / "site/themes/marriage/feed.xml"
    second = "themes/marriage/page/2/index.html" if directories else "themes/marriage/page/2.html"
    for path in (second, "themes/index.html", "reviews/index.html"):
        assert "atom+xml" not in site.text(path)


def test_a_feed_needs_an_address_and_the_option(tmp_path: Path) -> None:
    site = build_site(tmp_path, MORE, FEEDS)
    assert not [path for path in site.files() if path.endswith("feed.xml")]
    [told] = [info for info in site.infos if "Feeds" in info]
    assert told.startswith("Feeds need the address of the site. Write `site_url:")
    site = build_site(tmp_path, MORE, OPTIONS, site_url=URL)
    assert not [path for path in site.files() if path.endswith("feed.xml")]
    assert not [info for info in site.infos if "Feeds" in info]


def test_a_feed_of_the_authors_own_wins(tmp_path: Path) -> None:
    pages = {**MORE, "themes/marriage/feed.xml": "<own/>"}
    site = build_site(tmp_path, pages, FEEDS, site_url=URL)
    assert site.text("themes/marriage/feed.xml") == "<own/>"


@pytest.mark.parametrize("blog", ["blog", "material/blog"])
def test_posts_of_a_blog_have_no_address_in_exports(tmp_path: Path, blog: str) -> None:
    """Where they stand only the blog knows."""
    pages = {
        "index.md": "# Home",
        "blog/index.md": "# Blog",
        "blog/posts/emma.md": review(date=date(2024, 5, 1), body="# On Emma\n\nWell."),
    }
    site = build_site(tmp_path, pages, plugins=[blog, "bookreview"], site_url=URL)
    (built,) = json.loads(site.text("library.json"))["reviews"]
    assert built["page"] == "blog/2024/05/01/on-emma/"
    args = ["export", "-f", str(tmp_path / "mkdocs.yml"), "--format", "json"]
    (exported,) = json.loads(CliRunner().invoke(main, args).stdout)["reviews"]
    assert exported == {key: value for key, value in built.items() if key != "page"}
