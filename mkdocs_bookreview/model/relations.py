"""Finds reviews that belong beside a review: same book, series or author, or much in common."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from math import log
from typing import NamedTuple

from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term

# Each review is compared with this many others, because comparing all pairs makes the time for one
# review grow with the library.
_CANDIDATES = 50
# Only this many of the newest reviews of a term are compared, because a frequent term has more and
# more reviews as the library grows.
_MANY = 1000
# This is the worth of a shared term in each taxonomy, compared with equally rare terms. The
# numbers are large so that worths can be rounded, because sums of whole numbers are the same in
# every order, and sums of floats are not.
_WORTH = {"themes": 1_000_000, "series": 600_000, "authors": 500_000, "genres": 400_000}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Names the reviews before and after a review in a `series`.

    `earlier` and `later` are None at the ends of the series.
    """

    series: Term
    earlier: Review | None
    later: Review | None


class Alike(NamedTuple):
    """An `Alike` is a similar `review` with the terms that both have, those of most worth first.

    `shared` has only themes, or terms of other taxonomies if there is no theme in common.
    """

    review: Review
    shared: tuple[Term, ...]


class Relations:
    """Finds related reviews by the terms that reviews have openly, never by hidden terms.

    A `Key` is the name of a taxonomy and the slug of a term. A place is the index of a review in
    the library, so the newest review has the place 0.
    """

    def __init__(self, library: Library, taxonomies: Mapping[str, Taxonomy]) -> None:
        self._reviews = library.reviews
        self._places = {review.source: place for place, review in enumerate(library.reviews)}
        self._books = [{book.key for book in review.books} for review in library.reviews]
        self._by_book: dict[str, list[int]] = defaultdict(list)
        for place, books in enumerate(self._books):
            for book in books:
                self._by_book[book].append(place)
        self._terms = {
            (name, term.slug): term
            for name in _WORTH
            if name in taxonomies
            for term in taxonomies[name].terms
            if term.mentions
        }
        self._having: dict[Key, set[int]] = {}
        self._newest: dict[Key, set[int]] = {}
        self._worth: dict[Key, int] = {}
        for key, term in self._terms.items():
            having = {self._places[mention.review.source] for mention in term.mentions}
            self._having[key] = having
            self._newest[key] = having if len(having) <= _MANY else set(sorted(having)[:_MANY])
            self._worth[key] = round(_WORTH[key[0]] * log(1 + len(self._reviews) / len(having)))
        self._rarest: list[list[Key]] = [[] for _ in self._reviews]
        for key in sorted(self._terms, key=lambda key: (-self._worth[key], key)):
            for place in self._having[key]:
                self._rarest[place].append(key)
        self._written = {
            key: [self._places[one.review.source] for one in term.mentions if not one.heading]
            for key, term in self._terms.items()
            if key[0] == "authors"
        }
        self._series = taxonomies.get("series")
        self._placed = self._place_in_series()

    @property
    def grounds(self) -> object:
        """Return all that decides which reviews are related.

        Relations with equal grounds find reviews at the same places. The reviews themselves are
        left out, because a review may change in facts that decide nothing here.
        """
        names = {key: term.name for key, term in self._terms.items()}
        series = self._series and self._series.names
        placed = {slug: [one[:2] for one in found] for slug, found in self._placed.items()}
        return self._places, self._books, self._having, self._written, names, series, placed

    @property
    def reviews(self) -> Sequence[Review]:
        """Return all reviews, the newest first."""
        return self._reviews

    def _place_in_series(self) -> dict[str, list[tuple[Decimal, int, Review]]]:
        """Return the reviews that have a position in a series, by the slug of the series.

        They are sorted by position; of equal positions the newest review comes first.
        """
        placed: dict[str, list[tuple[Decimal, int, Review]]] = defaultdict(list)
        for place, review in enumerate(self._reviews):
            for term, position in self._list_positions(review):
                placed[term.slug].append((position, place, review))
        for found in placed.values():
            found.sort(key=lambda one: one[:2])
        return placed

    def _list_positions(self, review: Review) -> Iterator[tuple[Term, Decimal]]:
        for entry in (entry for book in review.books for entry in book.series):
            term = self._series.find(entry.name) if self._series else None
            if term and entry.position:
                yield term, entry.position.first

    def find(self, name: str) -> list[Review]:
        """Return the review that has this source, or else all reviews of the book with this key."""
        place = self._places.get(name)
        found = self._by_book.get(name, []) if place is None else [place]
        return [self._reviews[one] for one in found]

    def of_books(self, review: Review) -> list[Review]:
        """Return other reviews of the same books, the newest first."""
        found = {place for book in review.books for place in self._by_book.get(book.key, ())}
        return [self._reviews[one] for one in sorted(found - {self._places.get(review.source)})]

    def in_series(self, review: Review) -> list[Neighbours]:
        """Return the neighbours of the review in each series in which it has a position.

        The earlier review comes before its first position, the later one after its last: a review
        of parts 1 and 3 has no neighbour at 2.
        """
        if review.source not in self._places:
            return []
        own: dict[str, list[Decimal]] = defaultdict(list)
        terms: dict[str, Term] = {}
        for term, position in self._list_positions(review):
            own[term.slug].append(position)
            terms[term.slug] = term
        found: list[Neighbours] = []
        for slug, positions in own.items():
            placed = self._placed[slug]
            before = bisect_left(placed, min(positions), key=_get_position) - 1
            if before >= 0:
                # The first review at a position is used, because it is the newest.
                before = bisect_left(placed, placed[before][0], key=_get_position)
            after = bisect_right(placed, max(positions), key=_get_position)
            earlier = placed[before][2] if before >= 0 else None
            later = placed[after][2] if after < len(placed) else None
            found.append(Neighbours(terms[slug], earlier, later))
        return found

    def of_authors(self, review: Review, most: int) -> list[tuple[Term, list[Review]]]:
        """Return each author of the review, with up to `most` reviews of the author's other books.

        The newest reviews come first. Authors without reviews of other books are left out.
        """
        place = self._places.get(review.source)
        if place is None:
            return []
        same = self._books[place]
        found: list[tuple[Term, list[Review]]] = []
        for key in sorted(key for key in self._rarest[place] if key in self._written):
            written = self._written[key]
            others = (self._reviews[one] for one in written if same.isdisjoint(self._books[one]))
            if kept := list(islice(others, most)):
                found.append((self._terms[key], kept))
        return found

    def is_theme(self, term: Term) -> bool:
        """Return whether a term that `alike` found is a theme, not an author or a genre."""
        return self._terms.get(("themes", term.slug)) is term

    def alike(self, review: Review, most: int, without: Collection[str]) -> list[Alike]:
        """Return the `most` reviews that have most in common; `without` has sources to leave out.

        Rare terms count more. If a review has the themes Rare and Common, a review with both comes
        first, then one with Rare alone, then one with Common alone.
        """
        place = self._places.get(review.source)
        if place is None:
            return []
        rarest = self._rarest[place]
        skipped = {place, *(self._places[one] for one in without if one in self._places)}
        scores: dict[int, int] = defaultdict(int)
        candidates = self._find_candidates(rarest, skipped)
        for key in rarest:
            for one in candidates & self._having[key]:
                scores[one] += self._worth[key]
        ranked = sorted(scores, key=lambda one: (-scores[one], one))
        return [self._tell(one, rarest) for one in ranked[:most]]

    def _find_candidates(self, rarest: Iterable[Key], skipped: set[int]) -> set[int]:
        """Return the places of at most `_CANDIDATES` reviews that have much in common.

        The reviews of each term are added, from the rarest term on, while there is room. If the
        rarest term alone has too many reviews, further terms narrow them down: if 72 reviews have
        theme A, 72 have theme B, and only two have both, each of the two is the other's only
        candidate.
        """
        found: set[int] = set()
        for key in rarest:
            having = self._having[key]
            if len(found) > _CANDIDATES:
                # A term that none of the found reviews has is skipped, because an empty set would
                # make the search begin again from a less rare term.
                found = found & having or found
            elif not found:
                found = self._newest[key] - skipped
            elif len(found) + len(having) - len(skipped & having) <= _CANDIDATES:
                found |= having - skipped
        return set(sorted(found)[:_CANDIDATES]) if len(found) > _CANDIDATES else found

    def _tell(self, place: int, rarest: Iterable[Key]) -> Alike:
        common = [key for key in rarest if place in self._having[key]]
        themes = [key for key in common if key[0] == "themes"]
        terms = tuple(self._terms[key] for key in themes or common)
        return Alike(self._reviews[place], terms)


def _get_position(placed: tuple[Decimal, int, Review]) -> Decimal:
    return placed[0]
