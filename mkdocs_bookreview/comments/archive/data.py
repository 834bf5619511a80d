"""Describes archived comments: old comments that a site keeps in its own files."""

from dataclasses import dataclass
from datetime import datetime

from mkdocs_bookreview.model.problem import Problem

FOLDER = "comments"


@dataclass(frozen=True, slots=True)
class CommentSpoiler:
    """Describes the spoiler in a sealed comment.

    `label` is shown while the comment is closed; it may be empty. `book` is the key of the book
    that readers must have read for the comment to open; None means the book of the page. If `book`
    is empty, only the label describes the spoiler, and the comment never opens by itself, because
    its book is not known.
    """

    label: str = ""
    book: str | None = None


@dataclass(frozen=True, slots=True)
class ArchivedComment:
    """Describes an archived comment.

    `id` is unique in its thread. `name` is plain text, empty if the writer gave none. `text` is
    HTML from `clean_html`. `date` is in UTC, or None if it is not known. `reply_to` is the id of
    another comment of the thread; None if the comment is not a reply. `website` is an address of
    the writer, or None. `spoiler` is None if everyone may read the comment. If `is_hidden` is True,
    readers see only the replies to the comment.
    """

    id: str
    name: str
    text: str
    date: datetime | None = None
    likes: int = 0
    reply_to: str | None = None
    website: str | None = None
    spoiler: CommentSpoiler | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Archive:
    """Holds the archived comments of a thread, the oldest first, and the mistakes in their file.

    Each `reply_to` names a comment of the archive, and no replies go in a circle.
    """

    comments: tuple[ArchivedComment, ...] = ()
    problems: tuple[Problem, ...] = ()
