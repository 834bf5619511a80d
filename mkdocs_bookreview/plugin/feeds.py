"""Adds the feeds of themes, authors and other terms to the site."""

from collections.abc import Mapping

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.exports.feed import Feed, FeedItem, find_newest, render_feed
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.report import log


def add_feeds(build: Build, at: Addresses) -> dict[str, str]:
    """Add the feeds of terms, and return their addresses by the source of the term's listing.

    A term without a dated review gets no feed, because entries of a feed need a date.
    """
    config = build.config
    names = {name for name, group in build.settings.grouped_by.items() if group.feed}
    if not config.site_url:
        log.info("Feeds need the address of the site. Write `site_url: https://…` in mkdocs.yml.")
        return {}
    feeds: dict[str, str] = {}
    for listing in build.plan.listings:
        if not listing.term or listing.taxonomy not in names or listing.number > 1:
            continue
        newest = find_newest(listing.term.reviews)
        items = [_build_item(review, at, build.teasers, config) for review in newest]
        if items:
            uri = f"{listing.source.removesuffix('.md')}/feed.xml"
            feed = _build_feed(build, listing, build.made.find_address(uri))
            feeds[listing.source] = build.made.add_here(uri, render_feed(feed, items)).url
    return feeds


def _build_feed(build: Build, listing: Listing, address: str) -> Feed:
    config, page = build.config, build.listed[listing.source]
    root = config.site_url or ""
    return Feed(
        f"{listing.title} – {config.site_name}",
        join_address(root, address),
        join_address(root, page),
        config.site_author or config.site_name,
        str(build.words.locale).replace("_", "-"),
    )


def _build_item(
    review: Review, at: Addresses, teasers: Mapping[str, str], config: MkDocsConfig
) -> FeedItem:
    title, address = at.related[review.source]
    summary = review.description or teasers.get(review.source, "")
    return FeedItem(review, title, join_address(config.site_url or "", address), summary)
