"""Finds the addresses of reviews, terms and covers."""

from collections import defaultdict

from mkdocs.structure.files import File

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.listings.taxonomies import find_kind
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.markdown_text import describe


def find_addresses(build: Build) -> Addresses:
    """Return the addresses of all reviews, terms and covers, relative to the site's root.

    `related` finds a review by its source, and the newest review of a book by the book's key.
    """
    files, plan = build.files, build.plan
    related: dict[str, tuple[str, str]] = {}
    covers: dict[str, File] = {}
    for review in plan.reviews:
        at = (describe(review, build.words), files.src_uris[review.source].url)
        related[review.source] = at
        for book in review.books:
            related.setdefault(book.key, at)
    for shown in (*plan.library.reviews, *plan.library.waiting):
        for cover in filter(None, (book.cover for book in shown.books)):
            if (file := files.get_file_from_path(cover)) and file.is_media_file():
                covers[cover] = file
    pictures = build.pictures.read(covers, build.made, build.config)
    return Addresses(pictures, _find_terms(build), related)


def _find_terms(build: Build) -> dict[str, TermPages]:
    grouped = build.settings.grouped_by
    addresses: dict[str, dict[str, str]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for listing in build.plan.listings:
        if listing.taxonomy and not listing.term:
            titles[listing.taxonomy] = listing.title
        elif listing.taxonomy and listing.term and listing.number == 1:
            addresses[listing.taxonomy][listing.term.slug] = build.listed[listing.source]
    sorts = {name: group.sort or find_kind(name).sort for name, group in grouped.items()}
    return {
        name: TermPages(name, title, build.plan.taxonomies[name], addresses[name], sorts[name])
        for name, title in titles.items()
    }
