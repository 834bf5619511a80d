"""Defines the data that templates get about a review: texts that are ready to show, and addresses.

Templates must escape every text, because it may be plain. A text with links is Markup, which
escaping leaves as it is. A field that ends in `_html` is markup already. Addresses are relative to
the site's root.
"""

from dataclasses import dataclass

from mkdocs_bookreview.cards.covers import Cover, Picture
from mkdocs_bookreview.cards.stars import Stars
from mkdocs_bookreview.cards.tiles import Tile
from mkdocs_bookreview.model.book import Link


@dataclass(frozen=True, slots=True)
class Chip:
    """Describes a theme or a content warning on a card.

    `address` is None if the theme or warning has no page. If the chip is a spoiler, `name` is empty
    and `sealed_html` has the closed spoiler. `reason` is the author's note about a theme, or None.
    """

    name: str
    address: str | None = None
    sealed_html: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Describes a row of facts, for example "Language" with the value "French".

    `key` is the stable name of the row, such as `language`, whatever the language of the site.
    """

    key: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AspectStars:
    """Describes the rating of an aspect: `key` is its name in the options, `name` is shown."""

    key: str
    name: str
    stars: Stars


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """Describes content warnings of one severity; `name` is None if they have no severity."""

    name: str | None
    warnings: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """Describes a quote. `page` is for example "page 12", or None if it is not known.

    If the quote is a spoiler, `text` is empty, `page` is None, and `sealed_html` has both.
    """

    text: str
    page: str | None
    sealed_html: str = ""


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """Describes a related work.

    `kind` is for example "film", `why` the reason, and `names` the names of the authors; each is
    None if not given. `cover` is the picture of its cover, or a tile. `address` leads to a review
    on this site, `url` to another site; without both the title has no link.
    """

    title: str
    kind: str | None
    why: str | None
    address: str | None
    url: str | None
    names: str | None
    cover: Picture | Tile


@dataclass(frozen=True, slots=True)
class CardPart:
    """Names a part of a card, in the order in which the card shows its parts.

    `kind` is `verdict`, `rating`, `aspects`, `byline`, `series`, `themes`, `further`, `dates`,
    `reasons`, `links` or `blurb`, each a field of `Card` or `BookCard`. Otherwise `kind` is
    `facts`, and the field `facts` has the rows.
    """

    kind: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class BookCard:
    """Describes a book on a review's card.

    `heading` is its title if the review has several books, otherwise None. `subtitle` is None if
    there is none. `byline` has names, publisher, date and length. `series` are names of series with
    the book's position. `blurb` are the paragraphs of its publisher's description. `parts` go
    beside the cover, `more` into the closed part below; the parts of the first book include those
    of the review.
    """

    heading: str | None
    subtitle: str | None
    cover: Cover
    byline: str
    series: tuple[str, ...]
    links: tuple[Link, ...]
    blurb: tuple[str, ...]
    parts: tuple[CardPart, ...]
    more: tuple[CardPart, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Describes the card under a review's title.

    `stars` is None if the review has no rating; then `unrated` is a text such as "Not rated", or
    None if nothing on the site has a rating. `verdict` is None if the author wrote none. `themes`
    are the themes beside the cover, `further` are the themes without room there. `dates` say when
    the book was read and reviewed, with a link to the archived comments. `disclosures` are
    sentences that readers must see before the review. `affiliate` is the sentence about paid links;
    None if there are no paid links. `warned` is the heading of `warnings`. `more` has the closed
    parts of a review of several books; for a single book it is empty, because the book's own `more`
    has them. `aspects` are ratings of parts of the book, such as its characters.
    """

    books: tuple[BookCard, ...]
    stars: Stars | None
    unrated: str | None
    verdict: str | None
    themes: tuple[Chip, ...]
    further: tuple[Chip, ...]
    dates: tuple[str, ...]
    disclosures: tuple[str, ...]
    affiliate: str | None
    warned: str
    warnings: tuple[WarningGroup, ...]
    more: tuple[CardPart, ...]
    aspects: tuple[AspectStars, ...] = ()

    @property
    def reasons(self) -> tuple[Chip, ...]:
        """Return the themes with a note of the author that is open to read."""
        return tuple(theme for theme in (*self.themes, *self.further) if theme.reason)


@dataclass(frozen=True, slots=True)
class Item:
    """Describes a review, or a book without a page, in a list.

    `address` is None if there is no page. `stars` is None if there is no rating; then `unrated` is
    a text such as "Not rated", or None if no rating is expected. `status` is a text such as
    "Paused", or None if the book was read, or if no reading is known. `themes` are names of the
    heaviest open themes. `reviewed` is a date, or None if not known. `comments` counts the archived
    comments of the page in words, such as "12 comments"; None if the page has none.

    `month` is the month and year of the review, or else of the last reading, and `datetime` is the
    same for programs: `2024-05`. Each is None if it is not known. `verdict` is None if the author
    wrote none; then lists show the `teaser`. `number` is the book's place in the series that the
    list shows, such as `0.5` or `1–3`, and empty in other lists. `note` is the author's note about
    the book in this list, and empty if there is no note.
    """

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
    comments: str | None = None
    month: str | None = None
    datetime: str | None = None
    verdict: str | None = None
    number: str = ""
    note: str = ""

    def __hash__(self) -> int:
        # Only two fields are hashed, because renderers look up each item three times, and a hash of
        # all fields would read its cover, stars and teaser each time. Items stay equal by all
        # fields, because `--dirty` writes a list again only if its items differ from those before.
        return hash((self.address, self.title))


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Describes the links from a page of a list to its other pages.

    `number` is the page's own, from 1. `links` are pairs of number and address, with None where
    pages are left out. `newer` and `older` are the addresses of the pages before and after it, None
    at the ends of the list.
    """

    number: int
    links: tuple[tuple[int, str] | None, ...]
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class BookProgress:
    """Describes the question how far a reader has read a book.

    `key` is the book's key. The text `before` precedes the field for a number, `after` follows it.
    `scale` is `chapter` or `progress`, or None if no spoiler of the book has a position: then the
    question has no field. `most` is the highest number, or None if it is not known.
    """

    key: str
    question: str
    scale: str | None
    most: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SpoilerControl:
    """Describes the control that opens the spoilers of a page.

    `book` is the key of the book to which a spoiler belongs if the spoiler names no book; it is
    None on pages that are not reviews. `books` are the questions. `total` counts the spoilers on
    the page.
    """

    book: str | None
    books: tuple[BookProgress, ...]
    total: int


@dataclass(frozen=True, slots=True)
class After:
    """Describes the parts below a review's text. `sign_off` is None if the site has none."""

    quotes: tuple[QuoteCard, ...]
    related: tuple[RelatedCard, ...]
    sign_off: str | None
