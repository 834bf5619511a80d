"""Writes a note on top of an unmatched file: where its comments come from, and what to do."""

import re
from urllib.parse import unquote, urlsplit

from mkdocs_bookreview.formats.comments import ThreadFacts

_MARK = "#>"  # not `#`, because a person's notes begin with `#` and must not be removed
_PAGE = re.compile(r".*(?:/|\.html?)", re.IGNORECASE)
_NOT_IN_PATHS = re.compile(r'[\s?#\\"`\x00-\x1f\x7f]|//|/\.\.?/')
_PLAIN = re.compile(r"[\w./~+-]+")
_LONGEST = 200  # letters of a title or an address
_MOVE = (
    "Move the file to `comments/`, and name it after its page: the comments on *Emma* by Jane"
    " Austen are in `comments/emma-jane-austen.yml`."
)


def describe(facts: ThreadFacts) -> str:
    """Return title and address of a page on one line: `“Emma” (https://ann.example/emma/)`."""
    title = f"“{facts.title[:_LONGEST]}”" if facts.title else ""
    where = (facts.address or facts.identifier)[:_LONGEST]
    text = f"{title} ({where})" if title and where else title or where or "an unknown page"
    # A control character would make YAML invalid, or change the colours of a terminal.
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def suggest(facts: ThreadFacts, base: str) -> str:
    """Return a sentence on how to assign comments to their page; `base` is the site's path."""
    path = _find_redirect(facts, base)
    if not path:
        return _MOVE
    shown = path if _PLAIN.fullmatch(path) else f'"{path}"'
    return (
        f"Write `redirect_from: [{shown}]` in the front matter of the review that these comments"
        " belong to, and import again."
    )


def _find_redirect(facts: ThreadFacts, base: str) -> str | None:
    """Return the path that a review may name as its former address; None if there is none."""
    for address in (facts.address, facts.identifier):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        path = unquote(parts.path)
        if base and path.startswith(f"{base}/"):
            path = path.removeprefix(base)
        if not _PAGE.fullmatch(path):
            path += "/"
        if path.startswith("/") and path != "/" and not _NOT_IN_PATHS.search(path):
            return path
    return None


def write_note(facts: ThreadFacts, base: str) -> str:
    """Return two lines for the top of a file."""
    return f"{_MARK} {describe(facts)}\n{_MARK} {suggest(facts, base)}\n"


def remove_note(text: str) -> str:
    """Return the text of a file without the lines that `write_note` wrote."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_MARK))
