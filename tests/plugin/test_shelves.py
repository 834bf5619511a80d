"""Books on shelves: those with a page and without, and reviews that are posts of a blog."""

from datetime import date

import pytest
from PIL import Image

from tests.plugin.sites import build_site, review, text_of, with_class

PAGES = {
    "index.md": "# Home\n\n/// reviews\n    shelf: reading\n    layout: list\n///\n",
    "reviews/emma.md": review(read="2024-04-12", date="2024-05-01"),
    "reviews/dune.md": review("Dune", "Frank Herbert", read={"started": "2026-11-01"}),
    "reviews/ulysses.md": review("Ulysses", "James Joyce", read={"stopped": "2023-01-01"}),
    "reviews/walden.md": review("Walden", "Henry David Thoreau", shelf="paused"),
    "reviews/middlemarch.md": review("Middlemarch", "George Eliot", shelf="to-read"),
}
BOOKS = """
beloved: {title: Beloved, author: Toni Morrison, shelf: to-read, cover: covers/beloved.png}
a-mercy: {title: A Mercy, author: Toni Morrison, shelf: reading}
home: {title: Home, author: Toni Morrison}
emma: {title: Emma, author: Jane Austen, shelf: to-read}
"""


def build(folder, pages=PAGES, books=BOOKS, **config):
    (folder / "books.yml").write_text(books, "utf-8")
    return build_site(folder, pages, **config)


def titles(page):
    return [text_of(title) for title in with_class(page, "bookreview-item__title")]


def test_each_book_stands_on_its_shelf(tmp_path):
    (tmp_path / "docs" / "covers").mkdir(parents=True)
    Image.new("RGB", (2, 3)).save(tmp_path / "docs" / "covers" / "beloved.png")
    site = build(tmp_path)
    assert site.warnings == []
    shelves = {
        name: titles(site.page(f"shelves/{name}/index.html"))
        for name in ("reading", "paused", "to-read", "stopped")
    }
    assert shelves == {
        "reading": ["Dune", "A Mercy"],
        "paused": ["Walden"],
        # The first has a page. Emma has a review, and waits no longer.
        "to-read": ["Middlemarch", "Beloved"],
        "stopped": ["Ulysses"],
    }
    index = site.page("shelves/index.html")
    (terms,) = with_class(index, "bookreview-terms")
    shown = [text_of(term) for term in terms]
    assert shown == ["Currently reading 2", "Paused 1", "To read 2", "Did not finish 1"]


def test_a_book_without_a_page_is_no_link(tmp_path):
    site = build(tmp_path, books=BOOKS.replace(", cover: covers/beloved.png", ""))
    shelf = site.page("shelves/to-read/index.html")
    middlemarch, beloved = with_class(shelf, "bookreview-item")
    assert middlemarch.xpath(".//a/@href") == ["../../reviews/middlemarch/"]
    assert beloved.xpath(".//a") == []
    assert "Not rated" not in text_of(beloved)
    assert "Toni Morrison" in text_of(beloved)
    (rows,) = with_class(site.page("index.html"), "bookreview-rows")
    assert [text_of(row) for row in rows] == ["Dune Frank Herbert", "A Mercy Toni Morrison"]


def test_what_waits_is_in_no_other_list(tmp_path):
    site = build(tmp_path)
    for path in ("reviews/index.html", "authors/index.html", "themes/index.html"):
        page = text_of(site.page(path).xpath("//article")[0])
        for title in ("Middlemarch", "Beloved", "Toni Morrison", "George Eliot"):
            assert title not in page


def test_there_are_no_shelves_where_nothing_stands_on_one(tmp_path):
    pages = {name: PAGES[name] for name in ("reviews/emma.md",)}
    site = build(tmp_path, {"index.md": "# Home", **pages}, "home: {title: Home}")
    assert not (tmp_path / "site" / "shelves").exists()
    assert site.warnings == []


def test_mistakes_in_books_are_told(tmp_path):
    books = "beloved:\n  title: Beloved\n  shelf: to-raed\nhome:\n  title: Home\n  shelf: reading\n"
    site = build(tmp_path, books=books + "  cover: home.png\n")
    assert site.warnings == [
        "books.yml:3:3: `beloved.shelf` must be `to-read` or `reading`, but is `to-raed`."
        " Write `shelf: to-read`.",
        "books.yml:7:3: `home.cover` names `home.png`, but there is no such file."
        " Write the path of a picture below the docs folder.",
    ]
    assert titles(site.page("shelves/reading/index.html")) == ["Dune", "Home"]


@pytest.mark.parametrize(
    ("entries", "told", "shelf"),
    [
        (  # a review has this key for another book
            "emma-jane-austen: {title: Another Emma, author: Nobody, shelf: to-read}",
            "books.yml:1:1: `emma-jane-austen` is also the key of another book, `Emma`, which",
            ["Middlemarch"],
        ),
        (
            "klara: {title: Klara, shelf: to-read}\nk3: {id: klara, title: Other, shelf: to-read}",
            "books.yml:2:1: `k3` is the same book as `klara`.",
            ["Middlemarch", "Klara"],
        ),
        (
            "k: {title: Klara, shelf: to-read}\nl: {title: klara, shelf: reading}",
            "books.yml:2:1: `l` is the same book as `k`.",
            ["Middlemarch", "Klara"],
        ),
        ('"9780571224142": {title: The same, shelf: to-read}', None, ["Middlemarch"]),
    ],
)
def test_a_book_stands_once_on_shelves(tmp_path, entries, told, shelf):
    isbn = review("Never Let Me Go", "Kazuo Ishiguro", book={"isbn": "0571224148"})
    site = build(tmp_path, {**PAGES, "reviews/never.md": isbn}, entries + "\n")
    assert titles(site.page("shelves/to-read/index.html")) == shelf
    assert [one[: len(told or "")] for one in site.warnings] == ([told] if told else [])


POSTS = {
    "index.md": "# Home",
    "blog/index.md": "# Blog",
    "blog/posts/emma.md": review(
        date=date(2024, 5, 1), themes=["Class"], body="# On Emma\n\nWell."
    ),
    "blog/posts/dune.md": review(
        "Dune",
        "Frank Herbert",
        date={"created": date(2024, 6, 1), "updated": date(2024, 7, 1)},
        body="# On Dune\n\nSand.",
    ),
    "reviews/walden.md": review("Walden", "Henry David Thoreau", date="2024-05-15"),
}


@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_posts_of_a_blog_are_reviews(tmp_path, use_directory_urls):
    plugins = ["search", "blog", "bookreview"]
    site = build_site(tmp_path, POSTS, plugins=plugins, use_directory_urls=use_directory_urls)
    assert site.warnings == []
    end = "/index.html" if use_directory_urls else ".html"
    assert titles(site.page("reviews/index.html")) == ["Dune", "Walden", "Emma"]
    assert titles(site.page(f"themes/class{end}")) == ["Emma"]
    emma = site.page(f"blog/2024/05/01/on-emma{end}")
    assert len(with_class(emma, "bookreview-card")) == 1
    (dune,) = with_class(site.page(f"blog/2024/06/01/on-dune{end}"), "bookreview-card")
    assert "June 1, 2024, updated July 1, 2024" in text_of(dune)
