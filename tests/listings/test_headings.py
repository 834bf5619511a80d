"""Headings in lists: which there are, their order, and how they go over pages."""

from decimal import Decimal

import pytest

from mkdocs_bookreview.listings.pages import plan_listings
from mkdocs_bookreview.listings.taxonomies import group_library
from mkdocs_bookreview.model.book import Book, Contributor, SeriesEntry, SeriesPosition
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.review import Reading, Review, Status
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def review(title, year=None, *, author=None, genres=(), **more):
    people = (Contributor(author),) if author else ()
    book = Book(title, authors=people, genres=tuple(genres), **more.pop("book", {}))
    date = PartialDate(year, 3, 1) if year else None
    return Review(f"r/{title.lower()}.md", (book,), date=date, **more)


def plan(written, waiting=(), language="en", **options):
    library = Library.of(written, waiting)
    settings = Settings.model_validate({"browse": False, **options})
    words = Words(language)
    return plan_listings(library, group_library(library, {}, settings, words), settings, words)


def shown(listing):
    return [(heading, [one.book.title for one in reviews]) for heading, reviews in listing.groups]


def list_all(written, **reviews):
    return [shown(one) for one in plan(written, reviews=reviews) if one.is_of_all]


READ = Reading(Status.READ, ended=PartialDate(2021, 7))
FOUR = [
    review("D", 2024, author="Zoe Abel", genres=["Novel", "Gothic"]),
    review("C", 2023, author="Ann Bow", genres=["Essay"]),
    review("B", author="Ann Bow", readings=(READ,)),
    review("A", genres=["gothic"]),
    review("E", 2024, author="Ann Bow"),
]


@pytest.mark.parametrize(
    ("options", "groups"),
    [
        (  # a review without a date is where its last reading is
            {},
            [("2024", ["D", "E"]), ("2023", ["C"]), ("2021", ["B"]), ("Date unknown", ["A"])],
        ),
        (
            {"sort": "date"},
            [("2021", ["B"]), ("2023", ["C"]), ("2024", ["D", "E"]), ("Date unknown", ["A"])],
        ),
        ({"sort": "title"}, [("", ["A", "B", "C", "D", "E"])]),
        ({"group": "none"}, [("", ["D", "E", "C", "B", "A"])]),
        (
            {"sort": "title", "group": "year"},
            [("2024", ["D", "E"]), ("2023", ["C"]), ("2021", ["B"]), ("Date unknown", ["A"])],
        ),
        (
            {"group": "genre"},
            [
                ("Essay", ["C"]),
                ("gothic", ["A"]),
                ("Novel", ["D"]),
                ("Not specified", ["E", "B"]),
            ],
        ),
        (
            {"group": "author", "sort": "title"},
            [("Zoe Abel", ["D"]), ("Ann Bow", ["B", "C", "E"]), ("Not specified", ["A"])],
        ),
    ],
)
def test_headings_of_the_list_of_all(options, groups):
    [found] = list_all(FOUR, **options)
    # Which spelling a genre has is decided elsewhere.
    assert [(heading.lower(), titles) for heading, titles in found] == [
        (heading.lower(), titles) for heading, titles in groups
    ]


def test_a_heading_appears_again_on_the_next_page():
    pages = list_all(FOUR, per_page=1)
    assert pages[:3] == [[("2024", ["D"])], [("2024", ["E"])], [("2023", ["C"])]]


def test_one_year_alone_is_no_heading_unless_it_is_asked_for():
    same = [review("A", 2024), review("B", 2024)]
    assert list_all(same) == [[("", ["A", "B"])]]
    assert list_all(same, group="year") == [[("2024", ["A", "B"])]]


def test_no_review_has_a_genre():
    assert list_all([review("A", 2024)], group="genre") == [[("", ["A"])]]


def test_genres_without_pages_are_headings_too():
    [found] = [
        shown(one)
        for one in plan(FOUR, reviews={"group": "genre"}, taxonomies={"genres": False})
        if one.is_of_all
    ]
    assert [titles for _, titles in found] == [["C"], ["A"], ["D"], ["E", "B"]]


def test_years_before_our_era():
    old = Reading(Status.READ, ended=PartialDate(-44))
    [found] = list_all([review("A", 2024), review("B", readings=(old,))])
    assert [heading for heading, _ in found] == ["2024", "44 BCE"]


@pytest.mark.parametrize(("count", "headings"), [(11, [""]), (12, ["2024", "2023"])])
def test_only_a_long_list_of_a_term_has_years(count, headings):
    written = [review(f"B{n:02}", 2023 + n % 2, genres=["Novel"]) for n in range(count)]
    [page] = [one for one in plan(written) if one.source == "genres/novel.md"]
    assert [heading for heading, _ in page.groups] == headings
    off = plan(written, reviews={"group": "none"})
    [page] = [one for one in off if one.source == "genres/novel.md"]
    assert [heading for heading, _ in page.groups] == [""]


def series(*positions):
    return {
        "series": tuple(
            SeriesEntry("Sea", SeriesPosition(Decimal(one), Decimal(one)) if one else None)
            for one in positions
        )
    }


def test_books_on_shelves_are_in_their_series_and_not_counted():
    written = [review("One", 2024, book=series("1")), review("Three", 2023, book=series("3"))]
    waiting = [
        review("Half", book=series("4", "0.5"), shelf=Status.TO_READ),
        review("Odd", book=series(None), shelf=Status.TO_READ),
        review("Other", book={"series": (SeriesEntry("Land"),)}, shelf=Status.TO_READ),
    ]
    [page] = [one for one in plan(written, waiting) if one.term and one.taxonomy == "series"]
    assert shown(page) == [("", ["Half", "One", "Three", "Odd"])]
    assert [one.book.title for one in page.waiting] == ["Half", "Odd"]
    assert [one.book.title for one in page.term.reviews] == ["One", "Three"]
