"""Which pages list reviews, where they stand, and who is on them. Nothing is written here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Literal

from mkdocs_bookreview.listings.taxonomies import INDEX, PAGES, find_kind, find_title
from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import has_finishes
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term
from mkdocs_bookreview.settings.settings import THEMES, Settings
from mkdocs_bookreview.words.language import Words

_AROUND = 2  # pages of a listing to which its pages lead, on either side
_DEEPEST = 20  # themes of MkDocs walk up from each page, and give up at some hundreds

Group = tuple[str, tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page to make. `source` is where it would stand below the docs folder, were it written.

    It shows reviews in `groups`, each with a heading or none, or all terms of the `taxonomy` of
    that name; the first page of a `term` shows what is said of that. Or it `shows` something else.
    `total` counts the reviews on all pages of the listing. `parent` is the source of the page above
    it; `pages` are the sources of a listing's pages.
    """

    source: str
    title: str
    groups: tuple[Group, ...] = ()
    taxonomy: str | None = None
    term: Term | None = None
    total: int = 0
    number: int = 1
    pages: tuple[str, ...] = ()
    parent: str | None = None
    shows: Literal["reviews", "browse", "stats"] = "reviews"

    @property
    def is_index(self) -> bool:
        """It stands in the navigation."""
        return self.parent is None


def list_shown_numbers(number: int, count: int) -> list[int | None]:
    """Of the pages to which one of `count` leads; None stands for what is left out."""
    first, last = max(1, number - _AROUND), min(count, number + _AROUND)
    before = [1, None][: first - 1]
    after = [None, count][max(0, 2 - count + last) :]
    return [*before, *range(first, last + 1), *after]


def plan_listings(
    library: Library, taxonomies: Mapping[str, Taxonomy], settings: Settings, words: Words
) -> tuple[Listing, ...]:
    """Of taxonomies without terms only the index of themes, which every site has."""
    reviews = sort_reviews(library.reviews, settings.reviews.sort)
    whole = Listing(f"{settings.reviews.path}{INDEX}.md", words("reviews"))
    listings = [*_paginate(whole, [("", review) for review in reviews], settings, words)]
    if reviews:
        listings += _plan_page("browse", settings, words)
    for name, taxonomy in taxonomies.items():
        if taxonomy.terms or name == THEMES:
            listings += _plan_taxonomy(name, taxonomy, settings, words)
    if has_finishes(library):
        listings += _plan_page("stats", settings, words)
    return tuple(listings)


def _plan_page(
    name: Literal["browse", "stats"], settings: Settings, words: Words
) -> Iterator[Listing]:
    if options := settings.pages.get(name):
        source = f"{options.path}{INDEX}.md"
        yield Listing(source, options.title or words(name), pages=(source,), shows=name)


def _plan_taxonomy(
    name: str, taxonomy: Taxonomy, settings: Settings, words: Words
) -> Iterator[Listing]:
    options = settings.grouped_by[name]
    index = f"{options.path}{INDEX}.md"
    title = find_title(name, settings, words)
    yield Listing(index, title, taxonomy=name, pages=(index,))
    plain = words(find_kind(name).plain)
    sources = {term.slug: f"{options.path}{term.slug}.md" for term in taxonomy.terms}
    for term in taxonomy.terms:
        trail = next(iter(taxonomy.trails(term)), ())
        parent = sources[trail[-1].slug] if 0 < len(trail) <= _DEEPEST else index
        first = Listing(sources[term.slug], term.name, taxonomy=name, term=term, parent=parent)
        yield from _paginate(first, _put_under_headings(term, plain), settings, words)


def _put_under_headings(term: Term, plain: str) -> list[tuple[str, Review]]:
    """Those without one stand under `plain`, unless none has one."""
    mentions = sorted(term.mentions, key=lambda mention: mention.rank)
    if not any(mention.heading for mention in mentions):
        plain = ""
    return [(mention.heading or plain, mention.review) for mention in mentions]


def _paginate(
    listing: Listing, reviews: list[tuple[str, Review]], settings: Settings, words: Words
) -> Iterator[Listing]:
    """`listing` is the first page, as yet without reviews; the others stand below it."""
    size = settings.reviews.per_page
    below = listing.source.removesuffix(".md").removesuffix(f"/{INDEX}")
    count = max(1, -(-len(reviews) // size))
    pages = (listing.source, *(f"{below}/{PAGES}/{n}.md" for n in range(2, count + 1)))
    for number, source in enumerate(pages, start=1):
        title = words("page_of_list", title=listing.title, number=number)
        yield replace(
            listing,
            source=source,
            title=listing.title if number == 1 else title,
            groups=tuple(_group(reviews[(number - 1) * size : number * size])),
            total=len(reviews),
            number=number,
            pages=pages,
            parent=listing.parent if number == 1 else pages[0],
        )


def _group(reviews: list[tuple[str, Review]]) -> Iterator[Group]:
    for heading, group_ in groupby(reviews, key=itemgetter(0)):
        yield heading, tuple(review for _, review in group_)
