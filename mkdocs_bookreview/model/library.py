"""Holds all reviews of a site and sorts them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.review import Review, Status


@dataclass(frozen=True, slots=True)
class Library:
    """Holds the reviews of a site, the newest first and those without a date last.

    `waiting` holds books that have no review yet: pages of books to read, then books without a
    page, by title.
    """

    reviews: tuple[Review, ...]
    waiting: tuple[Review, ...]
    _places: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(cls, reviews: Iterable[Review], without_page: Iterable[Review] = ()) -> "Library":
        pages = sort_reviews(reviews, "-date")
        written = tuple(one for one in pages if not one.is_stub)
        stubs = (one for one in pages if one.is_stub)
        waiting = (*stubs, *sort_reviews(without_page, "title"))
        return cls(written, waiting, {one.source: place for place, one in enumerate(written)})

    def on_shelf(self, status: Status) -> tuple[Review, ...]:
        return tuple(one for one in (*self.reviews, *self.waiting) if one.status is status)

    def earlier(self, review: Review) -> Review | None:
        place = self._places.get(review.source)
        return None if place is None else next(iter(self.reviews[place + 1 : place + 2]), None)

    def later(self, review: Review) -> Review | None:
        place = self._places.get(review.source)
        return self.reviews[place - 1] if place else None


def sort_reviews(reviews: Iterable[Review], by: str) -> tuple[Review, ...]:
    """Sort by `date`, `title`, `author` or `rating`; a `-` before it reverses the order.

    Reviews that lack the value come last in both directions. Ties are sorted by title.
    """
    value = _SORTS[by.removeprefix("-")]
    named = sorted(reviews, key=lambda review: (fold(review.book.title), review.source))
    # Python's sort is stable, also in reverse, so that ties keep the order by title.
    known = [review for review in named if value(review) is not None]
    known.sort(key=value, reverse=by.startswith("-"))
    return (*known, *(review for review in named if value(review) is None))


def list_keys(reviews: Iterable[Review]) -> frozenset[str]:
    return frozenset(book.key for review in reviews for book in review.books)


def find_clashing_books(reviews: Iterable[Review]) -> list[tuple[Review, Review]]:
    """Return pairs of reviews whose books differ but have the same key.

    The second of each pair is the review, by source, that has the key first.
    """
    first: dict[str, tuple[tuple[str, str], Review]] = {}
    clashes: list[tuple[Review, Review]] = []
    for review in sorted(reviews, key=lambda one: one.source):
        for book in review.books:
            work, earlier = first.setdefault(book.key, (book.work, review))
            if work != book.work:
                clashes.append((review, earlier))
    return clashes


def _author(review: Review) -> str | None:
    people = review.book.credited
    return fold(people[0].sort or people[0].name) if people else None


_SORTS: Mapping[str, Callable[[Review], Any]] = {
    "date": lambda review: review.date.order if review.date else None,
    "title": lambda review: fold(review.book.title),
    "author": _author,
    "rating": lambda review: review.rating.value if review.rating else None,
}
