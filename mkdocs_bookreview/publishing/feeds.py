"""Builds the feeds of themes, authors and other terms."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.exports.feed import Feed, FeedItem, find_newest, render_feed
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class FeedSite:
    """Describes the site of feeds.

    `url` is its full address, `name` its name, and `author` who writes it. `language` is a BCP 47
    code. `teasers` are the first words of reviews by source. `find_review` returns the title and
    the address of a review by its source.
    """

    url: str
    name: str
    author: str
    language: str
    teasers: Mapping[str, str]
    find_review: Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TermFeed:
    """Describes the feed of a listing: its path on the site, `uri`, and its reviews."""

    listing: Listing
    uri: str
    reviews: tuple[Review, ...]


def list_feeds(plan: Plan, settings: Settings) -> Iterator[TermFeed]:
    """Yield the feeds of a site.

    A term without a dated review has none, because entries of a feed need a date.
    """
    names = {name for name, group in settings.grouped_by.items() if group.feed}
    for listing in plan.listings:
        if not listing.term or listing.taxonomy not in names or listing.number > 1:
            continue
        if newest := find_newest(listing.term.reviews):
            yield TermFeed(listing, f"{listing.source.removesuffix('.md')}/feed.xml", newest)


def write_feed(described: TermFeed, site: FeedSite, address: str, page: str) -> str:
    """Return the feed as XML; `address` is its own, and `page` that of its listing."""
    feed = Feed(
        f"{described.listing.title} – {site.name}",
        join_address(site.url, address),
        join_address(site.url, page),
        site.author,
        site.language,
    )
    return render_feed(feed, [_build_item(review, site) for review in described.reviews])


def _build_item(review: Review, site: FeedSite) -> FeedItem:
    title, address = site.find_review(review.source)
    summary = review.description or site.teasers.get(review.source, "")
    return FeedItem(review, title, join_address(site.url, address), summary)
