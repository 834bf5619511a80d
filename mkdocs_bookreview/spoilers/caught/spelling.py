"""Recognises words that are almost `spoiler`, and signs that look like Markdown's signs."""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from mkdocs_bookreview.spoilers.sealed.marks import SPOILER

# This replaces an invisible character. It is one character as well, so that offsets stay the same.
UNSEEN = "\u200b"

_LOOK_ALIKES = {
    '"': "\u201c\u201d\u201e\u00ab\u00bb\u2033",
    "'": "\u2018\u2019\u201a\u2032`",
    "/": "\u2044\u2215\u29f8",
    "?": "\u00bf",
    "!": "\u00a1\u01c3",
    "|": "\u00a6\u01c0\u2223\u2502",
    "[": "\u3010",
    "]": "\u3011",
    "<": "\u2039\u3008",
    ">": "\u203a\u3009",
    ".": "\u00b7\u2024\u3002",
    ":": "\ua789\u2236",
    "=": "\ua78a",
    "+": "\u2795",
}
SIGN_LOOK_ALIKES = "".join(chars for sign, chars in _LOOK_ALIKES.items() if sign not in "\"'")
_MARKED = frozenset({"Cf", "Mn"})


class _Table(dict[int, str]):
    """Maps a character to the plain character that it counts as, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if category(char) in _MARKED:
            plain = UNSEEN
        elif category(char) == "Zs" or char == "\t":
            plain = " "
        else:
            plain = normalize("NFKC", char)
        self[code] = plain if len(plain) == 1 else char
        return self[code]


_TABLE = _Table({ord(char): plain for plain, chars in _LOOK_ALIKES.items() for char in chars})


def normalise(text: str) -> str:
    """Return the text with plain signs in place of similar ones; its length stays the same.

    For example, `‹spoiler› a¦¦b` becomes `<spoiler> a||b`.
    """
    return text.translate(_TABLE)


def _misspell(word: str) -> Iterator[str]:
    """Yield a pattern for each slip: a letter too many, a wrong, missing or swapped letter."""
    for at in range(len(word)):
        head, tail = word[:at], word[at:]
        # Inside the word any character counts, because a space or a sign may have slipped in.
        yield head + (r"[^\n\x1d-\x1f]" if head else r"\w") + tail
        yield head + (r"[^\n\x1d-\x1f]" if head and tail[1:] else r"\w") + tail[1:]
        yield head + tail[1:]
        if tail[1:]:
            yield head + tail[1] + tail[0] + tail[2:]
    yield rf"{word}\w"


# The word must end here, because a longer word is another word. Only a fact may follow without a
# space.
_AFTER = r"(?:(?!-?\w)|(?=(?:chapter|progress|book)=))"


def be_near(word: str) -> str:
    """Return a pattern for every text at a Damerau distance of at most one from `word`.

    The pattern for `spoiler` matches `spolier`, `spoilr` and `spoi ler`, but not `splioer`.
    """
    slips = sorted(set(_misspell(word)), key=len, reverse=True)
    return rf"(?:{word}|{'|'.join(slips)}){_AFTER}"


# A title with one of these words, such as "No spoilers here", does not announce a spoiler.
NEGATED = r"\b(?:no|not|non|without|free|ohne|keine?|sans|sin|senza|bez)\b"
# These do not count as misspellings of `spoiler`, because they are real words.
INNOCENT = r"(?:soiler|spooler|spoiled)\b"
ANY_NEAR = rf"(?!{INNOCENT}){be_near(SPOILER)}"
NEAR = rf"(?<![\w-]){ANY_NEAR}"
# This also matches a part of a name, such as `spolier` in `spolier-text`.
NEAR_PART = rf"(?<![a-z]){be_near(SPOILER).removesuffix(_AFTER)}"
_NEAR = re.compile(rf"(?i){NEAR}")

# `CLASS_SPOILER` matches `class="spoiler`, even if the signs between the words are wrong or
# missing, because a typing mistake must not publish a spoiler.
_CLASS = be_near("class").removesuffix(_AFTER)
_SIGNS = r"[^\w\s<>]{0,2}"
_EQUALS = rf"(?: ?{_SIGNS}[=\"'-]{_SIGNS}(?: ?|\w{_SIGNS}))?"
CLASS_SPOILER = rf"{_CLASS}{_EQUALS}(?:{ANY_NEAR}|{SPOILER}(?!-))"


def is_near(name: str) -> bool:
    """Return whether a name is `spoiler` or a misspelling of it, but not a word like `spooler`."""
    return _NEAR.fullmatch(name) is not None


def has_near(text: str) -> bool:
    """Return whether a text contains a name that `is_near` accepts, even in similar characters."""
    return _NEAR.search(normalise(text)) is not None
