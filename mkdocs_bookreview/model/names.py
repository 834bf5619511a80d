"""What counts as one name, and how a name stands in an address."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 80  # file systems allow 255 bytes, and a letter may take three
_MOST_KEPT = 50_000  # names; a build asks for the same ones again and again
_MARKS_ARE_ACCENTS = ("LATIN", "GREEK")  # elsewhere a mark can make another letter: Cyrillic и, й


def strip_accents(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    base = " "
    for character in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(character):
            base = character
        elif unicodedata.name(base, "").startswith(_MARKS_ARE_ACCENTS):
            continue
        kept.append(character)
    return unicodedata.normalize("NFKC", "".join(kept))


@lru_cache(maxsize=_MOST_KEPT)
def fold(name: str) -> str:
    """Two spellings of one name fold to the same: case, accents, spaces, hyphens."""
    return " ".join(re.split(r"[\s_\-‐-―]+", strip_accents(name).casefold())).strip()


@lru_cache(maxsize=_MOST_KEPT)
def slug(name: str) -> str:
    """A readable part of an address, in the name's own script; signs alone become their codes."""
    plain = fold(name).replace("'", "").replace("’", "")
    readable = re.sub("-+", "-", "".join(_letters(plain))).strip("-")
    codes = "-".join(f"u{ord(character):x}" for character in name.strip())
    return (readable or codes)[:_LONGEST].strip("-") or "none"


def _letters(text: str) -> Iterator[str]:
    """Letters, digits and the marks on them, as in हिन्दी; anything else becomes a hyphen."""
    last = "-"
    for character in text:
        kind = unicodedata.category(character)[0]
        last = character if kind in "LN" or (kind == "M" and last != "-") else "-"
        yield last
