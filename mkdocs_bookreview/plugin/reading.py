"""Reads all front matter and data files, before MkDocs converts the first page."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel

from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.site import EarlierPages, Site, read_site
from mkdocs_bookreview.listings.pages import Listing, plan_listings
from mkdocs_bookreview.listings.queries import Queries
from mkdocs_bookreview.listings.taxonomies import find_alike_terms, group_library
from mkdocs_bookreview.model.library import Library, list_keys
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import Statistics, count_readings
from mkdocs_bookreview.model.taxonomy import Taxonomy
from mkdocs_bookreview.plugin.data_files import find_data_file, read_data, read_file
from mkdocs_bookreview.plugin.site_language import SiteLanguage, find_source
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """Holds what front matter and data files say about the whole site.

    `pages` maps the source of each page that the author wrote to what was read from it. Drafts and
    pages without a review are included.
    `reviews` are those that this build shows: newest first, undated last, and then pages about
    books that wait to be read. `mkdocs serve` shows drafts too.
    `library` has the same reviews, with the waiting books apart, and with books of `books.yml`
    that have a shelf but no page. `taxonomies` maps names such as `themes` to groups of reviews.
    `listings` are the pages to make for lists. `queries` answers blocks such as `/// reviews`.
    `relations` finds related reviews. `alike` has pairs of names that are nearly alike, by
    taxonomy. `statistics` are None if the site shows no figures.
    `problems` are the mistakes found in front matter and data files.
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

    def review(self, source: str) -> Review | None:
        page = self.pages.get(source)
        return page.review if page else None

    def list_keys(self) -> frozenset[str]:
        """Return the keys of all books that pages review, drafts included."""
        return list_keys(page.review for page in self.pages.values() if page.review)

    def find_place(self, review: Review, book: int) -> Place:
        """Return the place of a review's book in its file. `book` counts from 0."""
        return self.pages[review.source].marks.place(("book", book))


def read_plan(
    files: Files,
    config: MkDocsConfig,
    settings: Settings,
    words: Words,
    today: date,
    serving: bool,
    earlier: EarlierPages,
    language: SiteLanguage | None = None,
) -> Plan:
    """Read the site, mark drafts in `files`, and exclude data files from it.

    `today` decides which reviews are dated in the future. `serving` includes drafts in lists.
    `earlier` has the pages that were read before. `language` is that of the build; None if the
    site has only one.
    """
    problems: list[Problem] = []
    vocabularies = {
        taxonomy: read_data(name, files, config, problems)
        for taxonomy, name in settings.vocabularies.items()
        if find_data_file(name, config)
    }
    site = read_site(
        _read_pages(files, problems),
        _read_defaults(files, problems),
        read_data(BOOKS_FILE, files, config, problems),
        vocabularies,
        {*files.src_uris, *(language.list_names(files) if language else ())},
        settings,
        earlier,
        today.year,
        partial(find_source, files) if language else None,
    )
    kept = earlier.kept
    pages = kept.find("pages", (site,), lambda: _add_reviewer(site.pages, settings))
    hidden = _mark_drafts(pages, files, today)
    reviews = [
        page.review
        for source, page in pages.items()
        if page.review and (serving or source not in hidden)
    ]
    # The settings need not be compared, because another site is read after they change.
    wanted = frozenset(list_sources(config.nav))
    origin = site, tuple(reviews), words.grounds, wanted
    plan = kept.find("plan", origin, lambda: _group(pages, reviews, site, settings, words, wanted))
    return replace(plan, problems=(*problems, *plan.problems))


def _mark_drafts(pages: Mapping[str, WrittenPage], files: Files, today: date) -> set[str]:
    """Mark drafts and reviews of the future as drafts of MkDocs, and return their sources."""
    hidden = {
        source
        for source, page in pages.items()
        if not page.is_published(today) or not files.src_uris[source].inclusion.is_included()
    }
    for source in hidden:
        files.src_uris[source].inclusion = InclusionLevel.DRAFT
    return hidden


def list_sources(nav: object) -> Iterator[str]:
    """Yield the paths of the pages that `nav` in `mkdocs.yml` names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from list_sources(item)


def _add_reviewer(pages: Mapping[str, WrittenPage], settings: Settings) -> dict[str, WrittenPage]:
    return {source: _with_reviewer(page, settings) for source, page in pages.items()}


def _group(
    pages: dict[str, WrittenPage],
    reviews: Iterable[Review],
    site: Site,
    settings: Settings,
    words: Words,
    wanted: Collection[str],
) -> Plan:
    """Return the plan for `reviews`, which are those in `pages` that this build shows.

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


def _read_pages(files: Files, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield the source and the text of each page that the author or another plugin wrote.

    Exclude a page that is not valid text, because MkDocs would stop the build at it.
    """
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        text = read_file(file, problems)
        if text is None:
            file.inclusion = InclusionLevel.EXCLUDED
        else:
            yield file.src_uri, text


def _read_defaults(files: Files, problems: list[Problem]) -> dict[str, str]:
    """Return the text of each `.meta.yml` by its folder, or "" if it is not valid text."""
    return {
        posixpath.dirname(file.src_uri) or ".": read_file(file, problems) or ""
        for file in files
        if posixpath.basename(file.src_uri) == DEFAULTS_FILE
    }


def _with_reviewer(page: WrittenPage, settings: Settings) -> WrittenPage:
    if not page.review or page.review.reviewer or not settings.reviewer:
        return page
    return replace(page, review=replace(page.review, reviewer=settings.reviewer))
