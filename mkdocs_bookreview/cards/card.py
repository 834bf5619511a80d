"""Builds what the templates show of a review, in one language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup, escape

from mkdocs_bookreview.cards.covers import Cover, Picture, build_cover
from mkdocs_bookreview.cards.names import join_names, list_names
from mkdocs_bookreview.cards.readings import ReadingWords
from mkdocs_bookreview.cards.related import relate
from mkdocs_bookreview.cards.stars import Stars, build_stars
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.cards.views import (
    After,
    BookCard,
    Card,
    Chip,
    Fact,
    Item,
    QuoteCard,
    RelatedCard,
    WarningGroup,
)
from mkdocs_bookreview.model.book import Book, Contributor, SeriesEntry
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import (
    ContentWarning,
    Quote,
    Related,
    Review,
    Severity,
    Status,
    ThemeMention,
)
from mkdocs_bookreview.settings.settings import THEMES
from mkdocs_bookreview.words.language import Words

_MOST_THEMES = 3  # on a card in a list
_UNREAD = (Status.TO_READ, Status.READING)  # nobody expects a rating, so no "not rated"
# A placeholder for the address of the site's root, because markup that is rendered once appears on
# pages in different folders.
ROOT = "\x00"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Knows the addresses on the site, relative to its root.

    `pictures` maps a path below the docs folder to the picture. `terms` maps the name of a taxonomy
    to its pages. `related` maps the source or the book key of a published review to its title and
    address.
    """

    pictures: Mapping[str, Picture]
    terms: Mapping[str, TermPages]
    related: Mapping[str, tuple[str, str]]


# Takes markup and an id that is unique on the page; returns a closed spoiler that hides the markup.
Seal = Callable[[str, str], str]


class CardBuilder:
    """Builds what a page shows of its review, in one language.

    Links, stars and covers are built once and kept, because many pages and lists show them.
    `has_ratings` is False if the site rates nothing; then no card says that a book is not rated.
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
    ) -> None:
        self.at = at
        self._has_ratings = has_ratings
        self.relations = relations
        self.words = words
        self._seal = seal
        self._sealed = count()
        self.affiliate = affiliate or words("affiliate")
        self._links: dict[tuple[str, str, str | None], Markup] = {}
        self._dates: dict[PartialDate, str] = {}
        self._stars: dict[Rating, Stars] = {}
        self._covers: dict[tuple[str, str, str | None], Cover] = {}
        self._readings = ReadingWords(words, self.date, self.stars)

    def without_seal(self) -> "CardBuilder":
        """Return a builder that shows what is hidden; it shares what this one keeps."""
        builder = copy(self)
        builder._seal = lambda html, _: html
        return builder

    @property
    def grounds(self) -> object:
        """Return all that cards and items depend on besides their review.

        Builders with equal grounds make equal cards of equal reviews.
        """
        names = {
            name: (pages.title, pages.taxonomy.names, pages.addresses)
            for name, pages in self.at.terms.items()
        }
        settings = str(self.words.locale), self.affiliate, self._has_ratings
        return *settings, self.at.pictures, names

    @property
    def grounds_after(self) -> object:
        """Return all that the parts after the text depend on besides their review."""
        return str(self.words.locale), self.at.related, self.relations.grounds

    def seal(self, text: str, small: str | None = None) -> str:
        """Return a closed spoiler with `text`, and with `small` in small print after it."""
        html = escape(text)
        if small:
            html += escape(" ") + Markup("<small>{}</small>").format(small)
        return self._seal(str(html), f"bookreview-card-spoiler-{next(self._sealed)}")

    def card(self, review: Review) -> Card:
        # `after` goes on counting, because the ids of spoilers must be unique on the page of both.
        self._sealed = count(1)
        return Card(
            tuple(self.book(review, book) for book in review.books),
            self.stars(review.rating),
            None if review.rating else self.unrated(),
            review.verdict,
            tuple(self.theme(theme) for theme in review.themes_by_weight),
            tuple(self.review_facts(review)),
            tuple(self.warnings(review.warnings)),
            tuple(self.disclosures(review)),
        )

    def item(self, review: Review, address: str | None, teaser: str, comments: int = 0) -> Item:
        """Return the small card of a review for lists; `address` is None if it has no page.

        `comments` counts the archived comments of its page.
        """
        themes = review.open_themes[:_MOST_THEMES]
        return Item(
            address,
            " · ".join(one.title for one in review.books),
            list_names(review.book.credited, self.words),
            self.cover(review, review.book),
            self.stars(review.rating),
            None if review.rating or review.status in _UNREAD else self.unrated(),
            _status(review, self.words),
            teaser,
            tuple(self.term(THEMES, theme.name)[0] for theme in themes),
            self.date(review.date) if review.date else None,
            self.words("archive_count", comments) if comments else None,
        )

    def after(self, review: Review, sign_off: str | None) -> After:
        """Return what follows the review's text; call it after `card` for the same review."""
        quotes = tuple(self.quote(quote) for quote in review.quotes)
        # Skip a review that is not published yet, because there is no page to link to.
        related = [
            self.related(one)
            for one in review.related
            if one.review is None or one.review in self.at.related
        ]
        for other, why in relate(review, self.relations, self.words):
            title, address = self.at.related[other.source]
            related.append(RelatedCard(title, None, why, address))
        return After(quotes, tuple(related), sign_off)

    def book(self, review: Review, book: Book) -> BookCard:
        return BookCard(
            book.title if len(review.books) > 1 else None,
            book.subtitle,
            self.cover(review, book),
            Markup(" · ").join(self.byline(book)),
            tuple(self.series(entry) for entry in book.series),
            tuple(self.book_facts(book)),
            book.links,
        )

    def unrated(self) -> str | None:
        return self.words("not_rated") if self._has_ratings else None

    def stars(self, rating: Rating | None) -> Stars | None:
        """Return the stars of a rating. They are kept, because a scale has few values."""
        if rating and rating not in self._stars:
            self._stars[rating] = build_stars(rating, self.words)
        return self._stars[rating] if rating else None

    def cover(self, review: Review, book: Book) -> Cover:
        """Return a book's cover. It is kept, because the book's page and several lists show it."""
        picture = self.at.pictures.get(book.cover or "")
        key = (review.source, book.title, book.cover)
        if key not in self._covers:
            self._covers[key] = build_cover(book, picture, self.words)
        return self._covers[key]

    def date(self, when: PartialDate) -> str:
        """Return a date in words. It is kept, because cards and lists show the same dates."""
        if when not in self._dates:
            self._dates[when] = self.words.date(when)
        return self._dates[when]

    def term(self, taxonomy: str, name: str, ident: str | None = None) -> tuple[str, str | None]:
        """Return the name of the term that readers see, and its address or None without a page."""
        pages = self.at.terms.get(taxonomy)
        return (pages and pages.find(name, ident)) or (name, None)

    def link(self, taxonomy: str, name: str, ident: str | None = None) -> Markup:
        """Return the name as the book has it, linked to the page of its term if there is one.

        The link is kept, because many books have the same names.
        """
        key = (taxonomy, name, ident)
        if key not in self._links:
            _, address = self.term(*key)
            linked = Markup('<a href="{}/{}">{}</a>').format(ROOT, address, name)
            self._links[key] = linked if name and address else escape(name)
        return self._links[key]

    def fill(self, key: str, **values: str) -> Markup:
        """Return the text with its values, which are escaped unless they are markup."""
        return escape(self.words.text(key)).format(**values)

    def names(self, people: Sequence[Contributor]) -> Markup:
        links = [self.link("authors", person.name, person.id) for person in people]
        return escape(join_names(links, self.fill, Markup(", ")))

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

    def book_facts(self, book: Book) -> Iterable[Fact]:
        for role, people in _by_role(book).items():
            yield Fact(self.role(role), self.names(people))
        first = book.first_published if book.first_published != book.published else None
        language = self.words.language_name(book.language) if book.language else ""
        rows = {
            "first_published": self.date(first) if first else "",
            "original": self.original(book),
            "language": self.link("languages", language),
            "format": self.link("formats", (book.format or "").capitalize()),
            "genres": self.links("genres", book.genres),
            "moods": self.links("moods", book.moods),
            "pace": self.link("pace", (book.pace or "").capitalize()),
        }
        yield from (Fact(self.words(key), value) for key, value in rows.items() if value)
        if book.pages and book.duration:
            yield Fact(self.words("length"), self.words.duration(book.duration))
        if book.isbn:
            yield Fact("ISBN", str(book.isbn))

    def original(self, book: Book) -> str:
        """Return title and language of the original, as far as they are known."""
        title = book.original_title or ""
        if not book.original_language:
            return title
        name = self.words.language_name(book.original_language)
        return self.words("title_in", title=title, language=name) if title else name

    def links(self, taxonomy: str, names: Iterable[str]) -> Markup:
        return Markup(", ").join(self.link(taxonomy, name) for name in names)

    def role(self, role: str) -> str:
        return self.words.find(f"role_{role}") or role.capitalize()

    def review_facts(self, review: Review) -> Iterable[Fact]:
        for text in self._readings.describe(review.readings):
            yield Fact(self.words("read"), text)
        if review.shelf:
            yield Fact(self.words("read"), self.words(f"status_{review.shelf.name.lower()}"))
        if review.date or review.reviewer:
            yield Fact(self.words("reviewed"), self.reviewed(review))
        if review.copy:
            known = self.words.find(f"copy_{review.copy.lower()}")
            yield Fact(self.words("copy"), known or review.copy.capitalize())
        for key, names in review.more.items():
            if key in self.at.terms:
                yield Fact(self.at.terms[key].title, self.links(key, names))

    def reviewed(self, review: Review) -> str:
        text = self.date(review.date) if review.date else ""
        if text and review.reviewer:
            text = self.words("reviewed_by", date=text, name=review.reviewer)
        if review.updated and text:
            text = self.words("updated", date=text, updated=self.date(review.updated))
        return text or review.reviewer or ""

    def warnings(self, warnings: Sequence[ContentWarning]) -> Iterable[WarningGroup]:
        for severity in (*Severity, None):
            chips = tuple(
                Chip("", sealed_html=self.seal(one.name)) if one.spoiler else Chip(one.name)
                for one in warnings
                if one.severity is severity
            )
            if chips:
                name = self.words(f"severity_{severity}") if severity else None
                yield WarningGroup(name, chips)

    def disclosures(self, review: Review) -> Iterable[str]:
        if review.disclosure:
            yield review.disclosure
        if any(link.affiliate for book in review.books for link in book.links):
            yield self.affiliate

    def quote(self, quote: Quote) -> QuoteCard:
        page = self.words("quote_page", page=quote.page) if quote.page else None
        if quote.spoiler:
            return QuoteCard("", None, self.seal(quote.text, page))
        return QuoteCard(quote.text, page)

    def related(self, related: Related) -> RelatedCard:
        title, address = self.at.related.get(related.review or "", ("", None))
        return RelatedCard(related.title or title, related.kind, related.why, address, related.url)


def _by_role(book: Book) -> dict[str, list[Contributor]]:
    """Return contributors by role, without those who are already in the byline."""
    roles: dict[str, list[Contributor]] = {}
    for person in book.authors:
        if person not in book.credited:
            roles.setdefault(person.role.lower(), []).append(person)
    return roles


def _status(review: Review, words: Words) -> str | None:
    shown = {
        Status.STOPPED: "status_stopped",
        Status.READING: "status_reading",
        Status.PAUSED: "status_paused",
    }
    return words(shown[review.status]) if review.status in shown else None
