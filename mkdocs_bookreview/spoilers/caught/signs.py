"""A first look at a page, because most have no sign of a failed spoiler."""

import re
from collections.abc import Iterator

from mkdocs_bookreview.spoilers.caught.empty import EMPTY
from mkdocs_bookreview.spoilers.caught.spelling import INNOCENT, NEAR
from mkdocs_bookreview.spoilers.caught.text import GUARDED_MARK

# Signs that need no word, and characters that cannot be seen or are as wide as others of their
# script, of which a word may have several.
_ALONE = ("||", "///", GUARDED_MARK, "!&lt;", "!<", "\u2016")
_RARE = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\uff53", "\uff33", "\uff5c", "\u00a6")
# Each slip of one letter in `spoiler` leaves one of these whole.
_PARTS = ("spo", "iler", "spio")
_WORD = re.compile(rf"{NEAR}|{INNOCENT}|spoiler", re.IGNORECASE)
_ATTRIBUTE = r"(?: [\w-]+(?:=\"[^\"<>]*\")?)"
_RIGHT = re.compile(
    rf"</?spoiler{_ATTRIBUTE}*>"
    rf"|<[a-z]+\d?{_ATTRIBUTE}*? class=\"(?:[\w-]+ )*spoiler(?: [\w-]+)*\"{_ATTRIBUTE}*>"
)
# A sign that is not one of common prose, a full stop or hyphen without a space, or an open tag.
_BEFORE = re.compile(
    r"[^\w\s,'\"().>\u2010-\u201f-][^\n<>]{0,8}\Z|[.-]\W?\Z|<[^<>]*\Z|\{[^}]*\Z|\[!|<summary>[^<]*\Z"
)
_AFTER = re.compile(r"\W?(?:[\]}>|]|&gt;)")
_BROKEN_END = re.compile(r"</\w+[^\w>-]")
_LONGEST = 80


def has_signs(html: str) -> bool:
    """Return whether a page, or the text of its tree, may have a failed spoiler.

    To look for a few characters takes a tenth of the time of a pattern.
    """
    if any(sign in html for sign in _ALONE):
        return True
    if not html.isascii() and any(char in html for char in _RARE):
        return True
    text = html.lower()
    if "spoiler" in text:
        if text.count("<spoiler") != text.count("</spoiler>"):
            return True
        if EMPTY.search(html) or _BROKEN_END.search(html):
            return True
        text = _RIGHT.sub("", text)
    return any(_is_sign(text, at) for part in _PARTS if part in text for at in _find(text, part))


def _find(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _is_sign(text: str, at: int) -> bool:
    word = _WORD.search(text, max(0, at - len("spoi")), at + len("spoiler") + 2)
    if word is None:
        return False
    before = text[max(0, word.start() - _LONGEST) : word.start()]
    return _BEFORE.search(before) is not None or _AFTER.match(text, word.end()) is not None
