"""Takes a first look at pages, because most have no sign of a failed spoiler."""

import re

from mkdocs_bookreview.spoilers.caught.elements import EMPTY
from mkdocs_bookreview.spoilers.caught.spelling import INNOCENT, NEAR_PART, SIGN_LOOK_ALIKES
from mkdocs_bookreview.spoilers.caught.text import GUARDED_MARK
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER_BYTES, lower_bytes

# A page with one of these characters needs a closer look, because the character may mean two bars,
# or because a word may have several of them (invisible characters and wide letters).
_RARE = f"\u2016\u00a6\uff5c\u00ad\u200b\u200c\u200d\u2060\ufeff\uff53\uff33{GUARDED_MARK}"
_LOOK_ALIKES = f"\u203c\u2047{SIGN_LOOK_ALIKES}{_RARE}"
# A misspelt `spoiler` still has one of these parts, because only one letter is wrong. Each part has
# a pattern of its own, because Python searches faster for a pattern that begins with fixed letters.
_BEHIND = "|".join(rf"(?<=[spo]{'.' * length}iler)" for length in range(4))
_PARTS = [
    re.compile(part.encode(), re.DOTALL)
    for part in ("spo(?=.{0,5}l|.{0,4}er)", f"iler(?:{_BEHIND})", "spio")
]
_WORD = re.compile(rf"{NEAR_PART}|{INNOCENT}|spoiler|sp(?:\" )?o(?:\" )?i(?:\" )?l(?:\" )?er")
_ATTRIBUTE = r"(?: [\w-]+(?:=\"[^\"<>]*\")?)"
_RIGHT = re.compile(
    rf"</?spoiler{_ATTRIBUTE}*>"
    rf"|<[a-z]+\d?{_ATTRIBUTE}*? class=\"(?:[\w-]+ )*spoiler(?: [\w-]+)*\"{_ATTRIBUTE}*>".encode()
)
# These may be markup if the word follows: a sign that is rare in prose, a full stop or hyphen
# without a space, or an open tag.
_BEFORE = re.compile(
    r"[^\w\s,'\"().>\u2010-\u201f-][^\n<>]{0,8}\Z|[.-]\W?\Z"
    r"|<[^<>]*\Z|\{[^}]*\Z|\[!|<summary>[^<]*\Z"
)
_AFTER = re.compile(r"\W?(?:[\]}>|]|&gt;)")
_BROKEN = re.compile(r"</\w+[^\w>-]|=[\"'][^\"'<>]*<")
_LONGEST = 80


def has_signs(html: str) -> bool:
    """Return whether a page, or the text of its tree, may have a failed spoiler.

    Single characters come first, because a search for a character was measured to take a tenth of
    the time of a search for a longer text.
    """
    return _has_any_sign(html) and _has_sign_of_spoiler(html)


def _has_any_sign(html: str) -> bool:
    """Return whether a text has any sign that prose does not have."""
    if any(map(html.__contains__, "/|<>{}[]=&")):
        return True
    # Two equal signs in a row leave an empty piece between them. The text is split, because that
    # takes a third of the time of a search.
    if any("" in html.split(sign)[1:-1] for sign in "?!:" if sign in html):
        return True
    return not html.isascii() and _may_have_look_alike(html)


def _may_have_look_alike(html: str) -> bool:
    # Characters are looked for one by one, because a pattern takes five times as long. Wide letters
    # (U+FF01 to U+FF5E) have a byte in UTF-16 that few others have.
    is_wide = b"\xff" in html.encode("utf-16-le", "surrogatepass")
    return is_wide or any(map(html.__contains__, _LOOK_ALIKES))


def _has_sign_of_spoiler(html: str) -> bool:
    if ("|" in html and "||" in html) or "///" in html or "!<" in html or "!&lt;" in html:
        return True
    if not html.isascii() and any(char in html for char in _RARE):
        return True
    page = lower_bytes(html)
    if SPOILER_BYTES in page:
        if page.count(b"<spoiler") != page.count(b"</spoiler>"):
            return True
        if EMPTY.search(html) or _BROKEN.search(html):
            return True
        page = _RIGHT.sub(b"", page)
    words = (word for part in _PARTS for word in part.finditer(page))
    return any(_is_sign(page, word.start()) for word in words)


def _is_sign(page: bytes, at: int) -> bool:
    """Return whether the word at `at` is almost `spoiler` and has markup before or after it."""
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
