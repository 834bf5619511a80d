"""Builds the content that templates show of a review, in one language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import count
from types import MappingProxyType

from markupsafe import Markup, escape

from mkdocs_bookreview.cards.after import AfterBuilder
from mkdocs_bookreview.cards.facts import FactBuilder
from mkdocs_bookreview.cards.layout import CardLayout, Shown, arrange_more, arrange_parts
from mkdocs_bookreview.cards.links import BookLinks
from mkdocs_bookreview.cards.names import list_names
from mkdocs_bookreview.cards.pieces import Addresses, Pieces
from mkdocs_bookreview.cards.stars import build_stars
from mkdocs_bookreview.cards.views import (
    After,
    AspectStars,
    BookCard,
    Card,
    Chip,
    Item,
    WarningGroup,
)
from mkdocs_bookreview.model.book import Book, SeriesEntry
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import (
    Aspect,
    ContentWarning,
    Review,
    Severity,
    Status,
    ThemeMention,
)
from mkdocs_bookreview.settings.links import LinkSettings
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.settings import THEMES
from mkdocs_bookreview.words.language import Words

# The names of parts that have a field of their own, in `Card` or in `BookCard`.
_OF_REVIEW = ("verdict", "aspects", "themes", "further", "dates", "reasons")
_OF_BOOK = ("byline", "series", "links", "blurb")
_MOST_CHIPS = 12  # themes beside the cover, if a closed part can show the others
_MOST_THEMES = 3  # on a card in a list
_UNREAD = (Status.TO_READ, Status.READING)  # nobody expects a rating, so no "not rated"
_NOTHING = Shown()
_NO_LINKS: Mapping[str, LinkSettings] = MappingProxyType({})
# Takes markup and an id that is unique on the page; returns a closed spoiler that hides the markup.
Seal = Callable[[str, str], str]


class CardBuilder(Pieces):
    """Builds the content that a page shows of its review, in one language.

    `has_ratings` is False if the site rates nothing; then no card says that a book is not rated.
    `rating` are the site's options for ratings. `layout` says where a card shows its parts; None
    means the default layout. `links` are the templates of links that the site makes for all books.
    """

    def __init__(
        self,
        at: Addresses,
        words: Words,
        seal: Seal,
        affiliate: str | None,
        relations: Relations,
        *,
        has_ratings: bool = True,
        rating: RatingSettings | None = None,
        layout: CardLayout | None = None,
        links: Mapping[str, LinkSettings] = _NO_LINKS,
    ) -> None:
        super().__init__(at, words, rating)
        self._has_ratings = has_ratings
        self.relations = relations
        self._seal = seal
        self._sealed = count()
        self.affiliate = affiliate or words("affiliate")
        self._layout = layout or CardLayout()
        self._book_links = BookLinks(links)
        self._facts = FactBuilder(self, self._layout.reviewer)
        self._after = AfterBuilder(self, relations)

    def without_seal(self) -> "CardBuilder":
        """Return a builder that shows spoilers openly, and shares the cached pieces of this one."""
        builder = copy(self)
        builder._seal = lambda html, _: html
        return builder

    @property
    def grounds(self) -> object:
        """Return all data on which cards and items depend, apart from the review.

        Builders with equal grounds make equal cards of equal reviews.
        """
        names = {
            name: (pages.title, pages.taxonomy.names, pages.addresses)
            for name, pages in self.at.terms.items()
        }
        settings = self.words.grounds, self.affiliate, self._has_ratings, self._layout
        links = self._book_links.templates
        return *settings, links, self.rating, self.at.pictures, names

    @property
    def grounds_after(self) -> object:
        """Return all data on which the parts after the text depend, apart from the review."""
        works = {
            review.source: [(book.title, book.authors, book.cover) for book in review.books]
            for review in self.relations.reviews
        }
        shown = self.at.related, self.at.pictures, works
        return self.words.grounds, *shown, self.relations.grounds

    def seal(self, text: str, small: str | None = None) -> str:
        """Return a closed spoiler with `text`, and with `small` in small print after it."""
        html = escape(text)
        if small:
            html += escape(" ") + Markup("<small>{}</small>").format(small)
        return self._seal(str(html), f"bookreview-card-spoiler-{next(self._sealed)}")

    def card(self, review: Review, comments: int = 0) -> Card:
        """Return the card under the title; `comments` counts the archived comments of its page."""
        # The method `after` continues this count, because both are on one page, where ids must be
        # unique.
        self._sealed = count(1)
        themes = tuple(self.theme(theme) for theme in review.themes_by_weight)
        most = _MOST_CHIPS if self._layout.divides_themes else len(themes)
        card = Card(
            (),
            self.stars(review.rating),
            None if review.rating else self.unrated(),
            review.verdict,
            themes[:most],
            themes[most:],
            tuple(self._facts.build_dates(review, comments)),
            tuple(self.disclosures(review)),
            self.affiliate if self._has_affiliates(review) else None,
            self.words("warnings", n=len(review.warnings)),
            tuple(self.warnings(review.warnings)),
            (),
            tuple(self.aspect(one) for one in review.aspects),
        )
        return self._arrange(card, review)

    def _arrange(self, card: Card, review: Review) -> Card:
        """Return the card with its books, and everything in its place."""
        kinds = {name for name in _OF_REVIEW if getattr(card, name)}
        if card.stars or card.unrated:
            kinds.add("rating")
        rows = self._facts.build_review(review, with_dates=self._layout.has_dates)
        shown = Shown(frozenset(kinds), tuple(rows))
        first, *others = review.books
        if not others:
            return replace(card, books=(self.book(review, first, shown, shown),))
        books = (self.book(review, first, shown), *(self.book(review, book) for book in others))
        return replace(card, books=books, more=arrange_more(self._layout, shown))

    def item(self, review: Review, address: str | None, teaser: str, comments: int = 0) -> Item:
        """Return the small card of a review for lists; `address` is None if there is no page.

        `comments` counts the archived comments of the review's page.
        """
        themes = review.open_themes[:_MOST_THEMES]
        month, datetime = self.month(review.listed_on)
        return Item(
            address,
            " · ".join(one.title for one in review.books),
            list_names(review.credited, self.words),
            self.cover(review, review.book),
            self.stars(review.rating),
            None if review.rating or review.status in _UNREAD else self.unrated(),
            _status(review, self.words),
            teaser,
            tuple(self.term(THEMES, theme.name)[0] for theme in themes),
            self.date(review.date) if review.date else None,
            self.words("archive_count", comments) if comments else None,
            month,
            datetime,
            review.verdict,
        )

    def month(self, when: PartialDate | None) -> tuple[str | None, str | None]:
        """Return the month of a date in words, and as `2024-05` for programs; each may be None."""
        if not when:
            return None, None
        month = replace(when, day=None)
        # Only an exact date CE is written for programs, because HTML has no approximate dates and
        # no dates BCE.
        is_plain = when.year > 0 and not when.is_approximate
        return self.date(month), str(month) if is_plain else None

    def after(self, review: Review, sign_off: str | None) -> After:
        """Return the parts below the review's text; call this after `card` for the same review."""
        return self._after.build(review, self.seal, sign_off)

    def book(
        self,
        review: Review,
        book: Book,
        beside: Shown = _NOTHING,
        more: Shown = _NOTHING,
    ) -> BookCard:
        """Return the card of a book of a review.

        `beside` and `more` are the parts of the whole review that the card shows beside the cover
        and in the closed part, if the layout puts them there.
        """
        card = BookCard(
            book.title if len(review.books) > 1 else None,
            book.subtitle,
            self.cover(review, book),
            Markup(" · ").join(self.byline(book)),
            tuple(self.series(entry) for entry in book.series),
            self._book_links.find(book),
            book.blurb,
            (),
            (),
        )
        kinds = frozenset(name for name in _OF_BOOK if getattr(card, name))
        own = Shown(kinds, tuple(self._facts.build_book(book)))
        return replace(
            card,
            parts=arrange_parts(self._layout.facts, own | beside),
            more=arrange_more(self._layout, own | more),
        )

    def unrated(self) -> str | None:
        return self.words("not_rated") if self._has_ratings else None

    def aspect(self, aspect: Aspect) -> AspectStars:
        return AspectStars(
            aspect.name,
            aspect.name[:1].upper() + aspect.name[1:],
            replace(build_stars(aspect.rating, self.words, self.rating), word=None),
        )

    def byline(self, book: Book) -> Iterable[Markup]:
        if book.credited:
            yield self.fill("by", names=self.names(book.credited))
        publisher = self.link("publishers", book.publisher) if book.publisher else None
        published = self.date(book.published) if book.published else None
        if source := Markup(", ").join(part for part in (publisher, published) if part):
            yield source
        if book.pages:
            yield escape(self.words("pages", n=book.pages))
        elif book.duration:
            yield escape(self.words.duration(book.duration))

    def series(self, entry: SeriesEntry) -> Markup:
        name = self.link("series", entry.name)
        if not entry.position:
            return self.fill("series", name=name)
        key = "series_part" if entry.position.first == entry.position.last else "series_parts"
        return self.fill(key, position=str(entry.position), name=name)

    def theme(self, theme: ThemeMention) -> Chip:
        if theme.spoiler:
            return Chip("", sealed_html=self.seal(theme.name, theme.reason))
        return Chip(*self.term(THEMES, theme.name), reason=theme.reason)

    def warnings(self, warnings: Sequence[ContentWarning]) -> Iterable[WarningGroup]:
        for severity in (*Severity, None) if warnings else ():
            chips = tuple(
                Chip("", sealed_html=self.seal(one.name)) if one.spoiler else Chip(one.name)
                for one in warnings
                if one.severity is severity
            )
            if chips:
                name = self.words(f"severity_{severity}") if severity else None
                yield WarningGroup(name, chips)

    def disclosures(self, review: Review) -> Iterable[str]:
        """Yield the sentences that readers must see at once, and not in the closed part."""
        if review.disclosure:
            yield review.disclosure
        elif self._facts.is_given(review):
            yield self._facts.disclose_copy(review)

    def _has_affiliates(self, review: Review) -> bool:
        return any(link.affiliate for book in review.books for link in self._book_links.find(book))


def _status(review: Review, words: Words) -> str | None:
    shown = {
        Status.STOPPED: "status_stopped",
        Status.READING: "status_reading",
        Status.PAUSED: "status_paused",
        Status.TO_READ: "status_to_read",
    }
    return words(shown[review.status]) if review.status in shown else None
