"""Reads comments of Isso: its database, or the generic JSON that it can import.

Formats: `isso/db/comments.py`, `isso/db/threads.py` and `Generic` in `isso/migrate.py` of
https://github.com/isso-comments/isso. Isso stores texts as Markdown.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path

from markdown import Markdown

from mkdocs_bookreview.formats.comments import (
    ImportedComment,
    Kind,
    Secrets,
    ThreadFacts,
    clean_name,
    clean_title,
    clean_website,
    read_time,
)
from mkdocs_bookreview.formats.paragraphs import make_paragraphs
from mkdocs_bookreview.formats.refused import ExportRefusedError, refuse, refuse_packed

_SQLITE = b"SQLite format 3\0"
# This is Isso's own limit for a comment, in characters. Longer texts are not read as Markdown,
# because Markdown can take time that grows with the square of a text's length.
_LONGEST = 65535
_KINDS = {1: Kind.KEPT, 2: Kind.PENDING, 4: Kind.DELETED}  # by `mode`
# `>!…!<` is a spoiler on Isso servers that use mistune's plugin `spoiler`.
_SPOILER = re.compile(r">!\s*(.+?)\s*!<")
_SPOILER_LINES = re.compile(r"(?:^ {0,3}>!.*\n?)+", re.MULTILINE)
_SPOILER_MARK = re.compile(r"^ {0,3}>! ?", re.MULTILINE)
_QUERY = """
SELECT comments.id AS id, parent, created, mode, text, author, website, likes, email, remote_addr,
  uri, title
FROM comments LEFT JOIN threads ON comments.tid = threads.id
ORDER BY comments.id
"""
_SAMPLE = '`[{"id": "/emma/", "title": "Emma", "comments": [{"id": 1, "author": "Ann", …}]}]`'


def read_comments(path: Path) -> Iterator[ImportedComment]:
    """Yield every comment of the database or JSON file at `path`.

    A database is opened for reading only, so a server may use it at the same time. Raise
    ExportRefusedError at the first fault; comments yielded before must then be discarded.
    """
    with path.open("rb") as file:
        start = file.read(len(_SQLITE))
    refuse_packed(path, start, "database or JSON file")
    return _read_database(path) if start == _SQLITE else _read_json(path)


class _Texts:
    """Renders the Markdown of Isso; spoilers become elements of the class `spoiler`."""

    def __init__(self) -> None:
        # All comments share a converter, because making one takes longer than most conversions.
        self._markdown = Markdown(extensions=["fenced_code", "nl2br", "sane_lists"])

    def render(self, text: str) -> str:
        if len(text) > _LONGEST:
            return make_paragraphs(escape(text, quote=False))
        text = _SPOILER.sub(r'<span class="spoiler">\1</span>', text)
        text = _SPOILER_LINES.sub(_render_spoiler, text)
        return self._markdown.reset().convert(text)


def _render_spoiler(match: re.Match[str]) -> str:
    inner = make_paragraphs(escape(_SPOILER_MARK.sub("", match[0]), quote=False))
    return f'\n\n<div class="spoiler">{inner}</div>\n\n'


class _Entry:
    """Reads the values of a row or JSON object; `where` names it in messages: `Comment 7`."""

    def __init__(self, path: Path, where: str, values: object) -> None:
        self._path = path
        self._where = where
        if not isinstance(values, dict):
            raise self.refuse(f"{where} must be a JSON object.", f"Write for example {_SAMPLE}.")
        self._values: Mapping[str, object] = values

    def text(self, key: str) -> str:
        """Return the text of `key`; empty if there is none."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, str):
            raise self._refuse_value(key, "text", value)
        return value or ""

    def number(self, key: str) -> int | None:
        """Return the whole number of `key`; None if there is none."""
        value = self._values.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self._refuse_value(key, "a whole number", value)
        return value

    def id(self) -> int:
        """Return the value of `id`, which is required."""
        number = self.number("id")
        if number is None or number < 0:
            raise self._refuse_value("id", "a whole number", number)
        return number

    def time(self, key: str) -> datetime | None:
        """Return the time of `key` in UTC; None if it is missing or empty.

        The value may be seconds since 1970, or text in ISO 8601.
        """
        value = self._values.get(key)
        if value is None or value == "":
            return None
        time = read_time(value) if isinstance(value, str) else _read_seconds(value)
        if time is None:
            raise self._refuse_value(key, "a time such as `2014-05-03 09:12:00`", value)
        return time

    def entries(self, key: str) -> Iterator["_Entry"]:
        """Yield the objects in the list of `key`."""
        values = self._values.get(key)
        if not isinstance(values, list):
            raise self._refuse_value(key, "a list", values)
        for number, value in enumerate(values, 1):
            yield _Entry(self._path, f"{self._where}, {key} {number}", value)

    def _refuse_value(self, key: str, kind: str, value: object) -> ExportRefusedError:
        what = f"`{key}` must be {kind}, but is `{str(value)[:40]}`."
        return self.refuse(
            f"{self._where}: {what}", "Correct this value, and import the file again."
        )

    def refuse(self, what: str, fix: str) -> ExportRefusedError:
        return refuse(self._path, None, what, fix)


def _read_database(path: Path) -> Iterator[ImportedComment]:
    texts = _Texts()
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            # This is off, because the schema of a foreign file must not run functions.
            database.execute("PRAGMA trusted_schema = OFF")
            database.row_factory = sqlite3.Row
            for row in database.execute(_QUERY):
                yield _read_row(_Entry(path, f"Comment {row['id']}", dict(row)), texts)
    except sqlite3.Error as error:
        raise refuse(
            path,
            None,
            f"The database of Isso cannot be read: {error}.",
            "Import the file that `dbpath` in the configuration of Isso names, or a copy made by"
            " `sqlite3 comments.db '.backup copy.db'`.",
        ) from error


def _read_row(entry: _Entry, texts: _Texts) -> ImportedComment:
    parent = entry.number("parent")
    thread = _make_thread(entry.text("uri"), entry.text("title"))
    # An unknown mode counts as pending, because nobody is known to have approved it.
    kind = _KINDS.get(entry.number("mode") or 0, Kind.PENDING)
    return _read_comment(entry, "isso", parent, thread, kind, texts)


def _read_json(path: Path) -> Iterator[ImportedComment]:
    try:
        values = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        what = f"This file is neither a database of Isso nor valid JSON: {error.msg}."
        raise refuse(path, error.lineno, what, f"Write for example {_SAMPLE}.") from error
    except UnicodeDecodeError as error:
        what = "This file is neither a database of Isso nor UTF-8 text."
        raise refuse(path, None, what, "If this is a JSON file, save it as UTF-8.") from error
    except RecursionError as error:
        what = "Lists and objects are nested too deep."
        raise refuse(path, None, what, f"Write for example {_SAMPLE}.") from error
    texts = _Texts()
    for thread in _Entry(path, "The file", {"thread": values}).entries("thread"):
        yield from _read_json_thread(thread, texts)


def _read_json_thread(entry: _Entry, texts: _Texts) -> Iterator[ImportedComment]:
    address = entry.text("id")
    thread = _make_thread(address, entry.text("title"))
    # A hash of the thread's address is added, because in JSON the ids of comments are only unique
    # in their thread.
    prefix = f"isso-{sha256(address.encode('utf-8', 'replace')).hexdigest()[:8]}"
    for comment in entry.entries("comments"):
        parent = comment.number("parent")
        yield _read_comment(comment, prefix, parent, thread, Kind.KEPT, texts)


def _read_comment(
    entry: _Entry,
    prefix: str,
    parent: int | None,
    thread: ThreadFacts,
    kind: Kind,
    texts: _Texts,
) -> ImportedComment:
    secrets = Secrets(entry.text("email"), entry.text("remote_addr"))
    return ImportedComment(
        id=f"{prefix}-{entry.id()}",
        thread=thread,
        parent=None if parent is None else f"{prefix}-{parent}",
        name=clean_name(entry.text("author"), secrets),
        website=clean_website(entry.text("website"), secrets),
        date=entry.time("created"),
        text=secrets.remove_from_html(texts.render(secrets.remove_from(entry.text("text")))),
        likes=max(0, entry.number("likes") or 0),
        kind=kind,
    )


def _make_thread(address: str, title: str) -> ThreadFacts:
    return ThreadFacts(address=address, identifier=address, title=clean_title(title))


def _read_seconds(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(value), UTC) if isinstance(value, int | float) else None
    except (ValueError, OverflowError, OSError):
        return None
