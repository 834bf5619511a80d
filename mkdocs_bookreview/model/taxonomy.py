"""Reviews grouped by what they share: themes, authors, series."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from mkdocs_bookreview.model.names import fold, slug
from mkdocs_bookreview.model.review import Review


@dataclass(frozen=True, slots=True)
class Term:
    """`name` is its commonest spelling; `slug` is its own within the taxonomy."""

    name: str
    slug: str
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Terms by name; spellings that fold to the same are one term."""

    terms: tuple[Term, ...]
    _by_fold: Mapping[str, Term] = field(repr=False)

    def find(self, name: str) -> Term | None:
        return self._by_fold.get(fold(name))


def group(mentions: Iterable[tuple[str, Review]], reserved: Collection[str] = ()) -> Taxonomy:
    """Reviews keep the order in which they come, each once. No slug is one of `reserved`."""
    spellings: dict[str, Counter[str]] = {}
    reviews: dict[str, dict[str, Review]] = {}
    for name, review in mentions:
        folded = fold(name)
        spellings.setdefault(folded, Counter())[name] += 1
        reviews.setdefault(folded, {})[review.source] = review
    terms: dict[str, Term] = {}
    taken = set(reserved)
    for folded in sorted(reviews):
        name = min(spellings[folded], key=lambda one: (-spellings[folded][one], one))
        address = _free(slug(name), taken)
        taken.add(address)
        terms[folded] = Term(name, address, tuple(reviews[folded].values()))
    return Taxonomy(tuple(terms.values()), terms)


def _free(address: str, taken: Collection[str]) -> str:
    candidate, number = address, 1
    while candidate in taken:
        number += 1
        candidate = f"{address}-{number}"
    return candidate
