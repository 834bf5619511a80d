"""Finds the addresses of reviews, terms and covers."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from mkdocs_bookreview.cards.covers import Picture
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.listings.taxonomies import find_kind
from mkdocs_bookreview.publishing.markdown_text import describe
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def find_addresses(
    plan: Plan,
    settings: Settings,
    words: Words,
    pictures: Mapping[str, Picture],
    find_page: Callable[[str], str],
    listed: Mapping[str, str],
) -> Addresses:
    """Return the addresses of all reviews, terms and covers, relative to the site's root.

    `pictures` are the pictures of covers. `find_page` returns the address of the review at a
    source, and `listed` maps the source of a listing to its address. The result finds a review by
    its source, and the newest review of a book by the book's key.
    """
    related: dict[str, tuple[str, str]] = {}
    for review in plan.reviews:
        at = (describe(review, words), find_page(review.source))
        related[review.source] = at
        for book in review.books:
            related.setdefault(book.key, at)
    return Addresses(pictures, _find_terms(plan, settings, listed), related)


def list_covers(plan: Plan) -> Iterator[str]:
    """Yield the covers that books name: paths below the docs folder, some of them twice."""
    for review in (*plan.library.reviews, *plan.library.waiting):
        yield from filter(None, (book.cover for book in review.books))


def _find_terms(plan: Plan, settings: Settings, listed: Mapping[str, str]) -> dict[str, TermPages]:
    grouped = settings.grouped_by
    addresses: dict[str, dict[str, str]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for listing in plan.listings:
        if listing.taxonomy and not listing.term:
            titles[listing.taxonomy] = listing.title
        elif listing.taxonomy and listing.term and listing.number == 1:
            addresses[listing.taxonomy][listing.term.slug] = listed[listing.source]
    sorts = {name: group.sort or find_kind(name).sort for name, group in grouped.items()}
    return {
        name: TermPages(name, title, plan.taxonomies[name], addresses[name], sorts[name])
        for name, title in titles.items()
    }
