"""Golden cases: some reviews, and what was read by them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Review, Status
from mkdocs_bookreview.model.statistics import (
    count_readings,
    has_finishes,
    list_recent_years,
    list_spans,
)
from mkdocs_bookreview.model.taxonomy import Mention, group


def on(text):
    """`2024-05-01`, or less exactly, or before our era: `-800`."""
    sign = -1 if text.startswith("-") else 1
    year, *rest = (int(part) for part in text.removeprefix("-").split("-"))
    return PartialDate(sign * year, *rest)


def rated(value):
    return Rating(Decimal(value), 5) if value else None


def finish(text, rating=None, started=None):
    when, start = on(text), on(started) if started else None
    return Reading(Status.READ, start, when, rating=rated(rating))


def stop(text):
    return Reading(Status.STOPPED, ended=on(text))


def book(title, author="Ann", **facts):
    return Book(title, authors=(Contributor(author),), **facts)


def review(books, *readings, source=None, rating=None, date=None, **more):
    """Texts are finished on that day, or titles."""
    books = (books,) if isinstance(books, str | Book) else books
    books = tuple(book(one) if isinstance(one, str) else one for one in books)
    return Review(
        source or f"{books[0].title}.md",
        books,
        on(date) if date else None,
        rating=rated(rating),
        readings=tuple(finish(one) if isinstance(one, str) else one for one in readings),
        **more,
    )


def count(*reviews, **taxonomies):
    return count_readings(Library.of(reviews), taxonomies)


def show(period):
    """New, read again, not finished."""
    return (period.books, period.again, period.unfinished)


def show_years(*reviews):
    return {year: show(period) for year, period in count(*reviews).years.items()}


def test_nothing():
    nothing = count()
    assert (nothing.whole.finishes, nothing.years) == ((), {})
    assert show(nothing.whole) == (0, 0, 0)
    assert nothing.whole.average_rating is nothing.whole.average_days is None
    assert nothing.whole.by_length == ()


@pytest.mark.parametrize(
    ("reviews", "whole", "years"),
    [
        pytest.param([review("A", "2024-05-01")], (1, 0, 0), {2024: (1, 0, 0)}, id="one"),
        pytest.param(
            [review("A", "2020", "2024-02-29", "2024-12-31")],
            (1, 2, 0),
            {2020: (1, 0, 0), 2024: (0, 2, 0)},
            id="rereads",
        ),
        pytest.param(
            [review("A", "2024-02", "2020-01-01")],
            (1, 1, 0),
            {2020: (1, 0, 0), 2024: (0, 1, 0)},
            id="the first in time is new, not the first in the list",
        ),
        pytest.param(
            [review("A", "2024", "2024", "2024-03", "2024-03-01", "2024-03-01")],
            (1, 3, 0),
            {2024: (1, 3, 0)},
            id="twice in a year, but not twice on a day",
        ),
        pytest.param(
            [
                review("A", "2024-01-02", "2024-01-02", source="a.md"),
                review("A", "2024-01-02", "2025", source="b.md"),
                review("A", "2025", source="c.md"),
            ],
            (1, 1, 0),
            {2024: (1, 0, 0), 2025: (0, 1, 0)},
            id="several reviews of a book",
        ),
        pytest.param(
            [review("A", "2024", source="a.md"), review(book("A", "Bo"), "2024", source="b.md")],
            (2, 0, 0),
            {2024: (2, 0, 0)},
            id="two books of one title",
        ),
        pytest.param(
            [
                review(book("A", id="x"), "2020", source="a.md"),
                review(book("Ä", "Bo", id="x"), "2021", source="b.md"),
            ],
            (1, 1, 0),
            {2020: (1, 0, 0), 2021: (0, 1, 0)},
            id="two editions of a book",
        ),
        pytest.param(
            [review(["A", "B", "C"], "2024-05-01"), review("B", "2025", source="b.md")],
            (3, 1, 0),
            {2024: (3, 0, 0), 2025: (0, 1, 0)},
            id="an omnibus",
        ),
        pytest.param(
            [review("A", stop("2023-09-10"), "2024-01-01"), review("B", stop("2023"))],
            (1, 0, 2),
            {2023: (0, 0, 2), 2024: (1, 0, 0)},
            id="stopped, and one of them finished later",
        ),
        pytest.param(
            [review("A", stop("2023"), source="a.md"), review("A", stop("2023"), source="b.md")],
            (0, 0, 1),
            {2023: (0, 0, 1)},
            id="two reviews of a book that was stopped",
        ),
        pytest.param(
            [review("A", Reading(Status.READING, on("2024-01")))], (0, 0, 0), {}, id="reading"
        ),
        pytest.param([review("A", rating=4)], (0, 0, 0), {}, id="nothing is said of a reading"),
        pytest.param(
            [review("A", "2024", shelf=Status.TO_READ), review("B", "2024", shelf=Status.PAUSED)],
            (1, 0, 0),
            {2024: (1, 0, 0)},
            id="to be read once more",
        ),
        pytest.param(
            [review("A", "-800", "800", "-800-03", finish("-441-02-29", started="-442"))],
            (1, 3, 0),
            {-800: (1, 1, 0), -441: (0, 1, 0), 800: (0, 1, 0)},
            id="before our era",
        ),
    ],
)
def test_books(reviews, whole, years):
    assert show(count(*reviews).whole) == whole
    assert show_years(*reviews) == years
    assert list(show_years(*reviews)) == sorted(years)
    assert show_years(*reversed(reviews)) == years


def test_months():
    [year] = count(
        review("A", "2024-02-29", "2024"), review("B", "2024-02"), review("C", "2024-11-30")
    ).years.values()
    assert {month: show(one) for month, one in year.months.items()} == {
        None: (1, 0, 0),
        2: (1, 1, 0),
        11: (1, 0, 0),
    }


def test_pages_and_minutes():
    long, short = book("Long", pages=700), book("Short", pages=90)
    heard = book("Heard", duration=418, pages=250)
    whole = count(
        review(long, "2020", "2021"),
        review([short, heard], "2022", source="both.md"),
        review("Unknown", "2020", "2024"),
        review(book("Left", pages=1000), stop("2024")),
    ).whole
    assert whole.pages == 2 * 700 + 90
    assert whole.minutes == 418
    assert whole.unmeasured == 1
    assert [one.book.title for one in whole.by_length] == ["Short", "Long"]


def test_books_of_one_length_stand_by_their_keys():
    whole = count(*(review(book(name, pages=9), "2024") for name in "CAB")).whole
    assert [one.book.title for one in whole.by_length] == ["A", "B", "C"]


def test_ratings():
    """A reread has its own, else that of the review; what was stopped has none."""
    years = count(
        review("A", "2020", finish("2024", 5), rating=3),
        review("B", "2024"),
        review(["C", "D"], "2024", rating="3.5"),
        review("E", stop("2024"), rating=1),
    ).years
    assert years[2020].ratings == {rated(3): 1}
    assert years[2024].ratings == {rated(5): 1, None: 1, rated("3.5"): 2}
    assert years[2024].average_rating == Fraction(4)
    assert count(review("A", "2024")).whole.average_rating is None


def test_two_reviews_of_a_reading_complete_each_other():
    themes = group([Mention("One", review("A", "2024-01-02", source="a.md"))])
    whole = count(
        review("A", "2024-01-02", source="a.md", date="2024-02-01"),
        review("A", finish("2024-01-02", 4, "2024-01-01"), source="b.md", date="2024-03-01"),
        themes=themes,
    ).whole
    [one] = whole.finishes
    assert (one.review.source, one.rating, one.days, one.themes) == ("b.md", rated(4), 2, ("one",))


@pytest.mark.parametrize(
    ("started", "finished", "days"),
    [
        ("2024-05-01", "2024-05-01", 1),
        ("2024-02-28", "2024-03-01", 3),
        ("2023-02-28", "2023-03-01", 2),
        ("2023-12-31", "2024-01-01", 2),
        ("2024-02", "2024-03-01", None),
        ("2024-02-28", "2024", None),
        ("2024-05-02", "2024-05-01", None),
        ("-44-03-14", "-44-03-15", None),
        ("-1-12-31", "1-01-01", None),
    ],
)
def test_days(started, finished, days):
    assert count(review("A", finish(finished, started=started))).whole.average_days == days


def test_books_of_a_review_share_its_days():
    whole = count(
        review(["A", "B", "C"], finish("2024-01-09", started="2024-01-01")),
        review("D", finish("2024-02-01", started="2024-02-01")),
        review("E", "2024"),
    ).whole
    assert whole.average_days == Fraction(3 + 3 + 3 + 1, 4)


def test_authors_new_and_again():
    two = Book("Two", authors=(Contributor("Bo"), Contributor("ANN"), Contributor("Zoe", "editor")))
    statistics = count(
        review("First", "2020"),
        review("Second", "2021"),
        review(two, "2021"),
        review(book("Third", "Cy"), "2022-01"),
        review(book("Fourth", "Cy"), "2022-02"),
        review(book("Left", "Di"), stop("2020")),
    )
    years = {
        year: (one.new_authors, len(one.count(lambda finish: finish.authors)))
        for year, one in statistics.years.items()
    }
    assert years == {2020: (1, 1), 2021: (1, 2), 2022: (1, 1)}
    assert statistics.whole.new_authors == 3
    assert sorted(statistics.whole.count(lambda one: one.authors).values()) == [1, 2, 3]


def test_authors_are_who_their_taxonomy_says():
    first, second = review(book("A", "U. Le Guin"), "2020"), review(book("B", "Ursula"), "2021")
    people = group(Mention(one.book.authors[0].name, one, id="ursula") for one in (first, second))
    named = [
        review(Book(title, authors=(Contributor(name, id="ursula"),)), year)
        for title, name, year in (("A", "U. Le Guin", "2020"), ("B", "Ursula", "2021"))
    ]
    assert count(*named, authors=people).whole.new_authors == 1
    assert count(*named).whole.new_authors == 1
    assert count(first, second).whole.new_authors == 2


def test_themes_that_are_hidden_are_never_counted():
    one, two = review("A", "2020", "2021"), review("B", "2021")
    themes = group(
        [
            Mention("Memory", one),
            Mention("memory", two),
            Mention("Cloning", one, is_hidden=True),
            Mention("Cloning", two),
        ]
    )
    statistics = count(one, two, themes=themes)
    assert statistics.whole.count(lambda finish: finish.themes) == {"memory": 2, "cloning": 1}
    of_2021 = statistics.years[2021].count(lambda finish: finish.themes)
    assert of_2021 == {"memory": 2, "cloning": 1}
    assert statistics.years[2020].count(lambda finish: finish.themes) == {"memory": 1}


def test_a_book_has_each_format_once():
    whole = count(
        review(book("A", format="paperback"), "2020", "2021", source="a.md"),
        review(book("A", format="ebook"), "2022", source="b.md"),
        review("B", "2022"),
    ).whole
    assert whole.count(lambda one: (one.book.format,)) == {"paperback": 1, "ebook": 1, None: 1}


def test_whether_there_is_anything():
    assert has_finishes(Library.of([review("A"), review("B", "2024")]))
    assert not has_finishes(
        Library.of([review("A", stop("2024")), review("B", Reading(Status.READING, on("2024")))])
    )
    assert not has_finishes(Library.of([review("A", "2024", shelf=Status.TO_READ)]))


UNDATED, LEFT = Reading(Status.READ), Reading(Status.STOPPED)
ABOUT_2006 = Reading(Status.READ, ended=PartialDate(2006, is_approximate=True))
SHELF = (
    review(book("A", "Ann", pages=100), "2020-01-05", UNDATED),
    review(book("B", "Bo", pages=200), UNDATED, UNDATED, UNDATED, rating=4),
    review(book("C", "Cy"), LEFT, LEFT),
    review(book("D", "Di", pages=50), ABOUT_2006, rating=2),
    review(book("E", "Ed"), "2006", ABOUT_2006),
    review(book("F", "Flo"), UNDATED, source="f1.md"),
    review(book("F", "Flo"), UNDATED, source="f2.md", rating=1),
    review([book("G", "Gus"), book("H", "Bo")], UNDATED),
    review(book("I", "Bo"), "2006-05-01"),
    review(book("J", "Jo"), stop("2021")),
    review(book("K", "Kim"), Reading(Status.READING)),
)


def test_readings_on_unknown_dates_as_counted_by_hand():
    """A, B, F, G and H were read on unknown dates, B three times; C was given up twice."""
    statistics = count(*SHELF)
    assert show(statistics.undated) == (5, 2, 2)
    assert {year: show(one) for year, one in statistics.years.items()} == {
        2006: (3, 1, 0),  # D, E and I; E again
        2020: (0, 1, 0),  # A again, because it was read on an unknown date
        2021: (0, 0, 1),
    }
    assert show(statistics.whole) == (8, 4, 3)
    assert statistics.whole.pages == 2 * 100 + 3 * 200 + 50
    assert statistics.undated.pages == 100 + 3 * 200
    assert statistics.undated.ratings == {rated(4): 3, rated(1): 1, None: 3}
    assert statistics.undated.average_days is None
    assert statistics.undated.new_authors == len(["Ann", "Bo", "Flo", "Gus"])
    assert statistics.years[2006].new_authors == len(["Di", "Ed"])
    assert statistics.whole.new_authors == 6
    assert has_finishes(Library.of([SHELF[1]]))
    assert not has_finishes(Library.of([SHELF[2]]))


dates = st.builds(PartialDate, st.integers(1990, 1993), st.none() | st.integers(1, 3))
ends = st.sampled_from([Status.READ, Status.STOPPED])
readings = st.lists(st.builds(Reading, ends, ended=st.none() | dates), max_size=3)


@given(st.lists(st.tuples(st.sampled_from("ABC"), readings), max_size=6))
def test_years_add_up(written):
    reviews = [review(title, *read, source=f"{n}.md") for n, (title, read) in enumerate(written)]
    statistics = count(*reviews)
    years = [statistics.undated, *statistics.years.values()]
    assert show(statistics.whole) == tuple(sum(show(one)[n] for one in years) for n in range(3))
    finished = {
        one.book.key for one in reviews if Status.READ in {read.status for read in one.readings}
    }
    assert statistics.whole.books == len(finished)
    assert sum(one.new_authors for one in years) == statistics.whole.new_authors
    for year in years:
        assert sum(len(one.finishes) for one in year.months.values()) == len(year.finishes)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([], []),
        ([2024], [2024]),
        ([2024, 2021], [2021, 2022, 2023, 2024]),
        ([1990, 2021, 2024], [2021, 2022, 2023, 2024]),
        ([2020, 2024], [2020, 2021, 2022, 2023, 2024]),
        ([2019, 2024], [2024]),
        ([-2, 1], [-2, -1, 1]),
    ],
)
def test_recent_years_have_no_gaps(years, expected):
    assert list_recent_years(years, 5) == expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([], []),
        ([2024], [(2024, 2024)]),
        ([2024, 2020], [(year, year) for year in range(2020, 2025)]),
        ([2019, 2024], [(2019, 2019), (2020, 2023), (2024, 2024)]),
        ([2, -2, 3], [(-2, -2), (-1, -1), (1, 1), (2, 2), (3, 3)]),
        ([-3, 3], [(-3, -3), (-2, 2), (3, 3)]),
    ],
)
def test_long_runs_of_missing_years_are_one_span(years, expected):
    assert list_spans(years) == expected
