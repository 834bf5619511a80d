"""Reads the addresses that pages had on an earlier site, so that they can be compared."""

import re
from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from mkdocs_bookreview.formats.comments import ThreadFacts

UNKNOWN = "unknown"  # the name of a conversation without address, identifier and title

_ENDING = re.compile(r"(?:(?:^|/)index)?\.(?:html?|php)$|(?:^|/)index$")
# These parameters are ignored, because links from feeds, mails and social networks add them, but
# the page is the same without them.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|ref|replytocom|share|m", re.IGNORECASE)


def read_path(address: str) -> str | None:
    """Return the path of a page in the form in which paths are compared; None if there is none.

    `https://a.example/2014/05/Emma/index.html?utm_source=x` and `/2014/05/emma` both give
    `2014/05/emma`. A start page gives an empty path, but `/?p=528` gives None, because it is the
    address of another page.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    is_address = parts.scheme in {"http", "https"} or (not parts.scheme and "/" in address)
    path = _fold_path(parts.path)
    if not is_address or (not path and _read_query(parts.query)):
        return None
    return path


def _fold_path(path: str) -> str:
    """Return a path in lower case, without slashes at its ends and without `index` or `.html`.

    MkDocs also ignores case when it compares addresses.
    """
    names = [name for name in normalize("NFC", unquote(path)).casefold().split("/") if name]
    return _ENDING.sub("", "/".join(names)).strip("/")


def _read_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])


def name_conversation(facts: ThreadFacts) -> str:
    """Return the name of a conversation, which is the same for all spellings of its address.

    Without an address the name is the identifier, or else the title, or else `UNKNOWN`.
    """
    try:
        parts = urlsplit(facts.address.strip())
    except ValueError:
        return facts.address
    path, query = _fold_path(parts.path), _read_query(parts.query)
    if path or query or parts.netloc:
        return f"/{path}?{query}/" if query else f"/{path}/" if path else "/"
    return facts.identifier or facts.title or UNKNOWN


def list_slugs(facts: ThreadFacts) -> Iterator[str]:
    """Yield the slug that WordPress had, and the last part of the address.

    A number alone is left out, because `/2014/05/12/` is a day, and not the title of a book.
    """
    if facts.slug:
        yield facts.slug
    last = (read_path(facts.address) or "").rpartition("/")[2]
    if last and not last.isdecimal():
        yield last
