"""To which page a conversation of another program belongs."""

from datetime import date
from pathlib import Path

import pytest

from mkdocs_bookreview.cli.archives import ArchiveSite, read_archive_site
from mkdocs_bookreview.comments.archive.notes import describe, suggest
from mkdocs_bookreview.comments.archive.old_addresses import name_conversation
from mkdocs_bookreview.comments.archive.page_names import PageIndex
from mkdocs_bookreview.formats.comments import ThreadFacts
from tests.plugin.sites import review, write_site

LOCK = """\
disqus:
- {id: dsq-thread-9, page: reviews/old-title.md, book: persuasion-jane-austen, review: 1}
isso:
- {id: /books/locked/, page: reviews/old-title.md, book: persuasion-jane-austen, review: 1}
"""
PAGES = {
    "index.md": "---\ncomments: true\n---\n# Welcome\n",
    "about.md": "---\ntitle: About Ann\ncomments: {id: ann}\n---\n",
    "news.md": "# News\n",
    "reviews/emma.md": review(redirect_from=["/2014/05/emma/", "/2013/caf%C3%A9.html"]),
    "reviews/emma-film.md": review("Emma", "Autumn de Wilde"),
    "reviews/dune.md": review("Dune", "Frank Herbert", body="# Sand, sand, sand\n\nText."),
    "reviews/1984.md": review("1984", "George Orwell"),
    "reviews/brontë.md": review("Wuthering Heights", "Emily Brontë"),
    "reviews/persuasion.md": review("Persuasion"),
    "2014/index.md": review("A Year", "Ann"),
}
FILES = {
    "index.md": "books.yml",
    "about.md": "=ann.yml",
    "reviews/persuasion.md": "books%2Flocked.yml",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ArchiveSite:
    folder = tmp_path_factory.mktemp("matching")
    options = {"comments": {"provider": "isso", "url": "https://talk.example"}}
    url = "https://ann.github.io/books/"
    config = write_site(folder, PAGES, options, site_url=url, site_name="Ann’s Shelf")
    (folder / "comments.lock.yml").write_text(LOCK)
    return read_archive_site(config, date(2026, 1, 1), lambda paths: paths)


@pytest.fixture(scope="module")
def index(site: ArchiveSite) -> PageIndex:
    return site.index()


def facts(address: str = "", identifier: str = "", title: str = "", slug: str = "") -> ThreadFacts:
    return ThreadFacts(address, identifier, title, slug)


MATCHES = {
    "the id of another service": (facts(identifier="dsq-thread-9"), "reviews/persuasion.md"),
    "the id of the service": (facts("/books/locked/", "/books/locked/"), "reviews/persuasion.md"),
    "an id without the path of the site": (facts("/locked"), "reviews/persuasion.md"),
    "an id that the author wrote": (facts(identifier="ann"), "about.md"),
    "the key of the book": (facts("/emma-jane-austen/"), "reviews/emma.md"),
    "a former address": (facts("http://old.example/2014/05/emma/"), "reviews/emma.md"),
    "capitals and index.html": (
        facts("https://a.example/2014/05/Emma/index.HTML"),
        "reviews/emma.md",
    ),
    "a query and a fragment": (facts("/2014/05/emma?utm_source=x#c1"), "reviews/emma.md"),
    "a former address with the path of the site": (
        facts("https://ann.github.io/books/2014/05/emma/"),
        "reviews/emma.md",
    ),
    "an encoded address": (facts("https://a.example/2013/cafe%CC%81.html"), "reviews/emma.md"),
    "the address of today": (facts("https://ann.github.io/books/reviews/dune/"), "reviews/dune.md"),
    "the path of today": (facts("/reviews/dune.html"), "reviews/dune.md"),
    "an identifier that is an address": (
        facts(identifier="https://x.example/reviews/dune"),
        "reviews/dune.md",
    ),
    "the start page": (facts("https://ann.github.io/books/"), "index.md"),
    "the start page of another host": (facts("https://old.example/"), "index.md"),
    "a year's page": (facts("https://old.example/2014/"), "2014/index.md"),
    "a slug": (facts("https://old.example/?p=4", slug="dune"), "reviews/dune.md"),
    "a slug of title and author": (facts(slug="dune-by-frank-herbert"), "reviews/dune.md"),
    "a slug in an address": (
        facts("https://old.example/2011/wuthering-heights/"),
        "reviews/brontë.md",
    ),
    "a number as a slug": (facts(slug="1984"), "reviews/1984.md"),
    "a title": (facts(title="WUTHERING HEIGHTS – Emily Bronte"), "reviews/brontë.md"),
    "a heading": (facts(title="Sand, sand, sand"), "reviews/dune.md"),
    "a title with the name of the site": (facts(title="Dune | Ann's Shelf"), "reviews/dune.md"),
    "a title in front matter": (facts(title="About Ann"), "about.md"),
    "a title of two pages, with an author": (facts(title="Emma, Jane Austen"), "reviews/emma.md"),
    "a title of two pages": (facts(title="Emma"), None),
    "a slug of two pages, and a title of one": (
        facts("/x/?p=1", title="Emma (Autumn de Wilde)"),
        "reviews/emma-film.md",
    ),
    "a number in an address": (facts("https://old.example/archive/1984"), None),
    "another page at the start page's path": (facts("https://old.example/?p=528"), None),
    "a page without comments": (facts("/news/", title="News"), None),
    "no page": (facts("https://old.example/2014/05/ulysses/", title="Ulysses"), None),
    "no address": (facts("http://[broken"), None),
    "nothing": (facts(), None),
}


@pytest.mark.parametrize("case", MATCHES)
def test_pages_are_found(case: str, site: ArchiveSite, index: PageIndex) -> None:
    known, source = MATCHES[case]
    found = index.match([known])
    assert (found and site.sources[found.file]) == (source and [source])


def test_archives_have_the_names_where_builds_look(site: ArchiveSite) -> None:
    assert {source: site.files[source] for source in FILES} == FILES


def test_any_address_of_a_conversation_will_do(site: ArchiveSite, index: PageIndex) -> None:
    found = index.match([facts("/?p=1"), facts("/reviews/dune/")])
    assert found
    assert site.sources[found.file] == ["reviews/dune.md"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/emma/", "https://www.a.example/Emma/index.html?utm_source=feed"),
        ("/emma", "https://a.example/emma.html#comments"),
        ("https://a.example/?p=4", "https://a.example/index.php?p=4&fbclid=x"),
    ],
)
def test_spellings_of_an_address_are_one_conversation(one: str, other: str) -> None:
    assert name_conversation(facts(one)) == name_conversation(facts(other))


def test_pages_that_only_differ_in_their_query_are_two_conversations() -> None:
    names = {name_conversation(facts(f"https://a.example/blog.php?id={n}")) for n in (1, 2)}
    assert len(names) == 2


ADVICE = {
    "/2014/05/emma": "redirect_from: [/2014/05/emma/]",
    "https://a.example/2014/Emma.html?x=1": "redirect_from: [/2014/Emma.html]",
    "https://a.example/books/2014/emma/": "redirect_from: [/2014/emma/]",
    "https://a.example/caf%C3%A9/": "redirect_from: [/café/]",
    "https://a.example/a,b/": 'redirect_from: ["/a,b/"]',
    "https://a.example/?p=4": "Move the file",
    "https://a.example/a%20b/": "Move the file",
    "https://a.example/../x/": "Move the file",
    "": "Move the file",
}


@pytest.mark.parametrize("address", ADVICE)
def test_the_fix_of_a_conversation_without_a_page_works(address: str, tmp_path: Path) -> None:
    advice = suggest(facts(address), "/books")
    assert ADVICE[address] in advice
    if "`redirect_from" in advice:
        written = advice.split("`")[1]
        page = f"---\nbook: {{title: Ulysses}}\n{written}\n---\n"
        url = "https://a.example/books/"
        config = write_site(tmp_path, {"ulysses.md": page}, site_url=url)
        fixed = read_archive_site(config, date(2026, 1, 1), lambda paths: paths)
        assert not fixed.written.problems
        assert fixed.index().match([facts(address)])


def test_titles_cannot_break_lines_or_colours() -> None:
    title = "Emma\x1b[31m\x00\u2028\x85Woodhouse"
    assert describe(facts("/emma/", title=title)) == "“Emma [31m Woodhouse” (/emma/)"
