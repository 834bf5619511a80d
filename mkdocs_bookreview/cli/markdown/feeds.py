"""Writes the feeds of an export: of all reviews, and of themes, authors and other terms."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from mkdocs_bookreview.cli.markdown.source_site import SourceSite
from mkdocs_bookreview.publishing.feeds import FeedSite, ListingFeed, list_feeds, write_feed
from mkdocs_bookreview.publishing.markdown_text import describe
from mkdocs_bookreview.publishing.pictures import CoverFile


def write_feeds(site: SourceSite, teasers: Mapping[str, str]) -> Iterator[tuple[ListingFeed, str]]:
    """Yield each feed of a site with its XML.

    Without `site_url` there are no feeds, because feeds need full addresses. `teasers` are the
    first words of reviews by source.
    """
    written, config = site.written, site.written.config.site
    url, name = config.get("site_url"), config.get("site_name", "")
    if not url or not written.settings.has_feeds:
        return

    def name_review(source: str) -> tuple[str, str]:
        review = site.plan.review(source)
        assert review
        return describe(review, written.words), site.find_address(source)

    def find_cover(cover: str) -> CoverFile | None:
        return CoverFile(quote(cover), site.others[cover]) if cover in site.others else None

    author = config.get("site_author") or name
    feed_site = FeedSite(url, name, author, written.words, teasers, name_review, find_cover)
    for feed in list_feeds(site.plan, written.settings):
        page = site.find_address(feed.listing.source)
        yield feed, write_feed(feed, feed_site, quote(feed.uri), page)
