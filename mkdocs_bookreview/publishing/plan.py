"""Plans all reviews and lists of a site from its front matter, before any page is converted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.site import Site
from mkdocs_bookreview.listings.pages import Listing, plan_listings
from mkdocs_bookreview.listings.queries import Queries
from mkdocs_bookreview.listings.taxonomies import find_alike_terms, group_library
from mkdocs_bookreview.model.library import Library, list_keys
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import Statistics, count_readings
from mkdocs_bookreview.model.taxonomy import Taxonomy
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """Holds the reviews, lists and problems of the whole site, from front matter and data files.

    `pages` maps the source of each page that the author wrote to its front matter. Drafts and pages
    without a review are included. `reviews` are the reviews that the site shows: newest first, then
    undated reviews, and then pages about books that wait to be read. `mkdocs serve` also shows
    drafts.
    `library` has the same reviews, but a separate list of books that wait to be read. That list
    also has the books of `books.yml` that have a shelf but no page. `taxonomies` maps names such as
    `themes` to groups of reviews. `listings` are the pages to make for lists. `queries` answers
    blocks such as `/// reviews`. `relations` finds related reviews. `alike` has pairs of names that
    are nearly alike, by taxonomy. `statistics` are None if the site shows no figures. `problems`
    are the mistakes found in front matter and data files.
    """

    pages: dict[str, WrittenPage]
    reviews: tuple[Review, ...]
    library: Library
    taxonomies: dict[str, Taxonomy]
    listings: tuple[Listing, ...]
    queries: Queries
    relations: Relations
    alike: Mapping[str, list[tuple[str, str]]]
    statistics: Statistics | None
    problems: tuple[Problem, ...]

    @property
    def index(self) -> Listing | None:
        """Return the first page of the list of all reviews; None if there is no such list."""
        return next((one for one in self.listings if one.is_of_all and one.number == 1), None)

    @property
    def browse(self) -> Listing | None:
        """Return the page to browse; None if there is none."""
        return next((one for one in self.listings if one.shows == "browse"), None)

    def review(self, source: str) -> Review | None:
        page = self.pages.get(source)
        return page.review if page else None

    def list_keys(self) -> frozenset[str]:
        """Return the keys of all books that pages review, drafts included."""
        return list_keys(page.review for page in self.pages.values() if page.review)

    def find_place(self, review: Review, book: int) -> Place:
        """Return the file and line of a review's book. `book` counts from 0."""
        return self.pages[review.source].marks.place(("book", book))


def plan_reviews(
    pages: dict[str, WrittenPage],
    reviews: Iterable[Review],
    site: Site,
    settings: Settings,
    words: Words,
    wanted: Collection[str],
) -> Plan:
    """Return the plan for `reviews`, the reviews in `pages` that the site shows.

    `wanted` are the pages that the navigation names.
    """
    library = Library.of(reviews, site.shelved, words.language)
    taxonomies = group_library(library, site.vocabularies, settings, words)
    return Plan(
        pages,
        (*library.reviews, *(review for review in reviews if review.is_stub)),
        library,
        taxonomies,
        plan_listings(library, taxonomies, settings, words, wanted),
        Queries(library, taxonomies, settings, words),
        Relations(library, taxonomies),
        find_alike_terms(taxonomies),
        count_readings(library, taxonomies) if settings.stats else None,
        site.problems,
    )


def add_reviewer(pages: Mapping[str, WrittenPage], settings: Settings) -> dict[str, WrittenPage]:
    """Return the pages with the reviewer of the site on each review that names none."""
    return {source: _with_reviewer(page, settings) for source, page in pages.items()}


def _with_reviewer(page: WrittenPage, settings: Settings) -> WrittenPage:
    if not page.review or page.review.reviewer or not settings.reviewer:
        return page
    return replace(page, review=replace(page.review, reviewer=settings.reviewer))


def list_sources(nav: object) -> Iterator[str]:
    """Yield the paths of the pages that `nav` in `mkdocs.yml` names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from list_sources(item)
