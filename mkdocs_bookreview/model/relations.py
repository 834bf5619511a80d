"""What else a reader of a review may want: of its book, series and authors, and what is alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from math import log
from typing import NamedTuple

from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Mention, Taxonomy, Term

_CANDIDATES = 30  # at the least, for each review; all pairs of a large library are too many
# What one thing in common is worth beside others that are as rare; sums of whole numbers are the
# same in every order.
_WORTH = {"themes": 1_000_000, "genres": 400_000}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Of a review in a series."""

    series: Term
    earlier: Review | None
    later: Review | None


class Alike(NamedTuple):
    """A review, and what it has in common: terms of themes, else of genres, the rarest first."""

    review: Review
    shared: tuple[Term, ...]


class Relations:
    """Knows the terms that each review has openly."""

    def __init__(self, library: Library, taxonomies: Mapping[str, Taxonomy]) -> None:
        self._by_book: dict[str, list[Review]] = defaultdict(list)
        for review in library.reviews:
            for book in review.books:
                self._by_book[book.key].append(review)
        # By source, the terms of each taxonomy.
        self._terms: dict[str, dict[str, dict[str, Term]]] = defaultdict(lambda: defaultdict(dict))
        for name, taxonomy in taxonomies.items():
            for term in taxonomy.terms:
                for mention in term.mentions:
                    self._terms[mention.review.source][name][term.slug] = term
        # By taxonomy and slug, what makes reviews alike.
        self._by_key = {
            (name, term.slug): term
            for name in _WORTH.keys() & taxonomies.keys()
            for term in taxonomies[name].terms
            if term.mentions
        }
        self._worth = {
            key: round(_WORTH[key[0]] * log(1 + len(library.reviews) / len(term.mentions)))
            for key, term in self._by_key.items()
        }
        self._sources = {
            key: [mention.review.source for mention in term.mentions]
            for key, term in self._by_key.items()
        }
        self._keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for key, sources in self._sources.items():
            for source in sources:
                self._keys[source].add(key)
        self._reviews = library.reviews
        self._order = {review.source: place for place, review in enumerate(library.reviews)}

    def find(self, name: str) -> list[Review]:
        """The review of this source, or those of the book of this key."""
        place = self._order.get(name)
        return self._by_book.get(name, []) if place is None else [self._reviews[place]]

    def of_books(self, review: Review) -> list[Review]:
        """Other reviews of its books."""
        found = chain.from_iterable(self._by_book.get(book.key, ()) for book in review.books)
        return self._without(found, {review.source})

    def in_series(self, review: Review) -> list[Neighbours]:
        """By the positions of its books; none where it has none."""
        found: list[Neighbours] = []
        for term in self._find(review, "series"):
            placed = sorted((one for one in term.mentions if one.rank[1:]), key=_get_rank)
            sources = [one.review.source for one in placed]
            if review.source in sources:
                at = sources.index(review.source)
                earlier, later = placed[at - 1 : at], placed[at + 1 : at + 2]
                found.append(
                    Neighbours(
                        term,
                        earlier[0].review if earlier else None,
                        later[0].review if later else None,
                    )
                )
        return found

    def of_authors(self, review: Review) -> list[tuple[Term, list[Review]]]:
        """Reviews of other books that its authors wrote, the newest first."""
        same = {review.source, *(one.source for one in self.of_books(review))}
        found: list[tuple[Term, list[Review]]] = []
        for term in self._find(review, "authors"):
            written = [one.review for one in term.mentions if not one.heading]
            if any(one.source == review.source for one in written):
                found.append((term, self._without(written, same)))
        return [(term, others) for term, others in found if others]

    def alike(self, review: Review, most: int, without: Collection[str]) -> list[Alike]:
        """Those with most in common, where rare things count more; `without` are sources."""
        worth = {key: self._worth[key] for key in self._keys.get(review.source, ())}
        rarest = sorted(worth, key=lambda key: (-worth[key], key))
        skipped = {review.source, *without}
        candidates: set[str] = set()
        for key in rarest:
            if len(candidates) >= _CANDIDATES:
                break
            candidates.update(self._sources[key][: _CANDIDATES + len(skipped)])
        mine = worth.keys()
        scored = [
            (-sum(map(worth.__getitem__, mine & self._keys[source])), self._order[source], source)
            for source in candidates - skipped
        ]
        best = (source for _, _, source in nsmallest(most, scored))
        return [self._tell(source, rarest) for source in best]

    def _tell(self, source: str, rarest: list[tuple[str, str]]) -> Alike:
        common = [key for key in rarest if key in self._keys[source]]
        themes = [key for key in common if key[0] == "themes"]
        terms = tuple(self._by_key[key] for key in themes or common)
        return Alike(self._reviews[self._order[source]], terms)

    def _find(self, review: Review, taxonomy: str) -> Iterable[Term]:
        return self._terms.get(review.source, {}).get(taxonomy, {}).values()

    def _without(self, reviews: Iterable[Review], sources: Collection[str]) -> list[Review]:
        found = {one.source: one for one in reviews if one.source not in sources}
        return sorted(found.values(), key=lambda one: self._order[one.source])


def _get_rank(mention: Mention) -> tuple[object, ...]:
    return mention.rank
