"""Sorts the comments of an export into conversations, and leaves out some, such as spam."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from mkdocs_bookreview.comments.archive.cleaning import clean_html
from mkdocs_bookreview.comments.archive.old_addresses import name_conversation
from mkdocs_bookreview.comments.archive.reading import MOST_TEXT
from mkdocs_bookreview.formats.comments import ImportedComment, Kind, ThreadFacts

REPEATED = "repeated"
EMPTY = "empty"
TOO_LONG = "too long"

_TAG = re.compile(r"<[^>]*>|&nbsp;")
_KINDS = {
    Kind.PINGBACK: "pingback",
    Kind.NOTE: "note",
    Kind.PENDING: "pending",
    Kind.SPAM: "spam",
    Kind.TRASH: "trash",
    Kind.DELETED: "deleted",
}


@dataclass(slots=True)
class Conversation:
    """Holds the comments under one page of an earlier site, with safe HTML as their texts.

    `name` is the same for all spellings of the page's address. `variants` are the facts that the
    program knew about the page, once for each spelling.
    """

    name: str
    variants: dict[ThreadFacts, None] = field(default_factory=dict)
    comments: list[ImportedComment] = field(default_factory=list)

    @property
    def facts(self) -> ThreadFacts:
        """Return the facts with the spelling that came first."""
        return next(iter(self.variants))


@dataclass(frozen=True, slots=True)
class Gathered:
    """Holds an export: `read` counts its comments, and `left_out` those left out for each reason.

    `conversations` have all other comments, and are in the order of their first comments. `parents`
    maps the id of a comment that was left out to the id of the comment to which it replies.
    """

    read: int
    conversations: tuple[Conversation, ...]
    left_out: Mapping[str, int]
    parents: Mapping[str, str | None]


def gather(comments: Iterable[ImportedComment]) -> Gathered:
    """Return the conversations of an export in the order of their first comments.

    A second comment with the same id is left out if its name, date and text are the same too, as
    in an article under two addresses; otherwise it gets an id of its own.
    """
    gathering = _Gathering()
    for comment in comments:
        gathering.add(comment)
    return Gathered(
        gathering.read,
        tuple(gathering.conversations.values()),
        dict(gathering.left_out),
        gathering.parents,
    )


@dataclass(slots=True)
class _Gathering:
    read: int = 0
    conversations: dict[str, Conversation] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    parents: dict[str, str | None] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)  # the digest of each comment, by its id

    def add(self, comment: ImportedComment) -> None:
        self.read += 1
        text = _tidy(clean_html(comment.text)) if comment.kind is Kind.KEPT else ""
        reason = _find_reason(comment, text)
        if not reason:
            comment, reason = self._name(replace(comment, text=text))
        if reason:
            self.left_out[reason] += 1
            if reason != REPEATED:
                self.parents.setdefault(comment.id, comment.parent)
            return
        name = name_conversation(comment.thread)
        conversation = self.conversations.setdefault(name, Conversation(name))
        conversation.variants[comment.thread] = None
        conversation.comments.append(comment)

    def _name(self, comment: ImportedComment) -> tuple[ImportedComment, str | None]:
        """Return the comment with a unique id, and a reason to leave the comment out, or None.

        A changed id depends on the comment's text, so that the next import gives the same id.
        """
        digest, ident = digest_comment(comment), comment.id
        if self.seen.get(ident, digest) != digest:
            ident = f"{ident}-{digest}"
        if ident in self.seen:
            return comment, REPEATED
        self.seen[ident] = digest
        return replace(comment, id=ident), None


def _tidy(html: str) -> str:
    """Return HTML without empty paragraphs and spaces at the ends of lines, and without tabs.

    Tabs and these spaces are removed, because otherwise YAML writes the text on one line in quotes,
    which is hard to edit. Empty paragraphs are left over from pictures and scripts that were
    removed.
    """
    html = html.replace("<p></p>", "").strip()
    if "\t" not in html and " \n" not in html:
        return html
    return "\n".join(line.rstrip(" ") for line in html.expandtabs(4).split("\n"))


def _find_reason(comment: ImportedComment, text: str) -> str | None:
    if comment.kind is not Kind.KEPT:
        return _KINDS[comment.kind]
    if not _TAG.sub("", text).strip():
        return EMPTY
    return TOO_LONG if len(text) >= MOST_TEXT else None


def digest_comment(comment: ImportedComment) -> str:
    """Return a digest of what readers see of a comment: eight hexadecimal digits."""
    seen = f"{comment.name}\n{comment.date}\n{comment.text}"
    return sha256(seen.encode("utf-8", "replace")).hexdigest()[:8]
