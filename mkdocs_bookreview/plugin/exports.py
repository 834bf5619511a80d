"""Files that a build makes for other programs, beside the pages."""

from collections.abc import Mapping
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.cards.card import Addresses
from mkdocs_bookreview.exports.catalogue import Catalogue, fill_sorts
from mkdocs_bookreview.exports.feed import Feed, FeedItem, find_newest, render_feed
from mkdocs_bookreview.exports.library_json import render_library
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.plugin.made_files import MadeFiles
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.plugin.report import log
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

_LIBRARY = "library.json"


def add_library(made: MadeFiles, plan: Plan, at: Addresses, config: MkDocsConfig) -> None:
    authors = plan.taxonomies.get("authors")
    vocabulary = authors.vocabulary if authors else Vocabulary()
    reviews = tuple(fill_sorts(review, vocabulary) for review in plan.library.reviews)
    waiting = tuple(fill_sorts(review, vocabulary) for review in plan.library.waiting)
    addresses = {review.source: at.related[review.source][1] for review in plan.reviews}
    catalogue = Catalogue(config.site_name, config.site_url or None, reviews, waiting, addresses)
    file = made.add(_LIBRARY, render_library(catalogue))
    if not made.is_own(file):
        log.info(
            f"`{file.src_uri}` is yours, so the list of all reviews is not written there. If you"
            " want none, write `exports: {library: false}`."
        )


def add_feeds(
    made: MadeFiles,
    plan: Plan,
    at: Addresses,
    listed: Mapping[str, str],
    teasers: Mapping[str, str],
    settings: Settings,
    words: Words,
) -> dict[str, str]:
    """Addresses of feeds, by the source of the page that is to lead there."""
    config = made.config
    names = {name for name, one in settings.grouped_by.items() if one.feed}
    if names and not config.site_url:
        log.info("Feeds need the address of the site. Write `site_url: https://…` in mkdocs.yml.")
        return {}
    feeds: dict[str, str] = {}
    for listing in plan.listings:
        if not listing.term or listing.taxonomy not in names or listing.number > 1:
            continue
        items = [
            _build_item(review, at, teasers, config) for review in find_newest(listing.term.reviews)
        ]
        if items:
            uri = f"{listing.source.removesuffix('.md')}/feed.xml"
            feed = _build_feed(listing, quote(uri), listed[listing.source], config, words)
            feeds[listing.source] = made.add(uri, render_feed(feed, items)).url
    return feeds


def _build_feed(
    listing: Listing, address: str, page: str, config: MkDocsConfig, words: Words
) -> Feed:
    root = config.site_url or ""
    return Feed(
        f"{listing.title} – {config.site_name}",
        urljoin(root, address),
        urljoin(root, page),
        config.site_author or config.site_name,
        str(words.locale).replace("_", "-"),
    )


def _build_item(
    review: Review, at: Addresses, teasers: Mapping[str, str], config: MkDocsConfig
) -> FeedItem:
    title, address = at.related[review.source]
    summary = review.description or teasers.get(review.source, "")
    return FeedItem(review, title, urljoin(config.site_url or "", address), summary)
