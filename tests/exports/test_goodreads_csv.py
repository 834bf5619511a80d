"""The CSV of Goodreads, read as spreadsheets and importers read it."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from catalogues import EMMA, REVIEWS, catalogue, part, rating
from hypothesis import given

from mkdocs_bookreview.exports.goodreads import COLUMNS, render_goodreads
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.review import Reading, Review, Status, ThemeMention

DAY = PartialDate(2024, 4, 12)


def read(*reviews: Review, url: str | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(render_goodreads(catalogue(*reviews, url=url)))))


def row(**changes: object) -> dict[str, str]:
    [found] = read(replace(EMMA, **changes))
    return found


def with_book(**changes: object) -> dict[str, str]:
    return row(books=(replace(EMMA.book, **changes),))


def test_a_book_as_goodreads_writes_it() -> None:
    assert row() == {
        "Book Id": "6969",
        "Title": "Emma: A Novel (Classics, #1-3)",
        "Author": "Jane Austen",
        "Author l-f": "Austen, Jane",
        "Additional Authors": "Anna Smith",
        "ISBN": '="0571224148"',
        "ISBN13": '="9780571224142"',
        "My Rating": "5",
        "Publisher": "John Murray",
        "Binding": "Paperback",
        "Number of Pages": "474",
        "Year Published": "1815",
        "Original Publication Year": "",
        "Date Read": "2024/04/12",
        "Date Added": "2024/04/02",
        "Bookshelves": "marriage, class-and-money",
        "Bookshelves with positions": "",
        "Exclusive Shelf": "read",
        "My Review": "Clever, and kind.<br/><br/>A match &amp; its &lt;maker&gt;.",
        "Spoiler": "",
        "Private Notes": "",
        "Read Count": "1",
        "Owned Copies": "0",
    }


def test_an_isbn_is_a_formula_in_the_very_bytes() -> None:
    assert ',"=""0571224148""","=""9780571224142""",' in render_goodreads(catalogue(EMMA))
    new = with_book(isbn=Isbn.read("979-10-90636-07-1"))
    assert (new["ISBN"], new["ISBN13"]) == ('=""', '="9791090636071"')
    none = with_book(isbn=None)
    assert (none["ISBN"], none["ISBN13"]) == ('=""', '=""')


@pytest.mark.parametrize(
    ("value", "best", "stars"),
    [("0.5", 5, "1"), ("3.5", 5, "4"), ("3.25", 5, "3"), ("9", 10, "5"), ("1", 100, "1")],
)
def test_ratings_are_whole(value: str, best: int, stars: str) -> None:
    assert row(rating=rating(value, best))["My Rating"] == stars


def test_what_is_not_rated_is_zero() -> None:
    assert row(rating=None)["My Rating"] == "0"


@pytest.mark.parametrize(
    ("changes", "shelf", "shelves", "count"),
    [
        ({"readings": ()}, "read", "", "1"),
        ({"readings": (Reading(Status.READ, ended=DAY),) * 3}, "read", "", "3"),
        (
            {"readings": (Reading(Status.READING, DAY),)},
            "currently-reading",
            "currently-reading",
            "1",
        ),
        (
            {"readings": (Reading(Status.STOPPED, ended=DAY),)},
            "did-not-finish",
            "did-not-finish",
            "0",
        ),
        ({"readings": (Reading(Status.READ),) * 3}, "read", "", "3"),
        ({"readings": (Reading(Status.STOPPED),)}, "did-not-finish", "did-not-finish", "0"),
        ({"readings": (Reading(Status.READING),)}, "currently-reading", "currently-reading", "1"),
        ({"shelf": Status.TO_READ, "readings": ()}, "to-read", "to-read", "0"),
        ({"shelf": Status.PAUSED}, "currently-reading", "currently-reading, paused", "1"),
    ],
)
def test_shelves(changes: dict[str, object], shelf: str, shelves: str, count: str) -> None:
    found = row(themes=(), **changes)
    assert (found["Exclusive Shelf"], found["Bookshelves"]) == (shelf, shelves)
    assert found["Read Count"] == count


@pytest.mark.parametrize(
    ("readings", "read_", "added"),
    [
        ([Reading(Status.READ, ended=PartialDate(2024, 4))], "", "2024/05/01"),
        ([Reading(Status.READ, ended=PartialDate(2024))], "", "2024/05/01"),
        ([Reading(Status.READ, ended=DAY)], "2024/04/12", "2024/05/01"),
        ([Reading(Status.READ, ended=PartialDate(2024, 6, 1))], "2024/06/01", ""),
        ([Reading(Status.READ)], "", "2024/05/01"),
        ([Reading(Status.READ, ended=PartialDate(2024, 4, 12, True))], "", "2024/05/01"),
        ([Reading(Status.READ, ended=DAY), Reading(Status.READ)], "2024/04/12", None),
        ([Reading(Status.READ, PartialDate(2024, 4), DAY)], "2024/04/12", ""),
        (
            [
                Reading(Status.READ, ended=DAY),
                Reading(Status.STOPPED, ended=PartialDate(2025, 1, 1)),
            ],
            "2024/04/12",
            None,
        ),
    ],
)
def test_days_are_never_guessed(readings: list[Reading], read_: str, added: str | None) -> None:
    found = row(readings=tuple(readings))
    assert found["Date Read"] == read_
    assert added is None or found["Date Added"] == added


def test_titles_with_their_series() -> None:
    assert with_book(subtitle=None, series=())["Title"] == "Emma"
    series = (part("Discworld", "8"), part("City Watch", "0.5"))
    assert with_book(subtitle=None, series=series)["Title"] == (
        "Emma (Discworld, #8; City Watch, #0.5)"
    )


def test_years_before_our_era_are_original() -> None:
    old = with_book(published=PartialDate(-441))
    assert (old["Year Published"], old["Original Publication Year"]) == ("", "-441")


def test_the_first_edition_has_its_own_column() -> None:
    both = with_book(first_published=PartialDate(1813, 1, 28))
    assert (both["Year Published"], both["Original Publication Year"]) == ("1815", "1813")
    first = with_book(published=None, first_published=PartialDate(-441))
    assert (first["Year Published"], first["Original Publication Year"]) == ("", "-441")


def test_a_book_is_there_once_and_each_of_a_review() -> None:
    other = replace(EMMA, source="again.md", rating=rating("1"))
    two = Review("two.md", (Book("One"), Book("Two")))
    found = read(EMMA, other, two)
    assert [one["Title"].split(":")[0] for one in found] == ["Emma", "One", "Two"]
    assert found[0]["My Rating"] == "5"
    assert found[1]["Author"] == found[1]["Additional Authors"] == ""


def test_a_review_leads_to_its_page() -> None:
    [found] = read(replace(EMMA, verdict=None, description=None), url="https://example.org/")
    assert found["My Review"].startswith('<a href="https://example.org/')


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\x01="])
def test_no_cell_is_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    found = row(
        books=(Book(text, authors=(Contributor(text, sort=text),), publisher=text, format=text),),
        verdict=text,
        themes=(ThemeMention(text),),
    )
    named = ("Title", "Author", "Author l-f", "Publisher", "My Review")
    assert all(found[name].startswith(f"'{text}") for name in named)
    assert found["Binding"].startswith("'")


@given(REVIEWS)
def test_whatever_is_written_is_read_back(review: Review) -> None:
    written = catalogue(review)
    text = render_goodreads(written)
    rows = list(csv.reader(StringIO(text), strict=True))
    assert rows[0] == list(COLUMNS)
    assert all(len(one) == len(COLUMNS) for one in rows)
    for one, (book, _) in zip(rows[1:], written.entries, strict=True):
        assert one[1].startswith((book.title, f"'{book.title}"))
        assert one[7] in {"0", "1", "2", "3", "4", "5"}
        cells = [cell for place, cell in enumerate(one) if place not in {5, 6, 12}]
        assert not [cell for cell in cells if re.match(r"[=+\-@]", cell)]
