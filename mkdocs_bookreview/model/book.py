"""Books, and who and what belongs to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.names import fold, slug

AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Contributor:
    """`sort` is how the name stands in an alphabet; people of one name have an `id` each."""

    name: str
    role: str = AUTHOR
    sort: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesPosition:
    """`1`, `0.5`, or an omnibus of `1-3`."""

    first: Decimal
    last: Decimal

    @property
    def order(self) -> tuple[Decimal, Decimal]:
        return (self.first, self.last)

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    name: str
    position: SeriesPosition | None = None


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str
    affiliate: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """An edition of a book. Lengths: `pages` in pages, `duration` in minutes.

    `cover` is a path below the docs folder. Languages are BCP 47 codes or names as written.
    """

    title: str
    id: str | None = None
    subtitle: str | None = None
    original_title: str | None = None
    original_language: str | None = None
    authors: tuple[Contributor, ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    isbn: Isbn | None = None
    published: PartialDate | None = None
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

    @property
    def writers(self) -> tuple[Contributor, ...]:
        """The authors, without translators, narrators and others."""
        return tuple(person for person in self.authors if person.role.lower() == AUTHOR)

    @property
    def credited(self) -> tuple[Contributor, ...]:
        """Whom the book is known by: its authors, else the first of those who made it."""
        return self.writers or self.authors[:1]

    @property
    def key(self) -> str:
        """One identity for all editions: what names a book anywhere names this."""
        if self.id:
            return self.id
        return slug(" ".join([self.title, *(person.name for person in self.credited[:1])]))

    @property
    def work(self) -> tuple[str, str]:
        """Folded title and first author: books that differ in them are different books."""
        return (fold(self.title), fold(self.credited[0].name) if self.credited else "")
