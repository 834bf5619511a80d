"""Adds `library.json` to the site, for other programs."""

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.exports.catalogue import Catalogue
from mkdocs_bookreview.exports.library_json import render_library
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.report import log

_LIBRARY = "library.json"


def add_library(build: Build, at: Addresses) -> None:
    """Add `library.json`, which lists all reviews for other programs, if there are any."""
    plan, config = build.plan, build.config
    reviews, waiting = plan.library.reviews, plan.library.waiting
    if not reviews and not waiting:
        return
    addresses = {review.source: at.related[review.source][1] for review in plan.reviews}
    catalogue = Catalogue(config.site_name, config.site_url or None, reviews, waiting, addresses)
    file = build.made.add_here(_LIBRARY, render_library(catalogue))
    if not build.made.is_own(file):
        log.info(
            f"The site already has a file `{file.src_uri}`, so the plugin does not write its list"
            " of all reviews. If you do not need that list, write `exports: {library: false}` in"
            " the options of `bookreview`."
        )
