"""Exports the books of a site to the formats of other programs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mkdocs_bookreview.cli.pages import find_address
from mkdocs_bookreview.cli.site import Progress, WrittenSite, read_written_site
from mkdocs_bookreview.exports.bibtex import render_bibtex
from mkdocs_bookreview.exports.catalogue import Catalogue
from mkdocs_bookreview.exports.csl import render_csl
from mkdocs_bookreview.exports.goodreads import render_goodreads
from mkdocs_bookreview.exports.library_json import render_library
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.review import Review

FORMATS: Mapping[str, Callable[[Catalogue], str]] = {
    "goodreads": render_goodreads,
    "bibtex": render_bibtex,
    "csl-json": render_csl,
    "json": render_library,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """Holds the result of an export.

    `text` is the file, and `books` counts the books in it. `problems` counts the problems of the
    site; values with problems are not exported.
    """

    text: str
    books: int
    problems: int


def export_site(config_file: Path, format_: str, today: date, progress: Progress) -> Exported:
    """Return the books that a site publishes today, in one of `FORMATS`.

    Raise OSError if `mkdocs.yml` or its docs folder cannot be read.
    """
    written = read_written_site(config_file, progress, today.year)
    catalogue = build_catalogue(written, today)
    problems = len(written.problems) + len(written.config.problems)
    return Exported(FORMATS[format_](catalogue), len(catalogue.entries), problems)


def build_catalogue(written: WrittenSite, today: date) -> Catalogue:
    """Return the reviews that the site publishes today, and its books on shelves."""
    pages = [
        _add_reviewer(page.review, written.settings.reviewer)
        for page in written.list_published(today)
        if page.review
    ]
    addresses = {
        review.source: find_address(review.source, written.config.use_directory_urls)
        for review in pages
        if not written.is_moved(review.source)
    }
    site = written.config.site
    url = site.get("site_url")
    library = Library.of(pages, written.site.shelved, written.words.language)
    root = f"{url.rstrip('/')}/" if url else None
    return Catalogue(site.get("site_name", ""), root, library.reviews, library.waiting, addresses)


def _add_reviewer(review: Review, reviewer: str | None) -> Review:
    """Return the review with the `reviewer` of the whole site, unless it names its own."""
    return replace(review, reviewer=review.reviewer or reviewer)
