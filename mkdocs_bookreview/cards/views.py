"""What the templates see of a review: words that are ready to be shown, and addresses.

Every text must be escaped where it is put into HTML, as it may be plain; where it has links it is
Markup, which stays as it is. A field that ends in `_html` is markup already.
"""

from dataclasses import dataclass

from mkdocs_bookreview.cards.covers import Cover
from mkdocs_bookreview.cards.stars import Stars
from mkdocs_bookreview.model.book import Link


@dataclass(frozen=True, slots=True)
class Chip:
    name: str
    address: str | None = None
    sealed_html: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class WarningGroup:
    name: str | None
    warnings: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class QuoteCard:
    text: str
    page: str | None
    sealed_html: str = ""


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """`address` is relative to the site's root; `url` is elsewhere."""

    title: str
    kind: str | None
    why: str | None
    address: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class BookCard:
    """`heading` is set where a review has several books."""

    heading: str | None
    subtitle: str | None
    cover: Cover
    byline: str
    series: tuple[str, ...]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The card under a review's title."""

    books: tuple[BookCard, ...]
    stars: Stars | None
    verdict: str | None
    themes: tuple[Chip, ...]
    facts: tuple[Fact, ...]
    warnings: tuple[WarningGroup, ...]
    disclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A card in a list; a book without a page has no address."""

    address: str | None
    title: str
    names: str
    cover: Cover
    stars: Stars | None
    unrated: str | None
    status: str | None
    teaser: str
    themes: tuple[str, ...]
    reviewed: str | None


@dataclass(frozen=True, slots=True)
class PageLinks:
    """From a page of a list to others: numbers and addresses, None where some are left out."""

    number: int
    links: tuple[tuple[int, str] | None, ...]
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class BookProgress:
    """Asks how far a reader has read a book.

    A field for a number stands between `before` and `after`. Its `scale` is `chapter` or
    `progress`, or None where no spoiler of the book has a position: then there is no such field.
    """

    key: str
    question: str
    scale: str | None
    most: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SpoilerControl:
    """`book` is the key of the book that is meant where a spoiler names none.

    `total` counts the spoilers on the page.
    """

    book: str | None
    books: tuple[BookProgress, ...]
    total: int


@dataclass(frozen=True, slots=True)
class After:
    """What stands under a review's text."""

    quotes: tuple[QuoteCard, ...]
    related: tuple[RelatedCard, ...]
    sign_off: str | None
