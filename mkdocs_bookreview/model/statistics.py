"""What was read to its end, and what was not: all together, and year by year."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from mkdocs_bookreview.model.review import Reading, Review
from mkdocs_bookreview.model.taxonomy import Taxonomy

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Finish:
    """A book read to its end; `is_again` where it had been before.

    `key` is the book's. `days` are those that it took, the first and the last among them; the books
    of one review share them. `authors` are keys, whatever their names are; `themes` are the slugs
    of those that the review has openly.
    """

    key: str
    book: Book
    review: Review
    when: PartialDate
    rating: Rating | None = None
    days: Fraction | None = None
    authors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    is_again: bool = False

    @property
    def pages(self) -> int:
        """What was heard counts in minutes alone."""
        return 0 if self.book.duration else self.book.pages or 0

    @property
    def minutes(self) -> int:
        return self.book.duration or 0


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or all of them. `finishes` are in the order of time.

    `unfinished` counts the books that were stopped, `new_authors` those who had not been read
    before.
    """

    finishes: tuple[Finish, ...] = ()
    unfinished: int = 0
    new_authors: int = 0

    @property
    def books(self) -> int:
        """Those that were new; to read one again makes no new book."""
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
        """Books of which neither pages nor minutes are known."""
        return len({one.key for one in self.finishes if not (one.pages or one.minutes)})

    @property
    def ratings(self) -> Counter[Rating | None]:
        """Each time through a book has its own."""
        return Counter(one.rating for one in self.finishes)

    @property
    def average_rating(self) -> Fraction | None:
        values = [one.rating.value for one in self.finishes if one.rating]
        return Fraction(sum(values, Decimal())) / len(values) if values else None

    @property
    def average_days(self) -> Fraction | None:
        """Of the books of which the first and the last day are known."""
        days = [one.days for one in self.finishes if one.days]
        return sum(days, Fraction()) / len(days) if days else None

    @property
    def by_length(self) -> tuple[Finish, ...]:
        """Each book that has pages, the shortest first."""
        unique = {one.key: one for one in self.finishes if one.pages}
        return tuple(sorted(unique.values(), key=lambda one: (one.pages, one.key)))

    @property
    def months(self) -> "dict[int | None, Period]":
        """Those in which anything was finished; None where the month is not known."""
        found: dict[int | None, list[Finish]] = defaultdict(list)
        for one in self.finishes:
            found[one.when.month].append(one)
        return {month: Period(tuple(finishes)) for month, finishes in found.items()}

    def count(self, values: Callable[[Finish], Iterable[Value]]) -> Counter[Value]:
        """The books that have each value, a book that was read again once."""
        pairs = dict.fromkeys((value, one.key) for one in self.finishes for value in values(one))
        return Counter(value for value, _ in pairs)


@dataclass(frozen=True, slots=True)
class Statistics:
    """`years` are in their order; those without a finished or stopped book are left out."""

    whole: Period = Period()
    years: Mapping[int, Period] = field(default_factory=dict)


def has_finishes(library: Library) -> bool:
    return any(one.finished for review in library.reviews for one in review.readings)


def count_readings(library: Library, taxonomies: Mapping[str, Taxonomy]) -> Statistics:
    """Several reviews of a book may tell of the same reading; it counts once."""
    finishes = _mark_again(_find_finishes(library, taxonomies))
    stops = {
        (book.key, reading.stopped)
        for review in library.reviews
        for reading in review.readings
        if reading.stopped
        for book in review.books
    }
    unfinished = Counter(when.year for _, when in stops)
    by_year: dict[int, list[Finish]] = defaultdict(list)
    for one in finishes:
        by_year[one.when.year].append(one)
    new = _count_new_authors(finishes)
    years = {
        year: Period(tuple(by_year[year]), unfinished[year], new[year])
        for year in sorted({*by_year, *unfinished})
    }
    return Statistics(Period(finishes, len(stops), new.total()), years)


def _find_finishes(library: Library, taxonomies: Mapping[str, Taxonomy]) -> list[Finish]:
    """In the order of time."""
    authors = taxonomies.get("authors")
    themes: dict[str, list[str]] = defaultdict(list)
    for term in taxonomies["themes"].terms if "themes" in taxonomies else ():
        for review in term.reviews:
            themes[review.source].append(term.slug)
    found: dict[tuple[str, PartialDate, int], Finish] = {}
    for review in library.reviews:
        for number, one in _list_finishes(review, tuple(themes.get(review.source, ())), authors):
            key = (one.key, one.when, number)
            found[key] = _join(found[key], one) if key in found else one
    ordered = sorted(found, key=lambda key: (key[1].order, key[0], key[2]))
    return [found[key] for key in ordered]


def _list_finishes(
    review: Review, themes: tuple[str, ...], authors: Taxonomy | None
) -> Iterator[tuple[int, Finish]]:
    """A review may say twice that a book was finished in some year; the number tells them apart."""
    seen: Counter[PartialDate] = Counter()
    for reading in review.readings:
        if when := reading.finished:
            days = _count_days(reading)
            share = Fraction(days, len(review.books)) if days else None
            rating = reading.rating or review.rating
            for book in review.books:
                people = tuple(_list_authors(book, authors))
                one = Finish(book.key, book, review, when, rating, share, people, themes)
                yield seen[when], one
            seen[when] += when.day is None


def _count_days(reading: Reading) -> int | None:
    """None where a day is not known, or is one that only historians count."""
    ends = [when for when in (reading.started, reading.finished) if when and when.day]
    if len(ends) < 2 or ends[0].year < 1:  # noqa: PLR2004 - a beginning and an end
        return None
    start, end = (date(*when.order) for when in ends)
    return (end - start).days + 1 if end >= start else None


def _list_authors(book: Book, authors: Taxonomy | None) -> Iterator[str]:
    for person in book.credited:
        term = authors.find(person.name, person.id) if authors else None
        yield term.slug if term else person.id or fold(person.name)


def _join(one: Finish, other: Finish) -> Finish:
    """What two reviews tell of the same reading; the newer has the word where they differ."""
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


def _count_new_authors(finishes: Iterable[Finish]) -> Counter[int]:
    """By the year in which they were read first."""
    first: dict[str, int] = {}
    for one in finishes:
        for author in one.authors:
            first.setdefault(author, one.when.year)
    return Counter(first.values())
