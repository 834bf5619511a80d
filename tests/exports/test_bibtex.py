"""BibTeX, read by pybtex."""

import re
from dataclasses import replace

import pytest
from catalogues import EMMA, REVIEWS, catalogue
from hypothesis import given
from pybtex.database import Entry, parse_string

from mkdocs_bookreview.exports.bibtex import render_bibtex
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Review


def read(*reviews: Review, url: str | None = None) -> dict[str, Entry]:
    return dict(parse_string(render_bibtex(catalogue(*reviews, url=url)), "bibtex").entries.items())


def entry(**changes: object) -> Entry:
    [found] = read(replace(EMMA, books=(replace(EMMA.book, **changes),))).values()
    return found


def test_a_book() -> None:
    assert (
        render_bibtex(catalogue(EMMA))
        == """\
@book{emma-jane-austen,
  author = {Austen, Jane},
  translator = {Anna Smith},
  title = {Emma},
  subtitle = {A Novel},
  year = {1815},
  month = dec,
  publisher = {John Murray},
  isbn = {9780571224142},
  pagetotal = {474},
  series = {Classics},
  number = {1-3},
  keywords = {Marriage, Class and money},
  url = {https://example.org/shelf/emma/},
}
"""
    )


def test_several_reviews_of_a_book_are_one_entry_and_several_books_are_several() -> None:
    again = replace(EMMA, source="again.md")
    two = Review("two.md", (Book("One"), Book("Two")))
    assert list(read(EMMA, again, two)) == ["emma-jane-austen", "one", "two"]


@pytest.mark.parametrize(
    ("person", "last", "first"),
    [
        (Contributor("Ursula K. Le Guin", sort="Le Guin, Ursula K."), ["Le", "Guin"], ["Ursula"]),
        (Contributor("Kazuo Ishiguro"), ["Ishiguro"], ["Kazuo"]),
        (Contributor("Sons and Daughters"), ["{Sons and Daughters}"], []),
        (Contributor("King, Jr."), ["{King, Jr.}"], []),
        (Contributor("K {and} \\R", sort="A and B, C"), ["{A and B}"], ["C"]),
    ],
)
def test_names(person: Contributor, last: list[str], first: list[str]) -> None:
    [found] = entry(authors=(person,)).persons["author"]
    assert (found.last_names, found.first_names) == (last, first)


@pytest.mark.parametrize(
    ("when", "fields"),
    [
        (PartialDate(2005, 3, 3), {"year": "2005", "month": "March"}),
        (PartialDate(-441), {"date": "-0440"}),
        (PartialDate(-1), {"date": "0000"}),
        (PartialDate(2006, 3, None, True), {"year": "2006", "month": "March", "date": "2006-03~"}),
        (None, {}),
    ],
)
def test_dates(when: PartialDate | None, fields: dict[str, str]) -> None:
    found = entry(published=when).fields
    assert {key: found[key] for key in ("year", "month", "date") if key in found} == fields


def test_the_first_edition_and_the_title_to_sort_by() -> None:
    found = entry(first_published=PartialDate(1813, 1, 28), sort="Emma, A").fields
    assert (found["origdate"], found["sorttitle"]) == ("1813-01-28", "Emma, A")
    assert entry(first_published=PartialDate(-441)).fields["origdate"] == "-0440"


def test_signs_of_tex() -> None:
    found = entry(title="50% of {A_B} & #1: $5 ~ ^\\", id="a{b},c%d", subtitle=None)
    assert found.key == "a-b-c-d"
    assert found.fields["title"] == (
        r"50\% of \textbraceleft{}A\_B\textbraceright{} \& \#1: \$5"
        r" \textasciitilde{} \textasciicircum{}\textbackslash{}"
    )


def test_a_keyword_has_no_comma_and_an_address_no_braces() -> None:
    theme = replace(EMMA.themes[0], name="Faith, hope")
    [found] = read(replace(EMMA, themes=(theme,)), url="https://example.org/{x}_%20/").values()
    assert found.fields["keywords"] == "Faith hope"
    assert found.fields["url"] == "https://example.org/%7Bx%7D_%20/emma/"


@given(REVIEWS)
def test_whatever_is_written_is_read_back(review: Review) -> None:
    written = catalogue(review, url=None)
    found = parse_string(render_bibtex(written), "bibtex").entries.values()
    for one, (book, _) in zip(found, written.entries, strict=True):
        assert undo(one.fields["title"]) == book.title
        assert undo(one.fields.get("publisher", "")) == (book.publisher or "")
        authors = [person for person in book.authors if person.role == "author"]
        assert len(one.persons.get("author", [])) == len(authors)


def undo(tex: str) -> str:
    signs = {
        "textbackslash": "\\",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciitilde": "~",
        "textasciicircum": "^",
    }
    return re.sub(
        r"\\(?:(text\w+)\{\}|([#$%&_]))", lambda match: signs.get(match[1], match[2]), tex
    )
