"""Adds the feeds of themes, authors and other terms to the site."""

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_name
from mkdocs_bookreview.plugin.report import log
from mkdocs_bookreview.publishing.feeds import FeedSite, list_feeds, write_feed


def add_feeds(build: Build, at: Addresses) -> dict[str, str]:
    """Add the feeds of terms, and return their addresses by the source of the term's listing."""
    config = build.config
    if not config.site_url:
        log.info(
            "Feeds need the address of the site. Write `site_url: https://…` in"
            f" {config_name(config)}."
        )
        return {}
    site = FeedSite(
        config.site_url,
        config.site_name,
        config.site_author or config.site_name,
        build.words.tag,
        build.teasers,
        at.related.__getitem__,
    )
    feeds: dict[str, str] = {}
    for feed in list_feeds(build.plan, build.settings):
        source = feed.listing.source
        text = write_feed(feed, site, build.made.find_address(feed.uri), build.listed[source])
        feeds[source] = build.made.add_here(feed.uri, text).url
    return feeds
