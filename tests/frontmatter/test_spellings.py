"""Tests that one book, file or review is found by all spellings of its name."""

import unicodedata

import pytest

from mkdocs_bookreview.comments.pages import find_book
from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.frontmatter.spellings import Speller
from mkdocs_bookreview.listings.blocks import convert_blocks
from mkdocs_bookreview.listings.queries import Queries
from mkdocs_bookreview.listings.taxonomies import group_library
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.vocabulary import Vocabulary, VocabularyEntry
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

FORMS = ("NFC", "NFD")


def read(pages, *files, books=None, authors=None):
    texts = {name: f"---\n{text}\n---\nText.\n" for name, text in pages.items()}
    options = {"taxonomies": {"authors": {"vocabulary": "authors.yml"}}} if authors else {}
    settings, listed = Settings.model_validate(options), {"authors": authors} if authors else {}
    return read_site(texts.items(), {}, books, listed, {*texts, *files}, settings)


def book(site, source):
    return site.pages[source].review.book


@pytest.mark.parametrize("on_disk", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_covers_and_related_reviews_are_found_in_both_forms(on_disk, written):
    cover, page = (unicodedata.normalize(on_disk, name) for name in ("été.png", "Père.md"))
    front = "book: {title: A, cover: été.png}\nrelated: [{review: Père.md}]"
    shelved = "b: {title: B, cover: été.png, shelf: to-read}"
    site = read(
        {"a.md": unicodedata.normalize(written, front), page: "book: {title: P}"},
        cover,
        books=unicodedata.normalize(written, shelved),
    )
    assert site.problems == ()
    assert book(site, "a.md").cover == site.shelved[0].book.cover == cover
    assert site.pages["a.md"].review.related[0].review == page


def test_an_unknown_cover_is_still_reported():
    (problem,) = read({"a.md": "book: {title: A, cover: été.png}"}, "hiver.png").problems
    assert "`été.png`" in problem.what


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("title: Hobbit, author: J. R. R. Tolkien", "title: Hobbit, author: JRR Tolkien"),
        ("title: “The” A, author: Bo Li", "title: '\"The\" A', author: Bo Li"),
        ("title: O'A, author: Bo Li", "title: OʼA, author: Bo Li"),
        ("title: Mrs. Dalloway, author: Bo Li", "title: Mrs Dalloway, author: Bo Li"),
    ],
)
def test_two_spellings_of_a_book_have_one_key_and_two_conversations(one, other):
    alone = [read({"a.md": f"book: {{{text}}}"}) for text in (one, other)]
    site = read({"a.md": f"book: {{{one}}}", "b.md": f"book: {{{other}}}"})
    assert site.problems == ()
    assert book(site, "b.md").key == book(site, "a.md").key == book(alone[0], "a.md").key
    assert [find_book(page) for page in site.pages.values()] == [
        find_book(single.pages["a.md"]) for single in alone
    ]


def test_people_are_sorted_as_the_list_of_authors_says():
    authors = """
gabo: {name: Gabriel García Márquez, sort: "García Márquez, Gabriel"}
ann-2: {name: Ann Ames, sort: Zz}
"""
    pages = {
        "a.md": "book: {title: A, author: Gabriel Garcia Marquez}",
        "b.md": "book: {title: B, author: Ann Lee}",
        "c.md": "book: {title: C, author: {name: Bo Hu, id: ann-2}}",
        "d.md": "book: {title: D, author: {name: Ann Ames, sort: Aa}}",
    }
    site = read(pages, authors=authors)
    reviews = [page.review for page in site.pages.values()]
    assert [one.source for one in sort_reviews(reviews, "author")] == [
        *("d.md", "a.md", "b.md", "c.md")
    ]


def test_ids_keep_books_apart():
    pages = {
        "a.md": "book: {title: A, author: J. K. B}",
        "b.md": "book: {title: A, author: JK B, id: x}",
    }
    site = read(pages)
    assert [book(site, source).key for source in pages] == ["a-j-k-b", "x"]


def test_a_related_key_is_found_in_other_spellings():
    related = "book: {title: C}\nrelated: [{review: Dune}, {review: été-bo}, {review: 'x y'}]"
    books = {"a.md": "book: {title: A, id: dune}", "b.md": "book: {title: B, id: Dune}"}
    site = read({**books, "c.md": related, "d.md": "book: {title: Été, author: Bo}"})
    found = [one.review for one in site.pages["c.md"].review.related]
    assert found == ["Dune", "ete-bo", "x y"]
    assert [problem.what for problem in site.problems] == [
        "`related[3].review` names `x y`, but there is no such review."
    ]


@pytest.mark.parametrize(
    "name", ["Les Misérables.md", "les-misérables-victor-hugo", "Les Miserables Victor Hugo"]
)
@pytest.mark.parametrize("form", FORMS)
def test_a_block_finds_a_book(name, form):
    source = unicodedata.normalize("NFD", "Les Misérables.md")
    site = read({source: "book: {title: Les Misérables, author: Victor Hugo}"})
    library, settings = Library.of(page.review for page in site.pages.values()), Settings()
    queries = Queries(library, group_library(library, {}, settings, Words()), settings, Words())
    text = f"/// book | {unicodedata.normalize(form, name)}\n///\n"
    assert list(queries.check(convert_blocks(text), "index.md")) == []


def test_a_list_of_authors_says_by_what_they_are_sorted():
    entries = [
        VocabularyEntry("ann", "Ann Bee", sort="Bee, Ann"),
        VocabularyEntry("poet", "Al Cee", sort="Cee, Al"),
    ]
    people = (
        Contributor("ann bee"),
        Contributor("Ann Bee", sort="Own"),
        Contributor("Al Cee", id="Poet"),
        Contributor("Al Cee", id="painter"),
        Contributor("Di"),
    )
    speller = Speller((), (), Vocabulary.of(entries))
    settled = speller.settle_book(Book("A", authors=people))
    assert [one.sort for one in settled.authors] == ["Bee, Ann", "Own", "Cee, Al", None, None]
