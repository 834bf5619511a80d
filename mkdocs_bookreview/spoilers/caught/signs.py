"""A first look at a page, because most have no sign of a failed spoiler."""

import re
from collections.abc import Iterator

from mkdocs_bookreview.spoilers.caught.empty import EMPTY
from mkdocs_bookreview.spoilers.caught.spelling import INNOCENT, NEAR
from mkdocs_bookreview.spoilers.caught.text import GUARDED_MARK

# Double bars in one character, and what a word may have several of: characters that cannot be
# seen, or that are as wide as those of other scripts.
_RARE = f"\u2016\u00a6\uff5c\u00ad\u200b\u200c\u200d\u2060\ufeff\uff53\uff33{GUARDED_MARK}"
_WORD = re.compile(rf"{NEAR}|{INNOCENT}|spoiler|sp(?:\" )?o(?:\" )?i(?:\" )?l(?:\" )?er")
_ATTRIBUTE = r"(?: [\w-]+(?:=\"[^\"<>]*\")?)"
_RIGHT = re.compile(
    rf"</?spoiler{_ATTRIBUTE}*>"
    rf"|<[a-z]+\d?{_ATTRIBUTE}*? class=\"(?:[\w-]+ )*spoiler(?: [\w-]+)*\"{_ATTRIBUTE}*>".encode()
)
# A sign that is not one of common prose, a full stop or hyphen without a space, or an open tag.
_BEFORE = re.compile(
    r"[^\w\s,'\"().>\u2010-\u201f-][^\n<>]{0,8}\Z|[.-]\W?\Z|<[^<>]*\Z|\{[^}]*\Z|\[!|<summary>[^<]*\Z"
)
_AFTER = re.compile(r"\W?(?:[\]}>|]|&gt;)")
_BROKEN = re.compile(r"</\w+[^\w>-]|=[\"'][^\"'<>]*<")
_LONGEST = 80


def has_signs(html: str) -> bool:
    """Return whether a page, or the text of its tree, may have a failed spoiler.

    To look for one character takes a tenth of the time of a longer text, and to make letters of
    other scripts small ten times that of bytes.
    """
    if ("|" in html and "||" in html) or "///" in html or ("&lt;" in html and "!&lt;" in html):
        return True
    if not html.isascii() and any(char in html for char in _RARE):
        return True
    page = html.encode("utf-8", "replace").lower()
    if b"spoiler" in page:
        if page.count(b"<spoiler") != page.count(b"</spoiler>"):
            return True
        if EMPTY.search(html) or _BROKEN.search(html):
            return True
        page = _RIGHT.sub(b"", page)
    return any(_is_sign(page, at) for at in _find_words(page))


def _find_words(page: bytes) -> Iterator[int]:
    """Yield where a word like `spoiler` may be: each slip leaves one of three parts whole."""
    for at in _find(page, b"spo"):
        rest = page[at + 3 : at + 9]
        if b"l" in rest or b"er" in rest:
            yield at
    for at in _find(page, b"iler"):
        before = page[max(0, at - 5) : at]
        if (b"s" in before) + (b"p" in before) + (b"o" in before) > 1:
            yield at
    yield from _find(page, b"spio")


def _find(page: bytes, part: bytes) -> Iterator[int]:
    at = page.find(part)
    while at >= 0:
        yield at
        at = page.find(part, at + 1)


def _is_sign(page: bytes, at: int) -> bool:
    start = max(0, at - _LONGEST)
    before = page[start:at].decode(errors="ignore")
    text = before + page[at : at + _LONGEST].decode(errors="ignore")
    word = _WORD.search(
        text, max(0, len(before) - len("spoi") - 2), len(before) + len("spoiler") + 2
    )
    if word is None:
        return False
    return (
        _BEFORE.search(text[: word.start()]) is not None
        or _AFTER.match(text, word.end()) is not None
    )
