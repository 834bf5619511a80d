"""Reads exports of WordPress: WordPress eXtended RSS (WXR), versions 1.0 to 1.2.

Format: `export_wp` in https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-admin/includes/export.php.
Versions differ in their namespaces, and in which texts are in CDATA sections. Exports that other
programs write for WordPress or Disqus often lack fields, so only a comment's id is required.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

from mkdocs_bookreview.formats.comments import (
    ImportedComment,
    Kind,
    Secrets,
    ThreadFacts,
    clean_name,
    clean_title,
    clean_website,
)
from mkdocs_bookreview.formats.paragraphs import make_paragraphs
from mkdocs_bookreview.formats.xml.fields import Fields
from mkdocs_bookreview.formats.xml.records import Element, Shape, read_records

_WP = re.compile(r"https?://wordpress\.org/export/[0-9.]+/(excerpt/)?")
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://www.disqus.com/": "dsq:",
}
_RECORD_DEPTH = 3  # rss, channel, item
_NO_SECRETS = Secrets()
_TAG_DOMAINS = {"post_tag", "tag"}  # WXR 1.0 writes `tag`
_COMMENT_TYPES = {"", "comment"}
_PINGBACKS = {"pingback", "trackback"}
_STATUSES = {
    "1": Kind.KEPT,
    "approve": Kind.KEPT,
    "approved": Kind.KEPT,
    "spam": Kind.SPAM,
    "trash": Kind.TRASH,
    "post-trashed": Kind.TRASH,
}


@dataclass(frozen=True, slots=True)
class Term:
    """Holds a category, tag or other term of a post.

    `taxonomy` is `category`, `post_tag`, or a taxonomy of a plugin or theme. `name` is plain text.
    `slug` is empty in old exports.
    """

    taxonomy: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Post:
    """Holds an item of an export, such as a post, a page or an attachment.

    `id` is its number; None if the export has none. `parent` is the `id` of another item, or None.
    `type` is for example `post`, `page`, `attachment`; `status` for example `publish`, `draft`,
    `private`, `trash`. `title`, `content` and `excerpt` are HTML as WordPress stores it: line
    breaks count as in `paragraphs.py`, and blocks and shortcodes are not converted. `link` is the
    address of the item, `guid` its permanent id, and `slug` the last part of the address, decoded.

    `published` and `modified` are in UTC, and `published_local` is the date that readers saw,
    without a zone; each is None if unknown, as in drafts. `author` is the login of the author, and
    `author_name` the name that readers saw, or else the login.

    `terms` has categories, tags and other terms, each once. `meta` has keys with their values,
    which may be serialized PHP; a key can appear several times. `comment_status` is `open` or
    `closed`, or empty. `is_protected` is True if readers need a password, and `is_sticky`
    if the post was pinned. `menu_order` is its position among pages. `attachment_url` is the
    address of an attachment's file; empty for other types. `line` is where the item begins in the
    file.
    """

    id: int | None
    parent: int | None
    type: str
    status: str
    title: str
    link: str
    guid: str
    slug: str
    published: datetime | None
    published_local: datetime | None
    modified: datetime | None
    author: str
    author_name: str
    content: str
    excerpt: str
    terms: tuple[Term, ...]
    meta: tuple[tuple[str, str], ...]
    comment_status: str
    is_protected: bool
    is_sticky: bool
    menu_order: int
    attachment_url: str
    comments: tuple[ImportedComment, ...]
    line: int

    @property
    def categories(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.taxonomy == "category")

    @property
    def tags(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.taxonomy == "post_tag")


def read_posts(path: Path) -> Iterator[Post]:
    """Yield every item of the export at `path`, with its comments, in the order of the file.

    Raise ExportRefusedError at the first fault; items yielded before must then be discarded.
    Memory depends on the largest item, not on the file.
    """
    authors: dict[str, str] = {}
    for record in read_records(path, _SHAPE):
        if record.name == "wp:author":
            fields = Fields(path, record)
            authors[fields.text("wp:author_login")] = fields.text("wp:author_display_name")
        elif record.name == "item":
            yield _read_post(path, record, authors)


def read_comments(path: Path) -> Iterator[ImportedComment]:
    """Yield every comment of the export at `path`; raise the same error as `read_posts`."""
    for post in read_posts(path):
        yield from post.comments


def _name(prefix: str, uri: str | None, local: str) -> str:
    """Return the name that WordPress gives an element, whatever prefix the file uses."""
    if uri is None or (not prefix and not _WP.match(uri)):
        return f"{prefix}:{local}" if prefix else local
    if match := _WP.match(uri):
        return f"excerpt:{local}" if match[1] else f"wp:{local}"
    return f"{_PREFIXES.get(uri, f'{{{uri}}}')}{local}"


_SHAPE = Shape(
    "WordPress",
    "rss",
    _name,
    _RECORD_DEPTH,
    {"item": {_RECORD_DEPTH}, "wp:comment": {_RECORD_DEPTH + 1}},
)


def _read_post(path: Path, record: Element, authors: Mapping[str, str]) -> Post:
    fields = Fields(path, record)
    if not fields.has("wp:"):
        raise fields.refuse(
            "This `<item>` comes from a feed, and not from an export of WordPress.",
            "In WordPress, open Tools, Export, and choose All content. Then import the file that"
            " you get.",
        )
    login = fields.text("dc:creator")
    published = fields.time("wp:post_date_gmt")
    published_local = _read_local(fields, "wp:post_date")
    thread = _read_thread(fields)
    return Post(
        id=thread.post_id,
        parent=fields.number("wp:post_parent") or None,
        type=fields.text("wp:post_type").strip(),
        status=fields.text("wp:status").strip(),
        title=fields.text("title"),
        link=thread.address,
        guid=fields.text("guid").strip(),
        slug=thread.slug,
        published=published,
        published_local=published_local,
        modified=fields.time("wp:post_modified_gmt"),
        author=clean_name(login, _NO_SECRETS),
        author_name=clean_name(authors.get(login) or login, _NO_SECRETS),
        content=fields.text("content:encoded"),
        excerpt=fields.text("excerpt:encoded"),
        terms=_read_terms(fields),
        meta=_read_meta(path, fields),
        comment_status=fields.text("wp:comment_status").strip(),
        is_protected=bool(fields.text("wp:post_password")),
        is_sticky=fields.text("wp:is_sticky").strip() == "1",
        menu_order=fields.number("wp:menu_order") or 0,
        attachment_url=fields.text("wp:attachment_url").strip(),
        comments=_read_comments(path, fields, thread, _find_offset(published, published_local)),
        line=record.line,
    )


def _read_thread(fields: Fields) -> ThreadFacts:
    return ThreadFacts(
        address=fields.text("link").strip(),
        identifier=fields.text("dsq:thread_identifier").strip(),
        title=clean_title(fields.text("title")),
        slug=unquote(fields.text("wp:post_name").strip()),
        post_id=fields.number("wp:post_id"),
    )


def _read_terms(fields: Fields) -> tuple[Term, ...]:
    """Read the terms of a post, each once.

    WXR 1.0 has every category twice: `<category>Sad</category>`, and again with domain and slug.
    """
    terms = [_read_term(element) for element in fields.all("category")]
    known = {term.name for term in terms}
    plain = map(clean_title, fields.texts("category"))
    terms += [Term("category", name, "") for name in plain if name not in known]
    return tuple(dict.fromkeys(terms))


def _read_term(element: Element) -> Term:
    domain = element.attributes.get("domain", "category")
    return Term(
        taxonomy="post_tag" if domain in _TAG_DOMAINS else domain,
        name=clean_title(element.text),
        slug=unquote(element.attributes.get("nicename", "")),
    )


def _read_meta(path: Path, fields: Fields) -> tuple[tuple[str, str], ...]:
    entries = (Fields(path, element) for element in fields.all("wp:postmeta"))
    return tuple((entry.text("wp:meta_key"), entry.text("wp:meta_value")) for entry in entries)


def _read_comments(
    path: Path, post: Fields, thread: ThreadFacts, offset: timedelta
) -> tuple[ImportedComment, ...]:
    return tuple(
        _read_comment(Fields(path, element), thread, offset) for element in post.all("wp:comment")
    )


def _read_comment(fields: Fields, thread: ThreadFacts, offset: timedelta) -> ImportedComment:
    number = fields.number("wp:comment_id")
    if number is None:
        raise fields.refuse(
            "This comment has no `<wp:comment_id>`.",
            "Give it a number that no other comment has: `<wp:comment_id>1</wp:comment_id>`.",
        )
    parent = fields.number("wp:comment_parent")
    secrets = Secrets(fields.text("wp:comment_author_email"), fields.text("wp:comment_author_IP"))
    return ImportedComment(
        id=f"wp-{number}",
        thread=thread,
        parent=f"wp-{parent}" if parent else None,
        name=clean_name(fields.text("wp:comment_author"), secrets),
        website=clean_website(fields.text("wp:comment_author_url"), secrets),
        date=_read_comment_date(fields, offset),
        text=make_paragraphs(secrets.remove_from_html(fields.text("wp:comment_content"))),
        likes=0,  # because WordPress.com and Jetpack keep likes on their servers
        kind=_read_kind(fields),
    )


def _read_kind(fields: Fields) -> Kind:
    kind = fields.text("wp:comment_type").strip()
    if kind in _PINGBACKS:
        return Kind.PINGBACK
    if kind not in _COMMENT_TYPES:
        return Kind.NOTE
    # An unknown status counts as pending, because nobody is known to have approved it.
    return _STATUSES.get(fields.text("wp:comment_approved").strip(), Kind.PENDING)


def _read_comment_date(fields: Fields, offset: timedelta) -> datetime | None:
    """Return the time of a comment; local time is converted to UTC by the `offset` of its post."""
    if (date := fields.time("wp:comment_date_gmt")) is not None:
        return date
    local = fields.time("wp:comment_date")
    try:
        return local and local - offset
    except OverflowError:
        return local


def _find_offset(published: datetime | None, local: datetime | None) -> timedelta:
    """Return how far local time is ahead of UTC; zero if unknown."""
    if published is None or local is None:
        return timedelta()
    return local - published.replace(tzinfo=None)


def _read_local(fields: Fields, name: str) -> datetime | None:
    date = fields.time(name)
    return date and date.replace(tzinfo=None)
