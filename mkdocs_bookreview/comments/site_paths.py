"""Turn ids of threads into addresses of the site, for services that link to the id in mails."""

import re
from urllib.parse import quote, unquote, urlsplit

from mkdocs_bookreview.comments.addresses import origin_of
from mkdocs_bookreview.comments.provider import ThreadId, UnfitIdError

# These characters are encoded, because they would end an address in a mail, or have a meaning in
# it. Other characters stay, because the ids of earlier versions have them.
_UNSAFE = re.compile(r"[\s?#%\\\"<>^`{|}\x00-\x1f\x7f]")
_NOT_IN_PATHS = re.compile(r"[\s?#\\\x00-\x1f\x7f]")
_NOT_IN_FILES = re.compile(r"[\\:\x00-\x1f\x7f]")  # `:` because `C:` is a drive on Windows
_LONGEST = 240  # bytes in the name of a file, because file systems allow at most 255
_EXAMPLE = "/2014/05/emma/"


def find_base(site_url: str | None) -> str:
    """Return the path of the site without a slash at its end: `/books`, or "" for a root."""
    return urlsplit(site_url or "").path.rstrip("/")


def put_in_site(ident: ThreadId, site_url: str | None) -> str:
    """Return the id as a path on the site's host.

    An id from the lock file stays as it is, and so does an id that the author wrote with a leading
    slash. Other ids get the path of `site_url` before them: for `https://ann.github.io/books/`,
    `emma` is short for `/books/emma/`. Only an id and its short form give the same path.

    Raise UnfitIdError if the author wrote an id that no link can lead to.
    """
    if ident.origin == "locked":
        return ident.text
    if ident.origin == "derived":
        return find_base(site_url) + _UNSAFE.sub(lambda sign: quote(sign[0]), ident.text)
    _check(ident.text)
    if ident.text.startswith("/"):
        return ident.text
    return f"{find_base(site_url)}/{ident.text.removesuffix('/')}/"


def put_at_address(ident: ThreadId, site_url: str | None) -> str:
    """Return the id as a full address, for services that take no paths.

    An id from the lock file stays as it is, and so does an address that the author wrote. Other ids
    become a path of the site, at the host of `site_url`.

    Raise UnfitIdError if the author wrote an id that no link can lead to.
    """
    if ident.origin == "written" and re.match(r"https?://[^\s/]+", ident.text):
        return ident.text
    path = put_in_site(ident, site_url)
    return path if ident.origin == "locked" or not site_url else origin_of(site_url) + path


def _check(text: str) -> None:
    if "://" in text:
        path = text.partition("://")[2].partition("/")[2]
        must = "must be a path, because links in e-mails are made of the site's host and this path"
        raise UnfitIdError(
            must, _write_fix(f"/{path}" if re.fullmatch(r"[\w./-]+", path) else _EXAMPLE)
        )
    if _NOT_IN_PATHS.search(text):
        must = "must have no spaces, ?, # and backslashes, because links in e-mails contain it"
        raise UnfitIdError(must, _write_fix(_EXAMPLE))
    parts = unquote(text).removeprefix("/").removesuffix("/").split("/")
    is_short = not text.startswith("/")
    if text.startswith("//") or {".", ".."} & set(parts) or (is_short and "" in parts):
        must = "must be a path without `//` and without `..`, because links in e-mails contain it"
        raise UnfitIdError(must, _write_fix(_EXAMPLE))


def _write_fix(path: str) -> str:
    return f"Write for example `comments: {{id: {path}}}`."


def find_linked_path(thread: str, site_url: str | None) -> str | None:
    """Return the path below the site's folder to which links to a thread lead.

    `thread` is a path on the site's host, or an address on it. For `https://ann.github.io/books/`,
    `/books/emma/` gives `emma/`. Return None if the address is outside of the site, or if no file
    can have this path.
    """
    try:
        parts, site = urlsplit(thread), urlsplit(site_url or "")
    except ValueError:
        return None
    is_here = (parts.scheme, parts.netloc) in {("", ""), (site.scheme, site.netloc)}
    base = f"{find_base(site_url)}/"
    if not is_here or parts.query or parts.fragment or not parts.path.startswith(base):
        return None
    path = unquote(parts.path.removeprefix(base))
    names = set(path.removesuffix("/").split("/"))
    is_file = not ({"", ".", ".."} & names or _NOT_IN_FILES.search(path))
    is_short = all(len(name.encode("utf-8", "replace")) <= _LONGEST for name in names)
    return path if not path or (is_file and is_short) else None
