"""From a taxonomy to what the templates see of it, in one language."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from mkdocs_bookreview.model.book import SeriesPosition
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term, count_books, find_companions
from mkdocs_bookreview.words.language import Words

_MOST_COMPANIONS = 5
_MANY = 30  # terms; a shorter list is found through without letters
_NONE = "#"  # stands last, for names without a letter
_NO_LETTERS = ("CJK", "HANGUL")  # their first characters are as many as the names


@dataclass(frozen=True, slots=True)
class TermLink:
    """`count` counts the books of the term and of all below it."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A term in a tree: it opens a list of those below it, or `closes` so many lists."""

    term: TermLink
    opens: bool
    closes: int


@dataclass(frozen=True, slots=True)
class TermIndex:
    """`tree` is empty where no term belongs to another; letters may be `""`."""

    tree: tuple[Branch, ...]
    letters: tuple[tuple[str, tuple[TermLink, ...]], ...]


@dataclass(frozen=True, slots=True)
class TermCard:
    """What a term's page says before its reviews; `rows` are names and trails of links."""

    rows: tuple[tuple[str, tuple[tuple[TermLink, ...], ...]], ...]
    count: str
    hidden: str | None
    gaps: str | None


@dataclass(frozen=True, slots=True)
class TermPages:
    """The pages of a taxonomy; `addresses` are by slug, relative to the site's root."""

    name: str
    title: str
    taxonomy: Taxonomy
    addresses: Mapping[str, str]
    sort: Literal["name", "-name", "count"] = "name"

    def find(self, name: str, ident: str | None = None) -> tuple[str, str] | None:
        """Name and address of a term."""
        term = self.taxonomy.find(name, ident)
        return (term.name, self.addresses[term.slug]) if term else None


class TermBuilder:
    def __init__(self, pages: TermPages, words: Words) -> None:
        self.taxonomy = taxonomy = pages.taxonomy
        self.addresses = pages.addresses
        self.sort = pages.sort
        self.is_series = pages.name == "series"
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

    def card(self, term: Term) -> TermCard:
        rows: dict[str, list[tuple[Term, ...]]] = {
            "term_parents": self.taxonomy.trails(term),
            "term_children": [(one,) for one in self.taxonomy.children(term)],
            "term_companions": [(one,) for one in self._companions.get(term.slug, ())],
            "term_related": [
                (one,) for one in self.taxonomy.related(term) if one not in self._beside(term)
            ],
        }
        gaps = _list_gaps(self._list_parts(term)) if self.is_series else ()
        return TermCard(
            tuple(
                (self.words(key), tuple(tuple(map(self.link, trail)) for trail in trails))
                for key, trails in rows.items()
                if trails
            ),
            self._count(term),
            self.words("term_hidden", n=term.hidden) if term.hidden else None,
            self.words("series_gaps", gaps=", ".join(gaps)) if gaps else None,
        )

    def _list_parts(self, term: Term) -> Iterator[SeriesPosition]:
        """The positions that its reviews have in it."""
        for review in term.reviews:
            for entry in (entry for book in review.books for entry in book.series):
                if entry.position and self.taxonomy.find(entry.name) is term:
                    yield entry.position

    def _beside(self, term: Term) -> tuple[Term, ...]:
        return (*self.taxonomy.parents(term), *self.taxonomy.children(term))

    def _count(self, term: Term) -> str:
        whole = self._counts[term.slug]
        own = count_books(term.reviews) if self.taxonomy.children(term) else whole
        if own == whole:
            return self.words("books_count", n=own)
        if not own:
            return self.words("term_count_parts", n=whole)
        return self.words("term_count", n=own, whole=whole)

    def _tree(self) -> Iterator[Branch]:
        """A term with several parents stands below each, and what is below it once."""
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
        if len(self.taxonomy.terms) <= _MANY:
            links = tuple(map(self.link, self.taxonomy.terms))
            return (("", links),) if links else ()
        found: dict[str, list[TermLink]] = defaultdict(list)
        for term in self.taxonomy.terms:
            found[_letter(term.sort)].append(self.link(term))
        letters = sorted(found, key=_NONE.__eq__)
        return tuple((letter, tuple(found[letter])) for letter in letters)


def _list_gaps(parts: Iterable[SeriesPosition]) -> list[str]:
    """Missing whole numbers below the highest: `2`, `4–6`."""
    gaps: list[tuple[int, int]] = []
    reached = 0
    for part in sorted(parts, key=lambda part: part.order):
        first, last = ceil(part.first), floor(part.last)
        if first > reached + 1:
            gaps.append((reached + 1, first - 1))
        reached = max(reached, last)
    return [f"{first}" if first == last else f"{first}–{last}" for first, last in gaps]


def _letter(sort: str) -> str:
    """Return the letter of a term in an alphabetical list; signs and some scripts have none."""
    first = sort[:1]
    if not first.isalpha() or unicodedata.name(first, "").startswith(_NO_LETTERS):
        return _NONE
    return first.upper()[:1]
