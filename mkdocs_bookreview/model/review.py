"""Reviews, and what a reviewer says around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating


class Status(StrEnum):
    """Where the reader stands with the book."""

    READ = "read"
    READING = "reading"
    STOPPED = "stopped"
    PAUSED = "paused"
    TO_READ = "to-read"


class Weight(StrEnum):
    """How much of a theme, or of what is warned of, is in the book."""

    CENTRAL = "central"
    MAJOR = "major"
    MINOR = "minor"


# The heaviest first; what has no weight stands before what is minor.
WEIGHTS = (Weight.CENTRAL, Weight.MAJOR, None, Weight.MINOR)


class Severity(StrEnum):
    GRAPHIC = "graphic"
    MODERATE = "moderate"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Reading:
    """One time through the book. `at` is where a stopped reader was: `45%`, `page 120`."""

    started: PartialDate | None = None
    finished: PartialDate | None = None
    stopped: PartialDate | None = None
    at: str | None = None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class ThemeMention:
    """`paths` are the themes that it is said to belong to, the widest of each first."""

    name: str
    weight: Weight | None = None
    reason: str | None = None
    spoiler: bool = False
    paths: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ContentWarning:
    name: str
    severity: Severity | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    page: str | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A review here, by its source or its book's key, or anything else, by address."""

    review: str | None = None
    title: str | None = None
    kind: str | None = None
    url: str | None = None
    why: str | None = None


class CommentsOpen(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Thread:
    """What a page says of its comments; without an `id` one is derived."""

    state: CommentsOpen = CommentsOpen.OPEN
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A page about one book, or several. `source` is its path below the docs folder.

    `more` are the author's own keys.
    """

    source: str
    books: tuple[Book, ...]
    date: PartialDate | None = None
    updated: PartialDate | None = None
    description: str | None = None
    reviewer: str | None = None
    rating: Rating | None = None
    readings: tuple[Reading, ...] = ()
    shelf: Status | None = None
    themes: tuple[ThemeMention, ...] = ()
    warnings: tuple[ContentWarning, ...] = ()
    copy: str | None = None
    disclosure: str | None = None
    verdict: str | None = None
    related: tuple[Related, ...] = ()
    quotes: tuple[Quote, ...] = ()
    spoilers: bool = False
    comments: Thread = Thread()
    draft: bool = False
    redirect_from: tuple[str, ...] = ()
    more: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def book(self) -> Book:
        """The first of its books, by which the review is found."""
        return self.books[0]

    @property
    def status(self) -> Status | None:
        if self.shelf:
            return self.shelf
        if not self.readings:
            return None
        last = self.readings[-1]
        if last.stopped:
            return Status.STOPPED
        return Status.READ if last.finished else Status.READING

    @property
    def themes_by_weight(self) -> tuple[ThemeMention, ...]:
        """The heaviest first."""
        return tuple(sorted(self.themes, key=lambda theme: WEIGHTS.index(theme.weight)))

    @property
    def open_themes(self) -> tuple[ThemeMention, ...]:
        """Those that are no spoilers, the heaviest first."""
        return tuple(theme for theme in self.themes_by_weight if not theme.spoiler)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Texts that are spoilers on its card and under it."""
        return (
            *(theme.name for theme in self.themes if theme.spoiler),
            *(theme.reason for theme in self.themes if theme.spoiler and theme.reason),
            *(warning.name for warning in self.warnings if warning.spoiler),
            *(quote.text for quote in self.quotes if quote.spoiler),
        )

    @property
    def is_stub(self) -> bool:
        """A book that waits to be read has no review yet."""
        return self.status is Status.TO_READ
