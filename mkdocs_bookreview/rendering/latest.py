"""Renders the latest archived comments of all pages, for the block `/// comments`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser

from mkdocs_bookreview.comments.archive.data import Archive, ArchivedComment
from mkdocs_bookreview.comments.archive.tree import list_open
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.spoilers.sealed.seal import seal
from mkdocs_bookreview.words.language import Words

_MOST = 160  # characters of an excerpt, which are two lines in a page's text
# These tags separate words, because browsers begin a line there. `<b>un</b>seen` is one word.
_APART = re.compile(r"<(?=/?(?:blockquote|br|details|div|li|ol|p|pre|summary|ul)\b)")
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CommentedPage:
    """Describes a page whose archived comments may be listed on other pages.

    `title` is plain text. `address` is relative to the site's root. `archive` has the comments.
    """

    title: str
    address: str
    archive: Archive


@dataclass(frozen=True, slots=True)
class LatestComment:
    """Describes a comment in a list. Templates must escape all texts.

    `name` is the name of the writer. `title` is the title of the page, and `address` leads to the
    comment there. `date` is in words and `datetime` for machines; both are empty if the date is not
    known. `excerpt` has the first words of the comment.
    """

    name: str
    title: str
    address: str
    date: str
    datetime: str
    excerpt: str


class LatestRenderer:
    """Renders lists of the latest comments.

    `find_pages` returns the pages. It is only called when the first list is rendered, because most
    sites have no such list.
    """

    def __init__(
        self, templates: Templates, find_pages: Callable[[], Iterable[CommentedPage]]
    ) -> None:
        self._templates = templates
        self._find_pages = find_pages
        self._sorted: list[tuple[CommentedPage, ArchivedComment]] | None = None
        self._views: dict[tuple[str, str], LatestComment] = {}

    def render(self, limit: int, base: str) -> str:
        """Return the HTML of the `limit` latest comments.

        `base` is the relative address of the site's root, as seen from the page.
        """
        return self._templates.render("latest", base, comments=self.view(limit))

    def view(self, limit: int) -> tuple[LatestComment, ...]:
        """Return the latest comments, the newest first. Equal results give the same HTML."""
        if self._sorted is None:
            self._sorted = _sort(self._find_pages())
        return tuple(self._build(page, comment) for page, comment in self._sorted[:limit])

    def _build(self, page: CommentedPage, comment: ArchivedComment) -> LatestComment:
        key = page.address, comment.id
        if key not in self._views:
            self._views[key] = _view(page, comment, self._templates.words)
        return self._views[key]


def _view(page: CommentedPage, comment: ArchivedComment, words: Words) -> LatestComment:
    when = comment.date
    return LatestComment(
        comment.name or words("archive_anonymous"),
        page.title,
        f"{page.address}#comment-{comment.id}",
        words.date(PartialDate.of(when.date())) if when else "",
        f"{when:%Y-%m-%dT%H:%M:%SZ}" if when else "",
        write_excerpt(comment.text, words),
    )


def _sort(pages: Iterable[CommentedPage]) -> list[tuple[CommentedPage, ArchivedComment]]:
    """Return all open comments with their page, the newest first, undated ones last.

    Comments with equal dates are in the order of their pages, and on one page the last one comes
    first.
    """
    found = [(page, one) for page in pages for one in reversed(list_open(page.archive.comments))]
    return sorted(found, key=lambda pair: pair[1].date or _UNDATED, reverse=True)


def write_excerpt(html: str, words: Words) -> str:
    """Return the first words of a comment as plain text, with "…" for each sealed text.

    Quotes are left out, because they may quote a sealed comment.
    """
    opened = "".join(seal([html], words, lambda _: " … ").blocks)
    tree = LexborHTMLParser(_APART.sub(" <", opened), is_fragment=True)
    for quote in tree.css("blockquote"):
        quote.decompose()
    text = " ".join((tree.root.text() if tree.root else "").split())
    if len(text) <= _MOST:
        return text
    return text[:_MOST].rsplit(" ", 1)[0].rstrip(" ,;:–-…") + "…"
