"""The first phase of a build: everything is read and known before the first page is made."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel

from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.read import Page
from mkdocs_bookreview.frontmatter.site import read_site
from mkdocs_bookreview.listings.pages import Listing, plan_listings
from mkdocs_bookreview.listings.queries import Queries
from mkdocs_bookreview.listings.taxonomies import group_library
from mkdocs_bookreview.model.library import Library, list_keys
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Taxonomy
from mkdocs_bookreview.plugin.data_files import find_data_file, read_data, read_file
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """`pages` are the author's by source, `reviews` those that are published.

    Books that wait to be read come last of these, and are not in the library.
    """

    pages: dict[str, Page]
    reviews: tuple[Review, ...]
    library: Library
    taxonomies: dict[str, Taxonomy]
    listings: tuple[Listing, ...]
    queries: Queries
    problems: tuple[Problem, ...]

    @property
    def index(self) -> Listing:
        """Return the first page of all reviews."""
        wholes = (one for one in self.listings if one.shows == "reviews" and not one.taxonomy)
        return next(listing for listing in wholes if listing.number == 1)

    def review(self, source: str) -> Review | None:
        page = self.pages.get(source)
        return page.review if page else None

    def list_keys(self) -> frozenset[str]:
        """Of all books that pages review, drafts too."""
        return list_keys(page.review for page in self.pages.values() if page.review)

    def find_place(self, review: Review, book: int) -> Place:
        """Where one of its books is written."""
        return self.pages[review.source].marks.place(("book", book))


def read_plan(
    files: Files, config: MkDocsConfig, settings: Settings, words: Words, today: date, serving: bool
) -> Plan:
    """Marks drafts, and takes data files out of `files`."""
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
        {file.src_uri for file in files},
        settings,
    )
    pages = {source: _with_reviewer(page, settings) for source, page in site.pages.items()}
    hidden = {
        source
        for source, page in pages.items()
        if not page.is_published(today) or not files.src_uris[source].inclusion.is_included()
    }
    for source in hidden:
        files.src_uris[source].inclusion = InclusionLevel.DRAFT
    reviews = [
        page.review
        for source, page in pages.items()
        if page.review and (serving or source not in hidden)
    ]
    library = Library.of(reviews, site.shelved)
    published = (*library.reviews, *(review for review in reviews if review.is_stub))
    taxonomies = group_library(library, site.vocabularies, settings, words)
    listings = plan_listings(library, taxonomies, settings, words)
    queries = Queries(library, taxonomies, settings, words)
    found = (*problems, *site.problems)
    return Plan(pages, published, library, taxonomies, listings, queries, found)


def _read_pages(files: Files, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """A page that is no text is left out, as MkDocs would end the build at it."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        if file.generated_by is None:
            text = read_file(file, problems)
            if text is None:
                file.inclusion = InclusionLevel.EXCLUDED
            else:
                yield file.src_uri, text


def _read_defaults(files: Files, problems: list[Problem]) -> dict[str, str]:
    """By folder. Material's meta plugin reads them too, and ends the build at what is no text."""
    return {
        posixpath.dirname(file.src_uri) or ".": read_file(file, problems) or ""
        for file in files
        if posixpath.basename(file.src_uri) == DEFAULTS_FILE
    }


def _with_reviewer(page: Page, settings: Settings) -> Page:
    if not page.review or page.review.reviewer or not settings.reviewer:
        return page
    return replace(page, review=replace(page.review, reviewer=settings.reviewer))
