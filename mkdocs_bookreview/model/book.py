"""Describes books, the people who made them, and their series and links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import islice
from types import MappingProxyType

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.names import fold, slug

AUTHOR = "author"
CONTRIBUTOR = "contributor"  # helped in a way that the reviewer does not know or name


@dataclass(frozen=True, slots=True)
class Contributor:
    """A contributor made a book in some `role`: the author, a translator, a narrator.

    `sort` is the form of the name that lists are sorted by, None if the name itself is used. `id`
    distinguishes people who share a name; None if no id was given.
    """

    name: str
    role: str = AUTHOR
    sort: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesPosition:
    """A position says where in a series a book belongs: `1`, `0.5`, or `1–3` for an omnibus.

    `first` and `last` are equal unless the book contains several parts of the series.
    """

    first: Decimal
    last: Decimal

    @property
    def order(self) -> tuple[Decimal, Decimal]:
        return (self.first, self.last)

    @property
    def plain(self) -> str:
        """Return the position as other programs read it, with a hyphen: `1-3`."""
        first, last = self.order
        return f"{first:f}" if first == last else f"{first:f}-{last:f}"

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """An entry names a series that a book belongs to; `position` is None if unknown."""

    name: str
    position: SeriesPosition | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link leads to a place where the book can be found, such as a shop.

    `name` is its text. `affiliate` is True if the site earns from purchases made through it.
    """

    name: str
    url: str
    affiliate: bool = False


# This class has no slots, because cached properties need a `__dict__`, and a build asks for each
# book's key 30 times.
@dataclass(frozen=True)
class Book:
    """Describes one edition of a book. A field that was not given is None or empty.

    `id` is shared by all editions of the book. `sort` is the title as lists sort it; None to sort
    by `title` without its article. `blurb` has the paragraphs of its publisher's description.
    `published` is the date of this edition, and `first_published` that of the first edition in any
    language. `language` and `original_language` are BCP 47 codes, or names as the author wrote
    them. `authors` also lists translators, narrators and others, with their roles. `pages` and
    `chapters` are counts, `duration` is in minutes. `cover` is a path relative to the docs folder.
    `ids` maps the name of a catalogue to the book's id in it. `unlinked` are the names of links
    that the site makes for other books, but not for this book. `same_as` is the key that this book
    has in another review, if that review spells its title or author differently.
    """

    title: str
    id: str | None = None
    sort: str | None = None
    subtitle: str | None = None
    blurb: tuple[str, ...] = ()
    original_title: str | None = None
    original_language: str | None = None
    authors: tuple[Contributor, ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    isbn: Isbn | None = None
    published: PartialDate | None = None
    first_published: PartialDate | None = None
    publisher: str | None = None
    pages: int | None = None
    chapters: int | None = None
    duration: int | None = None
    language: str | None = None
    format: str | None = None
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    pace: str | None = None
    cover: str | None = None
    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: tuple[Link, ...] = ()
    unlinked: tuple[str, ...] = ()
    same_as: str | None = None

    @cached_property
    def writers(self) -> tuple[Contributor, ...]:
        """Return the authors only, without translators, narrators and others."""
        return tuple(person for person in self.authors if person.role.lower() == AUTHOR)

    @cached_property
    def credited(self) -> tuple[Contributor, ...]:
        """Return the people to name beside the title: the authors, else the first other person.

        People whose role is just `contributor` are never among them.
        """
        others = (person for person in self.authors if person.role.lower() != CONTRIBUTOR)
        return self.writers or tuple(islice(others, 1))

    @cached_property
    def key(self) -> str:
        """Return the key of all editions of the book; front matter names the book by it."""
        return self.same_as or self.own_key

    @cached_property
    def own_key(self) -> str:
        """Return the key that depends on this book alone, because ids of comments must not change.

        Without an `id` it is made of title and first author: `never-let-me-go-kazuo-ishiguro`.
        """
        if self.id:
            return self.id
        return slug(" ".join([self.title, *(person.name for person in self.credited[:1])]))

    @cached_property
    def work(self) -> tuple[str, str]:
        """Return the folded title and first author, which are equal for all editions of a work."""
        return (fold(self.title), fold(self.credited[0].name) if self.credited else "")
