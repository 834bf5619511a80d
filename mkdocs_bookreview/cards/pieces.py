"""Builds the small pieces of cards once, and keeps them, because many pages show the same ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_bookreview.cards.covers import Cover, Picture, build_cover
from mkdocs_bookreview.cards.names import join_names
from mkdocs_bookreview.cards.stars import Stars, build_stars
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.words.language import Words

# A placeholder for the address of the site's root, because markup that is rendered once appears on
# pages in different folders.
ROOT = "\x00"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Holds addresses on the site, relative to its root.

    `pictures` maps a path below the docs folder to the picture. `terms` maps the name of a taxonomy
    to its pages. `related` maps the source or the book key of a published review to its title and
    address.
    """

    pictures: Mapping[str, Picture]
    terms: Mapping[str, TermPages]
    related: Mapping[str, tuple[str, str]]


class Pieces:
    """Builds names with links, dates, stars and covers, in one language.

    `rating` are the site's options for ratings.
    """

    def __init__(self, at: Addresses, words: Words, rating: RatingSettings | None = None) -> None:
        self.at = at
        self.words = words
        self.rating = rating or RatingSettings()
        self._links: dict[tuple[str, str, str | None], Markup] = {}
        self._dates: dict[PartialDate, str] = {}
        self._stars: dict[Rating, Stars] = {}
        self._covers: dict[tuple[str, str, str | None], Cover] = {}

    def stars(self, rating: Rating | None) -> Stars | None:
        """Return the stars of a rating. They are kept, because a scale has few values."""
        if rating and rating not in self._stars:
            self._stars[rating] = build_stars(rating, self.words, self.rating)
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
        """Return `name` unchanged, but linked to the page of its term if there is such a page.

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

    def links(self, taxonomy: str, names: Iterable[str]) -> Markup:
        return Markup(", ").join(self.link(taxonomy, name) for name in names)
