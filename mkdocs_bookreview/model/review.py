"""Describes reviews and what belongs to them: readings, themes, warnings, quotes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating


class Status(StrEnum):
    """A status says how far the reader has come with the book."""

    READ = "read"
    READING = "reading"
    STOPPED = "stopped"
    PAUSED = "paused"
    TO_READ = "to-read"


def name_shelf(value: object) -> object:
    """Return our name for a shelf: Goodreads' `currently-reading` gives `reading`."""
    text = re.sub(r"[\s_]+", "-", value.strip().lower()) if isinstance(value, str) else value
    names = {"currently-reading": Status.READING, "did-not-finish": Status.STOPPED}
    return names.get(text, text) if isinstance(text, str) else text


# A reading has one of these states; READING means that it has not ended.
Ending = Literal[Status.READ, Status.STOPPED, Status.READING]


class Weight(StrEnum):
    """A weight says how large a part a theme has in the book."""

    CENTRAL = "central"
    MAJOR = "major"
    MINOR = "minor"


# The heaviest is first. None is before MINOR, because it counts for more than a minor theme.
WEIGHTS = (Weight.CENTRAL, Weight.MAJOR, None, Weight.MINOR)


class Severity(StrEnum):
    """A severity says how strong the content is that a warning is about."""

    GRAPHIC = "graphic"
    MODERATE = "moderate"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading is one time through the book, or as far as the reader got.

    `status` is READ, STOPPED, or READING if it has not ended. `started` and `ended` are None if the
    author does not know them. `at` is the place where a reader stopped, as text: `45%`, `page 120`.
    `rating` is None if this reading has no rating of its own.
    """

    status: Ending
    started: PartialDate | None = None
    ended: PartialDate | None = None
    at: str | None = None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class ThemeMention:
    """A review mentions a theme of this `name`; `reason` says why, as text.

    `weight` and `reason` are None if not given. `spoiler` is True if name and reason must be
    hidden. Each of `paths` lists the themes above this theme, the widest first.
    """

    name: str
    weight: Weight | None = None
    reason: str | None = None
    spoiler: bool = False
    paths: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ContentWarning:
    """A warning names content that may upset readers; it is hidden if `spoiler` is True.

    `severity` is None if not given.
    """

    name: str
    severity: Severity | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote is a passage of the book, hidden if `spoiler` is True; `page` is None if unknown."""

    text: str
    page: str | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A related work is another review of the site, or anything else that has a `title`.

    `review` is the source of a review or the key of its book. `kind` says what the work is, `film`
    for example, and `why` how it is related. All are None if not given.
    """

    review: str | None = None
    title: str | None = None
    kind: str | None = None
    url: str | None = None
    why: str | None = None


class CommentsOpen(StrEnum):
    """Says if a page has comments, a note that they are closed, or no section at all."""

    OPEN = "open"
    CLOSED = "closed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread describes the comments of a page, as its front matter says.

    `id` is None if the author gave none; then the id of the thread is derived from the page.
    `posts` are addresses of posts whose replies are the comments, by service.
    """

    state: CommentsOpen = CommentsOpen.OPEN
    id: str | None = None
    posts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect is one thing about a book that is rated apart, such as its characters."""

    name: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Review:
    """A review is a page about one book or several. Fields that were not given are None or empty.

    `source` is its path relative to the docs folder. `date` and `updated` are about the review,
    `readings` about the book. `shelf` is the book's shelf if `readings` do not imply it, such as
    `to-read`. `copy` says where the book came from. `disclosure` is a sentence for the card, about
    a free copy for example. `spoilers` is True if the whole review must be hidden. `redirect_from`
    lists former addresses. `aspects` have ratings of their own, which never change `rating`; they
    are in the order of the site's options. `more` has the values of the author's own keys, by which
    the site groups reviews.
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
    aspects: tuple[Aspect, ...] = ()
    more: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def book(self) -> Book:
        """Return the first book, by which the review is sorted and listed."""
        return self.books[0]

    @property
    def credited(self) -> tuple[Contributor, ...]:
        """Return the people to name beside the titles of all books, each of them once."""
        return tuple(dict.fromkeys(one for book in self.books for one in book.credited))

    @property
    def status(self) -> Status | None:
        if self.shelf:
            return self.shelf
        return self.readings[-1].status if self.readings else None

    @property
    def last_read(self) -> PartialDate | None:
        """Return the latest day that is known of any reading: its end, or else its start."""
        days = [day for one in self.readings if (day := one.ended or one.started)]
        return max(days, key=lambda day: day.order, default=None)

    @property
    def listed_on(self) -> PartialDate | None:
        """Return the date by which lists sort the review: its own, or that of the last reading."""
        return self.date or self.last_read

    @property
    def themes_by_weight(self) -> tuple[ThemeMention, ...]:
        """Return all themes, the heaviest first."""
        return tuple(sorted(self.themes, key=lambda theme: WEIGHTS.index(theme.weight)))

    @property
    def open_themes(self) -> tuple[ThemeMention, ...]:
        """Return the themes that are not spoilers, the heaviest first."""
        return tuple(theme for theme in self.themes_by_weight if not theme.spoiler)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Return the texts that are marked as spoilers in the front matter."""
        return (
            *(theme.name for theme in self.themes if theme.spoiler),
            *(theme.reason for theme in self.themes if theme.spoiler and theme.reason),
            *(warning.name for warning in self.warnings if warning.spoiler),
            *(quote.text for quote in self.quotes if quote.spoiler),
        )

    @property
    def is_stub(self) -> bool:
        """Return whether the book is still to read, so that there is no review yet."""
        return self.status is Status.TO_READ
