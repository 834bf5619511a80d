"""Renders archived comments, and seals the spoilers in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import count

from mkdocs_bookreview.comments.archive.data import Archive, ArchivedComment, CommentSpoiler
from mkdocs_bookreview.comments.archive.tree import PlacedComment, arrange
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.spoilers.sealed.form import seal_block
from mkdocs_bookreview.spoilers.sealed.seal import has_spoilers, seal

# Ids of spoilers in comments begin here, because those of the page's own text begin at 1.
_FIRST_ID = 1_000_001

# Keeps a sealed element until its own page is written, and returns a placeholder for it.
Lock = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class CommentView:
    """Describes a comment as readers see it. Templates must escape all texts but `html`.

    `id` is unique in its archive. `name` is the name of the writer, and `website` is None if not
    known. `date` is in words and `datetime` for machines; both are empty if the date is not known.
    `likes` is a sentence, or empty. `has_replies` and `ends` are as in `PlacedComment`. If the
    comment `is_removed`, all its texts but `id` are empty.
    """

    id: str
    name: str
    website: str | None
    date: str
    datetime: str
    likes: str
    html: str
    has_replies: bool
    ends: int
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Describes an archive: its heading, `title`, and its `comments` in the order of reading.

    `book` is the key of the page's book; None if the page is about no book. `warning` says that
    comments may have spoilers; None if there is no warning. If the archive `is_open`, its comments
    are shown at once.
    """

    title: str
    warning: str | None
    book: str | None
    is_open: bool
    comments: tuple[CommentView, ...]


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """Describes the page of an archive: its `title` as plain text, and the key of its `book`.

    `book` is None if the page is about no book. With `is_guarded`, readers must open the comments.
    """

    title: str
    book: str | None
    is_guarded: bool


def count_shown(archive: Archive | None) -> int:
    """Return how many comments readers may read or open."""
    return sum(not comment.is_hidden for comment in archive.comments) if archive else 0


def list_facts(archive: Archive) -> list[Mapping[str, str]]:
    """Return the facts of each sealed comment that readers may open."""
    shown = (comment for comment in archive.comments if not comment.is_hidden)
    return [_find_facts(comment.spoiler) for comment in shown if comment.spoiler]


def _find_facts(spoiler: CommentSpoiler) -> Mapping[str, str]:
    """Return the facts of a sealed comment; none if the comment is about the book of the page."""
    return {} if spoiler.book is None else {"book": spoiler.book}


class ArchiveRenderer:
    """Renders archives.

    `titles` maps keys of books to titles, to say which book a sealed comment is about.
    """

    def __init__(self, templates: Templates, lock: Lock, titles: Mapping[str, str]) -> None:
        self._templates = templates
        self._words = templates.words
        self._lock = lock
        self._titles = titles
        self._dates: dict[datetime, str] = {}
        self._likes: dict[int, str] = {0: ""}

    def render(self, archive: Archive, page: ArchivedPage) -> str:
        """Return the HTML of an archive; it is empty if there is nothing to read."""
        placed = arrange(archive.comments)
        if not placed:
            return ""
        numbers = count(_FIRST_ID)
        warning = self._words("comments_spoilers") if page.is_guarded else None
        shown = count_shown(archive)
        view = ArchiveView(
            title=self._words("archive_title", shown, title=page.title),
            warning=warning,
            book=page.book,
            is_open=not page.is_guarded,
            comments=tuple(self._view(one, numbers) for one in placed),
        )
        return self._templates.render("archive", archive=view)

    def _view(self, placed: PlacedComment, numbers: Iterator[int]) -> CommentView:
        comment = placed.comment
        ends = (placed.has_replies, placed.ends)
        if comment.is_hidden:
            return CommentView(comment.id, "", None, "", "", "", "", *ends, is_removed=True)
        return CommentView(
            comment.id,
            comment.name or self._words("archive_anonymous"),
            comment.website,
            self._date(comment.date) if comment.date else "",
            f"{comment.date:%Y-%m-%dT%H:%M:%SZ}" if comment.date else "",
            self._like(comment.likes),
            self._seal(comment, numbers),
            *ends,
        )

    def _like(self, likes: int) -> str:
        # Likes are cached, as dates are, because most comments have one of a few numbers, and Babel
        # is slow.
        if likes not in self._likes:
            self._likes[likes] = self._words("archive_likes", likes)
        return self._likes[likes]

    def _date(self, when: datetime) -> str:
        day = when.replace(hour=0, minute=0, second=0, microsecond=0)
        if day not in self._dates:
            self._dates[day] = self._words.date(PartialDate.of(day.date()))
        return self._dates[day]

    def _seal(self, comment: ArchivedComment, numbers: Iterator[int]) -> str:
        """Return the text of a comment with placeholders for sealed texts."""
        html = comment.text
        spoiler = comment.spoiler
        lock = self._lock if spoiler is None else str
        if has_spoilers(html):
            html = "".join(seal([html], self._words, lock, numbers).blocks)
        if spoiler is None:
            return html
        label = spoiler.label or self._titles.get(spoiler.book or "", "")
        return self._lock(seal_block(html, escape(label), self._words, _find_facts(spoiler)))
