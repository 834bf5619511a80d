"""Holds all reviews of a site and sorts them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mkdocs_bookreview.model.collation import Collation, find_collation
from mkdocs_bookreview.model.people import put_family_first
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.titles import find_sort_title

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Library:
    """Holds the reviews of a site, the newest first, and reviews without any date last.

    `waiting` holds books that have no review yet: first books to read that have a page, then books
    without a page, sorted by title.
    """

    reviews: tuple[Review, ...]
    waiting: tuple[Review, ...]
    _places: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(
        cls,
        reviews: Iterable[Review],
        without_page: Iterable[Review] = (),
        language: str = _ENGLISH,
    ) -> "Library":
        """Return the library; titles are sorted in `language`, the language of the site."""
        pages = sort_reviews(reviews, "-date", language)
        written = tuple(one for one in pages if not one.is_stub)
        stubs = (one for one in pages if one.is_stub)
        waiting = (*stubs, *sort_reviews(without_page, "title", language))
        return cls(written, waiting, {one.source: place for place, one in enumerate(written)})

    def on_shelf(self, status: Status) -> tuple[Review, ...]:
        return tuple(one for one in (*self.reviews, *self.waiting) if one.status is status)

    def earlier(self, review: Review) -> Review | None:
        place = self._places.get(review.source)
        return None if place is None else next(iter(self.reviews[place + 1 : place + 2]), None)

    def later(self, review: Review) -> Review | None:
        place = self._places.get(review.source)
        return self.reviews[place - 1] if place else None


def sort_reviews(
    reviews: Iterable[Review], by: str, language: str = _ENGLISH
) -> tuple[Review, ...]:
    """Sort by `date`, `title`, `author` or `rating`; a `-` before it reverses the order.

    Reviews that lack the value come last in both directions. Ties are sorted by title. Titles and
    names are sorted in the alphabet of `language`, the language of the site.
    """
    return _sort(reviews, _SORTS[by.removeprefix("-")], language, reverse=by.startswith("-"))


def sort_by_aspect(
    reviews: Iterable[Review], name: str, language: str = _ENGLISH
) -> tuple[Review, ...]:
    """Sort by the rating of an aspect, the best first; reviews without that rating come last."""

    def find(review: Review, _: Collation) -> Decimal | None:
        return next((one.rating.value for one in review.aspects if one.name == name), None)

    return _sort(reviews, find, language, reverse=True)


def _sort(
    reviews: Iterable[Review],
    find: Callable[[Review, Collation], Any],
    language: str,
    *,
    reverse: bool,
) -> tuple[Review, ...]:
    collation = find_collation(language)
    named = sorted(reviews, key=lambda review: (_title(review, collation), review.source))
    values = {review.source: find(review, collation) for review in named}
    # Ties keep the order by title, because Python's sort is stable, also in reverse.
    known = [review for review in named if values[review.source] is not None]
    known.sort(key=lambda review: values[review.source], reverse=reverse)
    return (*known, *(review for review in named if values[review.source] is None))


def list_keys(reviews: Iterable[Review]) -> frozenset[str]:
    return frozenset(book.key for review in reviews for book in review.books)


def find_clashing_books(reviews: Iterable[Review]) -> list[tuple[Review, Review]]:
    """Return pairs of reviews whose books differ but have the same key.

    The second of each pair is the first review with the key, in the order of sources.
    """
    first: dict[str, tuple[tuple[str, str], Review]] = {}
    clashes: list[tuple[Review, Review]] = []
    for review in sorted(reviews, key=lambda one: one.source):
        for book in review.books:
            work, earlier = first.setdefault(book.key, (book.work, review))
            if work != book.work:
                clashes.append((review, earlier))
    return clashes


def _date(review: Review, _: Collation) -> tuple[int, int, int] | None:
    return review.listed_on.order if review.listed_on else None


def _title(review: Review, collation: Collation) -> tuple[str, str]:
    return collation.key(find_sort_title(review.book, collation.language))


def _author(review: Review, collation: Collation) -> tuple[str, str] | None:
    people = review.book.credited
    return collation.key(people[0].sort or put_family_first(people[0].name)) if people else None


_SORTS: Mapping[str, Callable[[Review, Collation], Any]] = {
    "date": _date,
    "title": _title,
    "author": _author,
    "rating": lambda review, _: review.rating.value if review.rating else None,
}
