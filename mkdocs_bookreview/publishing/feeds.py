"""Builds the feeds of all reviews, and of themes, authors and other terms."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.exports.feed import Enclosure, Feed, FeedItem, find_newest, render_feed
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.markdown_text import description
from mkdocs_bookreview.publishing.pictures import CoverFile
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

NAME = "feed.xml"
# This is our own table, because Python's differs between versions and systems.
_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@dataclass(frozen=True, slots=True)
class FeedSite:
    """Describes the site of feeds.

    `url` is its full address, `name` its name, and `author` the name of its author. `words` are the
    words of its language. `teasers` maps the source of a review to its first words. `find_review`
    returns the title and the address of the review at a source. `find_cover` returns the file of a
    cover that a book names; None if the site has no such file.
    """

    url: str
    name: str
    author: str
    words: Words
    teasers: Mapping[str, str]
    find_review: Callable[[str], tuple[str, str]]
    find_cover: Callable[[str], CoverFile | None]


@dataclass(frozen=True, slots=True)
class ListingFeed:
    """Describes the feed of a listing: its path on the site, `uri`, and its reviews."""

    listing: Listing
    uri: str
    reviews: tuple[Review, ...]


def list_feeds(plan: Plan, settings: Settings) -> Iterator[ListingFeed]:
    """Yield the feeds of a site; the feed of all reviews comes first.

    A list without a dated review has no feed, because entries of a feed need a date.
    """
    newest = find_newest(plan.library.reviews) if settings.reviews.feed else ()
    if plan.index and newest:
        yield ListingFeed(plan.index, f"{settings.reviews.path}{NAME}", newest)
    names = {name for name, group in settings.grouped_by.items() if group.feed}
    for listing in plan.listings:
        if not listing.term or listing.taxonomy not in names or listing.number > 1:
            continue
        if newest := find_newest(listing.term.reviews):
            yield ListingFeed(listing, f"{listing.source.removesuffix('.md')}/{NAME}", newest)


def write_feed(described: ListingFeed, site: FeedSite, address: str, page: str) -> str:
    """Return the feed as XML; `address` is the feed's, and `page` is the address of its listing."""
    feed = Feed(
        described.listing.name_on(site.name),
        join_address(site.url, address),
        join_address(site.url, page),
        site.author,
        site.words.tag,
    )
    return render_feed(feed, [_build_item(review, site) for review in described.reviews])


def _build_item(review: Review, site: FeedSite) -> FeedItem:
    title, address = site.find_review(review.source)
    url = join_address(site.url, address)
    return FeedItem(review, title, url, _summarize(review, site), _enclose_cover(review, site))


def _summarize(review: Review, site: FeedSite) -> str:
    """Return the rating in words, followed by the review's description or first words.

    A review rated 4.5 gives for example `4.5 out of 5. A school story.` A review that is hidden as
    a whole has no first words, so its book is named instead.
    """
    text = review.description or site.teasers.get(review.source) or description(review, site.words)
    if not (rating := review.rating):
        return text
    value = site.words.number(rating.value)
    rated = site.words("rated", value=value, best=rating.best)
    return f"{rated}. {text}"


def _enclose_cover(review: Review, site: FeedSite) -> Enclosure | None:
    """Return the first cover file of a review's books; None without one (as for drawn covers)."""
    names = (book.cover for book in review.books if book.cover)
    cover = next(filter(None, map(site.find_cover, names)), None)
    kind = _TYPES.get(PurePosixPath(cover.path).suffix.lower()) if cover else None
    if not cover or not kind or not cover.path.is_file():
        return None
    return Enclosure(join_address(site.url, cover.address), kind, cover.path.stat().st_size)
