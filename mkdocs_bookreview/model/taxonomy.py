"""Groups reviews by what they share: themes, authors, series."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from mkdocs_bookreview.model.collation import Collation, find_collation
from mkdocs_bookreview.model.names import number_slug, slug
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import ENTRY, Hierarchy, Vocabulary, VocabularyEntry

_ENGLISH = "en"
_LEAST_SHARED = 2  # books, because two themes that share one book alone say little about each other


class Mention(NamedTuple):
    """A mention says that a `review` has the term called `name`, openly or hidden (`is_hidden`).

    The page of the term lists the review under `heading`, empty for no heading; a lower `rank`
    comes first. `sort` is the text to sort the term by, None for its name. Terms with different
    `id` are different even if they share a name; None if the name identifies the term. `paths` are
    as in `ThemeMention`.
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
    """A term is something that reviews share, such as a theme.

    `mentions` has a mention for each review that has the term openly, and `hidden` counts the
    reviews that hide it. `entry` is its entry in the vocabulary, None if not listed. `name` is the
    name of the entry, or else the commonest spelling. `slug` is unique within the taxonomy. `sort`
    is the text it is sorted by, `Ishiguro, Kazuo` for example.
    """

    name: str
    slug: str
    sort: str
    mentions: tuple[Mention, ...] = ()
    hidden: int = 0
    entry: VocabularyEntry | None = None

    @property
    def reviews(self) -> tuple[Review, ...]:
        return tuple(mention.review for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Holds all `terms` of one kind, such as all themes, with their parents and children.

    Terms are sorted by `Term.sort`; spellings that are equal after `fold` are one term.
    `vocabulary` has the terms that the author's file lists.
    """

    terms: tuple[Term, ...]
    vocabulary: Vocabulary
    _by_key: Mapping[str, Term] = field(repr=False)
    _parents: Mapping[str, tuple[Term, ...]] = field(repr=False)
    _children: Mapping[str, tuple[Term, ...]] = field(repr=False)

    def find(self, name: str, ident: str | None = None) -> Term | None:
        return self._by_key.get(self.vocabulary.identify(name, ident))

    @property
    def names(self) -> object:
        """Return everything that `find` needs to get the name and the slug of a term."""
        return self.vocabulary, {key: (one.name, one.slug) for key, one in self._by_key.items()}

    def parents(self, term: Term) -> tuple[Term, ...]:
        return self._parents.get(term.slug, ())

    def children(self, term: Term) -> tuple[Term, ...]:
        return self._children.get(term.slug, ())

    @property
    def roots(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not self.parents(term))

    def trails(self, term: Term) -> list[tuple[Term, ...]]:
        """Return a trail for each parent of a term: the terms from the top down to the parent.

        Above a parent only the first parent of each term is followed. If `Cloning` has the parents
        `Medicine`, which is below `Ethics`, and `Science`, its trails are `(Ethics, Medicine)` and
        `(Science,)`.
        """
        trails: list[tuple[Term, ...]] = []
        for parent in self.parents(term):
            trail = [parent]
            while above := self.parents(trail[-1]):
                trail.append(above[0])
            trails.append(tuple(reversed(trail)))
        return trails

    def count(self, term: Term) -> int:
        """Return the number of books that have the term or a term below it, each counted once."""
        return count_books(self.list_reviews(term))

    def list_reviews(self, term: Term) -> tuple[Review, ...]:
        """Return the reviews of the term and of all terms below it, each once."""
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
        """Return the terms that `related` of its entry names, if they are on the site."""
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
    language: str = _ENGLISH,
    sort_text: Callable[[str], str] | None = None,
) -> Taxonomy:
    """Group mentions by term. Within a term reviews keep their order, and each appears once.

    No term gets a slug in `reserved`. With `only_listed`, names that the vocabulary lacks are
    ignored. A term that no review mentions openly is kept only as the parent of one that is
    mentioned. Terms are sorted by the alphabet of `language`. `sort_text` returns the text to sort
    a name by, if neither a mention nor the vocabulary has one; if it is None, the name is used.
    """
    collation = find_collation(language)
    grouping = _Grouping(vocabulary or Vocabulary(), only_listed, collation, sort_text)
    return grouping.group(mentions, reserved)


class _Grouping:
    """Collects mentions by key, and turns the keys into terms at the end.

    A key is `ENTRY` and an id, or the folded name if the term has no id.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        only_listed: bool,
        collation: Collation,
        sort_text: Callable[[str], str] | None,
    ) -> None:
        self.vocabulary = vocabulary
        self.only_listed = only_listed
        self.collation = collation
        self.sort_text = sort_text
        self.spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self.mentions: dict[str, dict[str, Mention]] = defaultdict(dict)
        self.hidden: dict[str, set[str]] = defaultdict(set)
        self.paths: list[tuple[str, tuple[str, ...]]] = []
        self.hierarchy = Hierarchy()

    def group(self, mentions: Iterable[Mention], reserved: Collection[str]) -> Taxonomy:
        """Build the taxonomy. Parents in the vocabulary come before those in reviews.

        The paths of reviews are added in the order of sources, because a path that would close a
        circle is left out: every build must leave out the same path.
        """
        for mention in mentions:
            self.add(mention)
        self.add_parents()
        for _, path in sorted(self.paths):
            self.hierarchy.add(path)
        terms = self.make_terms(reserved)
        ordered = tuple(sorted(terms.values(), key=self.find_order))
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

    def find_order(self, term: Term) -> tuple[tuple[str, str], str, str]:
        return self.collation.key(term.sort), term.name, term.slug

    def add(self, mention: Mention) -> None:
        if not self.has_term(mention.name):
            return
        key = self.vocabulary.identify(mention.name, mention.id)
        if mention.is_hidden:
            self.hidden[key].add(mention.review.source)
            return
        self.spellings[key][mention.name] += 1
        # If a review has a term twice, the mention with the lower rank counts, because the page of
        # a term shows a review once, under the heading that comes first.
        known = self.mentions[key].setdefault(mention.review.source, mention)
        if mention.rank < known.rank:
            self.mentions[key][mention.review.source] = mention
        for path in mention.paths:
            above = [self.add_name(name) for name in path if self.has_term(name)]
            self.paths.append((mention.review.source, (*above, key)))

    def has_term(self, name: str) -> bool:
        return not self.only_listed or self.vocabulary.find(name) is not None

    def add_name(self, name: str) -> str:
        key = self.vocabulary.identify(name)
        self.spellings[key].setdefault(name, 0)
        return key

    def add_parents(self) -> None:
        """Add the parents that entries name, and the parents of those."""
        waiting = list(self.spellings)
        while waiting:
            key = waiting.pop()
            entry = self.entry(key)
            for parent in entry.parents if entry else ():
                above = f"{ENTRY}{parent}"
                if above not in self.spellings:
                    self.spellings[above][self.vocabulary.entries[parent].name] = 0
                    waiting.append(above)
                self.hierarchy.add((above, key))

    def entry(self, key: str) -> VocabularyEntry | None:
        return (
            self.vocabulary.entries.get(key.removeprefix(ENTRY)) if key.startswith(ENTRY) else None
        )

    def make_terms(self, reserved: Collection[str]) -> dict[str, Term]:
        """Return terms by key. Terms with ids are first, so that ids become slugs if they are free.

        Other terms get a number if their slug is taken: C, C# and C++ become c, c-2 and c-3.
        """
        taken = set(reserved)
        terms: dict[str, Term] = {}
        for key in sorted(self.spellings, key=lambda key: (not key.startswith(ENTRY), key)):
            entry, spelt = self.entry(key), self.spellings[key]
            # Equally common spellings are compared as text, because the name must not depend on the
            # order of reviews.
            name = entry.name if entry else min(spelt, key=lambda one: (-spelt[one], one))
            address = number_slug(key[1:] if key.startswith(ENTRY) else slug(name), taken)
            taken.add(address)
            mentions = tuple(self.mentions.get(key, {}).values())
            said = next((one.sort for one in mentions if one.sort), None)
            sort = (entry and entry.sort) or said or (self.sort_text or str)(name)
            hidden = len(self.hidden.get(key, ()))
            terms[key] = Term(name, address, sort, mentions, hidden, entry)
        return terms


def find_companions(taxonomy: Taxonomy, most: int) -> dict[str, tuple[Term, ...]]:
    """Return up to `most` terms that share books with a term, by the slug of the term.

    They are ranked by Jaccard's index, the number of books with both terms divided by the number of
    books with either, because otherwise a frequent term would win everywhere. If Rare has 2 books,
    Twin has these 2 and another, and Everywhere has all 20, then Rare gets Twin (2/3) before
    Everywhere (2/20).
    https://en.wikipedia.org/wiki/Jaccard_index
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
    """Return the slugs of each book's terms, sorted, because a pair must have one order only."""
    by_book: dict[str, dict[str, None]] = defaultdict(dict)
    for term in sorted(taxonomy.terms, key=lambda term: term.slug):
        for review in term.reviews:
            for book in review.books:
                by_book[book.key][term.slug] = None
    return by_book.values()
