"""Builds the heads of reviews and lists."""

from collections.abc import Iterator, Mapping
from typing import Literal

from mkdocs_bookreview.cards.copies import SUFFIXES
from mkdocs_bookreview.cards.covers import Picture, draw_book
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.feed_links import FeedLinks
from mkdocs_bookreview.publishing.filling import Publication
from mkdocs_bookreview.publishing.pictures import CoverFile
from mkdocs_bookreview.publishing.raster import RASTER_SIZE
from mkdocs_bookreview.structured_data.head import (
    Head,
    HeadLink,
    HeadPage,
    HeadPicture,
    HeadSite,
    Property,
)
from mkdocs_bookreview.structured_data.json_ld import ReviewDescriber
from mkdocs_bookreview.structured_data.properties import Kind, list_properties
from mkdocs_bookreview.words.language import Words

# Pictures that services show; none of them shows SVG.
_SHOWN = (".jpg", ".jpeg", ".jfif", ".png", ".gif", ".webp", ".avif")


class HeadBuilder:
    """Builds the heads of a site's pages.

    `site` has the facts that all heads contain. `drawn` are the pictures of drawn covers, by SVG
    markup.
    """

    def __init__(
        self,
        published: Publication,
        site: HeadSite,
        words: Words,
        drawn: Mapping[str, CoverFile],
    ) -> None:
        self._published = published
        self._site = site
        self._words = words
        self._drawn = drawn
        self.feeds = FeedLinks(published, site)
        self._describer = ReviewDescriber(site, published.full_addresses, published.lowest_rating)

    def build(self, source: str, page: HeadPage) -> Head:
        """Return our properties, data and links for the head of the page at `source`.

        A page that is neither a review nor a list has only links to feeds. If `page` has no
        picture, a review has the picture of a cover.
        """
        links, url = self.feeds.list_links(source), page.url or ""
        review = self._published.plan.review(source)
        if not review and source not in self._published.shown:
            return Head(links=links, url=url)
        options = self._published.settings.metadata
        properties = tuple(self._list_properties(page, review, options.open_graph))
        data = self._describer.describe(review, page) if review and options.json_ld else None
        if url:
            links = (HeadLink("canonical", url), *links)
        return Head(properties, data, links, url)

    def _list_properties(
        self, page: HeadPage, review: Review | None, kind: Kind | Literal["none"]
    ) -> Iterator[Property]:
        if page.description:
            yield Property("description", page.description)
        if kind != "none":
            cover = self._find_cover(review) if review else None
            if cover and (not page.picture or page.picture.address == cover.address):
                page = page._replace(picture=cover)
            yield from list_properties(page, self._site, review, kind)

    def _find_cover(self, review: Review) -> HeadPicture | None:
        """Return a review's cover for link previews; None if no service would show one.

        Take the first of its books' covers that services show. If there is none, take the drawn
        cover of the first book, but only if that book has no cover of its own, because otherwise
        pages show that cover, such as an SVG.
        """
        if not self._site.url:
            return None
        covers = [self._published.addresses.pictures.get(book.cover or "") for book in review.books]
        for book, cover in zip(review.books, covers, strict=True):
            if cover and is_shown(cover.address) and not _is_broken(cover):
                size = (cover.width, cover.height) if cover.is_measured else (None, None)
                return self._describe_cover(book, cover.address, *size)
        drawn = None if covers[0] or not self._drawn else self._drawn.get(draw_book(review.book))
        return self._describe_cover(review.book, drawn.address, *RASTER_SIZE) if drawn else None

    def _describe_cover(
        self, book: Book, address: str, width: int | None, height: int | None
    ) -> HeadPicture:
        alt = self._words("cover_of", title=book.title)
        return HeadPicture(f"{self._site.url}{address}", alt, width, height)


def _is_broken(cover: Picture) -> bool:
    """Return whether a cover cannot be measured, although its suffix promises it."""
    return not cover.is_measured and cover.address.lower().endswith(SUFFIXES)


def is_shown(address: str) -> bool:
    """Return whether services show the picture at an address, judged by its suffix."""
    return address.lower().endswith(_SHOWN)
