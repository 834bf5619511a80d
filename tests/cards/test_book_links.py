"""Links of a book: its own, and those of the site's templates."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.links import BookLinks
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.model.book import Book, Contributor, Link
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.links import LinkSettings
from mkdocs_bookreview.words.language import Words

EMMA = Book(
    "Emma & Co: 100%?",
    authors=(Contributor("Jane Austen"), Contributor("Ann Lee")),
    isbn=Isbn.read("0571224148"),
    ids={"Goodreads": "63/34"},
)


def templates(**urls):
    return {name: LinkSettings(url=url) for name, url in urls.items()}


def find(url, book=EMMA):
    return [link.url for link in BookLinks(templates(Shop=url)).find(book)]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example/", "https://a.example/"),
        ("https://a.example/isbn/{isbn}", "https://a.example/isbn/9780571224142"),
        ("https://a.example/dp/{isbn10}?tag=x", "https://a.example/dp/0571224148?tag=x"),
        ("https://a.example/{ids.goodreads}", "https://a.example/63%2F34"),
        (
            "http://a.example?t={title}&a={author}#x",
            "http://a.example?t=Emma%20%26%20Co%3A%20100%25%3F&a=Jane%20Austen#x",
        ),
        ("https://a.example/%7Bx%7D/{isbn}", "https://a.example/%7Bx%7D/9780571224142"),
    ],
)
def test_a_template_is_filled_in(url, found):
    assert find(url) == [found]


@pytest.mark.parametrize(
    ("url", "book"),
    [
        ("https://a.example/{isbn}", Book("Emma")),
        ("https://a.example/{isbn10}", Book("Emma", isbn=Isbn.read("9791032305690"))),
        ("https://a.example/{title}/{author}", Book("Emma")),
        ("https://a.example/{ids.asin}", EMMA),
        ("https://a.example/{isbn}", Book("Emma", isbn=EMMA.isbn, unlinked=("shop",))),
    ],
)
def test_no_link_without_a_fact_or_if_it_is_turned_off(url, book):
    assert find(url, book) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_title_stays_one_value(title):
    (url,) = find("https://a.example/find?q={title}&x=1", Book(title))
    parts = urlsplit(url)
    assert (parts.netloc, parts.path, parts.fragment) == ("a.example", "/find", "")
    assert parse_qs(parts.query, strict_parsing=True) == {"q": [title], "x": ["1"]}


def test_links_of_the_book_replace_those_of_the_site():
    own = (Link("Wiki", "https://wiki.example/"), Link("open library", "https://o.example/emma"))
    book = Book("Emma", isbn=EMMA.isbn, links=own, unlinked=("SHOP",))
    made = {
        "Shop": LinkSettings(url="https://shop.example/{isbn}"),
        "Open Library": LinkSettings(url="https://o.example/{ids.openlibrary}", affiliate=True),
        "Bookshop": LinkSettings(url="https://b.example/{isbn}", affiliate=True),
    }
    assert BookLinks(made).find(book) == (
        own[1],
        Link("Bookshop", "https://b.example/9780571224142", affiliate=True),
        own[0],
    )


def test_a_book_keeps_two_links_of_one_name():
    links = (Link("Shop", "https://a.example/"), Link("shop", "https://b.example/"))
    book = Book("Emma", links=links)
    assert BookLinks({}).find(book) == links
    assert set(BookLinks(templates(Wiki="https://w.example/")).find(book)) > set(links)


def build(made):
    nowhere = Addresses({}, {}, {})
    return CardBuilder(
        nowhere, Words(), "{}|{}".format, None, Relations(Library.of(()), {}), links=made
    )


def test_the_card_has_the_links_and_says_that_they_pay():
    free = templates(Shop="https://a.example/{isbn}")
    paid = {"Shop": LinkSettings(url="https://a.example/{isbn}", affiliate=True)}
    with_isbn, without = Review("a.md", (EMMA,)), Review("b.md", (Book("Emma"),))
    assert build(paid).card(with_isbn).affiliate == Words()("affiliate")
    assert [link.affiliate for link in build(paid).card(with_isbn).books[0].links] == [True]
    assert build(free).card(with_isbn).affiliate is None
    assert build(paid).card(without).affiliate is None
    # A rebuild compares these to see whether cards that it kept are still right.
    assert build(free).grounds != build(paid).grounds
    assert build(free).grounds == build(dict(free)).grounds
