"""The feed of a site by mkdocs-rss-plugin, read by feedparser."""

import json
import socket
from pathlib import Path
from typing import Any

import feedparser
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from sites import Site, build_site, review

from mkdocs_bookreview.plugin.rss import RssMeta

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"/>'
DATES = {"as_creation": "date", "as_update": "updated"}
PAGES = {
    "index.md": "# Home\n",
    "reviews/emma.md": review(
        date="2024-05-01",
        updated="2024-06-02",
        reviewer="Ann",
        themes=["Class", {"name": "Marriage", "spoiler": True}],
        book={"cover": "emma 1.svg"},
    ),
    "reviews/emma 1.svg": SVG,
    "reviews/dune.md": "---\nbook: {title: Dune, author: Frank Herbert}\ndate: 2024-05-20\n---\n"
    "First ||secret|| words.\n",
    "reviews/kim.md": review("Kim", "Rudyard Kipling", date="2023-01-01", description="A road."),
    "reviews/undated.md": review("Undated"),
    "reviews/waiting.md": review("Waiting", shelf="to-read", date="2024-05-02"),
    "themes/class.md": "# Class\n\nMy words.\n",
    "guide.md": "# Guide\n",
}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a build asks no server")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def build(
    folder: Path, pages: dict[str, Any], rss: dict[str, object] | None = None, **config: object
) -> Site:
    options = {"use_git": False, "date_from_meta": DATES, "cache_dir": str(folder / "cache")}
    site = {"site_url": "https://example.org/shelf/", "site_description": "A shelf.", **config}
    return build_site(
        folder, pages, plugins=["bookreview", {"rss": {**options, **(rss or {})}}], **site
    )


def read(site: Site, name: str = "created") -> Any:
    feed = feedparser.parse(site.text(f"feed_rss_{name}.xml"))
    assert not feed.bozo, feed.bozo_exception
    return feed


def titles(site: Site, name: str = "created") -> list[str]:
    return [entry.title.partition(" – ")[0] for entry in read(site, name).entries]


def test_dated_reviews_are_in_it_newest_first(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES, {"match_path": "(reviews|themes)/.*"})
    assert titles(site) == ["Dune", "Emma", "Kim"]
    assert titles(site, "updated") == ["Emma", "Dune", "Kim"]
    assert read(site).entries[1].published == "Wed, 01 May 2024 00:00:00 +0000"
    assert read(site, "updated").entries[0].published == "Sun, 02 Jun 2024 00:00:00 +0000"


def test_other_pages_are_as_the_author_says(tmp_path: Path) -> None:
    pages = {**PAGES, "reviews/undated.md": review("Undated", draft=False)}
    assert set(titles(build(tmp_path, pages))) == {
        "Home",
        "Guide",
        "Undated",
        "Dune",
        "Emma",
        "Kim",
    }


def test_an_item_tells_what_the_card_tells(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES, {"match_path": "reviews/.*", "categories": ["themes"]})
    dune, emma, kim = read(site).entries
    assert kim.summary == "A road."
    assert dune.summary == "A review of Dune – Frank Herbert"
    assert emma.author == "Ann"
    assert [tag.term for tag in emma.tags] == ["Class"]
    (picture,) = emma.enclosures
    assert picture.href == "https://example.org/shelf/reviews/emma%201.svg"
    assert picture.type == "image/svg+xml"
    assert picture.length == str(len(SVG))


def test_a_feed_without_mistakes_stays_as_the_plugin_wrote_it(tmp_path: Path) -> None:
    pages = {"index.md": "# Ça va\n", "reviews/emma.md": PAGES["reviews/kim.md"]}
    site = build(tmp_path, pages, {"match_path": "reviews/.*"})
    written = (tmp_path / "site" / "feed_json_created.json").read_bytes()
    # The plugin writes its feeds on one line, with codes for letters such as `–`.
    assert written == json.dumps(json.loads(written)).encode()
    assert "–" in json.loads(written)["items"][0]["title"]
    before = {name: site.files()[name] for name in site.files() if name.startswith("feed_")}
    meta = RssMeta(load_config(str(tmp_path / "mkdocs.yml")), Files([]))
    for name, text in before.items():
        (tmp_path / "site" / name).write_bytes(text.replace(b"\n", b"\r\n"))
    meta.mend(tmp_path / "site")
    for name, text in before.items():
        assert site.files()[name] == text.replace(b"\n", b"\r\n"), name


@pytest.mark.parametrize("count", [160, 5, -1])
def test_no_item_tells_a_spoiler(tmp_path: Path, count: int) -> None:
    pages = {
        **PAGES,
        "notes/a.md": "# A\n\nBefore ||secret||, after.\n\n<!-- more -->\n\nRest.\n",
        "notes/b.md": "# B\n\n/// spoiler\nsecret\n///\n",
    }
    site = build(tmp_path, pages, {"abstract_chars_count": count})
    for path, content in site.files().items():
        assert b"secret" not in content or path.endswith("index.html"), path
    said = {entry.title: entry.summary for entry in read(site).entries}
    assert "Before" in said["A"]
    assert "[spoiler]" in said["A"]
    assert said["B"]


def test_what_the_author_wrote_stays(tmp_path: Path) -> None:
    pages = {
        "reviews/emma.svg": SVG,
        "reviews/other.svg": SVG,
        "reviews/emma.md": review(
            date="2024-05-01 10:30",
            image="reviews/other.svg",
            book={"cover": "emma.svg"},
            reviewer="Ann",
        ).replace("---\n", "---\nauthor: Bea\n", 1),
        "reviews/dune.md": review("Dune", date="2024-05-02", draft=False, shelf="to-read"),
    }
    site = build(tmp_path, pages, {"match_path": "reviews/[de].*"})
    dune, emma = read(site).entries
    assert dune.title.startswith("Dune")
    assert emma.published == "Wed, 01 May 2024 10:30:00 +0000"
    assert emma.author == "Bea"
    assert emma.enclosures[0].href == "https://example.org/shelf/reviews/other.svg"


def test_names_with_signs_of_xml_are_escaped(tmp_path: Path) -> None:
    name = 'Tom & "Jo" <x>'
    pages = {
        "reviews/a.md": review(name, name, date="2024-05-01", reviewer=name, themes=["Love & War"])
    }
    rss = {"match_path": "reviews/a.*", "categories": ["themes"]}
    site = build(tmp_path, pages, rss, site_name="Books & Tea")
    (entry,) = read(site).entries
    assert entry.title == f"{name} – {name}"
    assert entry.author == "Tom & ”Jo” ‹x›"
    assert entry.tags[0].term == "Love & War"
    assert entry.source.title == "Books & Tea"


@pytest.mark.parametrize("name", ["Mrs. Dalloway", "Dune: Part One", "Pride & Prejudice"])
def test_titles_are_as_readers_see_them(tmp_path: Path, name: str) -> None:
    site = build(tmp_path, {"reviews/a.md": review(name, "A. B. See", date="2024-05-01")})
    assert f"{name} – A. B. See" in [entry.title for entry in read(site).entries]
    items = json.loads(site.text("feed_json_created.json"))["items"]
    assert f"{name} – A. B. See" in [item["title"] for item in items]


def test_a_feed_that_is_off_asks_for_nothing(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES, {"enabled": False, "date_from_meta": {}})
    assert not [told for told in site.infos if "feed" in told]


def test_dates_by_git_are_told(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES, {"date_from_meta": {}})
    (told,) = [info for info in site.infos if "date_from_meta" in info]
    assert told.startswith("The feed of the plugin `rss` takes its dates from Git.")
