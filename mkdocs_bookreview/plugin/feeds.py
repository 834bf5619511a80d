"""Adds feeds to the site: of all reviews, and of themes, authors and other terms."""

from functools import partial
from pathlib import Path

from mkdocs.structure.files import File

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_name
from mkdocs_bookreview.plugin.mentions import mention_once
from mkdocs_bookreview.publishing.feeds import FeedSite, ListingFeed, list_feeds, write_feed
from mkdocs_bookreview.publishing.pictures import CoverFile


def add_feeds(build: Build, at: Addresses) -> dict[str, str]:
    """Add the feeds of listings, and return their addresses by the source of the listing."""
    config = build.config
    if not config.site_url:
        message = "Feeds need the address of the site. Write `site_url: https://…` in"
        mention_once(f"{message} {config_name(config)}.", build.earlier.kept)
        return {}
    site = _describe_site(build, at, config.site_url)
    feeds: dict[str, str] = {}
    for feed in list_feeds(build.plan, build.settings):
        source = feed.listing.source
        text = write_feed(feed, site, build.made.find_address(feed.uri), build.listed[source])
        file = build.made.add_here(feed.uri, text)
        _report(build, feed, file)
        feeds[source] = file.url
    return feeds


def _describe_site(build: Build, at: Addresses, url: str) -> FeedSite:
    def find_cover(cover: str) -> CoverFile | None:
        file = build.files.get_file_from_path(cover)
        # A file that a plugin keeps in memory is left out, because it has no path to read its size
        # from.
        return CoverFile(file.url, Path(file.abs_src_path)) if file and file.abs_src_path else None

    config = build.config
    return FeedSite(
        url,
        config.site_name,
        config.site_author or config.site_name,
        build.words,
        build.teasers,
        at.related.__getitem__,
        find_cover,
    )


def _report(build: Build, feed: ListingFeed, file: File) -> None:
    """Report a feed whose address has a `file` of the author, so that ours is not written.

    If we made `file`, report the feed of all reviews if mkdocs-rss-plugin has such a feed too.
    """
    report = partial(mention_once, kept=build.earlier.kept)
    if not build.made.is_own(file):
        report(
            f"The site already has a file `{file.src_uri}`, so the plugin does not write the feed"
            f" of `{feed.listing.title}`, and pages link to that file. To have the feed of the"
            " plugin, rename the file."
        )
    elif feed.listing.is_of_all and (name := build.rss.find_feed(feed.reviews)):
        report(
            f"Your reviews are in two feeds: `{feed.uri}`, and `{name}` by mkdocs-rss-plugin. To"
            " have only one feed, remove `feed: true` under `reviews`, or `rss` under `plugins`."
        )
