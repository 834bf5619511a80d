"""Reads an archive of comments: a YAML list, by date.

- id: wp-4711
  name: Ann
  date: 2014-05-03T09:12:00Z
  text: |
    <p>In the film they find out sooner.</p>
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.comments.archive.cleaning import clean_html
from mkdocs_bookreview.comments.archive.data import Archive, ArchivedComment, CommentSpoiler
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import MarkedData, Marks, read_marked_yaml
from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.switches import NO, YES
from mkdocs_bookreview.settings.typed import read_typed, shown

MOST_TEXT = 100_000  # characters; WordPress takes 65,525
WRITE_LIST = "Write each comment below a dash: `- id: wp-4711`."  # the fix for other data

_MOST_NAME = 1_000
_EXAMPLE = "- {id: wp-4711, name: Ann, date: 2014-05-03T09:12:00Z, text: <p>I agree.</p>}"
# A comment's id is a part of its address on the page. It begins with a letter, because addresses
# such as `#comment-12` belong to comment services.
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,99}")
_TRUE = YES | {"1"}
_FALSE = NO | {"0", ""}
_KEYS = frozenset({"book", "label"})


def _read_id(value: object) -> object:
    if isinstance(value, str) and _ID.fullmatch(value.strip()):
        return value
    must = "must begin with a letter, and have only letters, digits, `_`, `.`, `:` and `-`"
    raise PydanticCustomError("id", must)


def _read_date(value: object) -> object:
    if value is None or isinstance(value, datetime):
        return value
    try:
        when = datetime.fromisoformat(str(value).strip())
        # A time without a zone is in UTC, because a build must give the same result everywhere.
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("date", "must be a valid date and time") from error


def _read_spoiler(value: object) -> object:
    if value is None or isinstance(value, CommentSpoiler):
        return value
    if isinstance(value, str):
        word = value.strip()
        if word.lower() in _FALSE:
            return None
        return CommentSpoiler() if word.lower() in _TRUE else CommentSpoiler(word, "")
    if isinstance(value, dict) and value.get("book") and value.keys() <= _KEYS:
        texts = {key: text for key, text in value.items() if isinstance(text, str)}
        if len(texts) == len(value):
            return CommentSpoiler(texts.get("label", ""), texts["book"])
    must = "must be `true`, a text that says what the spoiler is about, or `{book: KEY}`"
    raise PydanticCustomError("spoiler", must)


def _read_website(value: object) -> object:
    if value is None:
        return None
    try:
        parts = urlsplit(str(value).strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        must = "must be an address that begins with `https://` or `http://`"
        raise PydanticCustomError("website", must)
    return str(value).strip()


class _CommentIn(Typed):
    unsure: ClassVar = {"spoiler": "true", "hidden": "true"}

    id: Annotated[str, BeforeValidator(_read_id)] = Field(examples=["wp-4711"])
    name: str = Field("", max_length=_MOST_NAME, examples=["Ann"])
    website: Annotated[str | None, BeforeValidator(_read_website)] = Field(
        None, examples=["https://ann.example"]
    )
    date: Annotated[datetime | None, BeforeValidator(_read_date)] = Field(
        None, examples=["2014-05-03T09:12:00Z"]
    )
    likes: int = Field(0, ge=0, examples=["1"])
    reply_to: str | None = Field(None, examples=["wp-4710"])
    spoiler: Annotated[CommentSpoiler | None, BeforeValidator(_read_spoiler)] = Field(
        None, examples=["true"]
    )
    hidden: bool = Field(False, examples=["true"])
    text: str = Field("", max_length=MOST_TEXT, examples=["<p>I agree.</p>"])


def read_archive(text: str, file: str, books: Container[str] | None = None) -> Archive:
    """Read an archive, and never raise an exception.

    `file` appears in messages. `books` are the keys that a spoiler may name; None if any key is
    valid. A comment without a valid id is left out. A comment with other invalid keys is kept
    without these keys. An invalid `spoiler` or `hidden` counts as `true`.
    """
    document = read_marked_yaml(text, file)
    reading = _Reading(document.marks, [*document.problems])
    comments = reading.check_replies(reading.read(document, books))
    return Archive(
        sort_by_date(comments), tuple(sorted(reading.problems, key=lambda problem: problem.order))
    )


@dataclass(slots=True)
class _Reading:
    """Reads one file, and collects its `problems`."""

    marks: Marks
    problems: list[Problem]

    def read(
        self, document: MarkedData, books: Container[str] | None
    ) -> dict[str, tuple[int, ArchivedComment]]:
        """Return comments by id, each with its number in the file, counted from 0."""
        found: dict[str, tuple[int, ArchivedComment]] = {}
        for number, item in enumerate(self._list_items(document)):
            if not isinstance(item, dict):
                what = f"`[{number + 1}]` must be a comment, but is {shown(item)}."
                self.report((number,), what, f"Write for example `{_EXAMPLE}`.")
                continue
            comment = self._read_comment(number, item)
            if comment and comment.id in found:
                what = f"The id `{comment.id}` appears twice."
                self.report((number, "id"), what, "Delete this comment, or give it another id.")
            elif comment:
                self._check_book(number, comment, books)
                found[comment.id] = (number, comment)
        return found

    def report(self, path: tuple[str | int, ...], what: str, fix: str) -> None:
        self.problems.append(Problem(self.marks.place(path), what, fix))

    def _list_items(self, document: MarkedData) -> list[object]:
        if isinstance(document.data, list):
            return document.data
        if document.data is not None:
            fix = f"Write for example `{_EXAMPLE}`."
            self.report((), "The file must be a list of comments.", fix)
        return []

    def _read_comment(self, number: int, item: dict[str, object]) -> ArchivedComment | None:
        found, wrong = read_typed(_CommentIn, item, self.marks.below((number,)), f"[{number + 1}].")
        self.problems += wrong
        if not found:
            return None
        return ArchivedComment(
            id=found.id,
            name=found.name,
            text=clean_html(found.text),
            date=found.date,
            likes=found.likes,
            reply_to=found.reply_to or None,
            website=found.website,
            spoiler=found.spoiler,
            is_hidden=found.hidden,
        )

    def _check_book(
        self, number: int, comment: ArchivedComment, books: Container[str] | None
    ) -> None:
        book = comment.spoiler.book if comment.spoiler else None
        if book and books is not None and book not in books:
            what = (
                f"`[{number + 1}].spoiler.book` names `{book}`, which has no review on this site."
            )
            fix = (
                "Write the key of a book that has a review on this site, or a text: `spoiler:"
                f" {book}`."
            )
            self.report((number, "spoiler"), what, fix)

    def check_replies(
        self, comments: dict[str, tuple[int, ArchivedComment]]
    ) -> list[ArchivedComment]:
        """Return the comments; a `reply_to` that names no comment or closes a circle is removed."""
        kept = {ident: comment for ident, (_, comment) in comments.items()}
        for ident, (number, comment) in comments.items():
            if comment.reply_to and comment.reply_to not in kept:
                what = f"`[{number + 1}].reply_to` names {shown(comment.reply_to)}, but there is no"
                fix = "Write the `id` of a comment in this file, or delete `reply_to`."
                self.report((number, "reply_to"), f"{what} such comment.", fix)
                kept[ident] = replace(comment, reply_to=None)
        for circle in find_circles(kept):
            first = min(circle, key=lambda ident: comments[ident][0])
            number, comment = comments[first]
            what = f"These comments reply to each other in a circle: {_join(circle)}."
            self.report(
                (number, "reply_to"), what, "Delete `reply_to` in the oldest of these comments."
            )
            kept[first] = replace(comment, reply_to=None)
        return list(kept.values())


def find_circles(comments: dict[str, ArchivedComment]) -> Iterator[list[str]]:
    """Yield the ids of comments that reply to each other in a circle, once for each circle.

    Each comment is visited once: a walk goes from a comment to the one that it replies to, and so
    on, until it reaches a comment that was seen before, or one that is not a reply.
    """
    seen: set[str] = set()
    for start in comments:
        walk: dict[str, None] = {}
        ident: str | None = start
        while ident is not None and ident not in seen:
            seen.add(ident)
            walk[ident] = None
            ident = comments[ident].reply_to
        if ident in walk:
            ids = list(walk)
            yield ids[ids.index(ident) :]


def _join(ids: list[str]) -> str:
    most = 5
    more = " and others" if len(ids) > most else ""
    return ", ".join(f"`{ident}`" for ident in ids[:most]) + more


def sort_by_date(comments: Iterable[ArchivedComment]) -> tuple[ArchivedComment, ...]:
    """Return comments by date; a comment without a date stays after the comment before it."""
    last = datetime.min.replace(tzinfo=UTC)
    keys: list[tuple[datetime, int]] = []
    comments = tuple(comments)
    for place, comment in enumerate(comments):
        last = comment.date or last
        keys.append((last, place))
    return tuple(comments[place] for _, place in sorted(keys))
