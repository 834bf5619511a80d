"""Write the newest reviews of a site, or of one theme, author or other term, as Atom 1.0.

https://www.rfc-editor.org/rfc/rfc4287
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import sort_reviews
from mkdocs_bookreview.model.review import Review

_MOST = 20
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """Describes a feed.

    `url` is the full address of the feed, and `page` the full address of the page with its reviews.
    `author` is the author of reviews that name no reviewer. `language` is a BCP 47 code.
    """

    title: str
    url: str
    page: str
    author: str
    language: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Describes a picture of an entry: its full address, its media type and its size in bytes."""

    url: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Describes an entry of a feed.

    `url` is the full address of the review. `summary` has no spoilers; it is empty if not given.
    `cover` is None if the book has no picture.
    """

    review: Review
    title: str
    url: str
    summary: str
    cover: Enclosure | None = None


def find_newest(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Return at most `_MOST` reviews for a feed, the newest first.

    Reviews without a date, or with a date BCE, are left out, because Atom cannot hold them.
    """
    dated = (review for review in reviews if review.date and review.date.year > 0)
    return sort_reviews(dated, "-date")[:_MOST]


def render_feed(feed: Feed, items: Sequence[FeedItem]) -> str:
    """Return the feed as XML; `items` begin with the newest, and there must be at least one.

    Each item must have a date.
    """
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add(root, "title", feed.title)
    _add(root, "id", feed.url)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(root, "updated", max(_write_time(_updated(item.review)) for item in items))
    _add(_add(root, "author"), "name", feed.author)
    for item in items:
        _add_item(root, item)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add_item(root: ET.Element, item: FeedItem) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", item.title)
    _add(entry, "id", item.url)
    _add(entry, "link", rel="alternate", type="text/html", href=item.url)
    if cover := item.cover:
        size = str(cover.size)
        _add(entry, "link", rel="enclosure", type=cover.type, length=size, href=cover.url)
    _add(entry, "published", _write_time(item.review.date))
    _add(entry, "updated", _write_time(_updated(item.review)))
    if item.review.reviewer:
        _add(_add(entry, "author"), "name", item.review.reviewer)
    if item.summary:
        _add(entry, "summary", item.summary)
    for theme in item.review.open_themes:
        _add(entry, "category", term=theme.name)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add and return an element; characters that XML cannot hold are left out."""
    values = {name: _NO_XML.sub("", value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, values)
    element.text = _NO_XML.sub("", text) or None
    return element


def _updated(review: Review) -> PartialDate | None:
    return review.updated or review.date


def _write_time(when: PartialDate | None) -> str:
    """Return the beginning of a day in RFC 3339: `2014-05-03T00:00:00Z`."""
    return f"{when}T00:00:00Z"
