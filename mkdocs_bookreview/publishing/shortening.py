"""Cuts texts that are too long for the place where they are shown."""

import unicodedata

_JOINERS = "\u200d\ufe0e\ufe0f"  # characters that join two emoji to a picture, or choose its form
_SKINS = range(0x1F3FB, 0x1F400)
_MARK = "M"  # the first letter of the Unicode categories of accents, vowel signs and other marks
_AT_END = " ,;:–-"


def shorten(text: str, most: int) -> str:
    """Return the text with at most `most` characters, and with "…" at its end if it was cut.

    It is cut after a word: `A long title` of at most 9 characters gives `A long…`. If that would
    leave less than half, as in a title without spaces, it is cut between two letters.
    """
    if len(text) <= most:
        return text
    kept = text[: _find_letter_end(text, most - 1)]
    words = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    return (words if len(words) >= most // 2 else kept).rstrip(_AT_END) + "…"


def _find_letter_end(text: str, end: int) -> int:
    """Return the last offset up to `end` that does not separate a letter from its marks."""
    while end > 1 and (_is_mark(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return end


def _is_mark(character: str) -> bool:
    return (
        character in _JOINERS
        or ord(character) in _SKINS
        or unicodedata.category(character).startswith(_MARK)
    )
