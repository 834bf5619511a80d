"""CSL-JSON; what it may hold stands in csl-data.json of citation-style-language/schema."""

import json
from dataclasses import replace
from typing import Any

from catalogues import EMMA, catalogue

from mkdocs_bookreview.exports.csl import render_csl
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Review


def read(*reviews: Review, url: str | None = None) -> list[dict[str, Any]]:
    return json.loads(render_csl(catalogue(*reviews, url=url)))


def test_a_book() -> None:
    assert read(EMMA, url="https://example.org/") == [
        {
            "id": "emma-jane-austen",
            "type": "book",
            "author": [{"family": "Austen", "given": "Jane"}],
            "translator": [{"literal": "Anna Smith"}],
            "title": "Emma: A Novel",
            "title-short": "Emma",
            "issued": {"date-parts": [[1815, 12]]},
            "publisher": "John Murray",
            "ISBN": "9780571224142",
            "number-of-pages": 474,
            "collection-title": "Classics",
            "collection-number": "1-3",
            "language": "en",
            "keyword": "Marriage, Class and money",
            "URL": "https://example.org/emma/",
        }
    ]


def test_what_is_not_known_is_not_there() -> None:
    assert read(Review("a.md", (Book("A"),))) == [{"id": "a", "type": "book", "title": "A"}]


def test_years_before_our_era_and_other_people() -> None:
    people = (Contributor("Ann", role="Narrator"), Contributor("Homer", sort="Homer"))
    book = Book("Odyssey", authors=people, published=PartialDate(-700))
    [found] = read(replace(EMMA, books=(book,)))
    assert found["issued"] == {"date-parts": [[-700]]}
    assert found["contributor"] == [{"literal": "Ann"}]
    assert found["author"] == [{"literal": "Homer"}]


def test_the_first_edition_and_dates_that_are_guesses() -> None:
    about = PartialDate(1806, is_approximate=True)
    book = Book("Emma", published=about, first_published=PartialDate(-700, 3))
    [found] = read(replace(EMMA, books=(book,)))
    assert found["issued"] == {"date-parts": [[1806]], "circa": True}
    assert found["original-date"] == {"date-parts": [[-700, 3]]}


def test_each_book_once() -> None:
    two = Review("two.md", (Book("One"), Book("Two")))
    found = read(EMMA, replace(EMMA, source="again.md"), two)
    assert [one["id"] for one in found] == ["emma-jane-austen", "one", "two"]
