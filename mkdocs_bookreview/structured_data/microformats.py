"""Marks reviews for programs that read https://microformats.org/wiki/h-review.

Each property is an element of its own with an explicit value. A parser that must guess a value
takes the text around it, and this text may have spoilers.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating, plain_number
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.settings import THEMES
from mkdocs_bookreview.structured_data.authors import find_author
from mkdocs_bookreview.structured_data.books import FullAddresses
from mkdocs_bookreview.structured_data.head import HeadPage, HeadSite, Property
from mkdocs_bookreview.structured_data.things import write_date

_MOST_KEPT = 5000  # dates


@dataclass(frozen=True, slots=True)
class Microformat:
    """Describes an item, such as a review, or the book within a review.

    `name` is the class of the item: `h-review`, or for example `p-item h-cite` within another item.
    The name of a property is its class too, such as `p-name`, and its content is plain text; if the
    name begins with `dt-`, the property is a date. `parts` are the items within this item.
    """

    name: str
    properties: tuple[Property, ...]
    parts: tuple["Microformat", ...] = ()


class ReviewMarker:
    """Marks the reviews of a site.

    `lowest` is the lowest rating of the scale; None if the pages do not show ratings.
    """

    def __init__(self, site: HeadSite, addresses: FullAddresses, lowest: Decimal | None) -> None:
        self._site = site
        self._at = addresses
        self._lowest = lowest
        # Authors are cached, because many reviews share an author.
        self._author = cache(self._mark_author)

    def mark(self, review: Review, page: HeadPage) -> Microformat | None:
        """Return the marks of a review; None for a book that is still to read."""
        if review.is_stub:
            return None
        find = self._at.find_term
        found = [
            Property("p-name", page.title),
            # An empty address leads to the page itself.
            Property("u-url", page.url or ""),
            Property("p-summary", page.description),
            *_mark_date("dt-published", review.date),
            *_mark_date("dt-updated", review.updated),
            *(_mark_rating(review.rating, self._lowest) if review.rating and self._lowest else ()),
        ]
        found += [
            Property("p-category", find(THEMES, theme.name, None)[0])
            for theme in review.themes
            if not theme.spoiler
        ]
        books = [self._mark_book(book) for book in review.books]
        return Microformat("h-review", tuple(found), (*self._author(review.reviewer), *books))

    def _mark_author(self, reviewer: str | None) -> tuple[Microformat, ...]:
        author = find_author(reviewer, self._site)
        if not author:
            return ()
        return (Microformat("p-author h-card", (Property("p-name", author.name),)),)

    def _mark_book(self, book: Book) -> Microformat:
        found = [Property("p-name", book.title)]
        found += [Property("p-author", person.name) for person in book.writers]
        found += _mark_date("dt-published", book.published)
        if book.isbn:
            found.append(Property("u-uid", f"urn:isbn:{book.isbn.digits}"))
        if book.cover and (picture := self._at.find_picture(book.cover)):
            found.append(Property("u-photo", picture))
        return Microformat("p-item h-cite", tuple(found))


@lru_cache(maxsize=_MOST_KEPT)
def _mark_date(name: str, when: PartialDate | None) -> tuple[Property, ...]:
    date = write_date(when)
    return (Property(name, date),) if date else ()


@cache
def _mark_rating(rating: Rating, lowest: Decimal) -> tuple[Property, ...]:
    return (
        Property("p-rating", str(plain_number(rating.value))),
        Property("p-best", str(rating.best)),
        Property("p-worst", str(plain_number(lowest))),
    )
