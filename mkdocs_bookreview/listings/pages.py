"""Plans the pages that list reviews: their paths, titles and reviews. It writes no files."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

from mkdocs_bookreview.listings.headings import Placed, place_all, place_mentions
from mkdocs_bookreview.listings.taxonomies import (
    INDEX,
    PAGES,
    find_kind,
    find_title,
    list_mentions,
)
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import has_finishes
from mkdocs_bookreview.model.taxonomy import Mention, Taxonomy, Term
from mkdocs_bookreview.settings.settings import THEMES, Settings
from mkdocs_bookreview.words.language import Words

_AROUND = 2  # neighbours on each side to which a page of a listing links
# A term that is deeper than this gets the index as parent, because MkDocs' themes walk up from each
# page and fail after some hundred parents.
_DEEPEST = 20

Group = tuple[str, tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """Describes a page to make.

    `source` is its path below the docs folder, as if an author had written it. It shows reviews in
    `groups` of heading and reviews; a heading may be empty. If it has a `taxonomy` but no `term`,
    it shows all terms instead. The first page of a `term` also describes the term. `waiting` are
    books without a review that the pages of the term show too. Pages that are not lists have
    `shows` set; it is `nothing` if the author's own text is all that the page has.

    A long listing has several pages: `pages` are the sources of all, `number` is the place of this
    page, from 1, and `total` counts the reviews on all pages. `parent` is the source of the page
    above, or None if the page belongs in the navigation.
    """

    source: str
    title: str
    groups: tuple[Group, ...] = ()
    taxonomy: str | None = None
    term: Term | None = None
    waiting: tuple[Review, ...] = ()
    total: int = 0
    number: int = 1
    pages: tuple[str, ...] = ()
    parent: str | None = None
    shows: Literal["reviews", "browse", "stats", "nothing"] = "reviews"

    @property
    def is_index(self) -> bool:
        """Return whether the page belongs in the navigation."""
        return self.parent is None

    @property
    def is_of_all(self) -> bool:
        """Return whether the page has all reviews, or is one of several pages with that list.

        Return True as well for a page of the author that takes the place of the list.
        """
        return self.shows in {"reviews", "nothing"} and not self.taxonomy

    def name_on(self, site: str) -> str:
        """Return the name of the list outside of its site: `Memory – The Reading Room`."""
        return f"{self.title} – {site}"

    def without_list(self) -> "Listing":
        """Return the listing of a page whose author shows the reviews in another way."""
        return replace(self, groups=(), pages=(self.source,), shows="nothing")


def list_shown_numbers(number: int, count: int) -> list[int | None]:
    """Return the numbers of the pages to which page `number` of `count` links.

    They are the first, the last and the neighbours, with None where pages are left out: for 7 of
    20 they are `[1, None, 5, 6, 7, 8, 9, None, 20]`. A single page is never left out, because its
    number is as short as the gap.
    """
    near = range(max(1, number - _AROUND), min(count, number + _AROUND) + 1)
    shown: list[int | None] = []
    for before, one in pairwise([0, *sorted({1, *near, count})]):
        gap = range(before + 1, one)
        shown += gap if len(gap) == 1 else [None] * bool(gap)
        shown.append(one)
    return shown


def plan_listings(
    library: Library,
    taxonomies: Mapping[str, Taxonomy],
    settings: Settings,
    words: Words,
    wanted: Collection[str] = (),
) -> tuple[Listing, ...]:
    """Return all pages. Taxonomies without terms have no pages, except for the index of themes.

    If there are no reviews, the list of all reviews and the index of themes are only planned if
    they are in `wanted`, because the navigation names the pages in `wanted`.
    """
    reviews = place_all(library.reviews, taxonomies, settings, words)
    whole = Listing(f"{settings.reviews.path}{INDEX}.md", words("reviews"))
    listings: list[Listing] = []
    if reviews or whole.source in wanted:
        listings += _paginate(whole, reviews, settings, words)
    if reviews:
        listings += _plan_page("browse", settings, words)
    for name, taxonomy in taxonomies.items():
        index = f"{settings.grouped_by[name].path}{INDEX}.md"
        if taxonomy.terms or (name == THEMES and (reviews or index in wanted)):
            waiting = _find_waiting(name, taxonomy, library, words)
            listings += _plan_taxonomy(name, taxonomy, waiting, settings, words)
    if has_finishes(library):
        listings += _plan_page("stats", settings, words)
    return tuple(listings)


def _plan_page(
    name: Literal["browse", "stats"], settings: Settings, words: Words
) -> Iterator[Listing]:
    if options := settings.pages.get(name):
        source = f"{options.path}{INDEX}.md"
        yield Listing(source, options.title or words(name), pages=(source,), shows=name)


def _find_waiting(
    name: str, taxonomy: Taxonomy, library: Library, words: Words
) -> Mapping[str, Mapping[str, Mention]]:
    """Return the books without a review that the pages of terms show, by slug and by source.

    A book with two positions in a series is listed at its first position.
    """
    found: dict[str, dict[str, Mention]] = defaultdict(dict)
    if find_kind(name).shows_waiting:
        mentions = list_mentions(name, library.waiting, words)
        for mention in sorted(mentions, key=lambda mention: mention.rank):
            if term := taxonomy.find(mention.name, mention.id):
                found[term.slug].setdefault(mention.review.source, mention)
    return found


def _plan_taxonomy(
    name: str,
    taxonomy: Taxonomy,
    waiting: Mapping[str, Mapping[str, Mention]],
    settings: Settings,
    words: Words,
) -> Iterator[Listing]:
    """Yield the index of a taxonomy, and the pages of its terms."""
    options = settings.grouped_by[name]
    index = f"{options.path}{INDEX}.md"
    title = find_title(name, settings, words)
    yield Listing(index, title, taxonomy=name, pages=(index,))
    sources = {term.slug: f"{options.path}{term.slug}.md" for term in taxonomy.terms}
    for term in taxonomy.terms:
        trail = next(iter(taxonomy.trails(term)), ())
        parent = sources[trail[-1].slug] if 0 < len(trail) <= _DEEPEST else index
        more = tuple(waiting.get(term.slug, {}).values())
        placed = place_mentions(name, (*term.mentions, *more), settings, words)
        first = Listing(
            sources[term.slug],
            term.name,
            taxonomy=name,
            term=term,
            waiting=tuple(mention.review for mention in more),
            parent=parent,
        )
        yield from _paginate(first, placed, settings, words)


def _paginate(
    listing: Listing, reviews: list[Placed], settings: Settings, words: Words
) -> Iterator[Listing]:
    """Yield the pages of a listing; `listing` is the first, still without reviews.

    The second page of `themes/memory.md` is `themes/memory/page/2.md`.
    """
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


def _group(reviews: list[Placed]) -> Iterator[Group]:
    for heading, group_ in groupby(reviews, key=itemgetter(0)):
        yield heading, tuple(review for _, review in group_)
