"""Builds the content that templates show of a taxonomy, in one language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from mkdocs_bookreview.model.book import SeriesPosition
from mkdocs_bookreview.model.collation import NO_LETTER, find_collation
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term, count_books, find_companions
from mkdocs_bookreview.settings.settings import THEMES
from mkdocs_bookreview.words.language import Words

_MOST_COMPANIONS = 5
_MANY = 30  # terms; a list that is not longer needs no letters, because readers see all of it
_FEW = 3  # people; longer lists have letters, because names are sorted by family name


@dataclass(frozen=True, slots=True)
class TermLink:
    """Describes a link to a term's page.

    `address` is relative to the site's root. `count` counts the books of the term and of all terms
    below it.
    """

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Branch:
    """Describes a term in a tree.

    If the term `opens`, a list of the terms below it follows. Otherwise `closes` is the number of
    lists that end after the term.
    """

    term: TermLink
    opens: bool
    closes: int


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Describes the list of all terms.

    `tree` is empty if no term belongs to another, or if terms are not sorted by name. `letters` are
    pairs of a letter and its terms; a list that is not divided has the letter `""`.
    """

    tree: tuple[Branch, ...]
    letters: tuple[tuple[str, tuple[TermLink, ...]], ...]


@dataclass(frozen=True, slots=True)
class TermCard:
    """Describes the content that a term's page shows beside its reviews.

    `rows` are pairs of a name and trails of links; a trail leads from a wide term to a narrower
    one. `count` is the number of books in words. `hidden` is a sentence about reviews that hide the
    term, `gaps` is a sentence about missing parts of a series; each is None if there are none.
    """

    rows: tuple[tuple[str, tuple[tuple[TermLink, ...], ...]], ...]
    count: str
    hidden: str | None
    gaps: str | None


@dataclass(frozen=True, slots=True)
class TermPages:
    """Describes the pages of a taxonomy.

    `name` is its key in the options, `title` what readers see. `addresses` maps slugs of terms to
    addresses relative to the site's root. `sort` is the order of the list of all terms.
    """

    name: str
    title: str
    taxonomy: Taxonomy
    addresses: Mapping[str, str]
    sort: Literal["name", "-name", "count"] = "name"

    def find(self, name: str, ident: str | None = None) -> tuple[str, str] | None:
        """Return the name and the address of a term, or None if there is no such term."""
        term = self.taxonomy.find(name, ident)
        return (term.name, self.addresses[term.slug]) if term else None


class TermBuilder:
    """Builds the list of all terms of a taxonomy, and the card of each term."""

    def __init__(self, pages: TermPages, words: Words) -> None:
        self.taxonomy = taxonomy = pages.taxonomy
        self.addresses = pages.addresses
        self.sort = pages.sort
        self.is_series = pages.name == "series"
        self._is_of_people = pages.name == "authors"
        self._kind = "theme" if pages.name == THEMES else "term"
        self.words = words
        self._companions = find_companions(taxonomy, _MOST_COMPANIONS)
        self._counts = {term.slug: taxonomy.count(term) for term in taxonomy.terms}

    def link(self, term: Term) -> TermLink:
        return TermLink(term.name, self.addresses[term.slug], self._counts[term.slug])

    def index(self) -> TermIndex:
        has_tree = any(map(self.taxonomy.parents, self.taxonomy.terms))
        if self.sort != "name":
            return TermIndex((), (("", tuple(map(self.link, self._sort()))),))
        return TermIndex(tuple(self._tree()) if has_tree else (), self._letters())

    def card(self, term: Term, waiting: Sequence[Review] = ()) -> TermCard:
        """Return the card of a term; `waiting` are books on its page that have no review yet."""
        rows: dict[str, list[tuple[Term, ...]]] = {
            "term_parents": self.taxonomy.trails(term),
            "term_children": [(one,) for one in self.taxonomy.children(term)],
            "term_companions": [(one,) for one in self._companions.get(term.slug, ())],
            # Related terms leave out parents and children, because those have rows of their own.
            "term_related": [
                (one,) for one in self.taxonomy.related(term) if one not in self._beside(term)
            ],
        }
        gaps = _list_gaps(self._list_parts(term, waiting)) if self.is_series else ()
        return TermCard(
            tuple(
                (self.words(key), tuple(tuple(map(self.link, trail)) for trail in trails))
                for key, trails in rows.items()
                if trails
            ),
            self._count(term, waiting),
            self.words("term_hidden", n=term.hidden) if term.hidden else None,
            self.words("series_gaps", gaps=", ".join(gaps)) if gaps else None,
        )

    def _list_parts(self, term: Term, waiting: Iterable[Review]) -> Iterator[SeriesPosition]:
        """Yield the positions that books on the page of a series have in it."""
        for review in (*term.reviews, *waiting):
            for entry in (entry for book in review.books for entry in book.series):
                if entry.position and self.taxonomy.find(entry.name) is term:
                    yield entry.position

    def _beside(self, term: Term) -> tuple[Term, ...]:
        return (*self.taxonomy.parents(term), *self.taxonomy.children(term))

    def _count(self, term: Term, waiting: Iterable[Review]) -> str:
        """Return in words how many books the term has, and how many more wait for a review."""
        text = self._count_reviewed(term)
        if more := count_books(waiting):
            return self.words("books_waiting", n=more, books=text)
        return text

    def _count_reviewed(self, term: Term) -> str:
        """Return in words the number of reviewed books, with and without the terms below."""
        whole = self._counts[term.slug]
        own = count_books(term.reviews) if self.taxonomy.children(term) else whole
        if own == whole:
            return self.words("books_count", n=own)
        if not own:
            return self.words(f"{self._kind}_count_below", n=whole)
        return self.words(f"{self._kind}_count", n=own, whole=whole)

    def _tree(self) -> Iterator[Branch]:
        """Yield all terms with the number of lists that each opens and closes.

        A term with several parents appears below each, but its own children appear only once.
        If C belongs to B, B to A, and D to none: A opens, B opens, C closes 2, D closes 0.
        """
        seen: set[str] = set()
        waiting = [(term, 0) for term in reversed(self.taxonomy.roots)]
        found: list[tuple[Term, int]] = []
        while waiting:
            term, level = waiting.pop()
            found.append((term, level))
            if term.slug not in seen:
                seen.add(term.slug)
                children = self.taxonomy.children(term)
                waiting += [(child, level + 1) for child in reversed(children)]
        levels = [*(level for _, level in found), 0]
        for (term, _), (level, next_) in zip(found, pairwise(levels), strict=True):
            yield Branch(self.link(term), next_ > level, max(0, level - next_))

    def _sort(self) -> list[Term]:
        if self.sort == "count":
            return sorted(self.taxonomy.terms, key=lambda term: -self._counts[term.slug])
        return list(reversed(self.taxonomy.terms))

    def _letters(self) -> tuple[tuple[str, tuple[TermLink, ...]], ...]:
        if len(self.taxonomy.terms) <= (_FEW if self._is_of_people else _MANY):
            links = tuple(map(self.link, self.taxonomy.terms))
            return (("", links),) if links else ()
        collation = find_collation(self.words.language)
        found: dict[str, list[TermLink]] = defaultdict(list)
        for term in self.taxonomy.terms:
            found[collation.letter(term.sort)].append(self.link(term))
        # The terms are sorted already, so this only moves `#` to the end.
        letters = sorted(found, key=NO_LETTER.__eq__)
        return tuple((letter, tuple(found[letter])) for letter in letters)


def _list_gaps(parts: Iterable[SeriesPosition]) -> list[str]:
    """Return the whole numbers that are missing below the highest position.

    For the positions 1, 2.5, 4 and 7-8 they are `2–3` and `5–6`. The position 2.5 does not divide
    `2–3`, because both 2 and 3 are missing.
    """
    gaps: list[tuple[int, int]] = []
    ordered = sorted(parts, key=lambda part: part.order)
    # A part such as 2.5 has no whole number, so its range is empty and ends no gap.
    ranges = [(ceil(part.first), floor(part.last)) for part in ordered]
    highest = max((last for _, last in ranges), default=0)
    reached = 0
    for first, last in [*(one for one in ranges if one[0] <= one[1]), (highest + 1, highest)]:
        if first > reached + 1:
            gaps.append((reached + 1, first - 1))
        reached = max(reached, last)
    return [f"{first}" if first == last else f"{first}–{last}" for first, last in gaps]
