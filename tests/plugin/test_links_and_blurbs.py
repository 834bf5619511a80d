"""A site whose options make links, and whose books have their publishers' descriptions."""

import json

import pytest
from sites import Site, build_site, review, text_of, with_class

WORD = "Zwetschgenknödel"
BLURB = f"A <village> & its matchmaker.\n\nWith {WORD}.\n"
PAGES = {
    "index.md": "# Home\n\n/// reviews\n///\n\n/// book | emma-jane-austen\n///\n",
    "reviews/emma.md": review(
        date="2024-05-01",
        themes=["Class"],
        book={"isbn": "0571224148", "blurb": BLURB, "ids": {"goodreads": "6969"}},
        body="",
    ),
    "reviews/persuasion.md": review(
        "Persuasion",
        book={
            "isbn": "9780141439686",
            "links": {"Bookshop": False, "Wiki": "https://en.wikipedia.org/wiki/Persuasion"},
        },
    ),
    "reviews/dune.md": review("Dune", "Frank Herbert"),
}
OPTIONS = {
    "links": {
        "Bookshop": {"url": "https://b.example/{isbn}?a=1&b={title}", "affiliate": True},
        "Goodreads": "https://www.goodreads.com/book/show/{ids.goodreads}",
        "Wiki": "https://en.wikipedia.org/wiki/{title}",
    },
    "themes": {"feed": True},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    folder = tmp_path_factory.mktemp("links")
    return build_site(folder, PAGES, OPTIONS, site_url="https://example.org/")


def links(site, name):
    page = site.page(f"reviews/{name}/index.html")
    found = with_class(page, "bookreview-card__links")
    anchors = [anchor for one in found for anchor in one.iter("a")]
    return [(text_of(one), one.get("href"), one.get("rel")) for one in anchors]


def test_links(site):
    assert site.warnings == []
    assert links(site, "emma") == [
        ("Bookshop", "https://b.example/9780571224142?a=1&b=Emma", "sponsored noopener"),
        ("Goodreads", "https://www.goodreads.com/book/show/6969", "noopener"),
        ("Wiki", "https://en.wikipedia.org/wiki/Emma", "noopener"),
    ]
    assert links(site, "persuasion") == [
        ("Wiki", "https://en.wikipedia.org/wiki/Persuasion", "noopener")
    ]
    assert links(site, "dune") == [("Wiki", "https://en.wikipedia.org/wiki/Dune", "noopener")]
    paid = with_class(site.page("reviews/emma/index.html"), "bookreview-card__affiliate")
    assert "affiliate links" in text_of(paid[0])
    free = site.page("reviews/persuasion/index.html")
    assert with_class(free, "bookreview-card__affiliate") == []


def test_the_blurb_is_closed_and_on_its_own_page_only(site):
    (blurb,) = with_class(site.page("reviews/emma/index.html"), "bookreview-blurb")
    assert blurb.tag == "details"
    assert blurb.get("open") is None
    assert blurb.getparent().get("class") == "bookreview-edition bookreview-quiet"
    assert {"data-nosnippet", "data-pagefind-ignore", "data-search-exclude"} <= {*blurb.attrib}
    texts = [(one.tag, text_of(one)) for one in blurb]
    assert texts == [
        ("summary", "From the publisher"),
        ("p", "A <village> & its matchmaker."),
        ("p", f"With {WORD}."),
    ]
    having = [path for path, file in site.files().items() if WORD in file.decode(errors="replace")]
    # `library.json` is how books leave the site, so it has all that is known of them.
    assert having == ["library.json", "reviews/emma/index.html"]
    assert site.text("reviews/emma/index.html").count(WORD) == 1


def test_search_still_has_the_review(site):
    index = site.text("search/search_index.json")
    assert "Emma" in index
    assert WORD not in json.dumps(json.loads(index), ensure_ascii=False)


def test_library_has_the_paragraphs_and_no_links(site):
    (book,) = [
        book
        for one in json.loads(site.text("library.json"))["reviews"]
        for book in one["books"]
        if book["title"] == "Emma"
    ]
    assert book["blurb"] == f"A <village> & its matchmaker.\n\nWith {WORD}."
    assert "links" not in book
