"""Files that a build makes for other programs, beside the pages."""

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.cards.card import Addresses
from mkdocs_bookreview.exports.catalogue import Catalogue, fill_sorts
from mkdocs_bookreview.exports.library_json import render_library
from mkdocs_bookreview.plugin.made_files import MadeFiles
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.plugin.report import log

_LIBRARY = "library.json"


def add_library(made: MadeFiles, plan: Plan, at: Addresses, config: MkDocsConfig) -> None:
    authors = plan.taxonomies.get("authors")
    reviews = (
        tuple(fill_sorts(review, authors.vocabulary) for review in plan.reviews)
        if authors
        else plan.reviews
    )
    addresses = {review.source: at.related[review.source][1] for review in reviews}
    catalogue = Catalogue(config.site_name, config.site_url or None, reviews, addresses)
    file = made.add(_LIBRARY, render_library(catalogue))
    if not made.is_own(file):
        log.info(
            f"`{file.src_uri}` is yours, so the list of all reviews is not written there. If you"
            " want none, write `exports: {library: false}`."
        )
