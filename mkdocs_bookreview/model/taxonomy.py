"""Reviews grouped by what they share: themes, authors, series."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from mkdocs_bookreview.model.names import fold, slug
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import Entry, Hierarchy, Vocabulary

_LEAST_SHARED = 2  # books; two themes of one book alone say little of each other


class Mention(NamedTuple):
    """That a review has a term.

    On the term's page reviews stand under their headings, those of a lower `rank` first. `sort` is
    what the term is sorted by, if not its name; terms of different `id` are different, whatever
    they are called. `paths` are as in `ThemeMention`.
    """

    name: str
    review: Review
    heading: str = ""
    rank: tuple[Decimal | int | str, ...] = ()
    sort: str | None = None
    id: str | None = None
    paths: tuple[tuple[str, ...], ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """`name` is that of its entry, if it is listed, or its commonest spelling.

    `slug` is its own within the taxonomy, `sort` what it is sorted by, folded; `hidden` counts the
    reviews that hide it.
    """

    name: str
    slug: str
    sort: str
    mentions: tuple[Mention, ...] = ()
    hidden: int = 0
    entry: Entry | None = None

    @property
    def reviews(self) -> tuple[Review, ...]:
        return tuple(mention.review for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Terms by name; spellings that fold to the same are one term."""

    terms: tuple[Term, ...]
    vocabulary: Vocabulary
    _by_key: Mapping[str, Term] = field(repr=False)
    _parents: Mapping[str, tuple[Term, ...]] = field(repr=False)
    _children: Mapping[str, tuple[Term, ...]] = field(repr=False)

    def find(self, name: str, ident: str | None = None) -> Term | None:
        return self._by_key.get(_key(self.vocabulary, name, ident))

    def parents(self, term: Term) -> tuple[Term, ...]:
        return self._parents.get(term.slug, ())

    def children(self, term: Term) -> tuple[Term, ...]:
        return self._children.get(term.slug, ())

    @property
    def roots(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not self.parents(term))

    def trails(self, term: Term) -> list[tuple[Term, ...]]:
        """What leads to it from above: one for each parent, by the first parents of that."""
        trails: list[tuple[Term, ...]] = []
        for parent in self.parents(term):
            trail = [parent]
            while above := self.parents(trail[-1]):
                trail.append(above[0])
            trails.append(tuple(reversed(trail)))
        return trails

    def count(self, term: Term) -> int:
        """Books of its own reviews and those of all below it, each once."""
        return count_books(self.list_reviews(term))

    def list_reviews(self, term: Term) -> tuple[Review, ...]:
        """Its own and those of all below it, each once."""
        if term.slug not in self._children:
            return term.reviews
        below = {term.slug: term}
        waiting = [term]
        while waiting:
            fresh = [one for one in self.children(waiting.pop()) if one.slug not in below]
            below |= {one.slug: one for one in fresh}
            waiting += fresh
        found = (review for one in below.values() for review in one.reviews)
        return tuple({review.source: review for review in found}.values())

    def related(self, term: Term) -> tuple[Term, ...]:
        """What its entry names, as far as reviews do."""
        ids = term.entry.related if term.entry else ()
        found = (self.find(one, one) for one in ids)
        return tuple(one for one in found if one)


def count_books(reviews: Iterable[Review]) -> int:
    return len({book.key for review in reviews for book in review.books})


def group(
    mentions: Iterable[Mention],
    vocabulary: Vocabulary | None = None,
    reserved: Collection[str] = (),
    *,
    only_listed: bool = False,
) -> Taxonomy:
    """Reviews keep the order in which they come, each once. No slug is one of `reserved`.

    What no review mentions openly has a term only where something that is mentioned belongs to it.
    """
    return _Grouping(vocabulary or Vocabulary(), only_listed).group(mentions, reserved)


_ENTRY = "\x00"  # begins the keys of terms that have an id; other keys are folded names


def _key(vocabulary: Vocabulary, name: str, ident: str | None = None) -> str:
    entry = None if ident else vocabulary.find(name)
    found = slug(ident) if ident else entry and entry.id
    return f"{_ENTRY}{found}" if found else fold(name)


class _Grouping:
    """All by keys."""

    def __init__(self, vocabulary: Vocabulary, only_listed: bool) -> None:
        self.vocabulary = vocabulary
        self.only_listed = only_listed
        self.spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self.mentions: dict[str, dict[str, Mention]] = defaultdict(dict)
        self.hidden: dict[str, set[str]] = defaultdict(set)
        self.paths: list[tuple[str, tuple[str, ...]]] = []
        self.hierarchy = Hierarchy()

    def group(self, mentions: Iterable[Mention], reserved: Collection[str]) -> Taxonomy:
        """What entries say comes before the paths of reviews, and these in the order of sources."""
        for mention in mentions:
            self.add(mention)
        self.add_parents()
        for _, path in sorted(self.paths):
            self.hierarchy.add(path)
        terms = self.make_terms(reserved)
        ordered = tuple(sorted(terms.values(), key=lambda term: (term.sort, term.name, term.slug)))
        parents = {
            terms[key].slug: tuple(terms[one] for one in self.hierarchy.parents(key))
            for key in terms
        }
        children: dict[str, list[Term]] = defaultdict(list)
        for term in ordered:
            for parent in parents[term.slug]:
                children[parent.slug].append(term)
        below = {slug: tuple(found) for slug, found in children.items()}
        return Taxonomy(ordered, self.vocabulary, terms, parents, below)

    def add(self, mention: Mention) -> None:
        if not self.has_term(mention.name):
            return
        key = _key(self.vocabulary, mention.name, mention.id)
        if mention.is_hidden:
            self.hidden[key].add(mention.review.source)
            return
        self.spellings[key][mention.name] += 1
        known = self.mentions[key].setdefault(mention.review.source, mention)
        if mention.rank < known.rank:
            self.mentions[key][mention.review.source] = mention
        for path in mention.paths:
            above = [self.add_name(name) for name in path if self.has_term(name)]
            self.paths.append((mention.review.source, (*above, key)))

    def has_term(self, name: str) -> bool:
        return not self.only_listed or self.vocabulary.find(name) is not None

    def add_name(self, name: str) -> str:
        key = _key(self.vocabulary, name)
        self.spellings[key].setdefault(name, 0)
        return key

    def add_parents(self) -> None:
        """Those that entries name, and theirs."""
        waiting = list(self.spellings)
        while waiting:
            key = waiting.pop()
            entry = self.entry(key)
            for parent in entry.parents if entry else ():
                above = f"{_ENTRY}{parent}"
                if above not in self.spellings:
                    self.spellings[above][self.vocabulary.entries[parent].name] = 0
                    waiting.append(above)
                self.hierarchy.add((above, key))

    def entry(self, key: str) -> Entry | None:
        return (
            self.vocabulary.entries.get(key.removeprefix(_ENTRY))
            if key.startswith(_ENTRY)
            else None
        )

    def make_terms(self, reserved: Collection[str]) -> dict[str, Term]:
        """Those with ids have their addresses for sure, so others come after them."""
        taken = set(reserved)
        terms: dict[str, Term] = {}
        for key in sorted(self.spellings, key=lambda key: (not key.startswith(_ENTRY), key)):
            entry, spelt = self.entry(key), self.spellings[key]
            name = entry.name if entry else min(spelt, key=lambda one: (-spelt[one], one))
            address = _free(key[1:] if key.startswith(_ENTRY) else slug(name), taken)
            taken.add(address)
            mentions = tuple(self.mentions.get(key, {}).values())
            said = next((one.sort for one in mentions if one.sort), None)
            sort = fold((entry and entry.sort) or said or name)
            hidden = len(self.hidden.get(key, ()))
            terms[key] = Term(name, address, sort, mentions, hidden, entry)
        return terms


def _free(address: str, taken: Collection[str]) -> str:
    candidate, number = address, 1
    while candidate in taken:
        number += 1
        candidate = f"{address}-{number}"
    return candidate


def find_companions(taxonomy: Taxonomy, most: int) -> dict[str, tuple[Term, ...]]:
    """By slug, the terms that a term's reviews have most of all in common with it.

    Jaccard's index: the books of both among those of either, so that a frequent term does not win
    everywhere. https://en.wikipedia.org/wiki/Jaccard_index
    """
    by_book = _group_by_book(taxonomy)
    together = Counter(pair for slugs in by_book for pair in combinations(slugs, 2))
    terms = {term.slug: term for term in taxonomy.terms}
    sizes = Counter(slug for slugs in by_book for slug in slugs)
    ranked: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, other), both in together.items():
        if both >= _LEAST_SHARED:
            index = both / (sizes[one] + sizes[other] - both)
            ranked[one].append((-index, other))
            ranked[other].append((-index, one))
    return {
        slug: tuple(terms[one] for _, one in sorted(found)[:most]) for slug, found in ranked.items()
    }


def _group_by_book(taxonomy: Taxonomy) -> Collection[Iterable[str]]:
    """The slugs of all terms of each book, in one order."""
    by_book: dict[str, dict[str, None]] = defaultdict(dict)
    for term in sorted(taxonomy.terms, key=lambda term: term.slug):
        for review in term.reviews:
            for book in review.books:
                by_book[book.key][term.slug] = None
    return by_book.values()
