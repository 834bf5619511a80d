"""Plans the pages that list reviews: their paths, titles and reviews. It writes no files."""

from collections.abc import Collection, Iterator, Mapping
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

_AROUND = 2  # neighbours on each side to which a page of a listing links
# A term below more levels gets the index as parent, because MkDocs' themes walk up from each page
# and fail after some hundred parents.
_DEEPEST = 20

Group = tuple[str, tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """Describes a page to make.

    `source` is its path below the docs folder, as if an author had written it. It shows reviews in
    `groups` of heading and reviews; a heading may be empty. If it has a `taxonomy` but no `term`,
    it shows all terms instead. The first page of a `term` also describes the term. Pages that are
    not lists have `shows` set.

    A long listing has several pages: `pages` are the sources of all, `number` is the place of this
    one, from 1, and `total` counts the reviews on all. `parent` is the source of the page above, or
    None if the page belongs in the navigation.
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
        """Return whether the page belongs in the navigation."""
        return self.parent is None


def list_shown_numbers(number: int, count: int) -> list[int | None]:
    """Return the numbers of the pages to which page `number` of `count` links.

    They are the first, the last and the neighbours, with None where pages are left out:
    for 7 of 20 they are `[1, None, 5, 6, 7, 8, 9, None, 20]`.
    """
    first, last = max(1, number - _AROUND), min(count, number + _AROUND)
    # Take only the 1, without a gap, if the neighbours begin at 2, and nothing if they begin at 1.
    before = [1, None][: first - 1]
    after = [None, count][max(0, 2 - count + last) :]
    return [*before, *range(first, last + 1), *after]


def plan_listings(
    library: Library,
    taxonomies: Mapping[str, Taxonomy],
    settings: Settings,
    words: Words,
    wanted: Collection[str] = (),
) -> tuple[Listing, ...]:
    """Return all pages. Taxonomies without terms have none, except for the index of themes.

    Without any review only pages in `wanted` are empty, because the navigation names them.
    """
    reviews = sort_reviews(library.reviews, settings.reviews.sort, words.language)
    whole = Listing(f"{settings.reviews.path}{INDEX}.md", words("reviews"))
    listings: list[Listing] = []
    if reviews or whole.source in wanted:
        listings += _paginate(whole, [("", review) for review in reviews], settings, words)
    if reviews:
        listings += _plan_page("browse", settings, words)
    for name, taxonomy in taxonomies.items():
        index = f"{settings.grouped_by[name].path}{INDEX}.md"
        if taxonomy.terms or (name == THEMES and (reviews or index in wanted)):
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
    """Return the term's reviews with their headings, sorted by rank.

    Reviews without a heading get `plain`, unless no review has a heading.
    """
    mentions = sorted(term.mentions, key=lambda mention: mention.rank)
    if not any(mention.heading for mention in mentions):
        plain = ""
    return [(mention.heading or plain, mention.review) for mention in mentions]


def _paginate(
    listing: Listing, reviews: list[tuple[str, Review]], settings: Settings, words: Words
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


def _group(reviews: list[tuple[str, Review]]) -> Iterator[Group]:
    for heading, group_ in groupby(reviews, key=itemgetter(0)):
        yield heading, tuple(review for _, review in group_)
