"""Turns comments of an export into archived comments, and finds those that a file lacks."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from mkdocs_bookreview.comments.archive.data import ArchivedComment
from mkdocs_bookreview.comments.archive.gathering import digest_comment
from mkdocs_bookreview.comments.archive.reading import find_circles
from mkdocs_bookreview.formats.comments import ImportedComment

_MOST_NAME = 300  # letters; longer names are cut
_FIRST_YEAR = 1000  # because earlier dates are mistakes, and are written with fewer digits
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Joined:
    """Holds the `fresh` comments, which a file lacks.

    `ids` are the ids of all comments of the export that belong in the file.
    """

    fresh: tuple[ArchivedComment, ...]
    ids: Set[str]


class Joining:
    """Finds the comments that files lack, and counts broken replies.

    `parents` maps the id of each comment that was left out to the id of its parent, because a reply
    to such a comment becomes a reply to this parent. `without_parent` counts new replies for which
    no parent is left. `circles` counts circles of replies.
    """

    def __init__(self, parents: Mapping[str, str | None], with_websites: bool) -> None:
        self._parents = parents
        self._with_websites = with_websites
        self.without_parent = 0
        self.circles = 0

    def join(
        self, comments: Iterable[ImportedComment], stored: Iterable[ArchivedComment]
    ) -> Joined:
        """Return the comments that a file lacks; `stored` are the comments that it has."""
        there = {comment.id: comment for comment in stored}
        comments = [*comments]
        names = {one.id: _name(one, there) for one in comments}
        fresh = {
            names[one.id]: self._make(one, names, there)
            for one in comments
            if names[one.id] not in there
        }
        for circle in [*find_circles({**there, **fresh})]:
            first = min((fresh[ident] for ident in circle if ident in fresh), key=_order)
            fresh[first.id] = replace(first, reply_to=None)
            self.circles += 1
        return Joined(tuple(fresh.values()), frozenset(names.values()))

    def _make(
        self,
        comment: ImportedComment,
        names: Mapping[str, str],
        there: Mapping[str, ArchivedComment],
    ) -> ArchivedComment:
        parent = self._find_parent(comment.parent, names.keys() | there.keys())
        self.without_parent += bool(comment.parent) and parent is None
        date = comment.date if comment.date and comment.date.year >= _FIRST_YEAR else None
        return ArchivedComment(
            id=names[comment.id],
            name=_cut(comment.name),
            text=comment.text,
            date=date,
            likes=comment.likes,
            reply_to=names.get(parent, parent) if parent else None,
            website=_check_website(comment.website) if self._with_websites else None,
        )

    def _find_parent(self, ident: str | None, known: Set[str]) -> str | None:
        """Return `ident`, or the id of its nearest parent in the file; None if none is there."""
        seen: set[str] = set()
        while ident is not None and ident not in known:
            if ident in seen:
                return None
            seen.add(ident)
            ident = self._parents.get(ident)
        return ident


def _name(comment: ImportedComment, there: Mapping[str, ArchivedComment]) -> str:
    """Return the id of a comment in a file: a new id if another comment there has the old one.

    Two blogs may both have had a comment number 12 on the same book.
    """
    other = there.get(comment.id)
    if other is None or not _differs(comment, other):
        return comment.id
    return f"{comment.id}-{digest_comment(comment)}"


def _differs(comment: ImportedComment, other: ArchivedComment) -> bool:
    """Return whether two comments with the same id differ in name, date and text.

    A person may have changed name, date or text, or have deleted them, but not all at once.
    """
    date = comment.date and comment.date.replace(microsecond=0)
    pairs = ((comment.name, other.name), (date, other.date), (comment.text, other.text.strip()))
    return all(mine and its and mine != its for mine, its in pairs)


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[:_MOST_NAME]}…"


def _check_website(address: str) -> str | None:
    try:
        return address if urlsplit(address).netloc else None
    except ValueError:
        return None


def _order(comment: ArchivedComment) -> tuple[datetime, str]:
    return comment.date or _LAST, comment.id
