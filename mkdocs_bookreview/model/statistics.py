"""Counts the books that were finished and stopped, by year, in total, and on unknown dates."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Review, Status
from mkdocs_bookreview.model.taxonomy import Taxonomy

Value = TypeVar("Value")

_UNKNOWN = (-10_000,)  # sorts before all dates
_MOST_EMPTY = 3  # years without a book that are shown one by one; a longer run is one span


@dataclass(frozen=True, slots=True)
class Finish:
    """A finish means that a `book` was read to its end; `is_again` is True for a reread.

    `key` is the key of the book. `when` is None if the date is unknown. `days` is the length of the
    reading, including its first and last day; None if one of them is unknown. A review of three
    books gives each book a third of the days. `rating` is the rating of the reading, or else of the
    review. `authors` has keys that identify people, whatever their spelling. `themes` has the slugs
    of the themes that the review does not hide.
    """

    key: str
    book: Book
    review: Review
    when: PartialDate | None
    rating: Rating | None = None
    days: Fraction | None = None
    authors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    is_again: bool = False

    @property
    def pages(self) -> int:
        """Return the pages; 0 if unknown, or for an audiobook, which counts in minutes."""
        return 0 if self.book.duration else self.book.pages or 0

    @property
    def minutes(self) -> int:
        return self.book.duration or 0


@dataclass(frozen=True, slots=True)
class Period:
    """A period is a month, a year, all time or an unknown time; `finishes` are sorted by time.

    `unfinished` counts how often a book was stopped. `new_authors` counts authors who were read for
    the first time. Both counts are always 0 in a month.
    """

    finishes: tuple[Finish, ...] = ()
    unfinished: int = 0
    new_authors: int = 0

    @property
    def books(self) -> int:
        """Return how many books were finished for the first time; rereads do not count."""
        return len(self.finishes) - self.again

    @property
    def again(self) -> int:
        return sum(one.is_again for one in self.finishes)

    @property
    def pages(self) -> int:
        return sum(one.pages for one in self.finishes)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.finishes)

    @property
    def unmeasured(self) -> int:
        """Return the number of books whose pages and minutes are both unknown."""
        return len({one.key for one in self.finishes if not (one.pages or one.minutes)})

    @property
    def ratings(self) -> Counter[Rating | None]:
        """Return how many finishes have each rating; None counts finishes without a rating."""
        return Counter(one.rating for one in self.finishes)

    @property
    def average_rating(self) -> Fraction | None:
        values = [one.rating.value for one in self.finishes if one.rating]
        return Fraction(sum(values, Decimal())) / len(values) if values else None

    @property
    def average_days(self) -> Fraction | None:
        """Return the average days of a finish; None if the days of all finishes are unknown."""
        days = [one.days for one in self.finishes if one.days]
        return sum(days, Fraction()) / len(days) if days else None

    @property
    def by_length(self) -> tuple[Finish, ...]:
        """Return one finish for each book that has pages, the shortest first."""
        unique = {one.key: one for one in self.finishes if one.pages}
        return tuple(sorted(unique.values(), key=lambda one: (one.pages, one.key)))

    @property
    def months(self) -> "dict[int | None, Period]":
        """Return the months in which a book was finished; the key None has unknown months."""
        found: dict[int | None, list[Finish]] = defaultdict(list)
        for one in self.finishes:
            found[one.when.month if one.when else None].append(one)
        return {month: Period(tuple(finishes)) for month, finishes in found.items()}

    def count(self, values: Callable[[Finish], Iterable[Value]]) -> Counter[Value]:
        """Return the number of books that have each value; a reread does not count again."""
        pairs = dict.fromkeys((value, one.key) for one in self.finishes for value in values(one))
        return Counter(value for value, _ in pairs)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Holds the figures of all years together (`whole`) and of each year.

    `years` are sorted; a year without a finished or stopped book is missing. `undated` has the
    readings that ended on an unknown date, so `years` and `undated` add up to `whole`.
    """

    whole: Period = Period()
    years: Mapping[int, Period] = field(default_factory=dict)
    undated: Period = Period()


def list_recent_years(years: Collection[int], most: int) -> list[int]:
    """Return the years of a chart that ends with the latest year and has at most `most` years.

    For 1990, 2021 and 2024, and for `most=5`, they are 2021, 2022, 2023 and 2024. The chart begins
    with a year that has a book. It needs years without a book too, because otherwise 2021 and 2024
    would look like neighbours.
    """
    if not years:
        return []
    last = max(years)
    first = min(year for year in years if year > last - most)
    return [year for year in range(first, last + 1) if year]  # because there is no year 0


def list_spans(years: Collection[int]) -> list[tuple[int, int]]:
    """Return the first and the last year of each span from the earliest year to the latest.

    Each year is a span of its own, but a long run of missing years is one span. For 1990, 2023 and
    2025 the spans are (1990, 1990), (1991, 2022), (2023, 2023), (2024, 2024) and (2025, 2025).
    """
    spans: list[tuple[int, int]] = []
    for year in sorted(years):
        after = spans[-1][1] + 1 if spans else year
        missing = [one for one in range(after, year) if one]  # because there is no year 0
        is_long = len(missing) > _MOST_EMPTY
        spans += [(missing[0], missing[-1])] if is_long else [(one, one) for one in missing]
        spans.append((year, year))
    return spans


def has_finishes(library: Library) -> bool:
    return any(one.status is Status.READ for review in library.reviews for one in review.readings)


def count_readings(library: Library, taxonomies: Mapping[str, Taxonomy]) -> Statistics:
    """Return the figures of a library; a reading that two reviews mention counts once."""
    finishes = _mark_again(_find_finishes(library, taxonomies))
    unfinished = _count_stops(library)
    by_year: dict[int | None, list[Finish]] = defaultdict(list)
    for one in finishes:
        by_year[_find_year(one.when)].append(one)
    new = _count_new_authors(finishes)
    periods = {
        year: Period(tuple(by_year[year]), unfinished[year], new[year])
        for year in {*by_year, *unfinished}
    }
    undated = periods.pop(None, Period())
    years = {year: periods[year] for year in sorted(filter(None, periods))}
    return Statistics(Period(finishes, unfinished.total(), new.total()), years, undated)


def _find_year(when: PartialDate | None) -> int | None:
    return when.year if when else None


def _count_stops(library: Library) -> Counter[int | None]:
    """Return how often a book was stopped, by year; the key None counts unknown dates."""
    stops = {
        (book.key, reading.ended and reading.ended.order, number)
        for review in library.reviews
        for number, reading in _number(review, Status.STOPPED)
        for book in review.books
    }
    return Counter(order[0] if order else None for _, order, _ in stops)


def _find_finishes(library: Library, taxonomies: Mapping[str, Taxonomy]) -> list[Finish]:
    """Return all finishes, sorted by time, then by the key of the book.

    Finishes on unknown dates come first, because people forget the dates of old readings rather
    than of new readings. A dated reading of the same book is therefore a reread.
    """
    authors = taxonomies.get("authors")
    themes: dict[str, list[str]] = defaultdict(list)
    for term in taxonomies["themes"].terms if "themes" in taxonomies else ():
        for review in term.reviews:
            themes[review.source].append(term.slug)
    found: dict[tuple[tuple[int, ...], str, int], Finish] = {}
    for review in library.reviews:
        for number, one in _list_finishes(review, tuple(themes.get(review.source, ())), authors):
            key = (one.when.order if one.when else _UNKNOWN, one.key, number)
            found[key] = _join(found[key], one) if key in found else one
    return [found[key] for key in sorted(found)]


def _list_finishes(
    review: Review, themes: tuple[str, ...], authors: Taxonomy | None
) -> Iterator[tuple[int, Finish]]:
    """Yield the finishes of a review, each with the number of its reading, as in `_number`."""
    for number, reading in _number(review, Status.READ):
        days = _count_days(reading)
        share = Fraction(days, len(review.books)) if days else None
        rating = reading.rating or review.rating
        for book in review.books:
            people = tuple(_list_authors(book, authors))
            one = Finish(book.key, book, review, reading.ended, rating, share, people, themes)
            yield number, one


def _number(review: Review, status: Status) -> Iterator[tuple[int, Reading]]:
    """Yield the readings with this status, each with a number that keeps inexact dates apart.

    A review with the readings `2024` and `2024` means two readings, with the numbers 0 and 1. If
    another review of the book has the reading `2024`, it is the first of the two, with the number
    0. The same is true of unknown dates. A full date always has the number 0, so that a day that
    appears twice counts once.
    """
    seen: Counter[tuple[int, ...]] = Counter()
    for reading in review.readings:
        if reading.status is status:
            when = reading.ended
            order = when.order if when else _UNKNOWN
            yield seen[order], reading
            seen[order] += not when or when.day is None


def _count_days(reading: Reading) -> int | None:
    """Return the days from start to end, both included; None if unknown, BCE or reversed."""
    dates = (reading.started, reading.ended)
    ends = [when for when in dates if when and when.day and not when.is_approximate]
    if len(ends) < 2 or ends[0].year < 1:  # noqa: PLR2004 - a beginning and an end
        return None
    start, end = (date(*when.order) for when in ends)
    return (end - start).days + 1 if end >= start else None


def _list_authors(book: Book, authors: Taxonomy | None) -> Iterator[str]:
    for person in book.credited:
        term = authors.find(person.name, person.id) if authors else None
        yield term.slug if term else person.id or fold(person.name)


def _join(one: Finish, other: Finish) -> Finish:
    """Join what two reviews say about the same reading; the newer review, `one`, has precedence."""
    return replace(
        one,
        rating=one.rating or other.rating,
        days=one.days or other.days,
        themes=tuple(dict.fromkeys((*one.themes, *other.themes))),
    )


def _mark_again(finishes: Iterable[Finish]) -> tuple[Finish, ...]:
    seen: set[str] = set()
    marked: list[Finish] = []
    for one in finishes:
        marked.append(replace(one, is_again=True) if one.key in seen else one)
        seen.add(one.key)
    return tuple(marked)


def _count_new_authors(finishes: Iterable[Finish]) -> Counter[int | None]:
    """Return how many authors were read for the first time in each year.

    The key None counts authors who were first read on an unknown date.
    """
    first: dict[str, int | None] = {}
    for one in finishes:
        for author in one.authors:
            first.setdefault(author, _find_year(one.when))
    return Counter(first.values())
