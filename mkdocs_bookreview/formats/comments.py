"""Describes comments from other programs, without data that identifies people."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from html import escape, unescape
from urllib.parse import unquote

_GONE = "…"
_HEX = re.compile(r"[0-9a-fA-F]{32,}")
# This pattern searches only every eighth character of a text, because this takes an eighth of the
# time. A hash of 32 hexadecimal digits still has four of these characters, and few other texts have
# four hexadecimal digits there.
_PERHAPS_HEX = re.compile(r"[0-9a-f]{4}")
# `@ann@books.example` does not match, because it is the name of an account and gets no mail. The
# part before the `@` may be in quotes or have one apostrophe; both are limited, so that long texts
# are read in linear time.
_MAIL = re.compile(
    r"""(?:"[^"\n<>]{1,64}"|(?<![\w@.+-])[\w.+-]+(?:'[\w.+-]+)?)@"""
    r"(?:[\w-]+(?:\.[\w-]+)+|\[[\w.:]+\])"
)
_AVATAR = re.compile(r"(avatar[^\s\"'<>/=]{0,20}[/=])[0-9a-f]{32,}", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|div|li|blockquote)\b[^<>]*>|\n", re.IGNORECASE)
# A comment or tag without an end is matched up to the end of the text, because then each character
# is read only once.
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^>]*(?:>|\Z)", re.DOTALL)
_HASHES = ("md5", "sha1", "sha256")
_WEBSITE = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_FEWEST_DIGITS = 32  # the hexadecimal digits of MD5, the shortest hash
_SHORTEST = 6  # letters; a shorter e-mail or IP address could be any word


class Kind(Enum):
    """Names the kinds of comments that programs store. Only `KEPT` comments are for readers.

    A pingback (or trackback) reports that another page links to this one. A note is from one editor
    of a site to another; comments of unknown types count as notes. Pending comments wait to be
    approved.
    """

    KEPT = "kept"
    PINGBACK = "pingback"
    NOTE = "note"
    PENDING = "pending"
    SPAM = "spam"
    TRASH = "trash"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """Holds the facts by which another program knew the page of a comment.

    `address` is the full address of the page, or its path. `identifier` is the id that the site
    gave the thread. `title` is plain text. `slug` is the last part of a WordPress address, and
    `post_id` the number of the post in WordPress. Each field is empty or None if unknown.
    """

    address: str = ""
    identifier: str = ""
    title: str = ""
    slug: str = ""
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """Holds a comment from another program, without e-mail and IP addresses and their hashes.

    `id` is unique in the export, begins with the program (`wp-4711`, `dsq-12`, `isso-3`), and has
    only letters, digits and hyphens. `parent` is the id of the comment it replies to, which may be
    missing from the export; None if it replies to the page. `name` is plain text, and empty if the
    commenter gave none. `website` begins with `http`, or is empty. `date` is in UTC; None if
    unknown. `text` is HTML that is not safe to show yet. `likes` is 0 if the export has no likes.
    """

    id: str
    thread: ThreadFacts
    parent: str | None
    name: str
    website: str
    date: datetime | None
    text: str
    likes: int
    kind: Kind


class Secrets:
    """Removes data that identifies people from the texts of a comment.

    `values` identify the writer, such as an e-mail address and an IP address. Their MD5, SHA-1 and
    SHA-256 hashes are removed as well, because the addresses of avatars contain such hashes. E-mail
    addresses and avatars of other people are removed too, because replies quote them.
    """

    def __init__(self, *values: str) -> None:
        stripped = map(str.strip, values)
        self._values = [value for value in stripped if len(value) >= _SHORTEST]
        self._lower = [value.lower() for value in self._values]

    def remove_from(self, text: str) -> str:
        """Return plain text with an ellipsis for each secret."""
        if len(text) < _SHORTEST:
            return text
        lower = text.lower()
        if self._values:
            text = self._remove_values(text, lower)
        if "@" in lower:
            text = _MAIL.sub(_GONE, text)
        return _AVATAR.sub(rf"\1{_GONE}", text) if "avatar" in lower else text

    def remove_from_html(self, html: str) -> str:
        """Return HTML with an ellipsis for each secret.

        A secret may be split by tags, or have codes for characters, as in `ann&#64;<b>mail</b>.org`
        or `ann%40mail.org`. Then all tags but line breaks are removed, because a tag around a part
        of the secret cannot be kept.
        """
        html = self.remove_from(html)
        if not self._are_hidden_in(html):
            return html
        parts = (self._remove_decoded(unescape(_TAG.sub("", part))) for part in _BREAK.split(html))
        return "<br>".join(escape(part) for part in parts if part.strip())

    def _remove_decoded(self, text: str) -> str:
        decoded = unquote(text)
        return self.remove_from(decoded if self.are_in(decoded) else text)

    def _are_hidden_in(self, html: str) -> bool:
        has_codes = "&" in html or "%" in html
        if "<" in html and self.are_in(unescape(_TAG.sub("", html))):
            return True
        return has_codes and self.are_in(unquote(unescape(html)))

    def _remove_values(self, text: str, lower: str) -> str:
        for value, lower_value in zip(self._values, self._lower, strict=True):
            if lower_value in lower:
                text = re.sub(re.escape(value), _GONE, text, flags=re.IGNORECASE)
        if len(lower) >= _FEWEST_DIGITS and _PERHAPS_HEX.search(lower[7::8]):
            text = _HEX.sub(lambda match: _GONE if self._hashed(match[0]) else match[0], text)
        return text

    def are_in(self, text: str) -> bool:
        return self.remove_from(text) != text

    def _hashed(self, digits: str) -> bool:
        return any(digest in digits.lower() for digest in self._digests)

    @cached_property
    def _digests(self) -> frozenset[str]:
        # Gravatar hashes an address in lower case; other services hash it as it was typed.
        spellings = {spelling for value in self._values for spelling in (value, value.lower())}
        return frozenset(
            hashlib.new(name, spelling.encode(), usedforsecurity=False).hexdigest()
            for spelling in spellings
            for name in _HASHES
        )


def clean_name(name: str, secrets: Secrets) -> str:
    """Return a name as plain text on one line; an e-mail address becomes the part before its `@`.

    Other programs store names as HTML: `O&#039;Neil`.
    """
    words = " ".join(unescape(name).split())
    local, sign, domain = words.partition("@")
    if sign and local and "." in domain and " " not in words:
        words = local
    return secrets.remove_from(words)


def clean_website(address: str, secrets: Secrets) -> str:
    """Return a website's address; "" if it is invalid or identifies the commenter."""
    address = address.strip()
    if not _WEBSITE.fullmatch(address) or secrets.are_in(unquote(unescape(address))):
        return ""
    return address


def clean_title(title: str) -> str:
    """Return a title, which other programs store as HTML, as plain text on one line."""
    return " ".join(unescape(title).split())


def read_time(text: str) -> datetime | None:
    """Return a time in ISO 8601, converted to UTC; None if the text is not a time.

    A time without a zone counts as UTC.
    """
    try:
        time = datetime.fromisoformat(text.strip())
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
