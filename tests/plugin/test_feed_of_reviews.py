"""The feed of all reviews, read by feedparser, and by lxml with the rules of RFC 4287."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree
from PIL import Image
from sites import Site, build_site, review

from tests.plugin.serving import ServedSite

URL = "https://example.org/my%20shelf/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"/>'


def draw_jpeg() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 60), "teal").save(data, "JPEG")
    return data.getvalue()


JPEG = draw_jpeg()
PAGES: dict[str, str | bytes] = {
    "index.md": "# Home\n",
    "guide.md": "# Guide\n",
    "covers/emma 1.svg": SVG,
    "covers/kim.JPG": JPEG,
    "reviews/emma.md": review(
        date="2024-05-01",
        updated="2025-06-02",
        rating=4.5,
        reviewer="Ann & Bea",
        themes=["Marriage", {"name": "Disguise", "spoiler": True}],
        book={"cover": "../covers/emma 1.svg"},
    ),
    "reviews/kim.md": review(
        "Kim",
        "Rudyard Kipling",
        date="2025-01-01",
        rating=5,
        description="A road.",
        book={"cover": "../covers/kim.JPG"},
    ),
    "reviews/dune.md": "---\nbook: {title: Dune, author: Frank Herbert}\ndate: 2024-05-20\n---\n"
    "First ||secret|| words.\n",
    "reviews/undated.md": review("Undated", rating=3),
    "reviews/waiting.md": review("Waiting", shelf="to-read", date="2024-05-02"),
    "reviews/draft.md": review("Draft", draft=True, date="2024-05-03"),
}
OPTIONS = {"reviews": {"feed": True, "per_page": 2}, "themes": {"feed": True}}


def read_feed(site: Site, path: str = "reviews/feed.xml") -> Any:
    found = feedparser.parse(site.text(path))
    assert not found.bozo, found.bozo_exception
    return found


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("feed")
    config = {"site_author": "Ann", "use_directory_urls": request.param}
    return build_site(folder, PAGES, OPTIONS, site_url=URL, **config)


def test_it_has_the_newest_reviews(site: Site) -> None:
    found = read_feed(site)
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.author) == ("Reviews – Shelf", "Ann")
    assert found.feed.id == f"{URL}reviews/feed.xml"
    is_folder = "reviews/emma/index.html" in site.files()
    page = "reviews/" if is_folder else "reviews/index.html"
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {"self": f"{URL}reviews/feed.xml", "alternate": f"{URL}{page}"}
    assert found.feed.updated == "2025-06-02T00:00:00Z"
    assert [entry.title for entry in found.entries] == [
        "Kim – Rudyard Kipling",
        "Dune – Frank Herbert",
        "Emma – Jane Austen",
    ]
    assert found.entries[2].link == f"{URL}reviews/emma{'/' if is_folder else '.html'}"


def test_an_entry_says_what_the_card_says(site: Site) -> None:
    kim, dune, emma = read_feed(site).entries
    assert kim.summary == "5 out of 5. A road."
    assert dune.summary == "First [spoiler] words."
    assert emma.summary == "4.5 out of 5. What Emma says of us."
    assert (emma.published, emma.updated) == ("2024-05-01T00:00:00Z", "2025-06-02T00:00:00Z")
    assert emma.author == "Ann & Bea"
    assert "author" not in kim  # because the feed has its author
    assert [tag.term for tag in emma.tags] == ["Marriage"]
    assert not [word for word in ("Disguise", "secret") if word in site.text("reviews/feed.xml")]


def test_an_entry_has_the_picture_of_its_cover(site: Site) -> None:
    kim, dune, emma = read_feed(site).entries
    [cover] = emma.enclosures
    assert (cover.href, cover.type) == (f"{URL}covers/emma%201.svg", "image/svg+xml")
    assert cover.length == str(len(SVG))
    [cover] = kim.enclosures
    assert (cover.href, cover.type) == (f"{URL}covers/kim.JPG", "image/jpeg")
    assert cover.length == str(len(JPEG))
    assert not dune.enclosures


ATOM = "{http://www.w3.org/2005/Atom}"
# What RFC 4287 asks for: elements of a feed and of an entry, with how many there may be.
FEED = {"id": "1", "title": "1", "updated": "1", "author": "1+", "entry": "1+", "link": "1+"}
ENTRY = {"id": "1", "title": "1", "updated": "1", "published": "1", "summary": "0-1", "link": "1+"}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def check_counts(element: Any, rules: dict[str, str]) -> None:
    for name, count in rules.items():
        found = len(element.findall(f"{ATOM}{name}"))
        low, high = {"1": (1, 1), "1+": (1, 999), "0-1": (0, 1)}[count]
        assert low <= found <= high, (element.tag, name, found)


@pytest.mark.parametrize("path", ["reviews/feed.xml", "themes/marriage/feed.xml"])
def test_it_has_all_that_the_standard_requires(site: Site, path: str) -> None:
    root = etree.fromstring(site.text(path).encode())
    assert root.tag == f"{ATOM}feed"
    check_counts(root, FEED)
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        check_counts(entry, ENTRY)
        # An entry without content must have this link, and only one of each type.
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == len(entries) + 1
    for person in root.iter(f"{ATOM}author"):
        assert [one.tag for one in person] == [f"{ATOM}name"]
        assert person[0].text
    for link in root.iter(f"{ATOM}link"):
        assert link.get("href", "").startswith(URL)
    assert all(one.get("term") for one in root.iter(f"{ATOM}category"))
    dates = [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]
    assert all(DATE.fullmatch(one.text) for one in dates)


def test_the_page_of_reviews_leads_to_it(site: Site) -> None:
    first, second = "reviews/index.html", "reviews/page/2/index.html"
    is_folder = second in site.files()
    [link] = site.page(first).xpath("//a[@type='application/atom+xml']")
    assert link.text == "Subscribe (feed)"
    target = site.folder / "site/reviews" / link.get("href")
    assert target.resolve() == (site.folder / "site/reviews/feed.xml").resolve()
    assert not site.page(second if is_folder else "reviews/page/2.html").xpath(
        "//a[@type='application/atom+xml']"
    )


ONE = {"reviews/emma.md": review(date="2024-05-01", rating=4)}
ON = {"reviews": {"feed": True}}


def find_feeds(site: Site) -> list[str]:
    return [path for path in site.files() if path.endswith("feed.xml")]


def test_it_needs_the_option_an_address_and_a_date(tmp_path: Path) -> None:
    assert not find_feeds(build_site(tmp_path, ONE, site_url=URL))
    site = build_site(tmp_path, ONE, ON)
    assert not find_feeds(site)
    [told] = [info for info in site.infos if "Feeds" in info]
    assert told.startswith("Feeds need the address of the site. Write `site_url:")
    site = build_site(tmp_path, {"reviews/emma.md": review()}, ON, site_url=URL)
    assert not find_feeds(site)
    assert not site.warnings


def test_it_is_where_the_reviews_are(tmp_path: Path) -> None:
    options = {"reviews": {"feed": "yes", "path": "books", "list": False}}
    pages = {**ONE, "books/index.md": "# My books\n\nMine.\n"}
    site = build_site(tmp_path, pages, options, site_url="https://example.org/my shelf")
    assert find_feeds(site) == ["books/feed.xml"]
    found = read_feed(site, "books/feed.xml")
    assert [entry.summary for entry in found.entries] == ["4 out of 5. What Emma says of us."]


@pytest.mark.parametrize("path", ["reviews/feed.xml", "Reviews/Feed.xml"])
def test_the_authors_own_file_wins_and_is_reported(tmp_path: Path, path: str) -> None:
    site = build_site(tmp_path, {**ONE, path: "<own/>"}, ON, site_url=URL)
    assert site.text(path) == "<own/>"
    assert [one for one in site.files() if one.lower() == "reviews/feed.xml"] == [path]
    [told] = [info for info in site.infos if "feed" in info]
    assert told == (
        f"The site already has a file `{path}`, so the plugin does not write the feed of"
        " `Reviews`, and pages link to that file. To have the feed of the plugin, rename the"
        " file."
    )


def test_a_preview_reports_it_only_once(tmp_path: Path) -> None:
    pages = {**ONE, "reviews/feed.xml": "<own/>"}
    site = ServedSite(tmp_path, pages, plugins=[{"bookreview": ON}], site_url=URL)
    told = [
        [text for _, text in site.build().messages if "already has a file" in text]
        for _ in range(2)
    ]
    assert [len(texts) for texts in told] == [1, 0]


def build_with_rss(folder: Path, **rss: object) -> Site:
    dates = {"as_creation": "date", "as_update": "updated"}
    options = {"use_git": False, "date_from_meta": dates, "cache_dir": str(folder / "cache"), **rss}
    plugins = [{"bookreview": ON}, {"rss": options}]
    return build_site(folder, ONE, plugins=plugins, site_url=URL, site_description="A shelf.")


def test_two_feeds_of_reviews_are_reported_once(tmp_path: Path) -> None:
    site = build_with_rss(tmp_path)
    assert [info for info in site.infos if "feed" in info] == [
        "Your reviews are in two feeds: `reviews/feed.xml`, and `feed_rss_created.xml` by"
        " mkdocs-rss-plugin. To have only one feed, remove `feed: true` under `reviews`, or `rss`"
        " under `plugins`."
    ]
    [entry] = read_feed(site, "feed_rss_created.xml").entries
    assert entry.summary == "A review of Emma – Jane Austen"
    assert len(read_feed(site).entries) == 1


@pytest.mark.parametrize("rss", [{"match_path": "blog/.*"}, {"enabled": False}])
def test_another_feed_without_reviews_is_not_reported(
    tmp_path: Path, rss: dict[str, object]
) -> None:
    assert not [info for info in build_with_rss(tmp_path, **rss).infos if "two feeds" in info]


HEAD = """{% extends "base.html" %}
{% block extrahead %}{% if page and page.file.src_uri == "guide.md" %}
<link href="{{ 'reviews/feed.xml' | url }}" rel="alternate" title="Mine">
{% endif %}{% endblock %}
"""
LATER = """
def on_post_page(output, page, config):
    link = '<LINK rel=alternate type="application/atom+xml" href="/my%20shelf/reviews/feed.xml">'
    return output.replace("</head>", link + "</head>") if page.file.src_uri == "a.md" else output
"""


def list_links(site: Site, path: str) -> list[tuple[str, str]]:
    """Return the titles and the full addresses of the feeds that a page names."""
    page = f"{URL}{path.removesuffix('index.html')}"
    links = site.page(path).xpath("//head//link[contains(@rel, 'alternate')]")
    return [(link.get("title", ""), urljoin(page, link.get("href"))) for link in links]


ALL = ("Reviews – Shelf", f"{URL}reviews/feed.xml")
MARRIAGE = ("Marriage – Shelf", f"{URL}themes/marriage/feed.xml")


def test_each_page_names_the_feeds_once(site: Site) -> None:
    pages = [path for path in site.files() if path.endswith(".html") and path != "404.html"]
    assert {"index.html", "themes/index.html", "stats/index.html"} & {*pages}
    for path in pages:
        theme = [MARRIAGE] if "themes/marriage" in path else []
        assert list_links(site, path) == [*theme, ALL], path
    assert sum("themes/marriage" in path for path in pages) == 1


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_a_link_of_others_is_left_alone(tmp_path: Path, theme: str) -> None:
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "main.html").write_text(HEAD, "utf-8")
    (tmp_path / "later.py").write_text(LATER, "utf-8")
    pages = {**ONE, "guide.md": "# Guide\n", "a.md": "# A\n"}
    site = build_site(
        tmp_path,
        pages,
        ON,
        site_url=URL,
        theme={"name": theme, "custom_dir": "overrides"},
        hooks=["later.py"],
    )
    assert list_links(site, "guide/index.html") == [("Mine", ALL[1])]
    assert [address for _, address in list_links(site, "a/index.html")] == [ALL[1]]
    assert list_links(site, "reviews/emma/index.html") == [ALL]
