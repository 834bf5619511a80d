"""Where reviews, terms and covers stand on the site."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from mkdocs.structure.files import Files

from mkdocs_bookreview.cards.card import Addresses
from mkdocs_bookreview.cards.covers import Picture, read_picture
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.listings.taxonomies import find_kind
from mkdocs_bookreview.plugin.markdown_text import describe
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def find_addresses(
    files: Files, plan: Plan, listed: Mapping[str, str], settings: Settings, words: Words
) -> Addresses:
    """`listed` are addresses by a listing's source."""
    related: dict[str, tuple[str, str]] = {}
    pictures: dict[str, Picture] = {}
    for review in plan.reviews:
        at = (describe(review, words), files.src_uris[review.source].url)
        related[review.source] = at
        for book in review.books:
            related.setdefault(book.key, at)
    for shown in (*plan.library.reviews, *plan.library.waiting):
        for cover in filter(None, (book.cover for book in shown.books)):
            if (file := files.get_file_from_path(cover)) and file.is_media_file():
                pictures[cover] = read_picture(file.url, Path(file.abs_src_path or ""))
    return Addresses(pictures, _find_terms(plan, listed, settings), related)


def _find_terms(plan: Plan, listed: Mapping[str, str], settings: Settings) -> dict[str, TermPages]:
    addresses: dict[str, dict[str, str]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for listing in plan.listings:
        if listing.taxonomy and not listing.term:
            titles[listing.taxonomy] = listing.title
        elif listing.taxonomy and listing.term and listing.number == 1:
            addresses[listing.taxonomy][listing.term.slug] = listed[listing.source]
    sorts = {name: one.sort or find_kind(name).sort for name, one in settings.grouped_by.items()}
    return {
        name: TermPages(name, title, plan.taxonomies[name], addresses[name], sorts[name])
        for name, title in titles.items()
    }
