"""Reads exports of comments from Disqus.

Format: https://docs.disqus.com/developers/export/ and http://disqus.com/api/schemas/1.0/disqus.xsd.
An export lists threads first, which are pages, and then posts, which are comments. It has no likes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs_bookreview.formats.comments import (
    ImportedComment,
    Kind,
    Secrets,
    ThreadFacts,
    clean_name,
    clean_title,
    clean_website,
)
from mkdocs_bookreview.formats.xml.fields import Fields
from mkdocs_bookreview.formats.xml.records import Element, Shape, read_records

_DISQUS = "http://disqus.com"
_INTERNALS = "http://disqus.com/disqus-internals"
_RECORD_DEPTH = 2  # disqus, thread
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
# The WordPress plugin of Disqus names a thread `528 https://example.org/?p=528`.
_WORDPRESS_ID = re.compile(r"([0-9]{1,18}) https?://")
_UNKNOWN = ThreadFacts()


@dataclass(frozen=True, slots=True)
class _Thread:
    facts: ThreadFacts
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class _Post:
    """Holds a comment, and the id of its thread in the export."""

    thread: str
    comment: ImportedComment


def read_comments(path: Path) -> Iterator[ImportedComment]:
    """Yield every comment of the export at `path`.

    A comment comes last if its thread is not before it in the file. Raise ExportRefusedError at the
    first fault; comments yielded before must then be discarded. Memory depends on the number of
    threads, and not of comments, if each thread is before its comments.
    """
    threads: dict[str, _Thread] = {}
    waiting: list[_Post] = []
    for record in read_records(path, _SHAPE):
        fields = Fields(path, record)
        if record.name == "thread":
            threads[_read_id(record, fields)] = _read_thread(fields)
        elif record.name == "post":
            post = _read_post(path, record, fields)
            if post.thread in threads:
                yield _assign(post, threads)
            else:
                waiting.append(post)
    for post in waiting:
        yield _assign(post, threads)


def _name(prefix: str, uri: str | None, local: str) -> str:
    if uri == _INTERNALS:
        return f"dsq:{local}"
    if uri == _DISQUS or not prefix:
        return local
    return f"{prefix}:{local}" if uri is None else f"{{{uri}}}{local}"


# `thread` has two depths, because a post refers to its thread by an element `<thread>` in the post.
_SHAPE = Shape(
    "Disqus",
    "disqus",
    _name,
    _RECORD_DEPTH,
    {"thread": {_RECORD_DEPTH, _RECORD_DEPTH + 1}, "post": {_RECORD_DEPTH}},
)


def _read_thread(fields: Fields) -> _Thread:
    identifier = fields.text("id").strip()
    number = _WORDPRESS_ID.match(identifier)
    facts = ThreadFacts(
        address=fields.text("link").strip(),
        identifier=identifier,
        title=clean_title(fields.text("title")),
        post_id=int(number[1]) if number else None,
    )
    return _Thread(facts, _is_true(fields, "isDeleted"))


def _read_post(path: Path, record: Element, fields: Fields) -> _Post:
    author = next((Fields(path, element) for element in fields.all("author")), fields)
    secrets = Secrets(author.text("email"), fields.text("ipAddress"))
    comment = ImportedComment(
        id=f"dsq-{_read_id(record, fields)}",
        thread=_UNKNOWN,
        parent=_read_parent(fields),
        name=clean_name(author.text("name"), secrets),
        website=clean_website(author.text("url"), secrets),
        date=fields.time("createdAt"),
        text=secrets.remove_from_html(fields.text("message").strip()),
        likes=0,
        kind=_read_kind(fields),
    )
    threads = (_read_id(element, fields) for element in fields.all("thread"))
    return _Post(next(threads, ""), comment)


def _assign(post: _Post, threads: Mapping[str, _Thread]) -> ImportedComment:
    """Return the comment of `post` with its thread; a comment of a deleted thread is deleted."""
    thread = threads.get(post.thread)
    if thread is None:
        return post.comment
    kind = Kind.DELETED if thread.is_deleted else post.comment.kind
    return replace(post.comment, thread=thread.facts, kind=kind)


def _read_id(element: Element, fields: Fields) -> str:
    text = element.attributes.get("dsq:id", "")
    if not _ID.fullmatch(text):
        raise fields.refuse(
            f"`dsq:id` of `<{element.raw_name}>` must be letters and digits, but is `{text[:40]}`.",
            f"Write an id that no other element has, for example `<{element.raw_name}"
            ' dsq:id="1">`.',
        )
    return text


def _read_parent(fields: Fields) -> str | None:
    parents = (f"dsq-{_read_id(element, fields)}" for element in fields.all("parent"))
    return next(parents, None)


def _read_kind(fields: Fields) -> Kind:
    if _is_true(fields, "isDeleted"):
        return Kind.DELETED
    if _is_true(fields, "isSpam"):
        return Kind.SPAM
    approved = fields.text("isApproved").strip().lower()
    return Kind.PENDING if approved == "false" else Kind.KEPT


def _is_true(fields: Fields, name: str) -> bool:
    text = fields.text(name).strip().lower()
    if text not in {"", "true", "false"}:
        raise fields.refuse(
            f"`<{name}>` must be `true` or `false`, but is `{text[:40]}`.",
            f"Write `<{name}>false</{name}>`.",
        )
    return text == "true"
