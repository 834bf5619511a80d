"""Compares names, and makes addresses out of them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 80  # characters, because longer addresses are hard to read
_LARGEST = 240  # bytes, because file names have at most 255, with their ending and a number
_MOST_KEPT = 50_000  # names, because a build folds the same ones again and again
_MARKS_ARE_ACCENTS = ("LATIN", "GREEK")  # elsewhere a mark can make another letter: и, й


def strip_accents(text: str) -> str:
    """Return the text without accents on Latin and Greek letters: `Café` -> `Cafe`, `й` -> `й`."""
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
    """Return a form that all spellings of a name share: `Found_Family` -> `found family`.

    Spellings may differ in case, accents, spaces, hyphens and underscores.
    """
    return " ".join(re.split(r"[\s_\-‐-―]+", strip_accents(name).casefold())).strip()


@lru_cache(maxsize=_MOST_KEPT)
def slug(name: str) -> str:
    """Return a readable part of an address in the name's own script: `C++` -> `c`.

    A name without letters and digits becomes the codes of its characters: `!` -> `u21`.
    """
    plain = fold(name).replace("'", "").replace("’", "")
    readable = re.sub("-+", "-", "".join(_letters(plain))).strip("-")
    codes = "-".join(f"u{ord(character):x}" for character in name.strip())
    cut = (readable or codes)[:_LONGEST].encode()[:_LARGEST].decode(errors="ignore")
    return cut.strip("-") or "none"


def _letters(text: str) -> Iterator[str]:
    """Yield letters, digits and the marks on them, as in हिन्दी, and a hyphen for all else."""
    last = "-"
    for character in text:
        kind = unicodedata.category(character)[0]
        last = character if kind in "LN" or (kind == "M" and last != "-") else "-"
        yield last
